import { describe, expect, it } from 'vitest';
import { checkCss } from './check-css.mjs';

const what = (css) => checkCss(css).map((problem) => problem.what);

describe('style sheets outside the theme', () => {
  it.each([
    '.a { color: var(--ink); padding: var(--s4); border: 1px solid var(--line) }',
    '.a { width: 320px; height: 100%; margin: 0 auto; gap: 8px; inset: -2px }',
    '.a { box-shadow: var(--shadow-1) } .b { box-shadow: none; z-index: 10 }',
    '.a { font-size: var(--fs-sm); line-height: 1.75; background: transparent }',
    '/* color: #fff */ .a { background: url("data:#fff") }',
    '#fff { color: inherit }',
    '.red { color: var(--red) }',
    '@media (min-width: 1281px) { .a { flex: 1 } }',
  ])('allows %s', (css) => expect(what(css)).toEqual([]));

  it.each([
    '.a { color: #fff }',
    '.a { background: rgb(0 0 0 / 50%) }',
    '.a { border: 1px solid red }',
    '.a { --mine: #123456; }',
    '.a { box-shadow: 0 1px 2px var(--line) }',
    '.a { filter: drop-shadow(0 0 2px var(--line)) }',
    '.a { font-size: 13px }',
    '.a { font: 600 1rem sans-serif }',
    '.a { margin: 1.5rem }',
    '.a { z-index: 1000 }',
    '@media print { .a { color: black } }',
  ])('refuses %s', (css) => expect(what(css)).not.toEqual([]));

  it('names the line', () => {
    expect(checkCss('.a {\n  flex: 1;\n  color: #fff;\n}')).toEqual([
      { line: 3, what: 'color: #fff: colours come from the theme' },
    ]);
  });
});
