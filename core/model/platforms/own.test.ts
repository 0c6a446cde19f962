import { describe, expect, test } from 'vitest';
import { StudioError } from '../errors.ts';
import {
  PLATFORM_TARGETS,
  bookWith,
  builtInBook,
  coverShapes,
  filmCoverRules,
  parsePlatform,
  placeChanges,
  platformOf,
  platformProblems,
  readOwnPlatform,
  type PlatformProfile,
} from './index.ts';

type Json = Record<string, unknown>;
const copyOf = (target: string): Json => structuredClone(builtInBook().get(target)) as unknown as Json;

/** A copy with one value replaced, by its place. */
function withValue(json: Json, place: string, value: unknown): Json {
  const keys = place.split('.');
  const last = keys.pop() ?? '';
  let at = json;
  for (const key of keys) at = at[key] as Json;
  at[last] = value;
  return json;
}
const own = (from: string, target: string, zh: string): Json => ({ ...copyOf(from), target, name: { zh, en: target } });
const told = (json: unknown): [string, string][] =>
  platformProblems(json, platformOf('douyin')).map(({ place, why }) => [place, why]);

describe('a profile that an office changes', () => {
  test('may be each of the program’s, as it is', () => {
    for (const target of PLATFORM_TARGETS.filter((name) => name !== 'preview')) {
      expect(readOwnPlatform(copyOf(target))).toEqual(platformOf(target));
    }
  });

  test.each([
    ['limits.durationUs.0.max', -1, 'limits.durationUs.0.max', 'number'],
    ['limits.durationUs.0.max', '900', 'limits.durationUs.0.max', 'number'],
    ['limits.durationUs.0.checked', 'yesterday', 'limits.durationUs.0.checked', 'date'],
    ['limits.durationUs.0.source', '', 'limits.durationUs.0.source', 'text'],
    ['limits.durationUs.0.source', 'a friend', 'limits.durationUs.0', 'address'],
    ['limits.durationUs.0.grade', 'sure', 'limits.durationUs.0.grade', 'choice'],
    ['post.title.limits.0.min', 40, 'post.title.limits.0', 'range'],
    ['schedule.latestMinutes', 60, 'schedule', 'window'],
    ['name.zh', '', 'name.zh', 'text'],
    ['target', '抖音', 'target', 'name'],
    ['canvas.width', 721, 'canvas.width', 'engine'],
    ['canvas.height', 8000, 'canvas.height', 'engine'],
    ['canvas.frameRate', '60/1', 'canvas.frameRate', 'engine'],
    ['film.codec.value', 'hevc', 'film.codec.value', 'engine'],
    ['film.pixelFormat.value', 'yuv444p', 'film.pixelFormat.value', 'engine'],
    ['film.keyFrameFrames.value', 9000, 'film.keyFrameFrames.value', 'engine'],
    ['film.maxRateKbit.value', 20, 'film.maxRateKbit.value', 'engine'],
    ['film.audioKbit.value', 320, 'film.audioKbit.value', 'engine'],
  ])('%s = %j is refused at %s', (place, value, at, why) => {
    expect(told(withValue(copyOf('douyin'), place, value))).toContainEqual([at, why]);
  });

  test('has a new source, or a new day, for every number that is another one', () => {
    const longer = withValue(copyOf('douyin'), 'limits.durationUs.0.max', 1_800_000_000);
    expect(told(longer)).toEqual([['limits.durationUs.0.source', 'source']]);
    expect(() => readOwnPlatform(longer)).toThrow(StudioError);
    expect(told(withValue(structuredClone(longer), 'limits.durationUs.0.checked', '2026-12-01'))).toEqual([]);
    const said = withValue(longer, 'limits.durationUs.0.source', 'https://open.douyin.com: 30 minutes');
    expect(readOwnPlatform(said).limits.durationUs?.[0]?.max).toBe(1_800_000_000);
  });

  test('is told with all its places at once, the first in the sentence', () => {
    const bad = withValue(withValue(copyOf('douyin'), 'canvas.width', 3), 'film.audioKbit.value', 1);
    try {
      readOwnPlatform(bad);
    } catch (error) {
      expect(error).toMatchObject({
        code: 'bad_input',
        params: { what: expect.stringMatching(/^canvas\.width: /) as string },
      });
      expect((error as StudioError).details).toMatchObject({
        problems: [{ place: 'canvas.width' }, { place: 'film.audioKbit.value' }, { place: 'film.audioKbit.source' }],
      });
      return;
    }
    throw new Error('taken');
  });
});

describe('a platform that an office adds', () => {
  const read = (json: Json): PlatformProfile => parsePlatform(json, 'x');
  test('stands behind the program’s own', () => {
    const book = bookWith([read(own('douyin', 'county-app', '县融媒'))]);
    expect([...book.keys()]).toEqual([...builtInBook().keys(), 'county-app']);
  });

  test('shares a cover where that does for it, and leaves the others’ covers as they were', () => {
    const alike = bookWith([read(own('douyin', 'county-app', '县融媒'))]);
    expect(coverShapes(alike).map(({ targets, ...rest }) => ({ ...rest, n: targets.length }))).toEqual(
      coverShapes().map(({ targets, shape, ...rest }) => ({
        ...rest,
        shape,
        n: targets.length + (targets.includes('douyin') ? 1 : 0),
      })),
    );
    const careful = withValue(own('douyin', 'county-app', '县融媒'), 'covers.1.safe.top', 300);
    const book = bookWith([read(careful)]);
    const threeToFour = coverShapes(book).filter(({ shape }) => shape === '3:4');
    expect(threeToFour.map(({ targets, safe }) => [targets, safe.top])).toEqual([
      [['douyin', 'channels', 'xiaohongshu'], 60],
      [['county-app'], 300],
    ]);
    expect(filmCoverRules(book)).toEqual(filmCoverRules());
  });

  test('changes the covers that are approved only where one of the program’s platforms is changed', () => {
    const changed = bookWith([read(withValue(copyOf('douyin'), 'covers.1.safe.top', 300))]);
    expect(filmCoverRules(changed)).not.toEqual(filmCoverRules());
  });
});

test('what two profiles say differently is named by its place', () => {
  const then = platformOf('douyin');
  const { schedule: _none, ...now } = withValue(copyOf('douyin'), 'limits.durationUs.0.max', 1);
  expect(placeChanges(then, now).slice(0, 2)).toEqual([
    { place: 'limits.durationUs.0.max', before: 900_000_000, after: 1 },
    { place: 'schedule.earliestMinutes', before: 120, after: null },
  ]);
  expect(placeChanges(then, copyOf('douyin'))).toEqual([]);
});
