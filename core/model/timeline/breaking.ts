/** Where the lines of a caption break. libass breaks none of ours (WrapStyle 2), so that preview and film agree. */
import { lineWidthEm } from '../fonts/index.ts';

/** Does not stand at the beginning of a line (GB/T 15834, JIS X 4051). */
const CLOSING = /^[，。、；：？！）】》〉」』〕｝”’·…—～,.;:?!)\]}%％℃°‰]$/u;
/** Does not stand at the end of a line. */
const OPENING = /^[（【《〈「『〔｛“‘([{￥¥$#@第]$/u;
/** A line is best ended after one of these. */
const PAUSE = /[，。、；：？！）】》」』”…—,;:?!]$/u;
/** Straight quotes open where words begin behind a space, and close where they end before one. */
const QUOTE = /^["']$/;
const MARK = /^[\p{M}\p{Cf}\uFE00-\uFE0F]$/u;
const CJK = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}';
/** A number with Latin letters (5G, 10km), a number and what it counts, a word with its inner marks, or one character. */
const ATOMS = new RegExp(
  [
    '[-+−±]?\\d+(?:[.,]\\d+)*[A-Za-z][A-Za-z0-9²³/]*',
    '[-+−±]?\\d+(?:[.,:/]\\d+)*(?:%|％|‰|℃|°C?| ?[万亿千百十]{0,2}(?:平方米|平方公里|立方米|公里|千米|公斤|千克|公顷|小时|分钟|[元米吨亩斤克人名位个年月日号时分秒岁倍户件次度届项条家所座只头株棵张万亿千百十])?)?',
    `(?:(?![${CJK}])[\\p{L}\\p{N}])(?:(?![${CJK}])[\\p{L}\\p{N}\\p{M}'’._@&/+:-])*(?<![.:'’])`,
    '[^]',
  ].join('|'),
  'gu',
);

/** Pieces that stay whole; a space goes with the piece before it. */
function atoms(line: string): string[] {
  const pieces: string[] = [];
  let open = false;
  for (const { 0: piece, index } of line.matchAll(ATOMS)) {
    const before = pieces.at(-1);
    const quote = QUOTE.test(piece);
    const opens = quote && /(?:^|\s)$/u.test(line.slice(0, index));
    const closes = quote && !opens && /^(?:$|[\s,.;:?!])/u.test(line.slice(index + 1));
    const sticks = open || closes || CLOSING.test(piece) || MARK.test(piece) || /^\s$/u.test(piece);
    if (before !== undefined && sticks) pieces[pieces.length - 1] = before + piece;
    else pieces.push(piece);
    // 第 opens a number ("第3届") and nothing else.
    open = opens || (OPENING.test(piece) && (piece !== '第' || /^第\d/u.test(line.slice(line.indexOf(piece)))));
  }
  return pieces;
}

/** Joins the pieces of a title in 《 》 that fits a line. */
function withTitles(pieces: readonly string[], fits: (title: string) => boolean): string[] {
  const joined: string[] = [];
  for (let i = 0; i < pieces.length; i += 1) {
    const piece = pieces[i] ?? '';
    const opens = /《[^》]*$/u.test(piece);
    const length = opens ? pieces.slice(i).findIndex((each) => each.includes('》')) + 1 : 0;
    const title = pieces.slice(i, i + length).join('');
    if (length > 1 && fits(title)) {
      joined.push(title);
      i += length - 1;
    } else joined.push(piece);
  }
  return joined;
}

/** Joins the pieces that a name stands in, where they fit a line. `names`: longer ones first. */
function withNames(pieces: readonly string[], names: readonly string[], fits: (piece: string) => boolean): string[] {
  const line = pieces.join('');
  /** Places inside a name, where no piece may end. */
  const inside = new Set<number>();
  for (const name of names) {
    for (let at = line.indexOf(name); at !== -1; at = line.indexOf(name, at + name.length)) {
      if (inside.has(at) || !fits(name)) continue;
      for (let place = at + 1; place < at + name.length; place += 1) inside.add(place);
    }
  }
  if (inside.size === 0) return [...pieces];
  const joined: string[] = [];
  let end = 0;
  let goesOn = false;
  for (const piece of pieces) {
    if (goesOn) joined[joined.length - 1] = (joined.at(-1) ?? '') + piece;
    else joined.push(piece);
    end += piece.length;
    goesOn = inside.has(end);
  }
  return joined;
}

/**
 * Whether a line must not end between these two, once they stand in one line: within a number and its unit, a word, a
 * title in 《 》, or before a mark that begins no line. `widest`: a title wider than this may be parted anywhere.
 */
export function partsPiece(before: string, after: string, widest: number, widthOf: (text: string) => number): boolean {
  let end = 0;
  for (const piece of withTitles(atoms(before + after), (title) => widthOf(title.trimEnd()) <= widest)) {
    end += piece.length;
    if (end >= before.length) return end > before.length;
  }
  return false;
}

/** Distance from an even share that is worth ending a line at a pause. */
const NO_PAUSE = 0.25;

/**
 * Breaks one line into as few as fit `maxEm`, ending them at pauses and of even width where that can be had. `tooWide`
 * names the first piece that does not fit and cannot be parted; it then stands on a line of its own. No line ends inside one
 * of `names` (longer ones first) that fits a line.
 */
export function breakLine(
  line: string,
  bold: boolean,
  maxEm: number,
  names: readonly string[] = [],
): { lines: string[]; tooWide: string | null } {
  return breakBy(line, (text) => lineWidthEm(text, bold), maxEm, { names });
}

/**
 * {@link breakLine} by another measure of width; `maxEm` is in its unit. A title in 《 》 stays whole where that costs no
 * line more; so does what `words` joins to words.
 */
export function breakBy(
  line: string,
  widthOf: (text: string) => number,
  maxEm: number,
  {
    words = (pieces) => pieces,
    names = [],
  }: { words?: (pieces: readonly string[]) => readonly string[]; names?: readonly string[] } = {},
): { lines: string[]; tooWide: string | null } {
  const whole = line.trim();
  const width = widthOf(whole);
  if (width <= maxEm) return { lines: [whole], tooWide: null };
  const fits = (text: string): boolean => widthOf(text.trimEnd()) <= maxEm;
  const single = withNames(atoms(whole), names, fits);
  const titled = withTitles(single, fits);
  const ways = [withTitles(words(single), fits), titled, single].map((way) => measured([...way], widthOf));
  const counts = ways.map((way) => fewestLines(way.widths, way.trailing, maxEm));
  const fewest = Math.min(...counts);
  const { pieces, widths, trailing } = ways[counts.indexOf(fewest)] ?? measured(single, widthOf);
  const tooWide = pieces.find((piece) => widthOf(piece.trimEnd()) > maxEm)?.trimEnd() ?? null;
  const ends = cheapestEnds(pieces, widths, trailing, maxEm, fewest, width / fewest);
  const lines = ends.map((end, i) =>
    pieces
      .slice(ends[i - 1] ?? 0, end)
      .join('')
      .trim(),
  );
  return { lines, tooWide };
}

function measured(pieces: string[], widthOf: (text: string) => number) {
  const widths = pieces.map(widthOf);
  return { pieces, widths, trailing: pieces.map((piece, i) => (widths[i] ?? 0) - widthOf(piece.trimEnd())) };
}

function fewestLines(widths: number[], trailing: number[], maxEm: number): number {
  let lines = 1;
  let used = 0;
  widths.forEach((width, i) => {
    if (used > 0 && used + width - (trailing[i] ?? 0) > maxEm) {
      lines += 1;
      used = 0;
    }
    used += width;
  });
  return lines;
}

/** Ends (exclusive, in pieces) of `count` lines with the least unevenness and the fewest ends away from a pause. */
function cheapestEnds(
  pieces: string[],
  widths: number[],
  trailing: number[],
  maxEm: number,
  count: number,
  evenEm: number,
): number[] {
  const n = pieces.length;
  const sums = widths.reduce<number[]>((all, width) => [...all, (all.at(-1) ?? 0) + width], [0]);
  const cost = (from: number, to: number): number => {
    const width = (sums[to] ?? 0) - (sums[from] ?? 0) - (trailing[to - 1] ?? 0);
    if (width > maxEm && to - from > 1) return Infinity;
    const uneven = ((width - evenEm) / maxEm) ** 2;
    return uneven + (to === n || PAUSE.test((pieces[to - 1] ?? '').trimEnd()) ? 0 : NO_PAUSE);
  };
  let best: { cost: number; ends: number[] }[] = [{ cost: 0, ends: [] }];
  for (let line = 1; line <= count; line += 1) {
    const next: { cost: number; ends: number[] }[] = [];
    for (let to = line; to <= n; to += 1) {
      for (let from = to - 1; from >= line - 1; from -= 1) {
        const before = best[from];
        const step = cost(from, to);
        if (step === Infinity) break;
        const total = (before?.cost ?? Infinity) + step;
        if (before && total < (next[to]?.cost ?? Infinity)) next[to] = { cost: total, ends: [...before.ends, to] };
      }
    }
    best = next;
  }
  return best[n]?.ends ?? pieces.map((_, i) => i + 1);
}
