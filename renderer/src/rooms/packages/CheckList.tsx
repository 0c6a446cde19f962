import { useNavigate } from '@tanstack/react-router';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { sortedChecks, type TargetView } from './check-view.ts';
import { LEVEL_ICON, LEVEL_TONE } from './Targets.tsx';
import { useCheckSentence, useTargetName } from './use-words.ts';

/** The check list of one target, the worst line first. What stops it is mended in the story. */
export function CheckList({ view, storyId }: { view: TargetView; storyId: string }) {
  const { t } = useText();
  const navigate = useNavigate();
  const sentence = useCheckSentence();
  const nameOf = useTargetName();
  const checks = sortedChecks(view.checks);
  return (
    <section aria-label={t('packages.checks.label')}>
      <div className="sec">
        <h2>{nameOf(view.target)}</h2>
        <span className="t3 s12">{t(`packages.kind.${view.kind}`)}</span>
      </div>
      {checks.length === 0 ? <p className="t3 desk-none">{t('packages.checks.empty')}</p> : null}
      {checks.length > 0 ? (
        <ul className="card chk">
          {checks.map((check, i) => (
            <li key={`${check.code} ${String(i)}`}>
              <span className={LEVEL_TONE[check.level]}>
                <Icon name={LEVEL_ICON[check.level]} />
                <span className="vh">{t(`packages.level.${check.level}`)}</span>
              </span>
              <span className="wrap">{sentence(check)}</span>
              {check.level === 'ok' ? (
                <span />
              ) : (
                <Btn
                  size="xs"
                  after="go"
                  onClick={() => void navigate({ to: '/stories/$storyId', params: { storyId } })}
                >
                  {t('packages.checks.toStory')}
                </Btn>
              )}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
