/** Which targets are one film, and how its picture is encoded. */
import { StudioError } from '../../model/errors.ts';
import { builtInBook, encoderOptions, inBook, safeAreaIn } from '../../model/platforms/index.ts';
import type { PlatformBook, PlatformProfile } from '../../model/platforms/index.ts';
import type { Encoder } from '../../model/machine.ts';
import type { CanvasSize, SafeArea, Timeline } from '../../model/timeline/index.ts';
import type { CodedPicture } from '../../ports/video.ts';

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

/** Pixels of a platform's film: its canvas; without one as the first source, up to UHD. */
export function canvasOf({ canvas: known }: PlatformProfile, timeline: Timeline): CanvasSize {
  if (known !== null) return { width: known.width, height: known.height };
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

/** Options of the picture's encoder for a platform's film; `encoder`: the one of this computer that makes it. */
export function encoderOf(film: PlatformProfile['film'], canvas: CanvasSize, encoder: Encoder = 'software'): string[] {
  return encoderOptions(encoder, {
    ...{ cap: capOf(film, canvas), distance: film.keyFrameFrames.value },
    ...{ profile: film.profile?.value ?? 'high', pixelFormat: film.pixelFormat.value },
  });
}

const COLOURS = ['-color_primaries', '-color_trc', '-colorspace', '-color_range'];

/**
 * What H.264 is set to otherwise for frames beside copied ones: they are few, so they may be large and have to be made quickly.
 * Measured on 30 noisy frames of 1080p: 0.8 CPU-s (superfast: 1.3), each with an SSIM of 0.986 or more.
 */
const BESIDE = { '-preset': 'ultrafast', '-crf': '18' } as const;

/** Quality 18 of libx264 looks like 20 of libx265. */
const HEVC = [
  ...['-c:v', 'libx265', '-preset', 'ultrafast', '-crf', '20', '-profile:v', 'main', '-tag:v', 'hvc1'],
  ...['-x265-params', 'keyint=60:min-keyint=60:scenecut=0:open-gop=0:log-level=error'],
];

/** Options and their values. */
function pairs(options: readonly string[]): [string, string][] {
  return options.flatMap((option, i) => (i % 2 === 0 ? [[option, options[i + 1] ?? '']] : []));
}

/**
 * Options for what is encoded beside copied pictures: their codec, no cap (they keep none), parameter sets of a number of their own,
 * and without marks of colour where they have none.
 */
export function besideCopies(encoder: readonly string[], coded: CodedPicture, marked: boolean): string[] {
  const kept = pairs(encoder).filter(
    ([option]) => !['-maxrate', '-bufsize'].includes(option) && (marked || !COLOURS.includes(option)),
  );
  if (coded.codec === 'hevc') {
    return [...HEVC, ...kept.filter(([option]) => ['-pix_fmt', ...COLOURS].includes(option)).flat()];
  }
  return kept.flatMap(([option, value]) => {
    if (option === '-preset' || option === '-crf') return [option, BESIDE[option]];
    // Transforms of 8 × 8 make the fastest preset High too.
    return [option, option === '-x264-params' ? `${value}:8x8dct=1:sps-id=${coded.freeId}` : value];
  });
}

/** Groups in the order of their first targets. Error: bad_input (a target nobody knows, one twice, none). */
export function groupsOf(
  timeline: Timeline,
  targets: readonly string[],
  { platforms = builtInBook(), encoder }: { platforms?: PlatformBook | undefined; encoder?: Encoder | undefined } = {},
): Group[] {
  if (targets.length === 0 || new Set(targets).size < targets.length) {
    throw new StudioError('bad_input', { what: `targets: ${targets.join(',')}` });
  }
  const groups = new Map<string, Group>();
  for (const target of targets) {
    const profile = inBook(platforms, target);
    const canvas = canvasOf(profile, timeline);
    const safe = safeAreaIn(platforms, target, canvas);
    const options = encoderOf(profile.film, canvas, encoder);
    const key = JSON.stringify([canvas.width, canvas.height, safe, options]);
    const group = groups.get(key);
    if (group) group.targets.push(target);
    else groups.set(key, { targets: [target], canvas, safe, encoder: options });
  }
  return [...groups.values()];
}
