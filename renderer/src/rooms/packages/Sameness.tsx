import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { PackageCheck } from '../../../../core/model/contract/packages.ts';
import type { Difference, ReviewRound } from '../../../../core/model/contract/review.ts';
import { api } from '../../client/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { Icon } from '../../ui/Icon.tsx';
import { countParts } from '../review/route-view.ts';
import { usePlatformWords } from '../settings/platforms/use-platform-words.ts';
import { useTargetName } from './use-words.ts';

const KINDS = ['article', 'timeline', 'asset', 'profile'] as const;

/** Approved, and nothing has changed since: what was compared, by kind. */
function Same({ round }: { round: ReviewRound }) {
  const { t } = useText();
  const piece = useQuery(api.review.piece.queryOptions({ input: { roundId: round.roundId } }));
  const counts = countParts(piece.data?.manifest.parts ?? []);
  return (
    <section className="card same">
      <div className="row">
        <span className="tok">
          <Icon name="shield" />
        </span>
        <b>{t('packages.same.title')}</b>
      </div>
      <ul>
        {[...counts].map(([kind, n]) => {
          const known = KINDS.find((name) => name === kind);
          return (
            <li key={kind}>
              {known ? t(`packages.same.${known}`, { n }) : t('packages.same.other', { kind, n })}
              <span className="push tok">
                <Icon name="check" size={14} />
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Whether what stands now is what was signed; where not, what differs and the way to a new review. */
export function Sameness({ check, round }: { check: PackageCheck; round: ReviewRound | null }) {
  const { t } = useText();
  const words = usePlatformWords();
  const targetName = useTargetName();
  const nameOf = (d: Difference): string => (d.kind === 'profile' ? targetName(d.id) : d.name);
  const { storyId } = check;
  if (check.ready && check.differences.length === 0 && round) return <Same round={round} />;
  const toStory = { to: '/stories/$storyId', params: { storyId }, search: { panel: 'review' as const } } as const;
  if (check.state === 'approved' && check.differences.length > 0) {
    return (
      <section className="card same differs" role="alert">
        <div className="row">
          <span className="ta">
            <Icon name="alert" />
          </span>
          <b>{t(check.ready ? 'packages.differs.titlePlatforms' : 'packages.differs.title')}</b>
        </div>
        <ul>
          {check.differences.map((d) => (
            <li key={`${d.kind} ${d.id}`}>
              <span className="grow">
                <span className="cut" title={nameOf(d)}>
                  {nameOf(d) || t('stories.untitled')}
                </span>
                {d.places ? <span className="t2 s12 wrap">{words.changes(d.places)}</span> : null}
              </span>
              <span className="push chip warn">{t(`packages.differs.what.${d.what}`)}</span>
            </li>
          ))}
        </ul>
        <p className="s12 t2">{t(check.ready ? 'packages.differs.onlyPlatforms' : 'packages.differs.text')}</p>
        <Link className="link" {...toStory}>
          {t('packages.differs.toStory')}
        </Link>
      </section>
    );
  }
  return (
    <section className="card same">
      <div className="row">
        <span className="tw">
          <Icon name="info" />
        </span>
        <b>{t('packages.notApproved.title')}</b>
      </div>
      <p className="s12 t2">{t('packages.notApproved.text')}</p>
      {check.state === 'in_review' ? (
        <Link className="link" to="/review/$storyId" params={{ storyId }}>
          {t('packages.notApproved.toReview')}
        </Link>
      ) : (
        <Link className="link" {...toStory}>
          {t('packages.notApproved.toStory')}
        </Link>
      )}
    </section>
  );
}
