/** Filter graphs: how one source's picture becomes frames of one canvas. */
import { parseRational, speedOf } from '../../model/timeline/index.ts';
import type { CanvasSize, Clip, Fit, TimelineAsset } from '../../model/timeline/index.ts';
import type { FilmSource, FilmTool } from '../../ports/video.ts';

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

/** Scaled to `size` in BT.709, limited range. */
function scaled(source: FilmSource, size: CanvasSize, tool: FilmTool): string {
  const { hdr, matrix } = source.picture;
  const dimensions = `scale=${size.width}:${size.height}:flags=bicubic`;
  if (hdr && tool.canTonemap) return `${dimensions},${TONE_MAP},format=yuv420p,setsar=1`;
  return `${dimensions}:in_color_matrix=${matrix}:out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1`;
}

/** The picture on the canvas, from the open end of a chain to the open end of a chain. */
export function fitted(source: FilmSource, canvas: CanvasSize, fit: Fit, tool: FilmTool): string {
  const shape = { width: source.picture.width, height: source.picture.height };
  const inside = contained(shape, canvas);
  const { width, height } = canvas;
  if (width - inside.width <= SAME_SHAPE && height - inside.height <= SAME_SHAPE) return scaled(source, canvas, tool);
  if (fit === 'crop') {
    // Cut before it is scaled: what is thrown away costs nothing. By shares, since pixels need not be square yet.
    const cover = covering(shape, canvas);
    const shares = [width / cover.width, height / cover.height].map((share) => share.toFixed(6));
    return `crop=iw*${shares[0] ?? 1}:ih*${shares[1] ?? 1},${scaled(source, canvas, tool)}`;
  }
  const left = evenDown((width - inside.width) / 2);
  const top = evenDown((height - inside.height) / 2);
  if (fit === 'contain') return `${scaled(source, inside, tool)},pad=${width}:${height}:${left}:${top}:black`;
  const small = { width: even(width / BLUR_SCALE), height: even(height / BLUR_SCALE) };
  const back = covering(inside, small);
  const radius = Math.max(1, Math.floor(Math.min(small.width, small.height) / BLUR_SIDES));
  return [
    `${scaled(source, inside, tool)},split[front][copy]`,
    [
      `[copy]scale=${back.width}:${back.height}:flags=bilinear,crop=${small.width}:${small.height}`,
      `boxblur=luma_radius=${radius}:luma_power=2,scale=${width}:${height}:flags=bilinear,setsar=1[back]`,
    ].join(','),
    `[back][front]overlay=${left}:${top}:format=yuv420`,
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

export interface Piece {
  clip: Clip;
  asset: TimelineAsset;
  source: FilmSource;
  /** Source time of the first frame, from the source's first frame. */
  zeroUs: number;
  frames: number;
}

/** `frames` frames at 30 a second, each the one on show at its moment; the last stands as long as it must. */
export function sampled({ clip, asset, source, zeroUs, frames }: Piece): string {
  const { picture } = source;
  const slack = slackUs(asset, source);
  const endUs = Math.max(1, clip.outUs - zeroUs - 2 * slack);
  const { num, den } = speedOf(clip);
  return [
    `[0:${picture.index}]${picture.interlaced ? 'yadif=deint=interlaced,' : ''}settb=1/1000000`,
    `setpts=PTS-(${picture.startUs + zeroUs + slack})`,
    `trim=end=${endUs}us`,
    ...(num === den ? [] : [`setpts=PTS*${den}/${num}`]),
    'fps=fps=30:start_time=0:round=up',
    'tpad=stop=-1:stop_mode=clone',
    `trim=end_frame=${frames}`,
  ].join(',');
}

/** A still picture (composed once) as `frames` frames. */
export const repeated = (frames: number): string =>
  `loop=loop=-1:size=1:start=0,settb=1/30,setpts=N,trim=end_frame=${frames},fps=fps=30`;
