/** A place of its own for one caption. Pure. */
import type { Operation } from '../../../../../core/model/timeline/operation.ts';
import type { Cue } from '../../../../../core/model/timeline/timeline.ts';

/** `all`: where all captions stand. */
export type CuePlaceName = 'all' | NonNullable<Cue['position']>;

/** As they are offered, and as one key goes round them. */
export const CUE_PLACES: readonly CuePlaceName[] = ['all', 'top', 'middle', 'bottom'];

export const placeOf = (cue: Cue): CuePlaceName => cue.position ?? 'all';

/** Puts a caption there. */
export function placeAs(cue: Cue, place: CuePlaceName): Operation {
  return { type: 'editCue', cueId: cue.id, position: place === 'all' ? null : place };
}

/** Puts a caption at the next place that looks different: the place all have is passed over where it is named again. */
export function nextPlace(cue: Cue, ofAll: NonNullable<Cue['position']>): Operation {
  const round = CUE_PLACES.filter((place) => place !== ofAll);
  return placeAs(cue, round[(round.indexOf(placeOf(cue)) + 1) % round.length] ?? 'all');
}
