/** Making a package: where to, the job, what came of it. */
import { useCallback, useState } from 'react';
import { madePackage } from '../../../../core/model/contract/packages.ts';
import { desktop } from '../../client/bridge.ts';
import { api, client, queryClient } from '../../client/client.ts';
import { jobResult } from '../../client/jobs.ts';
import { inOneLine, useText } from '../../i18n/use-text.ts';
import { toast } from '../../ui/toast.tsx';

export function useMake(storyId: string, title: string) {
  const { t, explain, language } = useText();
  const [busy, setBusy] = useState<'release' | 'draft' | null>(null);
  /** Packages made here in this visit, and the job that made each: by it the desktop program finds the folder. */
  const [jobs, setJobs] = useState<ReadonlyMap<string, string>>(new Map());
  /** A folder the person chose (desktop only); null: the workspace's exports. */
  const [dir, setDir] = useState<string | null>(null);

  const make = useCallback(
    async (targets: string[], draft: boolean) => {
      setBusy(draft ? 'draft' : 'release');
      const started = toast(t('packages.make.started', { title }), { icon: 'package' });
      try {
        const { jobId } = await client.packages.make({ storyId, targets, draft, ...(dir === null ? {} : { dir }) });
        const { packageId } = madePackage.parse(await jobResult(jobId));
        setJobs((before) => new Map(before).set(packageId, jobId));
        // What lies in a chosen folder is not empty any more.
        setDir(null);
        await queryClient.invalidateQueries({ queryKey: api.packages.key() });
        toast(t(draft ? 'packages.make.doneDraft' : 'packages.make.done', { title }));
      } catch (error) {
        toast(inOneLine(explain(error), language), { icon: 'alert' });
        await queryClient.invalidateQueries({ queryKey: api.packages.check.key() });
      } finally {
        started();
        setBusy(null);
      }
    },
    [storyId, title, dir, t, explain, language],
  );

  const chooseDir = useCallback(() => {
    void desktop?.chooseFolder().then((chosen) => chosen !== null && setDir(chosen));
  }, []);

  return { busy, jobs, dir, make, chooseDir, resetDir: () => setDir(null), canChoose: desktop !== null };
}
