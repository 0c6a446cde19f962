/**
 * Lines of print: pieces of text measured by the bundled font's own widths and broken as Chinese is (GB/T 15834: no line
 * begins with ，。、；：！？ or a closing mark, none ends with an opening one), Latin words kept whole, lines filled out.
 */
import { lineWidthEm, missingGlyphs } from '../../model/fonts/index.ts';
import type { Piece, TextPiece } from '../../model/targets/index.ts';
import { INK, MARKER } from './palette.ts';

export interface Style {
  size: number;
  bold: boolean;
  italic: boolean;
  underline: boolean;
  strike: boolean;
  /** Hex without #. */
  color: string;
  /** Ground behind the text, hex; null for none. */
  ground: string | null;
  /** Points the base line is raised. */
  rise: number;
}

export interface Run {
  text: string;
  style: Style;
  /** From the line's beginning, points. */
  x: number;
  width: number;
  /** Points put after every character to fill the line out. */
  spread: number;
}

export interface Line {
  runs: Run[];
  width: number;
  /** Numbers of the footnotes referred to. */
  notes: number[];
}

/** Stands for a character the font does not have. */
const BOX = '□';
const NO_START = new Set('，。、；：！？）》」』】〉〕］｝”’…—～·％‰℃,.:;!?)]}%');
const NO_END = new Set('（《「『【〈〔［｛“‘([{');
const WORD = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}'’.,:/?&=#%+@_~-]$/u;
/** A line that is shorter than this many characters of room is filled out; one that is shorter stays ragged. */
const FILL_MOST = 2;

interface Unit {
  char: string;
  style: Style;
  width: number;
  note: number | null;
  breakAfter: boolean;
}

const widthOf = (char: string, style: Style): number => lineWidthEm(char, style.bold) * style.size;

function styleOf(piece: TextPiece, base: Style): Style {
  const has = (mark: TextPiece['marks'][number]): boolean => piece.marks.includes(mark);
  const raised = has('superscript') ? 0.35 : has('subscript') ? -0.15 : 0;
  return {
    size: raised === 0 ? base.size : base.size * 0.65,
    bold: base.bold || has('bold'),
    italic: has('italic'),
    underline: has('underline'),
    strike: has('strike'),
    color: (piece.color === null ? undefined : INK[piece.color]) ?? base.color,
    ground: (piece.highlight === null ? undefined : MARKER[piece.highlight]) ?? null,
    rise: base.size * raised,
  };
}

/** Characters of a line; those the font lacks are noted in `missing` and stand as boxes. */
function unitsOf(pieces: readonly Piece[], base: Style, missing: Set<string>): Unit[] {
  return pieces.flatMap((piece): Unit[] => {
    if (piece.kind === 'break') return [{ char: '\n', style: base, width: 0, note: null, breakAfter: true }];
    const style =
      piece.kind === 'note' ? { ...base, size: base.size * 0.65, rise: base.size * 0.35 } : styleOf(piece, base);
    const text = piece.kind === 'note' ? String(piece.n) : piece.text.replace(/[\t\r\n]/g, ' ');
    const lacks = new Set(missingGlyphs(text));
    return [...text].map((own) => {
      if (lacks.has(own)) missing.add(own);
      const char = lacks.has(own) ? BOX : own;
      return {
        char,
        style,
        width: widthOf(char, style),
        note: piece.kind === 'note' ? piece.n : null,
        breakAfter: false,
      };
    });
  });
}

/** Marks where a line may end. */
function markBreaks(units: Unit[]): void {
  units.forEach((unit, i) => {
    const next = units[i + 1];
    if (unit.char === '\n' || !next) return;
    if (next.note !== null || NO_START.has(next.char) || NO_END.has(unit.char)) return;
    if (unit.char !== ' ' && next.char === ' ') return;
    const inWord = WORD.test(unit.char) && WORD.test(next.char) && unit.note === null;
    unit.breakAfter = unit.char === ' ' || !inWord;
  });
}

function lineOf(units: Unit[], room: number, fill: boolean): Line {
  let kept = units;
  while (kept.at(-1)?.char === ' ' || kept.at(-1)?.char === '\n') kept = kept.slice(0, -1);
  const width = kept.reduce((sum, unit) => sum + unit.width, 0);
  const left = room - width;
  const size = kept[0]?.style.size ?? 0;
  const spread = fill && kept.length > 1 && left > 0 && left < size * FILL_MOST ? left / (kept.length - 1) : 0;
  const runs: Run[] = [];
  let x = 0;
  for (const unit of kept) {
    const last = runs.at(-1);
    if (last?.style === unit.style) {
      last.text += unit.char;
      last.width += unit.width + spread;
    } else runs.push({ text: unit.char, style: unit.style, x, width: unit.width + spread, spread });
    x += unit.width + spread;
  }
  return { runs, width: x - spread, notes: [...new Set(kept.flatMap((unit) => unit.note ?? []))] };
}

export interface BreakOptions {
  width: number;
  /** Room the first line leaves at its beginning. */
  indent: number;
  /** Fill lines out to both sides. */
  justify: boolean;
}

/** Lines of a paragraph; an empty one has one empty line. */
export function breakLines(pieces: readonly Piece[], base: Style, missing: Set<string>, o: BreakOptions): Line[] {
  const units = unitsOf(pieces, base, missing);
  markBreaks(units);
  const lines: Line[] = [];
  let from = 0;
  while (from < units.length) {
    const room = o.width - (lines.length === 0 ? o.indent : 0);
    let to = from;
    let width = 0;
    let end = -1;
    // Spaces may hang over the edge: they are not drawn there.
    while (to < units.length && units[to]?.char !== '\n') {
      const unit = units[to] as Unit;
      if (width + unit.width > room + 0.01 && unit.char !== ' ' && to > from) break;
      width += unit.width;
      to += 1;
      if (unit.breakAfter) end = to;
    }
    const whole = to >= units.length || units[to]?.char === '\n';
    // A word longer than the line is cut where the line is full.
    const cut = whole ? to + (units[to]?.char === '\n' ? 1 : 0) : end > from ? end : to;
    lines.push(lineOf(units.slice(from, cut), room, o.justify && !whole));
    from = cut;
    while (!whole && units[from]?.char === ' ') from += 1;
  }
  return lines.length > 0 ? lines : [{ runs: [], width: 0, notes: [] }];
}
