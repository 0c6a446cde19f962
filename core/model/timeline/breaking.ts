/** Where the lines of a caption break. libass breaks none of ours (WrapStyle 2), so that preview and film agree. */
import { lineWidthEm } from '../fonts/index.ts';

/** Does not stand at the beginning of a line (GB/T 15834, JIS X 4051). */
const CLOSING = /^[，。、；：？！）】》〉」』〕｝”’·…—～,.;:?!)\]}%％℃°‰]$/u;
/** Does not stand at the end of a line. */
const OPENING = /^[（【《〈「『〔｛“‘([{￥¥$#@第]$/u;
/** A line is best ended after one of these. */
const PAUSE = /[，。、；：？！）】》」』”…—,;:?!]$/u;
const MARK = /^[\p{M}\p{Cf}\uFE00-\uFE0F]$/u;
const CJK = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}';
/** A number and what it counts, a word with its inner marks, or one character. */
const ATOMS = new RegExp(
  [
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
  for (const [piece] of line.matchAll(ATOMS)) {
    const before = pieces.at(-1);
    const sticks = open || CLOSING.test(piece) || MARK.test(piece) || /^\s$/u.test(piece);
    if (before !== undefined && sticks) pieces[pieces.length - 1] = before + piece;
    else pieces.push(piece);
    // 第 opens a number ("第3届") and nothing else.
    open = OPENING.test(piece) && (piece !== '第' || /^第\d/u.test(line.slice(line.indexOf(piece))));
  }
  return pieces;
}

/** Distance from an even share that is worth ending a line at a pause. */
const NO_PAUSE = 0.25;

/**
 * Breaks one line into as few as fit `maxEm`, ending them at pauses and of even width where that can be had. `tooWide`
 * names the first piece that does not fit and cannot be parted; it then stands on a line of its own.
 */
export function breakLine(line: string, bold: boolean, maxEm: number): { lines: string[]; tooWide: string | null } {
  const whole = line.trim();
  const width = lineWidthEm(whole, bold);
  if (width <= maxEm) return { lines: [whole], tooWide: null };
  const pieces = atoms(whole);
  const tooWide = pieces.find((piece) => lineWidthEm(piece.trimEnd(), bold) > maxEm)?.trimEnd() ?? null;
  const widths = pieces.map((piece) => lineWidthEm(piece, bold));
  const trailing = pieces.map((piece) => lineWidthEm(piece, bold) - lineWidthEm(piece.trimEnd(), bold));
  const fewest = fewestLines(widths, trailing, maxEm);
  const ends = cheapestEnds(pieces, widths, trailing, maxEm, fewest, width / fewest);
  const lines = ends.map((end, i) =>
    pieces
      .slice(ends[i - 1] ?? 0, end)
      .join('')
      .trim(),
  );
  return { lines, tooWide };
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
