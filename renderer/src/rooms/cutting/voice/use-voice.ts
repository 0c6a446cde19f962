/** The recorder of an open video, and what it asks of the core and the session. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import { mediaImportResult } from '../../../../../core/model/contract/index.ts';
import { StudioError } from '../../../../../core/model/errors.ts';
import { api, client, queryClient } from '../../../client/client.ts';
import { jobResult } from '../../../client/jobs.ts';
import { beforeLeaving } from '../../../client/leaving.ts';
import { i18n } from '../../../i18n/index.ts';
import { newId, type CutSession } from '../cut-session.ts';
import { useCut, type Cut } from '../use-cut.ts';
import { readChoice, writeChoice } from './choice.ts';
import { VoiceRecorder, type TakeWays, type Taken, type VoiceChoice } from './recorder.ts';
import { isLaid, layTake, nextNumber } from './take-edits.ts';

/** Longest part of the film's title in a take's name. */
const TITLE_LENGTH = 80;

/** The next name for a take of this film, among all that are and those that are being made. */
async function nameTake(cut: Cut): Promise<string> {
  const { projectId } = cut;
  const { title } = await client.videos.get({ projectId });
  const stem = i18n.t('voice.takeStem', { title: title.trim().slice(0, TITLE_LENGTH) }).trim();
  const [here, kept] = await Promise.all([
    client.media.list({ kind: 'audio', q: stem, limit: 200 }),
    client.takes.list({ projectId }),
  ]);
  return `${stem} ${String(
    nextNumber(
      stem,
      [...here.items, ...kept].map(({ name }) => name),
    ),
  )}`;
}

/** Imports a take and lays it on the voice track; the take is dropped once it is there. Errors: those of the import. */
export async function importTake(
  session: CutSession,
  takeId: string,
  atUs: number,
): Promise<Pick<Taken, 'assetId' | 'soundId' | 'durationUs'>> {
  const { jobId } = await client.takes.keep({ takeId });
  const [entry] = mediaImportResult.parse(await jobResult(jobId));
  if (!entry) throw new StudioError('take_empty');
  if ('error' in entry) throw StudioError.fromData(entry.error);
  const asset = await client.media.get({ assetId: entry.assetId });
  const soundId = newId('s');
  const { timeline, places } = session.getState();
  // A core that died between laying and dropping offers the take once more.
  if (!isLaid(timeline, asset.assetId, atUs)) {
    if (!session.run(layTake(timeline, asset, soundId, { atUs, filmUs: places.durationUs })))
      throw new StudioError('internal', { ref: 'take' });
    session.closeStep();
    session.select({ kind: 'sound', id: soundId });
  }
  await client.takes.drop({ takeId });
  void queryClient.invalidateQueries({ queryKey: api.media.list.key() });
  void queryClient.invalidateQueries({ queryKey: api.takes.list.key() });
  const laid = session.getState().timeline.voice.find(({ id }) => id === soundId);
  return { assetId: asset.assetId, soundId, durationUs: laid?.outUs ?? asset.durationUs ?? 0 };
}

/** Out of the film and out of the media. */
async function discardTake(session: CutSession, { soundId, assetId }: Taken): Promise<void> {
  const still = session.getState().timeline.voice.some(({ id }) => id === soundId);
  if (still) session.run({ type: 'removeSound', soundId });
  await client.media.remove({ assetIds: [assetId] });
  void queryClient.invalidateQueries({ queryKey: api.media.list.key() });
}

const waysOf = (cut: Cut): TakeWays => ({
  begin: async (atUs) => {
    const name = await nameTake(cut);
    const { takeId } = await client.takes.begin({ projectId: cut.projectId, name, atUs });
    return { takeId, name };
  },
  append: (takeId, piece) => client.takes.append({ takeId, ...piece }),
  lay: (takeId, atUs) => importTake(cut.session, takeId, atUs),
  drop: (takeId) => client.takes.drop({ takeId }),
  discard: (taken) => discardTake(cut.session, taken),
});

export function useVoice() {
  const cut = useCut();
  const [choice, setChoice] = useState(readChoice);
  const [recorder] = useState(() => new VoiceRecorder(cut.player, waysOf(cut), choice));
  const state = useSyncExternalStore(recorder.subscribe, recorder.getState);
  useEffect(() => {
    const stop = beforeLeaving({ dirty: () => recorder.busy, flush: () => recorder.settle() });
    return () => {
      stop();
      recorder.destroy();
    };
  }, [recorder]);
  const choose = (patch: Partial<VoiceChoice>) => {
    const next = { ...choice, ...patch };
    setChoice(next);
    writeChoice(next);
    recorder.choose(next);
  };
  return { recorder, state, choice, choose };
}

export type Voice = ReturnType<typeof useVoice>;
