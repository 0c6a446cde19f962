/** The door of profiles that an office changes or adds: what the studio can make, and that every changed number has its own source. */
import { StudioError } from '../errors.ts';
import { isBuiltInTarget } from '../timeline/targets.ts';
import { platformOf } from './load.ts';
import { problemOf, problemText, type PlatformProblem } from './problems.ts';
import { platformProfile, type PlatformProfile } from './profile.ts';

/** What every film is made with (`core/video/plan`): changing the word in a profile would not change the film. */
const FRAME_RATE = '30/1';
const CODECS = ['h264'];
const H264_PROFILES = ['high', 'main'];
const PIXEL_FORMATS = ['yuv420p'];
/** One sound for all films of a render. */
const AUDIO_KBIT = 192;
/** Sides of a canvas, pixels: small enough for office computers, even as yuv420p needs them. */
const SIDE = { min: 128, max: 3840 };
/** Twenty seconds: more than any player or platform looked at bears. */
const KEY_FRAMES = { min: 1, max: 600 };
const RATE_KBIT = { min: 300, max: 100_000 };

type Check = [place: string, fits: boolean, takes: string];

function engineChecks({ canvas, film, shortSide }: PlatformProfile): Check[] {
  const within = (value: number | undefined, { min, max }: { min: number; max: number }): boolean =>
    value === undefined || (value >= min && value <= max);
  const range = ({ min, max }: { min: number; max: number }): string => `${min}–${max}`;
  const side = (value: number): boolean => within(value, SIDE) && value % 2 === 0;
  return [
    ...(canvas
      ? ([
          ['canvas.width', side(canvas.width), `${range(SIDE)}, 2n`],
          ['canvas.height', side(canvas.height), `${range(SIDE)}, 2n`],
          ['canvas.frameRate', canvas.frameRate === FRAME_RATE, FRAME_RATE],
        ] satisfies Check[])
      : []),
    ['shortSide', shortSide === undefined, '—'],
    ['film.codec.value', CODECS.includes(film.codec.value), CODECS.join(', ')],
    ['film.profile.value', H264_PROFILES.includes(film.profile?.value ?? 'high'), H264_PROFILES.join(', ')],
    ['film.pixelFormat.value', PIXEL_FORMATS.includes(film.pixelFormat.value), PIXEL_FORMATS.join(', ')],
    ['film.keyFrameFrames.value', within(film.keyFrameFrames.value, KEY_FRAMES), range(KEY_FRAMES)],
    ['film.maxRateKbit.value', within(film.maxRateKbit?.value, RATE_KBIT), range(RATE_KBIT)],
    ['film.audioKbit.value', (film.audioKbit?.value ?? AUDIO_KBIT) === AUDIO_KBIT, String(AUDIO_KBIT)],
  ];
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every object that says where its number is from, by its place. */
export function sourcedIn(value: unknown, place: readonly string[] = []): Map<string, Json> {
  const found = new Map<string, Json>();
  if (Array.isArray(value) || isObject(value)) {
    if (isObject(value) && 'source' in value) found.set(place.join('.'), value);
    for (const [key, inner] of Object.entries(value)) {
      for (const [at, one] of sourcedIn(inner, [...place, key])) found.set(at, one);
    }
  }
  return found;
}

/** What an object says besides where it is from; what lies deeper and has a source of its own is left out. */
const saysOf = ({ source: _source, checked: _checked, grade: _grade, ...rest }: Json): string =>
  JSON.stringify(
    Object.entries(rest)
      .filter(([, inner]) => !isObject(inner) || !('source' in inner))
      .sort(),
  );

/** A number that was changed is no longer what its source said on that day; the same page may say another one today. */
function sourceProblems(profile: PlatformProfile, before: PlatformProfile): PlatformProblem[] {
  const old = sourcedIn(before);
  return [...sourcedIn(profile)].flatMap(([place, now]): PlatformProblem[] => {
    const then = old.get(place);
    if (!then || saysOf(then) === saysOf(now) || now['source'] !== then['source'] || now['checked'] !== then['checked'])
      return [];
    return [{ place: `${place}.source`, why: 'source', message: 'is the source of the number that was changed' }];
  });
}

/**
 * What is wrong with a profile that an office changed or added; empty for a good one. `before`: the program's own one of this
 * name, or the one it was made from.
 */
export function platformProblems(json: unknown, before: PlatformProfile | null): PlatformProblem[] {
  const read = platformProfile.safeParse(json);
  if (!read.success) return read.error.issues.map(problemOf);
  return [
    ...engineChecks(read.data).flatMap(([place, fits, takes]): PlatformProblem[] =>
      fits ? [] : [{ place, why: 'engine', message: `is not what the studio makes (${takes})`, takes }],
    ),
    ...(before ? sourceProblems(read.data, before) : []),
  ];
}

/** The same as a refusal. Error: bad_input {what} with the first place (details: {problems}). */
export function readOwnPlatform(json: unknown): PlatformProfile {
  const target: unknown = isObject(json) ? json['target'] : undefined;
  const builtIn = typeof target === 'string' && isBuiltInTarget(target) ? platformOf(target) : null;
  const problems = platformProblems(json, builtIn);
  const [first] = problems;
  if (first) throw platformRefusal([first, ...problems.slice(1)]);
  return platformProfile.parse(json);
}

/** Error: bad_input {what} (details: {problems}). */
export function platformRefusal(problems: readonly [PlatformProblem, ...PlatformProblem[]]): StudioError {
  return new StudioError('bad_input', { what: problemText(problems[0]) }, { details: { problems } });
}
