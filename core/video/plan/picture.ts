/** Filter graphs: how one source's picture becomes frames of one canvas. */
import { MIDDLE, nearest, parseRational, shownSize } from '../../model/timeline/index.ts';
import type { CanvasSize, Fit, Focus, Rational, TimelineAsset } from '../../model/timeline/index.ts';
import type { FilmSource, FilmTool, SourcePicture } from '../../ports/video.ts';
import { coloured, moving, roomFor, turnedAndCut } from './look.ts';
import { maskScript, masked } from './masks.ts';
import { paceOf, rateText } from './piece.ts';
import type { Piece } from './piece.ts';

/** HDR to BT.709: linear light at 100 cd/m², BT.709 primaries, Hable's curve (ffmpeg-filters, tonemap). */
const TONE_MAP =
  'zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv';
/** The blurred background is computed at a quarter of the canvas: a sixteenth of the pixels. */
const BLUR_SCALE = 4;
/** Blur radius at that size: the shorter side by this. Two passes of it leave no edges to recognise. */
const BLUR_SIDES = 27;
/** Off by this much, a source has the canvas's shape: rounding to even sides is all that differs. */
const SAME_SHAPE = 2;

const even = (value: number): number => Math.max(2, Math.round(value / 2) * 2);
const evenDown = (value: number): number => Math.max(0, Math.floor(value / 2) * 2);

const contained = (source: CanvasSize, canvas: CanvasSize): CanvasSize => {
  const scale = Math.min(canvas.width / source.width, canvas.height / source.height);
  return {
    width: Math.min(canvas.width, even(source.width * scale)),
    height: Math.min(canvas.height, even(source.height * scale)),
  };
};

const covering = (source: CanvasSize, canvas: CanvasSize): CanvasSize => {
  const scale = Math.max(canvas.width / source.width, canvas.height / source.height);
  return {
    width: Math.max(canvas.width, even(source.width * scale)),
    height: Math.max(canvas.height, even(source.height * scale)),
  };
};

/** Scaled to `size`, limited range, in BT.709 unless another matrix is kept. */
function scaled(
  picture: Pick<SourcePicture, 'hdr' | 'matrix'>,
  size: CanvasSize,
  tool: FilmTool,
  matrix = 'bt709',
): string {
  const dimensions = `scale=${size.width}:${size.height}:flags=bicubic`;
  if (picture.hdr && tool.canTonemap) return `${dimensions},${TONE_MAP},format=yuv420p,setsar=1`;
  return `${dimensions}:in_color_matrix=${picture.matrix}:out_color_matrix=${matrix}:out_range=tv,format=yuv420p,setsar=1`;
}

/** A picture of the canvas's colours already. */
const READY = { hdr: false, matrix: 'bt709' };

/** A still picture with what it leaves open, in BT.709; its colours are not changed. */
function open(size: CanvasSize): string {
  const into = 'out_color_matrix=bt709:out_range=tv';
  return `format=rgba,scale=${size.width}:${size.height}:flags=bicubic:${into},format=yuva420p,setsar=1`;
}

/** Scaled to `size`, with the view and the colours of the clip. */
function drawn(piece: Piece, shape: CanvasSize, size: CanvasSize, { tool, matrix }: Onto): string {
  const { clip, offset, total, frames } = piece;
  const picture = clip.masks === undefined ? piece.source.picture : READY;
  const recoloured = coloured(clip);
  const room = clip.zoom ? roomFor(size, nearest(clip), shape) : size;
  return [
    scaled(picture, room, tool, matrix),
    ...(clip.zoom ? [moving(clip.zoom, { offset, total, frames }), scaled(READY, size, tool)] : []),
    ...(recoloured === null ? [] : [recoloured]),
  ].join(',');
}

/** Nothing is done to its picture but turning and cutting: the rest knows no openness. */
export const isPlain = ({ clip }: Piece): boolean => !clip.zoom && coloured(clip) === null && !clip.masks;

/** How a picture lies on a canvas that it has for itself. */
export interface FullFrame {
  fit: Fit;
  /** Which part stays where it fills; default the middle. */
  focus?: Focus;
  /** How many times nearer than it need be to fill; default 1. */
  zoom?: number;
}

interface Onto extends FullFrame {
  canvas: CanvasSize;
  tool: FilmTool;
  /** Begins the names of labels, so that several pictures can be in one graph. */
  tag: string;
  /** What a picture leaves open stays open. */
  alpha?: boolean;
  /** Of the film's colours; default BT.709. */
  matrix?: 'bt601';
}

