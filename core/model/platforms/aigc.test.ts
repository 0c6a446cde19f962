import { describe, expect, test } from 'vitest';
import { AIGC_FIELDS, aigcLabelOf, aigcOfFilm, ownAigc } from './index.ts';

const label = (value: number, producer = ''): string =>
  JSON.stringify({ Label: String(value), ContentProducer: producer });

describe('the label of AI-made content', () => {
  test("the office's own has the seven fields of the standard, and says that it is", () => {
    const own = JSON.parse(ownAigc()) as Record<string, string>;
    expect(Object.keys(own)).toEqual([...AIGC_FIELDS]);
    expect(AIGC_FIELDS).toHaveLength(7);
    expect(own['Label']).toBe('1');
    expect(aigcLabelOf(ownAigc())).toBe('1');
  });

  test.each([
    ['{"Label":"2"}', '2'],
    ['{"Label": 3 }', '3'],
    ['{"Label":"12"}', null],
    ['not JSON', null],
  ])('%s says %j', (value, said) => {
    expect(aigcLabelOf(value)).toBe(said);
  });

  test('all that comes in goes out, as it stands, the strongest first, each once', () => {
    const incoming = ['?', label(3), label(1, 'a'), label(2), label(1, 'a')];
    expect(aigcOfFilm(incoming, false)).toEqual([label(1, 'a'), label(2), label(3), '?']);
    expect(aigcOfFilm([], false)).toEqual([]);
  });

  test("the office's declaration leads unless a source is as certain", () => {
    expect(aigcOfFilm([], true)).toEqual([ownAigc()]);
    expect(aigcOfFilm([label(2)], true)).toEqual([ownAigc(), label(2)]);
    expect(aigcOfFilm([label(1, 'a')], true)).toEqual([label(1, 'a')]);
  });
});
