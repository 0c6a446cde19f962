/** Which rows of the list of captions stand in the page, and how high one is before it has been drawn. Pure. */

/** Pixels: padding, the line of times and the rule below (`.cue` in cutting.css). */
const FRAME_PX = 33;
const LINE_PX = 22;
const FINDING_PX = 18;
/** A line of the second language (`.tx2` in captions.css). */
const SECOND_PX = 20;

/**
 * Height of a row that has not been drawn yet, pixels: as its lines and findings stand when none of them runs over. A row
 * that is drawn is measured. `translation`: null where there is no line for a second language.
 */
export function guessedHeight(text: string, findings: number, translation: string | null = null): number {
  const second = translation === null ? 0 : SECOND_PX * translation.split('\n').length;
  return FRAME_PX + LINE_PX * text.split('\n').length + second + (findings > 0 ? 3 + FINDING_PX * findings : 0);
}

/**
 * Places (from 0) of the rows that stay in the page wherever one scrolls: the selected caption's, and the one that has the
 * focus with both its neighbours. `placeOf`: the place of each caption by its id; who is no longer there keeps nothing.
 */
export function rowsToKeep(
  placeOf: ReadonlyMap<string, number>,
  selected: string | null,
  focused: string | null,
): number[] {
  const kept = new Set<number>();
  const sel = selected === null ? undefined : placeOf.get(selected);
  if (sel !== undefined) kept.add(sel);
  const at = focused === null ? undefined : placeOf.get(focused);
  if (at !== undefined) for (const near of [at - 1, at, at + 1]) if (near >= 0 && near < placeOf.size) kept.add(near);
  return [...kept].sort((a, b) => a - b);
}
