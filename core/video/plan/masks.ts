/**
 * Masks: for each a script that draws its shape on every frame, and the graph that lays cells over the picture there. The
 * shape's pixels count wholly or not at all: nothing of what is below shines through.
 */
import { clockCs } from '../../model/captions/index.ts';
import { edgeCs, frameTime, maskAt, maskCell } from '../../model/timeline/index.ts';
import type { CanvasSize, Mask, Rational } from '../../model/timeline/index.ts';
import { frameTimeUs, rateText } from './piece.ts';
import type { Piece } from './piece.ts';

/** What of its four arcs a quarter of a circle's radius is in Bézier curves. */
const ARC = 0.5523;

const px = (value: number): string => String(Math.round(value * 100) / 100);

/** The shape from its own top left corner, as ASS draws. */
function drawing(shape: Mask['shape'], width: number, height: number): string {
  if (shape === 'rectangle') return `m 0 0 l ${px(width)} 0 l ${px(width)} ${px(height)} l 0 ${px(height)}`;
  const [rx, ry] = [width / 2, height / 2];
  const [kx, ky] = [rx * (1 - ARC), ry * (1 - ARC)];
  const at = (...points: number[]): string => points.map(px).join(' ');
  return [
    `m ${at(0, ry)}`,
    `b ${at(0, ky, kx, 0, rx, 0)}`,
    `b ${at(width - kx, 0, width, ky, width, ry)}`,
    `b ${at(width, height - ky, width - kx, height, rx, height)}`,
    `b ${at(kx, height, 0, height - ky, 0, ry)}`,
  ].join(' ');
}

/** Source time of the piece's frame `n`. */
function timeOf(piece: Piece, n: number): number {
  const { clip, source, offset } = piece;
  if (source.kind !== 'image') return frameTimeUs(piece, n);
  return clip.inUs + frameTime(offset + Math.max(0, n - (piece.lead ?? 0)), piece.rate);
}

/** Where the mask is, frame by frame; equal neighbours are one event. White on black. */
export function maskScript(mask: Mask, piece: Piece, size: CanvasSize): string {
  const events: { from: number; text: string }[] = [];
  for (let n = 0; n < piece.frames; n += 1) {
    const box = maskAt(mask, timeOf(piece, n));
    const [width, height] = [(box.width * size.width) / 1000, (box.height * size.height) / 1000];
    const at = `${px((box.x * size.width) / 1000)},${px((box.y * size.height) / 1000)}`;
    const text = `{\\an7\\pos(${at})\\p1}${drawing(mask.shape, width, height)}`;
    if (events.at(-1)?.text !== text) events.push({ from: n, text });
  }
  const lines = events.map(({ from, text }, i) => {
    const to = events[i + 1]?.from ?? piece.frames + 30;
    return `Dialogue: 0,${clockCs(edgeCs(from, piece.rate))},${clockCs(edgeCs(to, piece.rate))},Mask,,0,0,0,,${text}`;
  });
  return `${[
    ...['[Script Info]', 'ScriptType: v4.00+', `PlayResX: ${size.width}`, `PlayResY: ${size.height}`, ''],
    ...['[V4+ Styles]', 'Format: Name, Fontname, Fontsize, PrimaryColour, Outline, Shadow, Alignment'],
    ...['Style: Mask,Noto Sans SC,20,&H00FFFFFF,0,0,7', '', '[Events]'],
    'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
    ...lines,
  ].join('\n')}\n`;
}

/**
 * From the open end of a chain (BT.709, 8 bits, square pixels, `size`) to the open end of a chain. `tag` makes its labels
 * its own; `@mask0@` and so on stand for the scripts, counted from `first`.
 */
export function masked(
  masks: readonly Mask[],
  size: CanvasSize,
  at: { frames: number; rate: Rational; tag: string; first: number },
): string {
  const { frames, rate, tag, first } = at;
  const { width, height } = size;
  const copies = masks.map((_, i) => `[${tag}c${i}]`).join('');
  const parts = [`split=${masks.length + 1}[${tag}p0]${copies}`];
  masks.forEach((mask, i) => {
    const cell = maskCell(mask, size);
    const cells = `${Math.max(1, Math.ceil(width / cell))}:${Math.max(1, Math.ceil(height / cell))}`;
    const up = mask.effect === 'mosaic' ? 'neighbor' : 'bicubic';
    parts.push(
      `[${tag}c${i}]scale=${cells}:flags=area,scale=${width}:${height}:flags=${up},setsar=1[${tag}e${i}]`,
      [
        `color=c=black:s=${width}x${height}:r=${rateText(rate)},trim=end_frame=${frames},format=yuv420p`,
        `ass=filename=@mask${first + i}@:fontsdir=@fonts@,format=gray,lut=y=if(gt(val\\,24)\\,255\\,0)[${tag}m${i}]`,
      ].join(','),
      `[${tag}e${i}][${tag}m${i}]alphamerge[${tag}f${i}]`,
      `[${tag}p${i}][${tag}f${i}]overlay=format=yuv420${i + 1 < masks.length ? `[${tag}p${i + 1}]` : ''}`,
    );
  });
  return parts.join(';');
}
