/** Captions that belong to a source, set to where the film shows that source. Pure. */
import { layout, speedOf } from './layout.ts';
import { mulDivRound } from './rational.ts';
import { MAX_TIME_US, type CueWish, type Timeline } from './timeline.ts';

/** A stretch of a source in the film: between two of its times, forwards or backwards, at a pace. */
interface Stretch {
  inUs: number;
  outUs: number;
  startUs: number;
  /** Where a time of the source between in and out is on the film. */
  place: (us: number) => number;
  backwards: boolean;
}

/** Where the film shows a source; frozen frames show one moment, in which nothing is said. */
function stretchesOf(timeline: Timeline, assetId: string): Stretch[] {
  const clips = layout(timeline).clips.flatMap(({ clip, startUs }): Stretch[] => {
    if (clip.assetId !== assetId || clip.heldUs !== undefined) return [];
    const { inUs, outUs, reversed: backwards = false } = clip;
    const { num, den } = speedOf(clip);
    const place = (us: number): number => startUs + mulDivRound(backwards ? outUs - us : us - inUs, den, num);
    return [{ inUs, outUs, startUs, place, backwards }];
  });
  const overlays = timeline.overlays.flatMap(({ assetId: own, inUs, outUs, startUs }): Stretch[] =>
    own === assetId ? [{ inUs, outUs, startUs, place: (us) => startUs + us - inUs, backwards: false }] : [],
  );
  return [...clips, ...overlays].sort((a, b) => a.startUs - b.startUs);
}

/** A part of a caption on the film, and which part of the source it is. */
interface Piece {
  startUs: number;
  endUs: number;
  fromUs: number;
  toUs: number;
}

/** One piece of two that follow each other on the film and on the source; null where they do not. */
function joined(a: Piece | undefined, b: Piece, backwards: boolean): Piece | null {
  if (a?.endUs !== b.startUs || (backwards ? b.toUs !== a.fromUs : a.toUs !== b.fromUs)) return null;
  return {
    ...{ startUs: a.startUs, endUs: b.endUs },
    ...{ fromUs: Math.min(a.fromUs, b.fromUs), toUs: Math.max(a.toUs, b.toUs) },
  };
}

function piecesOf(cue: CueWish, stretches: readonly Stretch[]): Piece[] {
  const pieces: Piece[] = [];
  for (const { inUs, outUs, place, backwards } of stretches) {
    const [fromUs, toUs] = [Math.max(cue.startUs, inUs), Math.min(cue.endUs, outUs)];
    if (fromUs >= toUs) continue;
    const [startUs, endUs] = backwards ? [place(toUs), place(fromUs)] : [place(fromUs), place(toUs)];
    const piece = { startUs, endUs, fromUs, toUs };
    const one = joined(pieces.at(-1), piece, backwards);
    if (one) pieces[pieces.length - 1] = one;
    else pieces.push(piece);
  }
  return pieces;
}

/** Less of a caption than this, microseconds of the source, is a syllable that a cut left. */
const SLIVER_US = 400_000;

export interface SourceCues {
  /** By their start. */
  cues: CueWish[];
  /** Captions of the source that the film shows nothing of. */
  left: number;
}

/**
 * The captions of a source (their times on it) at the times at which the film shows it: through the in points, the speed
 * and the direction of its clips, as often as it is shown. A caption that a cut goes through ends or begins there; where
 * the film goes on with the source all the same it stays whole. Slivers that a cut leaves are left out.
 */
export function cuesOnFilm(timeline: Timeline, assetId: string, cues: readonly CueWish[]): SourceCues {
  const stretches = stretchesOf(timeline, assetId);
  let left = 0;
  const placed = cues.flatMap((cue) => {
    const enough = Math.min(SLIVER_US, cue.endUs - cue.startUs);
    const seen = piecesOf(cue, stretches)
      .filter(({ fromUs, toUs }) => toUs - fromUs >= enough)
      .filter(({ startUs, endUs }) => startUs < endUs && endUs <= MAX_TIME_US);
    if (seen.length === 0) left += 1;
    return seen.map(({ startUs, endUs }) => ({ ...cue, startUs, endUs }));
  });
  return { cues: placed.sort((a, b) => a.startUs - b.startUs), left };
}
