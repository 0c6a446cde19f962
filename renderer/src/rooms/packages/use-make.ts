/** Making a package: where to, the job, what came of it. */
import { useCallback, useState } from 'react';
import { madePackage, type MadePackage, type PackageTarget } from '../../../../core/model/contract/packages.ts';
import { desktop } from '../../client/bridge.ts';
import { api, client, queryClient } from '../../client/client.ts';
import { jobResult } from '../../client/jobs.ts';
import { inOneLine, useText } from '../../i18n/use-text.ts';
import { toast } from '../../ui/toast.tsx';

export function useMake(storyId: string, title: string) {
  const { t, explain, language } = useText();
  const [busy, setBusy] = useState<'release' | 'draft' | null>(null);
  const [result, setResult] = useState<MadePackage | null>(null);
  /** A folder the person chose (desktop only); null: the workspace's exports. */
  const [dir, setDir] = useState<string | null>(null);

  const make = useCallback(
    async (targets: PackageTarget[], draft: boolean) => {
      setBusy(draft ? 'draft' : 'release');
      const started = toast(t('packages.make.started', { title }), { icon: 'package' });
      try {
        const { jobId } = await client.packages.make({ storyId, targets, draft, ...(dir === null ? {} : { dir }) });
        setResult(madePackage.parse(await jobResult(jobId)));
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

  return { busy, result, dir, make, chooseDir, resetDir: () => setDir(null), canChoose: desktop !== null };
}
