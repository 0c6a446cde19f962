import type { Manifest, ReviewRound } from '../../../../core/model/contract/review.ts';
import { formatFull } from '../../format/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { groupedHash } from '../review/route-view.ts';
import { useStageName } from '../review/use-words.ts';

function Seal() {
  const { t } = useText();
  return (
    <svg className="seal" viewBox="0 0 66 66" aria-hidden="true">
      <g fill="none" stroke="currentColor">
        <rect x="3" y="3" width="60" height="60" rx="6" strokeWidth="2.5" />
        <rect x="7" y="7" width="52" height="52" rx="3" />
      </g>
      <g fill="currentColor" textAnchor="middle">
        <text x="21" y="31">
          {t('packages.sheet.seal.a')}
        </text>
        <text x="45" y="31">
          {t('packages.sheet.seal.b')}
        </text>
        <text x="21" y="53">
          {t('packages.sheet.seal.c')}
        </text>
        <text x="45" y="53">
          {t('packages.sheet.seal.d')}
        </text>
      </g>
    </svg>
  );
}

/** The approval as paper: white in both looks, as it will be printed. */
export function ApprovalSheet({ title, round }: { title: Manifest['title']; round: ReviewRound }) {
  const { t, language } = useText();
  const stageName = useStageName();
  return (
    <section className="sheet white-paper" aria-label={t('packages.sheet.label')}>
      <h3>{t('packages.sheet.title')}</h3>
      <table>
        <tbody>
          <tr>
            <th scope="row">{t('packages.sheet.heading')}</th>
            <td>{title || t('stories.untitled')}</td>
          </tr>
          <tr>
            <th scope="row">{t('packages.sheet.version')}</th>
            <td>{t('packages.sheet.versionN', { n: round.versionNo })}</td>
          </tr>
          <tr>
            <th scope="row">{t('packages.sheet.submitted')}</th>
            <td>
              <span className="sg">{round.submittedBy.name}</span>
              <span className="when">{formatFull(round.submittedAt, language)}</span>
            </td>
          </tr>
          {round.waiver === null ? null : (
            <tr>
              <th scope="row">{t('packages.sheet.waiver')}</th>
              <td>{round.waiver}</td>
            </tr>
          )}
          {round.route.map((stage) => (
            <tr key={stage.id}>
              <th scope="row">{stageName(stage.name)}</th>
              <td>
                {stage.by && stage.at !== null && stage.state === 'done' ? (
                  <>
                    <span className="sg">{stage.by.name}</span>
                    <span className="when">{formatFull(stage.at, language)}</span>
                    <div className="said">{stage.opinion || t('packages.sheet.noOpinion')}</div>
                  </>
                ) : (
                  <span className="when">{t('packages.sheet.waiting')}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {round.state === 'approved' ? <Seal /> : null}
      <p className="hs">
        {t('packages.sheet.digest')}
        <span className="mono">{groupedHash(round.manifestHash)}</span>
      </p>
    </section>
  );
}
