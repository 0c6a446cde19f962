import { expect, test } from 'vitest';
import { cuesFromFile } from './from-captions.ts';

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
