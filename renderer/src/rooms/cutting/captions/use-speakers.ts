/** Naming who speaks, by a field, a menu and keys. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { create } from 'zustand';
import { peopleOfArticle } from '../../../../../core/model/captions/index.ts';
import type { Cue } from '../../../../../core/model/timeline/timeline.ts';
import { api } from '../../../client/client.ts';
import { useCommand } from '../../../commands/registry.ts';
import type { CutSession } from '../cut-session.ts';
import { useCut } from '../use-cut.ts';
import { nameSpeaker, speakerBefore, speakerChoices } from './speakers.ts';

/** The caption whose field of the speaker is to take the focus; counted, so that the same may be asked for again. */
export const useSpeakerWish = create<{ cueId: string | null; times: number }>(() => ({ cueId: null, times: 0 }));

/** The captions an act on this one is about: all that are picked, where it is among them. */
export function cuesMeant(session: CutSession, cueId: string): Set<string> {
  const { picked } = session.getState();
  const ids = picked.filter(({ kind }) => kind === 'cue').map(({ id }) => id);
  return new Set(ids.includes(cueId) ? ids : [cueId]);
}

/** One step of undo, however many captions it is about. */
export function runSpeaker(session: CutSession, ids: ReadonlySet<string>, speaker: string | null): number {
  const operations = nameSpeaker(session.getState().timeline.captions.cues, ids, speaker);
  return operations.length > 0 && session.run(operations) ? operations.length : 0;
}

/** The names to choose from. */
export function useSpeakerChoices(cues: readonly Cue[]): string[] {
  const { storyId } = useCut();
  const { data: story } = useQuery(api.stories.get.queryOptions({ input: { storyId } }));
  const people = useMemo(() => (story ? peopleOfArticle({ content: story.doc.content ?? [] }) : []), [story]);
  return useMemo(() => speakerChoices(cues, people), [cues, people]);
}

/** `meant`: the caption that keys are about. */
export function useSpeakerCommands(session: CutSession, meant: () => Cue | null): void {
  const choose = () => {
    const cue = meant();
    if (!cue) return;
    // Several that are picked stay picked.
    if (!session.getState().picked.some(({ id }) => id === cue.id)) session.select({ kind: 'cue', id: cue.id });
    useSpeakerWish.setState(({ times }) => ({ cueId: cue.id, times: times + 1 }));
  };
  const asBefore = () => {
    const cue = meant();
    const name = cue && speakerBefore(session.getState().timeline.captions.cues, cue.id);
    if (cue && name !== null) runSpeaker(session, cuesMeant(session, cue.id), name);
  };
  useCommand('cut.cueSpeaker', choose, session.canEdit);
  useCommand('cut.sameSpeaker', asBefore, session.canEdit);
}
