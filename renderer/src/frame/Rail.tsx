import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../client/client.ts';
import { useText } from '../i18n/use-text.ts';
import { Brand, Icon } from '../ui/Icon.tsx';

/** How many pieces wait for the person's signature. Nothing while none does. */
function Waiting() {
  const { t } = useText();
  const inbox = useQuery(api.review.inbox.queryOptions());
  const count = inbox.data?.waiting.length ?? 0;
  if (count === 0) return null;
  return (
    <span className="n need">
      <span aria-hidden="true">{count}</span>
      <span className="vh">{t('frame.nav.waiting', { count })}</span>
    </span>
  );
}

/** The rooms that exist. */
export function Rail() {
  const { t } = useText();
  return (
    <nav className="rail" aria-label={t('frame.nav.label')} data-region="rail">
      <Brand label={t('common.appName')} />
      <Link to="/desk">
        <Icon name="desk" size={20} />
        <span>{t('frame.nav.desk')}</span>
      </Link>
      <Link to="/stories">
        <Icon name="story" size={20} />
        <span>{t('frame.nav.stories')}</span>
      </Link>
      <Link to="/media">
        <Icon name="media" size={20} />
        <span>{t('frame.nav.media')}</span>
      </Link>
      <Link to="/review">
        <Icon name="review" size={20} />
        <span>{t('frame.nav.review')}</span>
        <Waiting />
      </Link>
      <Link to="/packages">
        <Icon name="package" size={20} />
        <span>{t('frame.nav.packages')}</span>
      </Link>
      <span className="gap" />
      <Link to="/settings">
        <Icon name="gear" size={20} />
        <span>{t('frame.nav.settings')}</span>
      </Link>
    </nav>
  );
}
