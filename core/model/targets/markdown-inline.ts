/**
 * A line as CommonMark. Emphasis next to Chinese text is the difficulty: `**“茶”**要` is no emphasis by the rules of
 * flanking (CommonMark 0.31, 6.2), so punctuation at the edge of a mark moves out of it where a letter follows.
 */
import type { Piece, PlainMark } from './inline.ts';

/** From the outside in; what Markdown has no sign for does not come here. */
const ORDER = ['bold', 'italic', 'strike'] as const satisfies readonly PlainMark[];
type MarkdownMark = (typeof ORDER)[number];
const SIGNS: Readonly<Record<MarkdownMark, string>> = { bold: '**', italic: '*', strike: '~~' };

/** One character, or a piece that is no text. */
interface Unit {
  text: string;
  /** As it is written. */
  raw: string;
  marks: Set<MarkdownMark>;
  href: string | null;
}

const SPACE = /^\s$/u;
const PUNCTUATION = /^[\p{P}\p{S}]$/u;

function escapeChar(char: string): string {
  return /[\\`*_[\]<>~|]/.test(char) ? `\\${char}` : char;
}

function unitsOf(pieces: readonly Piece[]): Unit[] {
  return pieces.flatMap((piece): Unit[] => {
    if (piece.kind === 'break') return [{ text: '\n', raw: '\\\n', marks: new Set(), href: null }];
    if (piece.kind === 'note') return [{ text: ']', raw: `[^${piece.n}]`, marks: new Set(), href: null }];
    const marks = ORDER.filter((mark) => piece.marks.includes(mark));
    // White space in a text piece never parts lines.
    return [...piece.text.replace(/[\r\n]+/g, ' ')].map((char) => ({
      text: char,
      raw: escapeChar(char),
      marks: new Set(marks),
      href: piece.href,
    }));
  });
}

/** Ends of each run of a mark that could not be its ends lose the mark. */
function trimMark(units: readonly Unit[], mark: MarkdownMark): void {
  for (let from = 0; from < units.length; from++) {
    if (!units[from]?.marks.has(mark)) continue;
    let to = from;
    while (units[to]?.marks.has(mark)) to += 1;
    const end = to;
    const drop = (i: number): void => void units[i]?.marks.delete(mark);
    while (from < to && blocks(units[from], units[from - 1])) drop(from++);
    while (to > from && blocks(units[to - 1], units[to])) drop(--to);
    from = end;
  }
}

/** Whether a mark cannot begin (or end) at this character, given the one outside it. */
function blocks(inside: Unit | undefined, outside: Unit | undefined): boolean {
  if (!inside || SPACE.test(inside.text)) return true;
  if (!PUNCTUATION.test(inside.text)) return false;
  return outside !== undefined && !SPACE.test(outside.text) && !PUNCTUATION.test(outside.text);
}

/** The line, without what would read as the sign of a block at its beginning. */
function escapeStart(line: string): string {
  return line
    .replace(/^(\s*)([#>+-]|=+)(?=\s|$)/gm, '$1\\$2')
    .replace(/^(\s*\d{1,9})([.)])(?=\s|$)/gm, '$1\\$2')
    .replace(/^(\s*)(-{3,}|={3,})\s*$/gm, '$1\\$2')
    .replace(/&(?=#?\w{1,31};)/g, '\\&');
}

export function markdownLine(pieces: readonly Piece[]): string {
  const units = unitsOf(pieces);
  for (const mark of ORDER) trimMark(units, mark);
  let line = '';
  let open: string[] = [];
  const signs = (unit: Unit | undefined): string[] =>
    unit ? [...(unit.href === null ? [] : [`link ${unit.href}`]), ...ORDER.filter((mark) => unit.marks.has(mark))] : [];
  for (const unit of [...units, undefined]) {
    const wanted = signs(unit);
    let same = 0;
    while (same < open.length && open[same] === wanted[same]) same += 1;
    for (const mark of open.slice(same).reverse()) line += closing(mark);
    for (const mark of wanted.slice(same)) line += mark.startsWith('link ') ? '[' : SIGNS[mark as MarkdownMark];
    open = wanted;
    line += unit?.raw ?? '';
  }
  return escapeStart(line.trim());
}

function closing(mark: string): string {
  if (!mark.startsWith('link ')) return SIGNS[mark as MarkdownMark];
  const href = mark.slice(5).replace(/[<>]/g, (c) => encodeURIComponent(c));
  return /[()]/.test(href) ? `](<${href}>)` : `](${href})`;
}
