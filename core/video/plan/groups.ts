/** Which targets are one film, and how its picture is encoded. */
import { StudioError } from '../../model/errors.ts';
import { platformOf } from '../../model/platforms/index.ts';
import type { PlatformProfile } from '../../model/platforms/index.ts';
import { TARGET_CANVAS, isBuiltInTarget, safeAreaOf } from '../../model/timeline/index.ts';
import type { BuiltInTarget, CanvasSize, SafeArea, Timeline } from '../../model/timeline/index.ts';

/** What a platform's rate cap is given for; larger canvases in proportion. */
const CAP_PIXELS = 1920 * 1080;
/** Archive keeps its source's size up to UHD, the largest that office computers play. */
const LONGEST_SIDE = 3840;

export interface Group {
  targets: string[];
  canvas: CanvasSize;
  safe: SafeArea;
  encoder: string[];
}

const even = (value: number): number => Math.max(16, Math.round(value / 2) * 2);

function canvasOf(target: BuiltInTarget, timeline: Timeline): CanvasSize {
  const known = TARGET_CANVAS[target];
  if (known !== null) return known;
  const first = timeline.storyline.find(({ gap }) => !gap);
  const asset = timeline.assets.find(({ assetId }) => assetId === first?.assetId);
  const [width, height] = [asset?.width ?? timeline.canvas.width, asset?.height ?? timeline.canvas.height];
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  return { width: even(width * scale), height: even(height * scale) };
}

/** Most that a film of this size may take, kbit/s, by its platform's profile; null: no cap. */
export function capOf(film: PlatformProfile['film'], canvas: CanvasSize): number | null {
  const cap = film.maxRateKbit?.value;
  return cap === undefined ? null : Math.round(cap * Math.max(1, (canvas.width * canvas.height) / CAP_PIXELS));
}

/**
 * Quality 21, capped as the platform's profile says. `stitchable` keeps x264's headers the same in every segment, so that they can be joined; key frames
 * at even distances, none that later pictures reach across.
 */
export function encoderOf(film: PlatformProfile['film'], canvas: CanvasSize): string[] {
  const cap = capOf(film, canvas);
  const distance = `${film.keyFrameFrames.value}`;
  return [
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '21'],
    ...(cap === null ? [] : ['-maxrate', `${cap}k`, '-bufsize', `${2 * cap}k`]),
    ...['-profile:v', film.profile?.value ?? 'high', '-pix_fmt', film.pixelFormat.value, '-g', distance],
    ...['-keyint_min', distance, '-sc_threshold', '0', '-flags:v', '+cgop'],
    ...['-x264-params', 'stitchable=1:open-gop=0'],
    ...['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709', '-color_range', 'tv'],
  ];
}

/** Groups in the order of their first targets. Error: bad_input (a target nobody knows, one twice, none). */
export function groupsOf(timeline: Timeline, targets: readonly string[]): Group[] {
  if (targets.length === 0 || new Set(targets).size < targets.length) {
    throw new StudioError('bad_input', { what: `targets: ${targets.join(',')}` });
  }
  const groups = new Map<string, Group>();
  for (const target of targets) {
    if (!isBuiltInTarget(target)) throw new StudioError('bad_input', { what: `targets: ${target}` });
    const canvas = canvasOf(target, timeline);
    const safe = safeAreaOf(target, canvas);
    const encoder = encoderOf(platformOf(target).film, canvas);
    const key = JSON.stringify([canvas.width, canvas.height, safe, encoder]);
    const group = groups.get(key);
    if (group) group.targets.push(target);
    else groups.set(key, { targets: [target], canvas, safe, encoder });
  }
  return [...groups.values()];
}
