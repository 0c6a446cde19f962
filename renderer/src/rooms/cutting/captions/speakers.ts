/** Who speaks in which captions. Pure. */
import type { Operation } from '../../../../../core/model/timeline/operation.ts';
import type { Cue } from '../../../../../core/model/timeline/timeline.ts';

/** The speakers of a film, each once, those who speak most first. */
export function filmSpeakers(cues: readonly Cue[]): string[] {
  const times = new Map<string, number>();
  for (const { speaker } of cues) if (speaker !== undefined) times.set(speaker, (times.get(speaker) ?? 0) + 1);
  return [...times].sort(([, a], [, b]) => b - a).map(([name]) => name);
}

/** Who may be meant: the film's speakers, then the people of its story that are not among them. */
export const speakerChoices = (cues: readonly Cue[], people: readonly string[]): string[] => [
  ...new Set([...filmSpeakers(cues), ...people]),
];

/** A name as it is kept: one line, without blanks at its ends, at most 80 characters; null: nobody is named. */
export function speakerFrom(text: string): string | null {
  const name = text.replace(/\s+/gu, ' ').trim().slice(0, 80).trim();
  return name === '' ? null : name;
}

/** Names who speaks in these captions (null: nobody); those where it is so already are left alone. */
export function nameSpeaker(cues: readonly Cue[], ids: ReadonlySet<string>, speaker: string | null): Operation[] {
  return cues
    .filter((cue) => ids.has(cue.id) && (cue.speaker ?? null) !== speaker)
    .map(({ id }) => ({ type: 'editCue', cueId: id, speaker }));
}

/** The captions behind this one that name nobody, up to the next that does. */
export function unnamedBehind(cues: readonly Cue[], cueId: string): Set<string> {
  const rest = cues.slice(cues.findIndex(({ id }) => id === cueId) + 1);
  const end = rest.findIndex(({ speaker }) => speaker !== undefined);
  return new Set((end < 0 ? rest : rest.slice(0, end)).map(({ id }) => id));
}

/** All captions behind this one. */
export const allBehind = (cues: readonly Cue[], cueId: string): Set<string> =>
  new Set(cues.slice(cues.findIndex(({ id }) => id === cueId) + 1).map(({ id }) => id));

/** The speaker of the caption before this one; null: there is none, or it names nobody. */
export const speakerBefore = (cues: readonly Cue[], cueId: string): string | null =>
  cues[cues.findIndex(({ id }) => id === cueId) - 1]?.speaker ?? null;
