/** Giving a lost or changed original again: the very same file, whatever its name. */
import { useState } from 'react';
import { mediaImportResult, type Asset } from '../../../../core/model/contract/index.ts';
import { api, client, queryClient } from '../../client/client.ts';
import { jobResult } from '../../client/jobs.ts';
import { chooseSources, MEDIA_EXTENSIONS } from '../../client/sources.ts';
import { errorDataText, inOneLine, useText } from '../../i18n/use-text.ts';
import { toast } from '../../ui/toast.tsx';

export function useRestore() {
  const { t, explain, language } = useText();
  const [busy, setBusy] = useState(false);
  const restore = async ({ assetId, name }: Pick<Asset, 'assetId' | 'name'>) => {
    setBusy(true);
    try {
      const sources = await chooseSources({ extensions: MEDIA_EXTENSIONS, multiple: false });
      if (sources.length === 0) return;
      const { jobId } = await client.media.import({ sources, salvage: true, restores: assetId });
      const [entry] = mediaImportResult.parse(await jobResult(jobId));
      if (entry && 'error' in entry)
        toast(inOneLine(errorDataText(entry.error, language), language), { icon: 'alert' });
      else toast(t('media.original.back', { name }));
      await queryClient.invalidateQueries({ queryKey: api.media.key() });
    } catch (error) {
      toast(inOneLine(explain(error), language), { icon: 'alert' });
    } finally {
      setBusy(false);
    }
  };
  return { busy, restore: (asset: Pick<Asset, 'assetId' | 'name'>) => void restore(asset) };
}
