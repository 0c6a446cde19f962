import { useCallback, useState } from 'react';
import { CAPTION_FORMATS } from '../../../../../core/model/captions/index.ts';
import type { ImportSource, Repair } from '../../../../../core/model/contract/index.ts';
import type { Cue } from '../../../../../core/model/timeline/timeline.ts';
import { client } from '../../../client/client.ts';
import { chooseSources, sourceName, sourcesOf } from '../../../client/sources.ts';
import { inOneLine, useText } from '../../../i18n/use-text.ts';
import { toast } from '../../../ui/toast.tsx';
import { newId } from '../cut-session.ts';
import { useCut } from '../use-cut.ts';

const EXTENSIONS = [...CAPTION_FORMATS, 'ssa', 'xml', 'dfxp'];

/** A caption file that was read and waits for "instead" or "among". */
export interface ReadFile {
  name: string;
  cues: Cue[];
  repairs: Repair[];
}

export function useCaptionImport() {
  const { t, explain, language } = useText();
  const { session } = useCut();
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState<ReadFile | null>(null);
  const [notes, setNotes] = useState<ReadFile | null>(null);

  const take = useCallback(
    (file: ReadFile, mode: 'replace' | 'append') => {
      setAsked(null);
      if (!session.run({ type: 'importCues', cues: file.cues, mode })) return;
      toast(t('cutting.captions.imported', { count: file.cues.length, name: file.name }));
      setNotes(file.repairs.length > 0 ? file : null);
    },
    [session, t],
  );

  const read = useCallback(
    async (gather: () => Promise<ImportSource[]>) => {
      setBusy(true);
      try {
        const [source] = await gather();
        if (!source) return;
        const { cues, repairs } = await client.videos.readCaptions({ source });
        const file = { name: sourceName(source), cues: cues.map((cue) => ({ id: newId('q'), ...cue })), repairs };
        if (session.getState().timeline.captions.cues.length === 0) take(file, 'replace');
        else setAsked(file);
      } catch (error) {
        toast(inOneLine(explain(error), language), { icon: 'alert' });
      } finally {
        setBusy(false);
      }
    },
    [session, take, explain, language],
  );

  const choose = useCallback(() => void read(() => chooseSources({ extensions: EXTENSIONS, multiple: false })), [read]);
  const files = useCallback(
    (list: File[]) => {
      if (list.length > 0) void read(() => sourcesOf(list.slice(0, 1)));
    },
    [read],
  );
  return { busy, choose, files, asked, take, leave: () => setAsked(null), notes, dismiss: () => setNotes(null) };
}

export type CaptionImport = ReturnType<typeof useCaptionImport>;
