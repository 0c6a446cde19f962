import { describe, expect, it } from 'vitest';
import { ifRangeMatches, parseRange } from './range.ts';

describe('parseRange', () => {
  it.each([
    ['bytes=0-0', 10, 0, 0],
    ['bytes=2-5', 10, 2, 5],
    ['bytes=2-', 10, 2, 9],
    ['bytes=0-', 1, 0, 0],
    ['bytes=-3', 10, 7, 9],
    ['bytes=-300', 10, 0, 9],
    ['bytes=5-99999999999999999999', 10, 5, 9],
    ['BYTES = 1-2', 10, 1, 2],
    ['bytes=, 1-2 ,', 10, 1, 2],
  ])('%s of %i bytes is %i to %i', (header, size, start, end) => {
    expect(parseRange(header, size)).toEqual({ status: 206, start, end });
  });

  it.each([
    [null, 10],
    ['items=0-1', 10],
    ['bytes=0-1,4-5', 10],
    ['bytes=0-1,40-50', 10],
  ])('%s is answered with the whole file', (header, size) => {
    expect(parseRange(header, size)).toEqual({ status: 200 });
  });

  it.each([
    ['bytes=10-', 10],
    ['bytes=10-20', 10],
    ['bytes=-0', 10],
    ['bytes=0-', 0],
    ['bytes=-5', 0],
    ['bytes=5-2', 10],
    ['bytes=', 10],
    ['bytes=-', 10],
    ['bytes=a-b', 10],
    ['bytes=1.5-2', 10],
    ['bytes=+1-2', 10],
    ['bytes=0x1-2', 10],
    ['bytes=0-1,oops', 10],
    ['bytes=20-30,40-50', 10],
    ['bytes', 10],
    ['', 10],
    [`bytes=${'0-1,'.repeat(1000)}`, 10],
  ])('%s of %i bytes cannot be satisfied', (header, size) => {
    expect(parseRange(header, size)).toEqual({ status: 416 });
  });
});

describe('ifRangeMatches', () => {
  it('takes the range without the header or with the same tag only', () => {
    expect(ifRangeMatches(null, '"a"')).toBe(true);
    expect(ifRangeMatches('"a"', '"a"')).toBe(true);
    expect(ifRangeMatches('"b"', '"a"')).toBe(false);
    expect(ifRangeMatches('W/"a"', 'W/"a"')).toBe(false);
    expect(ifRangeMatches('Wed, 21 Oct 2026 07:28:00 GMT', '"a"')).toBe(false);
  });
});
