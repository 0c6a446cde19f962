import { describe, expect, test } from 'vitest';
import { emptyTimeline, timelineSchema } from '../timeline/index.ts';
import { checkFilm, checkLimit, failed, logosIn, platformOf, postOf, postText, troubles } from './index.ts';
import type { FilmFacts } from './index.ts';

const GOOD: FilmFacts = {
  ...{ bytes: 60_000_000, durationUs: 60_000_000, container: 'mp4', width: 1080, height: 1920, frameRate: '30/1' },
  ...{ codec: 'h264', profile: 'High', pixelFormat: 'yuv420p', videoKbit: 7_800, peakKbit: 11_000 },
  ...{ keyFrameUs: 2_000_000, audio: { codec: 'aac', kbit: 192, channels: 2, rate: 48_000 } },
  ...{ lufs: -16.1, truePeakDb: -1.3, faststart: true, aigc: null },
};
const TALL = { canvas: { width: 1080, height: 1920 }, cap: 10_000, aiMade: false, logos: [] };
const douyin = platformOf('douyin');
const told = (facts: Partial<FilmFacts>, order: Partial<typeof TALL> = {}, target = douyin): string[] =>
  troubles(checkFilm(target, { ...GOOD, ...facts }, { ...TALL, ...order })).map(
    ({ what, level }) => `${level} ${what}`,
  );

describe('a finished film against its platform', () => {
  test('every limit is told with value, limit, source, day and grade', () => {
    const checks = checkFilm(douyin, GOOD, TALL);
    expect(troubles(checks)).toEqual([]);
    const kinds = 'bytes bytes durationUs container shortSide canvas frameRate pixelFormat codec keyFrameUs videoKbit';
    expect(checks.map(({ what }) => what).join(' ')).toBe(`${kinds} lufs truePeakDb faststart logo`);
    expect(checks[2]).toEqual({
      ...{ what: 'durationUs', value: 60_000_000, limit: { max: 900_000_000 }, level: 'ok', advised: false },
      ...{ source: 'https://open.douyin.com create/upload: 15 minutes', checked: '2026-11-25', grade: 'official' },
    });
  });

  test('what the platform publishes fails, what others say warns, what is advised warns', () => {
    expect(told({ durationUs: 900_000_001 })).toEqual(['fail durationUs']);
    expect(told({ bytes: 5 * 1024 ** 3 })).toEqual(['fail bytes', 'warn bytes']);
    expect(told({ bytes: 4_100_000_000 })).toEqual(['warn bytes']);
    expect(told({ container: 'mov' })).toEqual(['warn container']);
    expect(told({ width: 540, height: 960 })).toEqual(['warn shortSide', 'warn canvas']);
    const kuaishou = platformOf('kuaishou');
    expect(told({ bytes: 200_000_000, durationUs: 1_900_000_000 }, {}, kuaishou)).toEqual([
      'warn bytes',
      'warn durationUs',
    ]);
  });

  test.each<[string, Partial<FilmFacts>]>([
    ['warn keyFrameUs', { keyFrameUs: 2_100_000 }],
    ['warn codec', { codec: 'hevc' }],
    ['warn pixelFormat', { pixelFormat: 'yuv444p' }],
    ['warn frameRate', { frameRate: '25/1' }],
    ['warn videoKbit', { videoKbit: 10_001 }],
    ['warn lufs', { lufs: -17 }],
    ['warn truePeakDb', { truePeakDb: -0.5 }],
    ['warn faststart', { faststart: false }],
  ])("the studio's own promise: %s", (line, facts) => {
    expect(told(facts)).toEqual([line]);
  });

  test("of copied pictures the codec, the rate and the key frames are the source's own", () => {
    const archive = platformOf('archive');
    const source = { codec: 'hevc', videoKbit: 40_000, keyFrameUs: 8_000_000 };
    expect(told(source, {}, archive)).toEqual(['warn codec', 'warn keyFrameUs', 'warn videoKbit']);
    const checks = checkFilm(archive, { ...GOOD, ...source }, { ...TALL, copied: true });
    expect(troubles(checks)).toEqual([]);
  });

  test("Bilibili's published numbers fail", () => {
    const wide = { canvas: { width: 1920, height: 1080 } };
    const bilibili = (facts: Partial<FilmFacts>): string[] =>
      told({ width: 1920, height: 1080, ...facts }, wide, platformOf('bilibili'));
    expect(bilibili({})).toEqual([]);
    expect(bilibili({ peakKbit: 60_001 })).toEqual(['fail peakKbit']);
    expect(bilibili({ keyFrameUs: 10_000_001 })).toEqual(['fail keyFrameUs', 'warn keyFrameUs']);
    expect(bilibili({ audio: { codec: 'aac', kbit: 321, channels: 6, rate: 44_100 } })).toEqual([
      ...['fail audioKbit', 'fail audioChannels', 'fail audioRate'],
    ]);
    // What was not measured is no offence.
    expect(bilibili({ audio: null })).toEqual(['warn audioKbit', 'warn audioChannels', 'warn audioRate']);
  });

  test('silence has no loudness to keep; an AI film without its label fails', () => {
    expect(told({ lufs: null, truePeakDb: null })).toEqual([]);
    expect(told({}, { aiMade: true })).toEqual(['fail aigc']);
    expect(told({ aigc: '{"Label":"1"}' }, { aiMade: true })).toEqual([]);
  });

  test('what looks like a logo is told for Douyin, with the reason, and keeps nothing back', () => {
    const order = { ...TALL, logos: ['o1'] };
    const [logo] = troubles(checkFilm(douyin, GOOD, order));
    expect(logo).toMatchObject({ what: 'logo', value: 1, level: 'warn', grade: 'official' });
    expect(logo?.source).toContain('demoted');
    expect(failed(checkFilm(douyin, GOOD, order))).toEqual([]);
    expect(troubles(checkFilm(platformOf('kuaishou'), GOOD, order))).toEqual([]);
  });

  test('a logo is a small still picture that stays', () => {
    const asset = { assetId: 'p', sha256: 'a'.repeat(64), name: '台标.png', kind: 'image', durationUs: null };
    const facts = { width: 200, height: 100, frameRate: null, hasAudio: false };
    const clip = { id: 'c', assetId: 'p', inUs: 0, outUs: 10_000_000 };
    const overlay = (id: string, fields: object) => ({
      ...{ id, assetId: 'p', startUs: 0, inUs: 0, outUs: 5_000_000 },
      width: 150,
      ...fields,
    });
    const timeline = timelineSchema.parse({
      ...emptyTimeline(),
      ...{ assets: [{ ...asset, ...facts }], storyline: [clip] },
      overlays: [
        overlay('logo', {}),
        overlay('short', { outUs: 4_900_000 }),
        overlay('late', { startUs: 6_000_000 }),
        overlay('large', { width: 351 }),
        overlay('unseen', { opacity: 0 }),
        overlay('cutaway', { fit: 'crop' }),
      ],
    });
    expect(logosIn(timeline)).toEqual(['logo']);
  });

  test('a limit without a value warns even where the source is official', () => {
    const proof = { source: 'https://example.org', checked: '2026-11-25', grade: 'official' as const };
    expect(checkLimit('x', { max: 1, ...proof }, null).level).toBe('warn');
    expect(checkLimit('x', { min: 1, ...proof }, 0).level).toBe('fail');
  });
});

