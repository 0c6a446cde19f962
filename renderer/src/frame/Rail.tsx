import { Link } from '@tanstack/react-router';
import { useText } from '../i18n/use-text.ts';
import { Brand, Icon } from '../ui/Icon.tsx';

/** The rooms that exist. */
export function Rail() {
  const { t } = useText();
  return (
    <nav className="rail" aria-label={t('frame.nav.label')} data-region="rail">
      <Brand label={t('common.appName')} />
      <Link to="/stories">
        <Icon name="story" size={20} />
        <span>{t('frame.nav.stories')}</span>
      </Link>
      <Link to="/media">
        <Icon name="media" size={20} />
        <span>{t('frame.nav.media')}</span>
      </Link>
      <span className="gap" />
      <Link to="/settings">
        <Icon name="gear" size={20} />
        <span>{t('frame.nav.settings')}</span>
      </Link>
    </nav>
  );
}
