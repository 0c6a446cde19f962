/** Where a cover's words stand: one layout for the preview in the page and for the file that is made. Pixels of the frame. */
import { AI_LABEL } from '../article/labels.ts';
import { DESCENT_OF_EM, lineWidthEm, missingGlyphs } from '../fonts/index.ts';
import { DRAFT_MARK } from '../targets/draft-mark.ts';
import { breakLine } from '../timeline/breaking.ts';
import { styleById, type Cover, type CoverRatio, type CoverSize, type CoverText } from './cover.ts';
import type { CropBox } from './crop.ts';

/** A plain shape under the words. `fade`: dark at this edge, nothing at the other; null for one colour all over. */
export interface CoverShape {
  x: number;
  y: number;
  width: number;
  height: number;
  color: string;
  opacity: number;
  fade: 'top' | 'bottom' | null;
}

/** One line; `y` is its base line. */
export interface CoverLine {
  text: string;
  x: number;
  y: number;
  size: number;
  color: string;
  bold: boolean;
}

export type CoverProblemCode = 'glyphs' | 'text_long' | 'picture_small';
export interface CoverProblem {
  code: CoverProblemCode;
  params: Record<string, string | number>;
}

export interface CoverLayout {
  shapes: CoverShape[];
  lines: CoverLine[];
  problems: CoverProblem[];
}

/** Size of the characters as a share of the frame's mean side: a title is read in a list, where a cover is a thumb wide. */
const SIZES: Readonly<Record<CoverSize, number>> = { small: 0.072, medium: 0.094, large: 0.12 };
const LEADING = 1.28;
/** Words that do not fit are drawn smaller in steps, down to this share of their size. */
const SMALLER = 0.93;
const SMALLEST = 0.55;
/** A line stands rather a little smaller than broken: four characters over two lines look like a mistake. */
const RATHER_SMALLER = 0.78;
/** Share of the safe height that words may take. */
const WORDS_MOST = 0.8;
/** Room around words on a ground, and from a bar to the words, in ems. */
const PAD = 0.45;
const BAR = 0.13;
const SHADE_OPACITY = 0.72;
/** Below this share of the pixels asked for a picture looks soft; a tenth less is not seen. */
const ENOUGH = 0.9;
/** GB 45438-2025, 4.3: the label of a picture is at least a twentieth of its shorter side high. */
const LABEL_SHARE = 0.05;

