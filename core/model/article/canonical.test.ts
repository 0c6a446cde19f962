import { describe, expect, it } from 'vitest';
import { StudioError } from '../errors.ts';
import { canonicalJson, versionContent } from './canonical.ts';
import { emptyArticle } from './schema.ts';

describe('canonicalJson', () => {
  it('is RFC 8785: example of its section 3.2.2', () => {
    const input = JSON.parse(
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    ) as unknown;
    expect(canonicalJson(input)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });
  it('sorts keys by UTF-16 units', () => {
    expect(canonicalJson({ '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, ö: 7 })).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
    );
  });
  it.each([undefined, NaN, Infinity, { a: [NaN] }, '\ud800', () => 1])('refuses %s', (value) => {
    expect(() => canonicalJson(value)).toThrow(StudioError);
  });
  it('refuses circles', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    expect(() => canonicalJson(circle)).toThrow(StudioError);
  });
});

it('writes a version with its schema number', () => {
  expect(versionContent({ title: '题', doc: emptyArticle() })).toBe(
    '{"doc":{"content":[{"attrs":{"textAlign":null},"type":"paragraph"}],"type":"doc"},"schema":3,"title":"题"}',
  );
});
