import type { ReviewRound } from '../../../../core/model/contract/review.ts';
import { formatFull, formatWhen } from '../../format/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useNow } from '../../ui/use-now.ts';
import { routeSteps, type RouteStep } from './route-view.ts';
import { useStageName } from './use-words.ts';

function Mark({ step }: { step: RouteStep }) {
  if (step.kind === 'after') {
    return (
      <span className="o" aria-hidden="true">
        <Icon name="package" size={14} />
      </span>
    );
  }
  if (step.state === 'done' || step.state === 'returned') {
    return (
      <span className="o" aria-hidden="true">
        <Icon name={step.state === 'done' ? 'check' : 'undo'} size={14} />
      </span>
    );
  }
  return (
    <span className="o" aria-hidden="true">
      {step.stage.n}
    </span>
  );
}

function useStepWords(step: RouteStep): { name: string; who: string; what: string; full: string; opinion: string } {
  const { t, language } = useText();
  const now = useNow();
  const stageName = useStageName();
  if (step.kind === 'submit') {
    const what = t('review.route.submitted', { time: formatWhen(step.at, now, language), n: step.versionNo });
    return { name: t('review.route.submit'), who: step.by, what, full: formatFull(step.at, language), opinion: '' };
  }
  if (step.kind === 'after') {
    const key = step.state === 'now' ? 'ready' : step.state === 'next' ? 'afterAll' : 'stopped';
    return { name: t('review.route.after'), who: '', what: t(`review.route.${key}`), full: '', opinion: '' };
  }
  const { name, by, at, opinion } = step.stage;
  const time = at === null ? '' : formatWhen(at, now, language);
  const words: Record<typeof step.state, string> = {
    done: t('review.route.doneAt', { time }),
    returned: t('review.route.returnedAt', { time }),
    now: t('review.route.now'),
    next: t('review.route.next'),
    stopped: t('review.route.stopped'),
  };
  return {
    name: stageName(name),
    who: by?.name ?? '',
    what: words[step.state],
    full: at === null ? '' : formatFull(at, language),
    opinion,
  };
}

function Step({ step }: { step: RouteStep }) {
  const words = useStepWords(step);
  return (
    <li className={`stg ${step.state}`} aria-current={step.state === 'now' ? 'step' : undefined}>
      <Mark step={step} />
      <div className="stg-text">
        <div className="n1 cut">
          <b>{words.name}</b>
          {words.who === '' ? null : <span title={words.who}>{words.who}</span>}
        </div>
        <div className="n2 cut" title={words.full}>
          {words.what}
        </div>
        {words.opinion === '' ? null : (
          <div className="n2 cut n3" title={words.opinion}>
            {words.opinion}
          </div>
        )}
      </div>
    </li>
  );
}

/** The whole route: what is done, by whom and when, what is open now, what is to come. */
export function RouteBar({ round, tall = false }: { round: ReviewRound; tall?: boolean }) {
  const { t } = useText();
  return (
    <ol className={tall ? 'route route-tall' : 'route'} aria-label={t('review.route.label')}>
      {routeSteps(round).map((step, i) => (
        <Step key={step.kind === 'stage' ? step.stage.id : `${step.kind} ${String(i)}`} step={step} />
      ))}
    </ol>
  );
}