describe('the words of a post', () => {
  const words = { title: '清晨的茶园', text: '凌晨四点半，雾还压着茶园。', topics: ['春茶', '岚溪', '春茶'] };

  test('are whole, topics once, however long', () => {
    const long = { ...words, title: '茶'.repeat(40), text: '茶'.repeat(1200) };
    const { post, checks } = postOf(douyin, long, true);
    expect(post).toEqual({
      ...{ format: 'tongxin-post/1', target: 'douyin', title: long.title, text: long.text },
      ...{ topics: ['春茶', '岚溪'], aiMade: true },
    });
    expect(troubles(checks).map(({ what, value, limit }) => [what, value, limit.max])).toEqual([
      ['title', 40, 30],
      ['text', 1200, 1000],
    ]);
    expect(failed(checks)).toEqual([]);
    expect(postText(post)).toBe(`${long.title}\n\n${long.text}\n\n#春茶 #岚溪\n`);
    expect(postText({ ...post, text: '', topics: [] })).toBe(`${long.title}\n`);
  });

  test("are counted by the platform's own rule", () => {
    const title = (target: 'xiaohongshu' | 'bilibili', text: string): unknown[] =>
      postOf(platformOf(target), { ...words, title: text }, false)
        .checks.filter(({ what }) => what === 'title')
        .map(({ value, level }) => [value, level]);
    // Xiaohongshu: two of half width are one; an emoji is two units outside ASCII.
    expect(title('xiaohongshu', `${'茶'.repeat(19)}ab`)).toEqual([[20, 'ok']]);
    expect(title('xiaohongshu', `${'茶'.repeat(19)}abc`)).toEqual([[21, 'warn']]);
    expect(title('bilibili', '🍵'.repeat(80))).toEqual([
      [80, 'ok'],
      [80, 'warn'],
    ]);
  });

  test('WeChat Channels: the title is a short one, of its own characters', () => {
    const of = (title: string): string[] =>
      troubles(postOf(platformOf('channels'), { ...words, title }, false).checks).map(
        ({ what, value }) => `${what} ${String(value)}`,
      );
    expect(of('清晨的茶园《一》')).toEqual([]);
    expect(of('清晨茶园')).toEqual(['shortTitle 4']);
    expect(of('清晨的茶园，很美！')).toEqual(['shortTitleCharacters ，！']);
  });

  test('Bilibili: at least one topic, and all of them together', () => {
    const of = (topics: string[]): string[] =>
      troubles(postOf(platformOf('bilibili'), { ...words, topics }, false).checks).map(({ what }) => what);
    expect(of([])).toEqual(['topics']);
    expect(of(['春茶'])).toEqual([]);
    expect(of(Array.from({ length: 10 }, (_, i) => `${i}${'茶'.repeat(19)}`))).toEqual(['topicsTogether']);
  });
});
