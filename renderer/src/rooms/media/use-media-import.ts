import { useCallback, useState } from 'react';
import { mediaImportResult, type ImportSource, type MediaImportResult } from '../../../../core/model/contract/index.ts';
import type { ErrorData } from '../../../../core/model/errors.ts';
import { api, client, queryClient } from '../../client/client.ts';
import { jobResult } from '../../client/jobs.ts';
import { chooseSources, MEDIA_EXTENSIONS, sourceName, sourcesOf } from '../../client/sources.ts';
import { formatPercent } from '../../format/format.ts';
import { inOneLine, useText } from '../../i18n/use-text.ts';
import { toast } from '../../ui/toast.tsx';

/** A file that was not imported, with what is needed to try again. */
export interface Failure {
  name: string;
  source: ImportSource;
  error: ErrorData;
}

/** Names in a toast: the first few, so that it stays one sentence. */
const NAMED = 3;

/**
 * Importing into the media: from the chooser, a drop or the clipboard; toasts for what came in, a list for what did not.
 * `storyId`: the story that what comes in belongs to.
 */
export function useMediaImport(storyId?: string) {
  const { t, explain, language } = useText();
  /** What is being sent to the server, in words; null when nothing is. */
  const [busy, setBusy] = useState<string | null>(null);
  const [failures, setFailures] = useState<Failure[]>([]);

  const fail = useCallback(
    (error: unknown) => {
      toast(inOneLine(explain(error), language), { icon: 'alert' });
    },
    [explain, language],
  );

  const report = useCallback(
    (result: MediaImportResult, sources: ImportSource[]) => {
      const known = result.flatMap((r, i) => {
        const source = sources[i];
        return 'error' in r || !source ? [] : [{ ...r, name: sourceName(source) }];
      });
      const fresh = known.filter((r) => !r.duplicate).length;
      const twice = known.filter((r) => r.duplicate).map((r) => r.name);
      if (fresh > 0) toast(t('media.imported', { count: fresh }));
      for (const { name, problems } of known) {
        const tracks = problems.find(({ code }) => code === 'text_tracks' || code === 'picture_tracks');
        if (tracks)
          toast(t(`media.${tracks.code === 'text_tracks' ? 'textTracks' : 'pictureTracks'}`, { name }), {
            icon: 'cap',
          });
      }
      if (twice.length > 0) {
        const names = twice.slice(0, NAMED).join('、') + (twice.length > NAMED ? '…' : '');
        toast(t('media.duplicate', { count: twice.length, name: twice[0] ?? '', names }), { icon: 'info' });
      }
      setFailures((before) => [
        ...before,
        ...result.flatMap((r, i) => {
          const source = sources[i];
          return 'error' in r && source ? [{ name: sourceName(source), source, error: r.error }] : [];
        }),
      ]);
    },
    [t],
  );

  const run = useCallback(
    async (sources: ImportSource[], salvage = false) => {
      if (sources.length === 0) return;
      try {
        const { jobId } = await client.media.import({ sources, salvage, ...(storyId ? { storyId } : {}) });
        if (sources.length > 1) toast(t('media.importing', { count: sources.length }), { icon: 'upload' });
        report(mediaImportResult.parse(await jobResult(jobId)), sources);
        await queryClient.invalidateQueries({ queryKey: api.media.list.key() });
      } catch (error) {
        fail(error);
      }
    },
    [t, report, fail, storyId],
  );

  const take = useCallback(
    (gather: (onProgress: (name: string, fraction: number) => void) => Promise<ImportSource[]>) => {
      gather((name, fraction) => setBusy(t('media.uploading', { name, percent: formatPercent(fraction, language) })))
        .finally(() => setBusy(null))
        .then((sources) => run(sources), fail);
    },
    [run, fail, t, language],
  );

  const choose = useCallback(
    () => take((onProgress) => chooseSources({ extensions: MEDIA_EXTENSIONS, multiple: true }, onProgress)),
    [take],
  );
  const files = useCallback(
    (list: File[]) => {
      if (list.length > 0) take((onProgress) => sourcesOf(list, onProgress));
    },
    [take],
  );
  const again = useCallback(
    (failure: Failure, salvage: boolean) => {
      setFailures((before) => before.filter((f) => f !== failure));
      void run([failure.source], salvage);
    },
    [run],
  );
  return { busy, failures, choose, files, again, clearFailures: () => setFailures([]) };
}

export type MediaImport = ReturnType<typeof useMediaImport>;
