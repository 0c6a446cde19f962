// Style sheets outside renderer/src/theme take colours, shadows and type sizes from the theme's variables.
// Allowed there: var(--…), 0, percentages, fr, em, ch, viewport units, and layout lengths in px (the column of an official
// account is 677 px wide). Refused: colour literals and names, shadows that are not a variable, font sizes in px/rem,
// rem, and z-index above 10 (layers above that are the component library's).
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, files, relative } from './lib/tree.mjs';

const THEME = 'renderer/src/theme/';
const COLOUR = /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(/i;
// The CSS names people write by hand; `transparent`, `currentColor`, `inherit` carry no colour of their own.
const NAMED =
  /(?<![\w-])(?:white|black|red|green|blue|gr[ae]y|silver|orange|yellow|purple|pink|brown|gold|navy|teal|maroon)(?![\w-])/i;
const COLOUR_PROPERTY = /color|^(?:background|fill|stroke|outline|border)/;
const Z_INDEX_MAX = 10;

/** Problems of one style sheet, each `{line, what}`. `text` is CSS; comments are ignored. */
export function checkCss(text) {
  const problems = [];
  const blank = (match) => match.replaceAll(/[^\n]/g, ' ');
  const clean = text.replaceAll(/\/\*[\s\S]*?\*\//g, blank).replaceAll(/url\([^)]*\)|"[^"\n]*"|'[^'\n]*'/g, blank);
  for (const match of clean.matchAll(/(?<=[{;]\s*)(--)?([a-z-]+)\s*:\s*([^;{}]+)(?=[;}])/gi)) {
    const [, custom, name, raw] = match;
    const property = name.toLowerCase();
    const value = raw.trim();
    const line = clean.slice(0, match.index).split('\n').length;
    const refuse = (what) => problems.push({ line, what: `${custom ?? ''}${property}: ${value}: ${what}` });
    if (COLOUR.test(value) || (COLOUR_PROPERTY.test(property) && NAMED.test(value.replaceAll(/var\([^)]*\)/g, ''))))
      refuse('colours come from the theme');
    if (/^(?:box|text)-shadow$/.test(property) && !/^(?:none|inherit|var\(--[\w-]+\))$/.test(value))
      refuse('shadows come from the theme');
    if (/drop-shadow\(/.test(value)) refuse('shadows come from the theme');
    if (/^font(?:-size)?$/.test(property) && /\d(?:px|rem|pt)\b/.test(value)) refuse('type sizes come from the theme');
    if (property === 'z-index' && Number(value) > Z_INDEX_MAX) refuse(`above ${Z_INDEX_MAX}`);
    for (const [, unit] of value.matchAll(/(?<![\w.#-])-?\d*\.?\d+(rem|pt)\b/g)) refuse(`${unit} is not on the grid`);
  }
  return problems;
}

/** Problems of every style sheet of the renderer outside the theme, as `file:line: what`. */
export function checkAllCss() {
  const found = [];
  for (const file of files(path.join(ROOT, 'renderer'))) {
    const name = relative(file);
    if (!name.endsWith('.css') || name.startsWith(THEME)) continue;
    for (const { line, what } of checkCss(fs.readFileSync(file, 'utf8'))) found.push(`${name}:${line}: ${what}`);
  }
  return found;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const found = checkAllCss();
  for (const problem of found) console.log(problem);
  process.exitCode = found.length > 0 ? 1 : 0;
}
