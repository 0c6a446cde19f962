import { describe, expect, it } from 'vitest';
import { guessedHeight, rowsToKeep } from './cue-rows.ts';

const placeOf = new Map(['a', 'b', 'c', 'd', 'e'].map((id, at) => [id, at] as const));

describe('rows that stay in the page', () => {
  it('are the one that is written in, and the one with the focus between its neighbours', () => {
    expect(rowsToKeep(placeOf, null, null)).toEqual([]);
    expect(rowsToKeep(placeOf, 'e', null)).toEqual([4]);
    expect(rowsToKeep(placeOf, 'e', 'b')).toEqual([0, 1, 2, 4]);
    expect(rowsToKeep(placeOf, 'b', 'c')).toEqual([1, 2, 3]);
  });

  it('end with the list, and a caption that is gone keeps none', () => {
    expect(rowsToKeep(placeOf, null, 'a')).toEqual([0, 1]);
    expect(rowsToKeep(placeOf, null, 'e')).toEqual([3, 4]);
    expect(rowsToKeep(placeOf, 'gone', 'gone')).toEqual([]);
  });
});

it('guesses a row by its lines and findings', () => {
  const one = guessedHeight('一句', 0);
  expect(guessedHeight('一句\n又一句', 0) - one).toBe(22);
  expect(guessedHeight('一句', 2) - one).toBe(39);
});
