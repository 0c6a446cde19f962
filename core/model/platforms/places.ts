/** Where two profiles differ, number by number. */

type Value = string | number | boolean | null;
/** `null`: there is no such place. */
export interface PlaceChange {
  /** Keys with dots: `limits.durationUs.0.max`. */
  place: string;
  before: Value;
  after: Value;
}

function leaves(value: unknown, place: string, into: Map<string, Value>): Map<string, Value> {
  if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) leaves(inner, place === '' ? key : `${place}.${key}`, into);
  } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null) {
    into.set(place, value);
  }
  return into;
}

/** Where a number is from says less than the number itself. */
const PROOF = /(?:^|\.)(?:source|checked|grade)$/;

/** In the order of the later one, what is gone last; where numbers are from behind all numbers. */
export function placeChanges(before: unknown, after: unknown): PlaceChange[] {
  const [then, now] = [leaves(before, '', new Map()), leaves(after, '', new Map())];
  const places = [...new Set([...now.keys(), ...then.keys()])];
  const sorted = [...places.filter((one) => !PROOF.test(one)), ...places.filter((one) => PROOF.test(one))];
  return sorted.flatMap((place): PlaceChange[] => {
    const [was, is] = [then.get(place) ?? null, now.get(place) ?? null];
    return was === is ? [] : [{ place, before: was, after: is }];
  });
}
