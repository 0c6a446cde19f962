import { useQuery } from '@tanstack/react-query';
import { madePath, type Job } from '../../../../core/model/contract/index.ts';
import { useMay } from '../../app/session.ts';
import { api } from '../../client/client.ts';
import { isFinished } from '../../client/jobs.ts';
import { JobRow } from '../../frame/JobsTray.tsx';
import { useText } from '../../i18n/use-text.ts';

/** Jobs on the desk at once; the tray has them all. */
const SHOWN = 5;

/** Worth a line on the desk: what runs, what failed, what made something. Small finished jobs stay in the tray. */
const matters = (job: Job) => !isFinished(job) || job.state === 'failed' || madePath(job) !== null;

/** What the studio is working on; nothing is drawn while there is nothing. */
export function DeskJobs() {
  const { t } = useText();
  const allowed = useMay('job.manage');
  const jobs = (useQuery(api.jobs.list.queryOptions({ input: { limit: 50 } })).data ?? []).filter(matters);
  if (jobs.length === 0) return null;
  const open = jobs.filter((job) => !isFinished(job)).length;
  return (
    <section className="card desk-card" aria-label={t('desk.jobs')}>
      <div className="sec">
        <h2>{t('desk.jobs')}</h2>
        {open > 0 ? <span className="n">{open}</span> : null}
      </div>
      <ul className="jobs desk-jobs">
        {jobs.slice(0, SHOWN).map((job) => (
          <JobRow key={job.jobId} job={job} allowed={allowed} />
        ))}
      </ul>
    </section>
  );
}