/** The picture on the canvas, from the open end of a chain to the open end of a chain. */
function fitted(piece: Piece, onto: Onto): string {
  const { canvas, fit, focus = MIDDLE, zoom = 1, tag, alpha = false } = onto;
  const { width: w, height: h } = piece.source.picture;
  const shape = shownSize({ width: w, height: h }, piece.clip);
  const cut = turnedAndCut(piece.clip);
  const draw = (size: CanvasSize): string => drawn(piece, shape, size, onto);
  if (alpha) return `${cut}${open(canvas)}`;
  const inside = contained(shape, canvas);
  const { width, height } = canvas;
  const same = width - inside.width <= SAME_SHAPE && height - inside.height <= SAME_SHAPE;
  if (same && zoom === 1) return `${cut}${draw(canvas)}`;
  if (fit === 'crop') {
    // Cut before it is scaled: what is thrown away costs nothing. By shares, since pixels need not be square yet.
    const cover = covering(shape, canvas);
    const shares = [width / cover.width, height / cover.height].map((share) => (share / zoom).toFixed(6));
    const at = focus.x === 500 && focus.y === 500 ? '' : `:(iw-ow)*${focus.x / 1000}:(ih-oh)*${focus.y / 1000}`;
    return `${cut}crop=iw*${shares[0] ?? 1}:ih*${shares[1] ?? 1}${at},${draw(canvas)}`;
  }
  const left = evenDown((width - inside.width) / 2);
  const top = evenDown((height - inside.height) / 2);
  if (fit === 'contain') return `${cut}${draw(inside)},pad=${width}:${height}:${left}:${top}:black`;
  const small = { width: even(width / BLUR_SCALE), height: even(height / BLUR_SCALE) };
  const back = covering(inside, small);
  const radius = Math.max(1, Math.floor(Math.min(small.width, small.height) / BLUR_SIDES));
  return [
    `${cut}${draw(inside)},split[${tag}front][${tag}copy]`,
    [
      `[${tag}copy]scale=${back.width}:${back.height}:flags=bilinear,crop=${small.width}:${small.height}`,
      `boxblur=luma_radius=${radius}:luma_power=2,scale=${width}:${height}:flags=bilinear,setsar=1[${tag}back]`,
    ].join(','),
    `[${tag}back][${tag}front]overlay=${left}:${top}:format=yuv420`,
  ].join(';');
}

/** A file's times may be off their grid by this much (rounded to milliseconds, and rounded again by later copies). */
const SLACK_US = 3_000;
/** Times read from the file are exact but for the last microsecond. */
const EXACT_SLACK_US = 500;

/** How far a frame may lie after a moment and still count as on show at it, microseconds. */
export function slackUs(asset: TimelineAsset, source: FilmSource): number {
  if (source.picture.times !== null) return EXACT_SLACK_US;
  const rate = parseRational(asset.frameRate ?? '30/1') ?? { num: 30, den: 1 };
  return Math.min(SLACK_US, Math.floor((400_000 * rate.den) / rate.num));
}

/** `frames` frames at the film's rate, each the one on show at its moment; the last stands as long as it must. */
function sampled(piece: Piece, input: number): string {
  const { clip, asset, source, rate, zeroUs, frames, lead = 0, untilUs = clip.outUs } = piece;
  const { picture } = source;
  const slack = slackUs(asset, source);
  const endUs = clip.heldUs === undefined ? Math.max(1, untilUs - zeroUs - 2 * slack) : 1;
  const { num, den } = paceOf(clip);
  return [
    `[${input}:${picture.index}]${picture.interlaced ? 'yadif=deint=interlaced,' : ''}settb=1/1000000`,
    `setpts=PTS-(${picture.startUs + zeroUs + slack})`,
    `trim=end=${endUs}us`,
    ...(num === den ? [] : [`setpts=PTS*${den}/${num}`]),
    `fps=fps=${rateText(rate)}:start_time=0:round=up`,
    lead > 0 ? `tpad=start=${lead}:start_mode=clone:stop=-1:stop_mode=clone` : 'tpad=stop=-1:stop_mode=clone',
    `trim=end_frame=${frames}`,
    // Holds all of the piece's frames at once: spans of such clips are short.
    ...(clip.reversed && frames > 1 ? ['reverse'] : []),
  ].join(',');
}

/** A still picture (composed once) as `frames` frames. */
const repeated = (frames: number, rate: Rational): string =>
  `loop=loop=-1:size=1:start=0,settb=${rate.den}/${rate.num},setpts=N,trim=end_frame=${frames},fps=fps=${rateText(rate)}`;

/** A picture that is composed anew for every frame is no larger than this many canvases. */
const STILL_ROOM = 2;

/** Size at which a clip's masks are laid over it: its own as displayed, a still picture's no larger than is of use. */
function maskSize({ source, clip }: Piece, canvas: CanvasSize): CanvasSize {
  const { width, height } = source.picture;
  const most = (STILL_ROOM * nearest(clip) * Math.max(canvas.width, canvas.height)) / Math.max(width, height);
  const scale = source.kind === 'image' ? Math.min(1, most) : 1;
  return { width: even(width * scale), height: even(height * scale) };
}

/** What becomes of a piece: its chain from input number `input` to an open end, and the scripts of its masks. */
export interface Picture {
  chain: string;
  scripts: string[];
}

/**
 * The piece's frames on a canvas. `first`: number of its first mask's script in the segment.
 */
export function pictureOf(piece: Piece, onto: Onto, at: { input: number; first: number }): Picture {
  const { clip, source, frames, rate } = piece;
  const masks = clip.masks ?? [];
  const isStill = source.kind === 'image';
  // A still picture whose frames are all alike is composed once.
  const moves = clip.zoom !== undefined || masks.some(({ keys }) => keys.length > 1);
  const composed = isStill && !moves ? { ...piece, frames: 1 } : piece;
  const size = maskSize(piece, onto.canvas);
  const cover =
    masks.length === 0
      ? ''
      : `${scaled(source.picture, size, onto.tool)},${masked(masks, size, { frames: composed.frames, rate, tag: onto.tag, first: at.first })},`;
  const scripts = masks.map((mask) => maskScript(mask, composed, size));
  const fit = fitted(piece, onto);
  if (!isStill) return { chain: `${sampled(piece, at.input)},${cover}${fit}`, scripts };
  const still = `[${at.input}:v]`;
  if (!moves) return { chain: `${still}${cover}${fit},${repeated(frames, rate)}`, scripts };
  return { chain: `${still}scale=${size.width}:${size.height},${repeated(frames, rate)},${cover}${fit}`, scripts };
}
