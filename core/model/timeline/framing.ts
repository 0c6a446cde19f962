/**
 * Where a clip's picture lies, what its colours become and where its masks are: the numbers that film and preview share.
 * Shares are of 1; sizes are pixels.
 */
import { WHOLE, WHOLE_VIEW } from './look.ts';
import type { Colours, Mask, MaskKey, PictureFields, View } from './look.ts';
import type { CanvasSize } from './targets.ts';

/** Size of what is left of a source (as displayed) after turning and cutting out; not rounded. */
export function shownSize(source: CanvasSize, clip: PictureFields): CanvasSize {
  const sideways = clip.turn === 90 || clip.turn === 270;
  const [width, height] = sideways ? [source.height, source.width] : [source.width, source.height];
  const part = clip.crop ?? WHOLE;
  return { width: (width * part.width) / 1000, height: (height * part.height) / 1000 };
}

/** What is seen of the picture when `share` (0 to 1) of the clip is over. */
export function viewAt(clip: PictureFields, share: number): View {
  if (!clip.zoom) return WHOLE_VIEW;
  const { from, to } = clip.zoom;
  const at = (a: number, b: number): number => a + (b - a) * Math.min(1, Math.max(0, share));
  return { x: at(from.x, to.x), y: at(from.y, to.y), size: at(from.size, to.size) };
}

/** How many times as large as in the whole picture the nearest view is. */
export function nearest(clip: PictureFields): number {
  return clip.zoom ? 1000 / Math.min(clip.zoom.from.size, clip.zoom.to.size) : 1;
}

/** A channel's new value is slope × value + intercept, for red, green, blue of 0 to 1; then the matrix, row by row. */
export interface ColourTransfer {
  slope: readonly [number, number, number];
  intercept: number;
  matrix: readonly [number, number, number, number, number, number, number, number, number];
}

/** Gamma of the picture: a stop is twice the light, and 2^(1/2.2) times the value (BT.709 viewed as BT.1886 is near it). */
const GAMMA = 2.2;
/** Red and blue at the ends of warmth: a fifth more and less, about 1,500 K from daylight. */
const WARMEST = 0.2;
/** Luma of BT.709. */
const LUMA = [0.2126, 0.7152, 0.0722] as const;

/** Saturation around BT.709 luma, contrast around the middle. */
export function colourTransfer({ exposure, contrast, saturation, warmth }: Colours): ColourTransfer {
  const gain = 2 ** (exposure / 100 / GAMMA);
  const steep = contrast < 0 ? 1 + contrast / 200 : 1 + contrast / 100;
  const warm = (WARMEST * warmth) / 100;
  const s = 1 + saturation / 100;
  const [r, g, b] = LUMA.map((part) => part * (1 - s)) as [number, number, number];
  return {
    slope: [gain * steep * (1 + warm), gain * steep, gain * steep * (1 - warm)],
    intercept: 0.5 * (1 - steep),
    matrix: [r + s, g, b, r, g + s, b, r, g, b + s],
  };
}

type Box = Omit<MaskKey, 'atUs'>;

/** Where a mask is at a time of the source, thousandths. */
export function maskAt(mask: Mask, sourceUs: number): Box {
  const { keys } = mask;
  const next = keys.findIndex(({ atUs }) => atUs > sourceUs);
  const [one, two] = next < 0 ? [keys.at(-1), undefined] : [keys[next - 1] ?? keys[0], keys[next]];
  if (!one) throw new Error('a mask without keys');
  const { x, y, width, height } = one;
  if (!two || two.atUs <= one.atUs) return { x, y, width, height };
  const share = Math.max(0, (sourceUs - one.atUs) / (two.atUs - one.atUs));
  const at = (key: keyof Box): number => one[key] + (two[key] - one[key]) * share;
  return { x: at('x'), y: at('y'), width: at('width'), height: at('height') };
}

/** The box in which a mask stays between two times of the source, thousandths: where it is not known which frame is seen. */
export function maskBetween(mask: Mask, fromUs: number, toUs: number): Box {
  const times = [fromUs, ...mask.keys.map(({ atUs }) => atUs).filter((us) => fromUs < us && us < toUs), toUs];
  const boxes = times.map((us) => maskAt(mask, us));
  const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

/** Cells over the longer side of a mask at its largest: with six a face keeps neither eyes nor mouth (looked at, on faces). */
const CELLS = 6;
/** No finer than this, pixels: what is small is covered by a few cells too. */
const MIN_CELL = 8;

/** Side of a cell in pixels of a source of that size, even. */
export function maskCell(mask: Mask, source: CanvasSize): number {
  const longest = Math.max(
    ...mask.keys.map(({ width, height }) => Math.max((width * source.width) / 1000, (height * source.height) / 1000)),
  );
  return Math.max(MIN_CELL, 2 * Math.round(longest / CELLS / 2));
}
