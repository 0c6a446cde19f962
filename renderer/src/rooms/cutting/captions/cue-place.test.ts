import { expect, it } from 'vitest';
import { nextPlace, placeAs, placeOf } from './cue-place.ts';

const cue = { id: 'q', startUs: 0, endUs: 1, text: '字' };
const edit = (position: 'top' | 'middle' | 'bottom' | null) => ({ type: 'editCue', cueId: 'q', position });

it('one key goes round the places that differ from the place of all', () => {
  expect(nextPlace(cue, 'bottom')).toEqual(edit('top'));
  expect(nextPlace({ ...cue, position: 'top' }, 'bottom')).toEqual(edit('middle'));
  expect(nextPlace({ ...cue, position: 'middle' }, 'bottom')).toEqual(edit(null));
  expect(nextPlace(cue, 'top')).toEqual(edit('middle'));
  expect(nextPlace({ ...cue, position: 'bottom' }, 'top')).toEqual(edit(null));
  // Named although all stand there: the key begins at the start.
  expect(nextPlace({ ...cue, position: 'bottom' }, 'bottom')).toEqual(edit(null));
});

it('as all is no place of its own', () => {
  expect(placeOf(cue)).toBe('all');
  expect(placeOf({ ...cue, position: 'middle' })).toBe('middle');
  expect([placeAs(cue, 'all'), placeAs(cue, 'bottom')]).toEqual([edit(null), edit('bottom')]);
});
