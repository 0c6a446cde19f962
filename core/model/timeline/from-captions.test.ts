import { expect, test } from 'vitest';
import { made } from '../../../tests/fixtures/timeline.ts';
import { cuesForFile, cuesFromFile } from './from-captions.ts';

const cue = { startUs: 0, endUs: 1, text: '字' };

test('the row of a file comes along, its column and what is at the bottom do not', () => {
  const positions = [undefined, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((align) => {
    const [read] = cuesFromFile([{ ...cue, ...(align === undefined ? {} : { style: { align } }) }]);
    return read?.position;
  });
  const [middle, top] = ['middle', 'top'];
  expect(positions).toEqual([undefined, undefined, undefined, undefined, middle, middle, middle, top, top, top]);
  expect(cuesFromFile([{ ...cue, style: { bold: true } }])).toEqual([cue]);
});

test('to a file: both languages in one cue, the place that is its own, nothing behind the end of the film', () => {
  const S = 1_000_000;
  const film = made(
    { type: 'insertClip', clip: { id: 'c', assetId: 'a', inUs: 0, outUs: 4 * S } },
    {
      type: 'addCue',
      cue: { id: 'q', startUs: 0, endUs: S, text: '春茶', translation: 'Spring tea', speaker: '老周' },
    },
    { type: 'addCue', cue: { id: 'r', startUs: S, endUs: 9 * S, text: ' 好 ', position: 'top' } },
    { type: 'addCue', cue: { id: 's', startUs: 2 * S, endUs: 3 * S, text: '' } },
    { type: 'addCue', cue: { id: 't', startUs: 4 * S, endUs: 5 * S, text: '晚了' } },
  );
  expect(cuesForFile(film)).toEqual([
    { startUs: 0, endUs: S, text: '春茶\nSpring tea', speaker: '老周' },
    { startUs: S, endUs: 4 * S, text: '好', style: { align: 8 } },
  ]);
});
