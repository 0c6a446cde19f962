/**
 * The label in a file that its content was made by an AI: key `AIGC`, a JSON text of seven fields
 * (GB 45438-2025, annex E). What comes in is passed on as it stands.
 */

/** In the order of the standard. */
export const AIGC_FIELDS = [
  'Label',
  'ContentProducer',
  'ProduceID',
  'ReservedCode1',
  'ContentPropagator',
  'PropagateID',
  'ReservedCode2',
] as const;

/** Label 1 says "is made by an AI", 2 "may be", 3 "is suspected to be". */
export type AigcLabel = '1' | '2' | '3';

/** The label of what the office declares itself: nobody else said who made it, so the other fields are empty. */
export function ownAigc(): string {
  return JSON.stringify(Object.fromEntries(AIGC_FIELDS.map((field) => [field, field === 'Label' ? '1' : ''])));
}

/** What a label says: 1, 2 or 3; null for one that cannot be read. */
export function aigcLabelOf(value: string): AigcLabel | null {
  const label = /"Label"\s*:\s*"?([123])(?!\d)/.exec(value)?.[1];
  return label === undefined ? null : (label as AigcLabel);
}

/**
 * The labels a film carries: those of its sources, each once, the strongest first, unreadable ones last. `declared`: the office
 * says that something in it is made by an AI; its own label leads unless a source says the same already.
 */
export function aigcOfFilm(incoming: Iterable<string>, declared: boolean): string[] {
  const rank = (value: string): number => Number(aigcLabelOf(value) ?? 9);
  const sorted = [...new Set(incoming)].sort((a, b) => rank(a) - rank(b));
  const certain = sorted[0] !== undefined && rank(sorted[0]) === 1;
  return declared && !certain ? [ownAigc(), ...sorted] : sorted;
}
