import { useNavigate } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { importedStory, type ImportSource } from '../../../../core/model/contract/index.ts';
import { useMay } from '../../app/session.ts';
import { useView } from '../../app/view.ts';
import { client } from '../../client/client.ts';
import { jobResult } from '../../client/jobs.ts';
import { chooseSources, DOCUMENT_EXTENSIONS, extensionOf, sourceName, sourcesOf } from '../../client/sources.ts';
import { inOneLine, useText } from '../../i18n/use-text.ts';
import { toast } from '../../ui/toast.tsx';

/** The ways a story begins: an empty one, or documents to import. Used by the room, the palette and the menu. */
export function useStartStory() {
  const { t, explain, language } = useText();
  const navigate = useNavigate();
  const allowed = useMay('story.edit');
  const setRepairs = useView((s) => s.setRepairs);
  const [busy, setBusy] = useState<'create' | 'import' | null>(null);

  const fail = useCallback(
    (error: unknown) => {
      toast(inOneLine(explain(error), language), { icon: 'alert' });
    },
    [explain, language],
  );
  const open = useCallback(
    (storyId: string) => void navigate({ to: '/stories/$storyId', params: { storyId } }),
    [navigate],
  );

  const create = useCallback(() => {
    setBusy('create');
    client.stories
      .create({})
      .then((story) => open(story.storyId), fail)
      .finally(() => setBusy(null));
  }, [open, fail]);

  const importOne = useCallback(
    async (source: ImportSource) => {
      const done = toast(t('stories.importing', { name: sourceName(source) }), { icon: 'upload' });
      try {
        const { jobId } = await client.stories.import({ source });
        const result = importedStory.parse(await jobResult(jobId));
        setRepairs(result.storyId, result.repairs);
        return result;
      } finally {
        done();
      }
    },
    [t, setRepairs],
  );

  /** Imports in order; a single document is opened when it is done, of several each is offered. */
  const importAll = useCallback(
    async (sources: ImportSource[]) => {
      setBusy('import');
      for (const source of sources) {
        try {
          const { storyId, title } = await importOne(source);
          if (sources.length === 1) open(storyId);
          const action = { label: t('common.act.open'), run: () => open(storyId) };
          toast(t('stories.imported', { title: title || t('stories.untitled') }), sources.length > 1 ? { action } : {});
        } catch (error) {
          fail(error);
        }
      }
      setBusy(null);
    },
    [importOne, fail, open, t],
  );

  const choose = useCallback(() => {
    chooseSources({ extensions: DOCUMENT_EXTENSIONS, multiple: true }).then(importAll).catch(fail);
  }, [importAll, fail]);

  const drop = useCallback(
    (files: File[]) => {
      const documents = files.filter((f) => DOCUMENT_EXTENSIONS.includes(extensionOf(f.name)));
      if (documents.length < files.length) toast(t('stories.dropWrong'), { icon: 'info' });
      if (documents.length > 0) sourcesOf(documents).then(importAll).catch(fail);
    },
    [importAll, fail, t],
  );

  return { allowed, busy, create, choose, drop };
}