interface Fitted {
  lines: string[];
  size: number;
  fits: boolean;
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

function safeBox({ width, height, safe }: CoverRatio): Box {
  const [x, y] = [width * safe.left, height * safe.top];
  return { x, y, width: width * (1 - safe.left - safe.right), height: height * (1 - safe.top - safe.bottom) };
}

function fit(text: CoverText, ratio: CoverRatio, box: Box, indentEm: number): Fitted {
  const wanted = SIZES[text.size] * Math.sqrt(ratio.width * ratio.height);
  const whole = text.words.split('\n').filter((line) => line.trim() !== '');
  const widest = Math.max(...whole.map((line) => lineWidthEm(line.trim(), true))) + indentEm;
  const unbroken = Math.min(wanted, box.width / widest);
  if (unbroken >= wanted * RATHER_SMALLER && whole.length * unbroken * LEADING <= box.height * WORDS_MOST)
    return { lines: whole.map((line) => line.trim()), size: unbroken, fits: true };
  for (let size = wanted; ; size *= SMALLER) {
    const broken = whole.map((line) => breakLine(line, true, box.width / size - indentEm));
    const lines = broken.flatMap((b) => b.lines);
    const fits = lines.length * size * LEADING <= box.height * WORDS_MOST && broken.every((b) => b.tooWide === null);
    if (fits || size * SMALLER < wanted * SMALLEST) return { lines, size, fits };
  }
}

/** Top of the words' block. */
function topOf(text: CoverText, box: Box, height: number): number {
  if (text.place === 'top') return box.y;
  return text.place === 'middle' ? box.y + (box.height - height) / 2 : box.y + box.height - height;
}

function shadeOf(text: CoverText, ratio: CoverRatio, block: Box, color: string): CoverShape {
  const all = { x: 0, width: ratio.width, color };
  if (text.place === 'middle') return { ...all, y: 0, height: ratio.height, opacity: SHADE_OPACITY * 0.6, fade: null };
  // The fade begins well before the first line, so that no edge is seen.
  const reach = block.height * 0.9;
  if (text.place === 'top') {
    return {
      ...all,
      y: 0,
      height: Math.min(ratio.height, block.y + block.height + reach),
      opacity: SHADE_OPACITY,
      fade: 'top',
    };
  }
  const y = Math.max(0, block.y - reach);
  return { ...all, y, height: ratio.height - y, opacity: SHADE_OPACITY, fade: 'bottom' };
}

function words(text: CoverText, ratio: CoverRatio): CoverLayout {
  const style = styleById(text.style);
  const safe = safeBox(ratio);
  const barEm = style.bar === null ? 0 : BAR + PAD;
  const padEm = style.ground === null ? 0 : PAD;
  const { lines, size, fits } = fit(text, ratio, safe, barEm + 2 * padEm);
  const [pad, indent] = [padEm * size, barEm * size];
  const widths = lines.map((line) => lineWidthEm(line, true) * size);
  const width = Math.max(0, ...widths) + indent + 2 * pad;
  const height = lines.length * size * LEADING + (style.ground === null ? 0 : pad);
  const x = style.align === 'center' ? (ratio.width - width) / 2 : safe.x;
  const block: Box = { x, y: topOf(text, safe, height), width, height };
  const shapes: CoverShape[] = [];
  if (style.shade !== null) shapes.push(shadeOf(text, ratio, block, style.shade));
  if (style.ground !== null) {
    const { color, opacity, wide } = style.ground;
    const across = wide ? { x: 0, width: ratio.width } : { x: block.x, width };
    shapes.push({ ...across, y: block.y, height, color, opacity, fade: null });
  }
  const textTop = block.y + (style.ground === null ? 0 : pad / 2);
  if (style.bar !== null) {
    const bar = { x: block.x + pad, y: textTop + size * 0.14, width: BAR * size, height: height - size * 0.28 - pad };
    shapes.push({ ...bar, height: Math.max(size, bar.height), color: style.bar, opacity: 1, fade: null });
  }
  return {
    shapes,
    lines: lines.map((line, i) => ({
      text: line,
      x: style.align === 'center' ? (ratio.width - (widths[i] ?? 0)) / 2 : block.x + pad + indent,
      // A line's box is its characters and the leading; the base line lies the font's descent above its foot.
      y: textTop + (i + 1) * size * LEADING - ((LEADING - 1) / 2 + DESCENT_OF_EM * 0.55) * size,
      size,
      color: style.ink,
      bold: true,
    })),
    problems: fits ? [] : [{ code: 'text_long', params: {} }],
  };
}

/** A small plate with a word on it, in a corner of the safe part. */
function label(text: string, ratio: CoverRatio, corner: 'topLeft' | 'bottomRight'): CoverLayout {
  const safe = safeBox(ratio);
  const size = Math.max(LABEL_SHARE * Math.min(ratio.width, ratio.height), 18);
  const width = lineWidthEm(text, false) * size + size;
  const height = size * 1.5;
  const x = corner === 'topLeft' ? safe.x : safe.x + safe.width - width;
  const y = corner === 'topLeft' ? safe.y : safe.y + safe.height - height;
  return {
    shapes: [{ x, y, width, height, color: '#14110e', opacity: 0.7, fade: null }],
    lines: [{ text, x: x + size / 2, y: y + size * 1.08, size, color: '#ffffff', bold: false }],
    problems: [],
  };
}

/**
 * Everything drawn over the picture of one frame, from the bottom up, and what is wrong with it: words that do not fit at a size that
 * can be read, characters the font does not have, a part of the picture smaller than the file that is made of it.
 */
export function coverLayout(
  cover: Cover,
  ratio: CoverRatio,
  options: { crop?: CropBox; draft?: boolean } = {},
): CoverLayout {
  const parts: CoverLayout[] = [];
  const { text } = cover;
  if (text !== null && text.words.trim() !== '') {
    parts.push(words(text, ratio));
    const missing = missingGlyphs(text.words);
    if (missing.length > 0)
      parts.push({ shapes: [], lines: [], problems: [{ code: 'glyphs', params: { characters: missing.join(' ') } }] });
  }
  if (cover.ai) parts.push(label(AI_LABEL, ratio, 'bottomRight'));
  if (options.draft === true) parts.push(label(DRAFT_MARK, ratio, 'topLeft'));
  const { crop } = options;
  if (crop && crop.width < ratio.width * ENOUGH) {
    const params = { width: crop.width, wanted: ratio.width };
    parts.push({ shapes: [], lines: [], problems: [{ code: 'picture_small', params }] });
  }
  return {
    shapes: parts.flatMap((p) => p.shapes),
    lines: parts.flatMap((p) => p.lines),
    problems: parts.flatMap((p) => p.problems),
  };
}
