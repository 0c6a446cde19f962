import { Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { madePath, type Job } from '../../../core/model/contract/index.ts';
import { desktop } from '../client/bridge.ts';
import { useMay } from '../app/session.ts';
import { useView } from '../app/view.ts';
import { api, client, queryClient } from '../client/client.ts';
import { isFinished } from '../client/jobs.ts';
import { formatPercent, timeLeft } from '../format/format.ts';
import { errorDataText, useText } from '../i18n/use-text.ts';
import { Btn, IconBtn } from '../ui/Btn.tsx';
import { Icon } from '../ui/Icon.tsx';
import { toast } from '../ui/toast.tsx';
import { FilmResult, filmsOf } from './FilmResult.tsx';

/** The name of a job as the tray says it: what is done, to what. */
function useJobName() {
  const { t } = useText();
  return (job: Job) => t(`frame.jobs.kind.${job.kind}`, { name: job.title });
}

function useJobActs() {
  const { explain } = useText();
  const refresh = () => void queryClient.invalidateQueries({ queryKey: api.jobs.list.key() });
  const run = (call: Promise<unknown>) => {
    call.then(refresh, (error: unknown) => toast(explain(error).message, { icon: 'alert' }));
  };
  return {
    cancel: (job: Job) => run(client.jobs.cancel({ jobId: job.jobId })),
    goOn: (job: Job) => run(client.jobs.goOn({ jobId: job.jobId })),
    retry: (job: Job) => run(client.jobs.retry({ jobId: job.jobId })),
    dismiss: (jobs: Job[]) => run(client.jobs.dismiss({ jobIds: jobs.map((j) => j.jobId) })),
  };
}

function RunningLine({ job }: { job: Job }) {
  const { t, language } = useText();
  if (job.state === 'queued') return <span className="st">{t('frame.jobs.queued')}</span>;
  if (job.waiting !== undefined) return <span className="st wide">{t(`frame.jobs.waiting.${job.waiting}`)}</span>;
  const percent = formatPercent(job.progress, language);
  if (job.leftMs === null) return <span className="st">{t('frame.jobs.running', { percent })}</span>;
  const left = timeLeft(job.leftMs);
  const key = left.minutes === 0 ? 'seconds' : left.seconds === 0 ? 'minutes' : 'both';
  return <span className="st">{t('frame.jobs.runningLeft', { percent, left: t(`common.left.${key}`, left) })}</span>;
}

/** Where the result is: shown in its folder on the desktop, named in a browser. */
function DoneLine({ job }: { job: Job }) {
  const { t, explain } = useText();
  const made = madePath(job);
  if (made === null) return <span className="st">{t('frame.jobs.done')}</span>;
  const show = () => {
    desktop?.showMade(job.jobId).catch((error: unknown) => toast(explain(error).message, { icon: 'alert' }));
  };
  return (
    <span className="st wide row">
      <span className="grow cut" title={made}>
        {t('frame.jobs.doneAt', { path: made })}
      </span>
      {desktop ? (
        <Btn kind="quiet" size="xs" icon="folder" onClick={show}>
          {t('common.act.showInFolder')}
        </Btn>
      ) : null}
    </span>
  );
}

/** One job: name, progress, time left, what can be done about it. */
export function JobRow({ job, allowed }: { job: Job; allowed: boolean }) {
  const { t, language } = useText();
  const name = useJobName()(job);
  const acts = useJobActs();
  const films = filmsOf(job);
  const problem = job.error && job.state === 'failed' ? errorDataText(job.error, language) : null;
  return (
    <li>
      <span className="nm row">
        {job.state === 'done' ? (
          <span className="tok">
            <Icon name="okc" />
          </span>
        ) : null}
        {job.state === 'failed' ? (
          <span className="tw">
            <Icon name="alert" />
          </span>
        ) : null}
        <span className="cut" title={name}>
          {name}
        </span>
      </span>
      <span className="row acts">
        {allowed && !isFinished(job) ? (
          <IconBtn icon="x" size="sm" label={t('frame.jobs.cancel', { name })} onClick={() => acts.cancel(job)} />
        ) : null}
        {allowed && (job.state === 'failed' || job.state === 'cancelled') ? (
          <IconBtn icon="reuse" size="sm" label={t('frame.jobs.retry', { name })} onClick={() => acts.retry(job)} />
        ) : null}
        {allowed && isFinished(job) ? (
          <IconBtn icon="x" size="sm" label={t('frame.jobs.dismiss', { name })} onClick={() => acts.dismiss([job])} />
        ) : null}
      </span>
      {isFinished(job) ? null : (
        <>
          <div
            className="bar"
            role="progressbar"
            aria-label={name}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(job.progress * 100)}
          >
            <i style={{ width: `${String(job.progress * 100)}%` }} />
          </div>
          <RunningLine job={job} />
          {allowed && job.waiting !== undefined ? (
            <Btn size="xs" onClick={() => acts.goOn(job)}>
              {t('frame.jobs.goOn')}
            </Btn>
          ) : null}
        </>
      )}
      {job.state === 'done' ? <DoneLine job={job} /> : null}
      {films ? <FilmResult films={films} /> : null}
      {job.state === 'cancelled' ? <span className="st">{t('frame.jobs.cancelled')}</span> : null}
      {problem ? (
        <span className="st wide tw">
          {problem.message} <span className="t2">{problem.hint}</span>
        </span>
      ) : null}
    </li>
  );
}

function useTrayWords(jobs: Job[]): string {
  const { t, language } = useText();
  const open = jobs.filter((j) => !isFinished(j));
  const failed = jobs.filter((j) => j.state === 'failed').length;
  if (open.length > 0) {
    const progress = open.reduce((sum, j) => sum + j.progress, 0) / open.length;
    return t('frame.status.jobs', { count: open.length, percent: formatPercent(progress, language) });
  }
  return failed > 0 ? t('frame.status.failed', { count: failed }) : t('frame.status.noJobs');
}

/** The jobs tray: its button in the status bar and the list above it. */
export function JobsTray() {
  const { t } = useText();
  const open = useView((s) => s.jobsOpen);
  const setView = useView((s) => s.set);
  const allowed = useMay('job.manage');
  const jobs = useQuery(api.jobs.list.queryOptions({ input: { limit: 50 } })).data ?? [];
  const acts = useJobActs();
  const words = useTrayWords(jobs);
  const finished = jobs.filter(isFinished);
  const unfinished = jobs.filter((job) => !isFinished(job));
  return (
    <Popover opened={open} onChange={(o) => setView({ jobsOpen: o })} position="top-start" width={380} trapFocus>
      <Popover.Target>
        <button type="button" className="it btnlike" aria-expanded={open} onClick={() => setView({ jobsOpen: !open })}>
          <Icon name="jobs" size={14} />
          {words}
        </button>
      </Popover.Target>
      <Popover.Dropdown className="tray" aria-label={t('frame.jobs.title')}>
        <div className="sec">
          <h2>{t('frame.jobs.title')}</h2>
          {unfinished.length > 0 ? <span className="n">{unfinished.length}</span> : null}
          {allowed && finished.length > 0 ? (
            <Btn kind="quiet" size="xs" className="push" onClick={() => acts.dismiss(finished)}>
              {t('frame.jobs.clear')}
            </Btn>
          ) : null}
        </div>
        {jobs.length === 0 ? <p className="t3">{t('frame.jobs.empty')}</p> : null}
        <ul className="jobs scroll">
          {jobs.map((job) => (
            <JobRow key={job.jobId} job={job} allowed={allowed} />
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
