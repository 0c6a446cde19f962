/** What the caption font can draw and how wide it draws it. Pure; the numbers are the font's own (noto-sans-sc.ts). */
import { NOTO_SANS_SC } from './noto-sans-sc.ts';

export const CAPTION_FONT = NOTO_SANS_SC.family;

/**
 * libass sets a style's `Fontsize` as ascent plus descent of the font and not as its em, as VSFilter does
 * (libass, ass_font.c, `ass_font_set_size`): this much larger a Fontsize draws characters of the size asked for.
 */
export const FONTSIZE_OF_EM = (NOTO_SANS_SC.ascent + NOTO_SANS_SC.descent) / NOTO_SANS_SC.unitsPerEm;
/** Part of the em that lies below the base line at the foot of every line. */
export const DESCENT_OF_EM = NOTO_SANS_SC.descent / NOTO_SANS_SC.unitsPerEm;

interface Runs {
  starts: number[];
  /** Exclusive. */
  ends: number[];
  values: number[];
}

function parse(text: string): Runs {
  const runs: Runs = { starts: [], ends: [], values: [] };
  let end = 0;
  for (const run of text.split(' ')) {
    const [gap = 0, length = 0, value = 0] = run.split('.').map((part) => Number.parseInt(part, 36));
    runs.starts.push(end + gap);
    end += gap + length;
    runs.ends.push(end);
    runs.values.push(value);
  }
  return runs;
}

/** Value of the run that holds `code`, or null. */
function look(runs: Runs, code: number): number | null {
  let low = 0;
  let high = runs.starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs.ends[middle] ?? 0) <= code) low = middle + 1;
    else high = middle;
  }
  return (runs.starts[low] ?? Infinity) <= code ? (runs.values[low] ?? null) : null;
}

let tables: { coverage: Runs; regular: Runs; bold: Runs } | null = null;
const read = (): { coverage: Runs; regular: Runs; bold: Runs } =>
  (tables ??= {
    coverage: parse(NOTO_SANS_SC.coverage),
    regular: parse(NOTO_SANS_SC.widths.regular),
    bold: parse(NOTO_SANS_SC.widths.bold),
  });

/** Characters that are obeyed and never drawn: line feeds, spaces, joiners and marks of direction (Unicode Cf). */
const NOT_DRAWN = /[\n\p{Zs}\p{Cf}\uFE00-\uFE0F]/u;

/** Characters of `text` that the font has no picture for, each once, in order. */
export function missingGlyphs(text: string): string[] {
  const { coverage } = read();
  const missing = new Set<string>();
  for (const char of text) {
    if (look(coverage, char.codePointAt(0) ?? 0) === null && !NOT_DRAWN.test(char)) missing.add(char);
  }
  return [...missing];
}

/** Width of one line in ems. Characters without a picture count one em, marks of direction nothing. */
export function lineWidthEm(line: string, bold: boolean): number {
  const { coverage, regular, bold: heavy } = read();
  let units = 0;
  for (const char of line) {
    const code = char.codePointAt(0) ?? 0;
    const own = look(bold ? heavy : regular, code);
    if (own !== null) units += own;
    else if (look(coverage, code) !== null || !NOT_DRAWN.test(char)) units += NOTO_SANS_SC.unitsPerEm;
  }
  return units / NOTO_SANS_SC.unitsPerEm;
}
