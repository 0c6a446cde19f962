import { Link } from '@tanstack/react-router';
import type { PackageSummary } from '../../../../core/model/contract/packages.ts';
import { useSession } from '../../app/session.ts';
import { formatWhen } from '../../format/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useTargetName } from '../packages/use-words.ts';

/** A folder of the workspace from there on, any other in full. */
function shortPlace(dir: string, workspaceDir: string): string {
  const inside = dir.startsWith(workspaceDir) && /[\\/]/.test(dir.charAt(workspaceDir.length));
  return inside ? dir.slice(workspaceDir.length + 1) : dir;
}

/** Packages of this calendar month, each with the folder it lies in. */
export function MonthPackages({ packages }: { packages: PackageSummary[] }) {
  const { t, language } = useText();
  const now = useNow();
  const targetName = useTargetName();
  const { workspace } = useSession();
  return (
    <section className="card desk-card" aria-label={t('desk.month.title')}>
      <div className="sec">
        <h2>{t('desk.month.title')}</h2>
        {packages.length > 0 ? <span className="n">{packages.length}</span> : null}
        <Link className="push row sec-link" to="/packages">
          {t('desk.month.all')}
          <Icon name="right" size={14} />
        </Link>
      </div>
      {packages.length === 0 ? <p className="t3 desk-none">{t('desk.month.empty')}</p> : null}
      <ul className="month">
        {packages.map((made) => (
          <li key={made.packageId}>
            <Link className="cut" to="/packages/$storyId" params={{ storyId: made.storyId }}>
              {made.title || t('stories.untitled')}
            </Link>
            <span className="t3 s12 nowrap">{formatWhen(made.createdAt, now, language)}</span>
            <span className="s12 t3 cut" title={made.dir}>
              {made.targets.map(({ target }) => targetName(target)).join(' · ')} · {shortPlace(made.dir, workspace.dir)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
