import { useCallback, useState } from 'react';
import { CAPTION_FORMATS } from '../../../../../core/model/captions/index.ts';
import type { ImportSource, Repair } from '../../../../../core/model/contract/index.ts';
import type { Cue, CueWish } from '../../../../../core/model/timeline/timeline.ts';
import { cuesOnFilm } from '../../../../../core/model/timeline/source-cues.ts';
import { asTwoLanguages, matchTranslations } from '../../../../../core/model/timeline/two-languages.ts';
import { client } from '../../../client/client.ts';
import { chooseSources, sourceName, sourcesOf } from '../../../client/sources.ts';
import { inOneLine, useText } from '../../../i18n/use-text.ts';
import { toast } from '../../../ui/toast.tsx';
import { newId } from '../cut-session.ts';
import { useCut } from '../use-cut.ts';

const EXTENSIONS = [...CAPTION_FORMATS, 'ssa', 'xml', 'dfxp'];

/** A caption file that was read and waits for "instead", "among" or "below". */
export interface ReadFile {
  name: string;
  cues: Cue[];
  repairs: Repair[];
  /** Captions of a source in parts that the film does not show. */
  away: number;
  /** The same in two languages, if it is: cues that have both, and how many; null: it is in one. */
  both: { cues: Cue[]; count: number } | null;
}

/** What a person should know of a file that was taken. */
export interface ImportNote {
  name: string;
  repairs: Repair[];
  /** Captions of a second language that found none of their time. */
  left: readonly CueWish[];
  away: number;
}

/** What was read: captions at the times of the film. */
type Loaded = Omit<ReadFile, 'cues' | 'both'> & { cues: CueWish[] };

export type ImportMode = 'replace' | 'append' | 'second';

const withIds = (cues: readonly CueWish[]): Cue[] => cues.map((cue) => ({ id: newId('q'), ...cue }));

export function useCaptionImport() {
  const { t, explain, language } = useText();
  const { session } = useCut();
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState<ReadFile | null>(null);
  const [notes, setNotes] = useState<ImportNote | null>(null);

  /** `split`: as two languages. */
  const take = useCallback(
    ({ name, repairs, away, ...file }: ReadFile, mode: ImportMode, split = false) => {
      setAsked(null);
      const cues = (split ? file.both?.cues : null) ?? file.cues;
      let left: readonly CueWish[] = [];
      if (mode === 'second') {
        const matched = matchTranslations(session.getState().timeline.captions.cues, cues);
        const count = matched.operations.length;
        if (count === 0) return toast(t('captions.second.none', { name }), { icon: 'alert' });
        if (!session.run(matched.operations)) return;
        toast(t('captions.second.matched', { count, name }));
        ({ left } = matched);
      } else {
        if (!session.run({ type: 'importCues', cues, mode })) return;
        toast(t('cutting.captions.imported', { count: cues.length, name }));
      }
      setNotes(repairs.length + left.length + away > 0 ? { name, repairs, left, away } : null);
    },
    [session, t],
  );

  /** Asks where it goes, or takes it at once where there is nothing to ask. */
  const offer = useCallback(
    async (load: () => Promise<Loaded | null>) => {
      setBusy(true);
      try {
        const loaded = await load();
        if (!loaded) return;
        const { cues, ...about } = loaded;
        const both = asTwoLanguages(cues);
        const file: ReadFile = {
          ...about,
          cues: withIds(cues),
          both: both && { cues: withIds(both.cues), count: both.count },
        };
        if (session.getState().timeline.captions.cues.length === 0 && !both) take(file, 'replace');
        else setAsked(file);
      } catch (error) {
        toast(inOneLine(explain(error), language), { icon: 'alert' });
      } finally {
        setBusy(false);
      }
    },
    [session, take, explain, language],
  );
  const read = useCallback(
    (gather: () => Promise<ImportSource[]>) =>
      void offer(async () => {
        const [source] = await gather();
        if (!source) return null;
        return { ...(await client.videos.readCaptions({ source })), name: sourceName(source), away: 0 };
      }),
    [offer],
  );
  /** A subtitle track of a source, where the film shows it. */
  const track = useCallback(
    (asset: { assetId: string; name: string }, number: number, label: string) =>
      void offer(async () => {
        const { assetId } = asset;
        const { cues: said, repairs } = await client.videos.readTextTrack({ assetId, track: number });
        const { cues, left: away } = cuesOnFilm(session.getState().timeline, assetId, said);
        if (cues.length > 0) return { name: `${asset.name} · ${label}`, cues, repairs, away };
        toast(t(said.length === 0 ? 'captions.tracks.empty' : 'captions.tracks.nothing'), { icon: 'info' });
        return null;
      }),
    [offer, session, t],
  );

  const choose = useCallback(() => read(() => chooseSources({ extensions: EXTENSIONS, multiple: false })), [read]);
  const files = useCallback(
    (list: File[]) => {
      if (list.length > 0) read(() => sourcesOf(list.slice(0, 1)));
    },
    [read],
  );
  const [leave, dismiss] = [() => setAsked(null), () => setNotes(null)];
  return { busy, choose, files, track, asked, take, leave, notes, dismiss };
}

export type CaptionImport = ReturnType<typeof useCaptionImport>;
