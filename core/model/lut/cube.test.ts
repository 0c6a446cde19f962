import { describe, expect, test } from 'vitest';
import { StudioError } from '../errors.ts';
import { cubeText, mixed, parseCube } from './index.ts';

/** A cube of two nodes a side, given as what becomes of black, red, green, yellow, blue, magenta, cyan, white. */
const cube = (...entries: string[]): string => ['TITLE "茶园"', 'LUT_3D_SIZE 2', ...entries, ''].join('\n');
const PLAIN = ['0 0 0', '1 0 0', '0 1 0', '1 1 0', '0 0 1', '1 0 1', '0 1 1', '1 1 1'];

function refusal(text: string): [string, unknown, unknown] {
  try {
    parseCube(text, 'x.cube');
  } catch (error) {
    if (error instanceof StudioError) return [error.code, error.params['line'], error.params['what']];
    throw error;
  }
  throw new Error('taken');
}

describe('a .cube file', () => {
  test('is read: title, size, entries; remarks, makers’ words, a byte order mark and any line ends are no trouble', () => {
    const text = `\uFEFF# from a camera\r\n${cube(...PLAIN).replaceAll('\n', '\r\n')}# end`;
    const lut = parseCube(
      text.replace('LUT_3D', 'DOMAIN_MIN 0 0 0\r\nDOMAIN_MAX 1.0 1 1\r\nMAKER_TAG a b\r\nLUT_3D'),
      'x.cube',
    );
    expect(lut).toMatchObject({ title: '茶园', dimensions: 3, size: 2 });
    expect([...lut.values.slice(0, 6)]).toEqual([0, 0, 0, 1, 0, 0]);
    expect(parseCube('LUT_1D_SIZE 2\nLUT_1D_INPUT_RANGE 0.0 1.0\n0 0 0\n1e0 .5 -0.25', 'x.cube').values[5]).toBe(-0.25);
    expect(parseCube(`LUT_3D_SIZE 65\n${'0.1 0.2 0.3\n'.repeat(65 ** 3)}`, 'x.cube').values).toHaveLength(3 * 65 ** 3);
  });

  test.each([
    ['words that are no table', 'Once upon a time\nthere was', ['not_a_lut', undefined, undefined]],
    ['nothing', '', ['not_a_lut', undefined, undefined]],
    ['numbers without a size', '0 0 0\n1 1 1', ['not_a_lut', undefined, undefined]],
    ['one entry too few', cube(...PLAIN.slice(1)), ['lut_broken', '10', '7 < 8']],
    ['one entry too many', cube(...PLAIN, '1 1 1'), ['lut_broken', '11', '9 > 8']],
    ['no number', cube('0 0 NaN', ...PLAIN.slice(1)), ['lut_broken', '3', 'NaN']],
    ['nan at the beginning', cube('nan 0 0', ...PLAIN.slice(1)), ['lut_broken', '3', 'nan']],
    ['infinity', cube('0 0 1e999', ...PLAIN.slice(1)), ['lut_broken', '3', '1e999']],
    ['hexadecimal', cube('0 0 0x1', ...PLAIN.slice(1)), ['lut_broken', '3', '0x1']],
    ['two numbers', cube('0 0', ...PLAIN.slice(1)), ['lut_broken', '3', '0 0']],
    ['four numbers', cube('0 0 0 1', ...PLAIN.slice(1)), ['lut_broken', '3', '0 0 0 1']],
    ['a word among the numbers', cube('0 0 0', 'hello', ...PLAIN.slice(1)), ['lut_broken', '4', 'hello']],
    ['too large', 'LUT_3D_SIZE 66\n', ['lut_unsupported', '1', 'LUT_3D_SIZE 66 > 65']],
    ['no size', 'LUT_3D_SIZE two\n', ['lut_broken', '1', 'LUT_3D_SIZE two']],
    ['a size of one', 'LUT_3D_SIZE 1\n0 0 0', ['lut_broken', '1', 'LUT_3D_SIZE 1']],
    ['two tables', `LUT_1D_SIZE 2\nLUT_3D_SIZE 2\n`, ['lut_unsupported', '2', 'LUT_3D_SIZE 2']],
    ['another range', `LUT_3D_SIZE 2\nDOMAIN_MAX 4 4 4\n`, ['lut_unsupported', '2', 'DOMAIN_MAX 4 4 4']],
    ['a range below zero', `DOMAIN_MIN -1 0 0\nLUT_3D_SIZE 2`, ['lut_unsupported', '1', 'DOMAIN_MIN -1 0 0']],
  ])('is refused with its line: %s', (_what, text, told) => {
    expect(refusal(text)).toEqual(told);
  });

  test('a part of it is mixed at the nodes; written and read again it is the same', () => {
    const grey = parseCube(cube(...PLAIN.map(() => '0.5 0.5 0.5')), 'x.cube');
    expect([...mixed(grey, 0).values]).toEqual(PLAIN.flatMap((line) => line.split(' ').map(Number)));
    expect([...mixed(grey, 0.5).values.slice(3, 6)]).toEqual([0.75, 0.25, 0.25]);
    const curve = parseCube('LUT_1D_SIZE 3\n0 0 0\n0 1 0\n0 0 0', 'x.cube');
    expect([...mixed(curve, 0.5).values]).toEqual([0, 0, 0, 0.25, 0.75, 0.25, 0.5, 0.5, 0.5]);
    for (const lut of [grey, mixed(curve, 0.5)]) {
      expect(parseCube(cubeText(lut), 'x.cube')).toEqual({ ...lut, title: '' });
    }
  });
});
