/** Which sound of the timeline somebody may be speaking in, and captions set to it. Pure. */
import {
  snapToSpeech,
  speechInFilm,
  type HeardPiece,
  type SpeechSpan,
} from '../../../../../core/model/captions/speech.ts';
import { speedOf, type Layout } from '../../../../../core/model/timeline/layout.ts';
import type { Operation } from '../../../../../core/model/timeline/operation.ts';
import { soundEndUs } from '../../../../../core/model/timeline/sounds.ts';
import type { Cue, Timeline } from '../../../../../core/model/timeline/timeline.ts';

export type Heard = Omit<HeardPiece, 'speech'> & { assetId: string };

/** So far around the captions speech is looked for: further than an edge may go, so that a sentence is seen whole. */
const AROUND_US = 2_000_000;

/** What is heard around these captions and may be speech: the storyline's own sound and the voice track, unless muted. */
export function heardAround(timeline: Timeline, places: Layout, cues: readonly Cue[]): Heard[] {
  const fromUs = cues.reduce((least, { startUs }) => Math.min(least, startUs), Infinity) - AROUND_US;
  const toUs = cues.reduce((most, { endUs }) => Math.max(most, endUs), 0) + AROUND_US;
  const audible = new Set(timeline.assets.filter(({ hasAudio }) => hasAudio).map(({ assetId }) => assetId));
  const clips = places.clips
    .filter(({ clip, startUs, endUs }) => !clip.muted && !clip.gap && endUs > fromUs && startUs < toUs)
    .map(({ clip, startUs }) => {
      const { num, den } = speedOf(clip);
      return { assetId: clip.assetId, inUs: clip.inUs, outUs: clip.outUs, startUs, speed: num / den };
    });
  const voice = timeline.voice
    .filter((sound) => !sound.muted && soundEndUs(sound) > fromUs && sound.startUs < toUs)
    .map(({ assetId, inUs, outUs, startUs }) => ({ assetId, inUs, outUs, startUs, speed: 1 }));
  return [...clips, ...voice].filter(({ assetId }) => audible.has(assetId));
}

/** The operations that set captions to the speech nearest to their edges: one act, one step of undo. */
export function toSpeech(
  cues: readonly Cue[],
  heard: readonly Heard[],
  speechOf: (assetId: string) => readonly SpeechSpan[],
): Operation[] {
  const speech = speechInFilm(heard.map((piece) => ({ ...piece, speech: speechOf(piece.assetId) })));
  return cues.flatMap((cue): Operation[] => {
    const to = snapToSpeech(cue, speech);
    return to ? [{ type: 'editCue', cueId: cue.id, ...to }] : [];
  });
}
