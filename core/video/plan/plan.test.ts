import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { StudioError } from '../../model/errors.ts';
import type { ErrorCode } from '../../model/errors.ts';
import { bookWith, platformOf, type PlatformBook } from '../../model/platforms/index.ts';
import { parseTimeline } from '../../model/timeline/index.ts';
import type { Timeline } from '../../model/timeline/index.ts';
import type { FilmSource, PlanInput, SourcePicture } from '../../ports/video.ts';
import { planCover, planRender, planStill } from './index.ts';

const tool = { version: '5.1.9', canTonemap: true, hasFpsMode: true };
const sha = (digit: string): string => digit.repeat(64);

function picture(fields: Partial<SourcePicture>): SourcePicture {
  return {
    ...{ index: 0, width: 1920, height: 1080, interlaced: false, hdr: false, matrix: 'auto' },
    ...{ startUs: 0, exactSeek: true, times: null },
    ...fields,
  };
}

const SOURCES = new Map<string, FilmSource>([
  [sha('a'), { sha256: sha('a'), kind: 'video', picture: picture({ startUs: 1_400_000 }), sound: 1 }],
  [
    sha('b'),
    {
      ...{ sha256: sha('b'), kind: 'video', sound: null },
      // Eleven frames 40 ms apart, then one that stands for 1.6 s.
      picture: picture({
        width: 1080,
        height: 1920,
        times: [...Array.from({ length: 11 }, (_, i) => i * 40_000), 2_000_000],
      }),
    },
  ],
  [sha('c'), { sha256: sha('c'), kind: 'image', picture: picture({ width: 900, height: 600 }), sound: null }],
  [
    sha('d'),
    { sha256: sha('d'), kind: 'video', picture: picture({ interlaced: true, hdr: true, exactSeek: false }), sound: 2 },
  ],
]);

const video = (id: string, digit: string, fields: object = {}): object => ({
  ...{ assetId: id, sha256: sha(digit), name: `${id}.mp4`, kind: 'video', durationUs: 60_000_000 },
  ...{ width: 1920, height: 1080, frameRate: '30000/1001', hasAudio: true, ...fields },
});
const ASSETS = [
  video('tea', 'a'),
  video('phone', 'b', { width: 1080, height: 1920, variable: true, hasAudio: false, durationUs: 3_000_000 }),
  {
    ...video('gate', 'c', { width: 900, height: 600, hasAudio: false }),
    kind: 'image',
    durationUs: null,
    frameRate: null,
  },
  video('old', 'd', { frameRate: '25/1' }),
];

function timeline(storyline: object[], extra: object = {}): Timeline {
  const clips = storyline.map((clip, i) => ({ id: `c${i}`, ...clip }));
  return parseTimeline({ version: 1, assets: ASSETS, storyline: clips, ...extra });
}

const WHOLE_MASK = {
  ...{ id: 'm', shape: 'ellipse', effect: 'blur' },
  keys: [{ atUs: 20_100_000, x: 100, y: 100, width: 200, height: 200 }],
};
const GOLDEN = timeline(
  [
    { assetId: 'tea', inUs: 1_001_000, outUs: 2_002_000, gainDb: -3 },
    { assetId: 'phone', inUs: 80_000, outUs: 400_000 },
    { assetId: 'gate', inUs: 0, outUs: 500_000, fit: 'contain', transition: { kind: 'wipe', lengthUs: 200_000 } },
    { assetId: 'old', inUs: 20_000_000, outUs: 20_400_000, fit: 'crop', muted: true, turn: 90, masks: [WHOLE_MASK] },
  ],
  {
    overlays: [{ id: 'o', assetId: 'gate', startUs: 1_800_000, inUs: 0, outUs: 200_000, x: 700, y: 50, width: 250 }],
    titles: [{ id: 't', startUs: 0, endUs: 500_000, look: 'chapter', texts: { title: '上山' } }],
    captions: { cues: [{ id: 'q', startUs: 900_000, endUs: 1_200_000, text: '春茶开采' }] },
  },
);

const input = (of: Timeline, targets: string[], fields: Partial<PlanInput> = {}): PlanInput => ({
  ...{ timeline: of, targets, sources: SOURCES, tool },
  ...fields,
});

function refusal(make: () => unknown): [ErrorCode, unknown] {
  try {
    make();
  } catch (error) {
    if (error instanceof StudioError) return [error.code, error.params];
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('the render plan', () => {
  test('of a timeline with everything in it is the one written down', async () => {
    const plan = planRender(input(GOLDEN, ['douyin', 'weibo', 'kuaishou']));
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    await expect(`${JSON.stringify(plan, null, 2)}\n`).toMatchFileSnapshot(
      path.join(import.meta.dirname, 'golden-plan.txt'),
    );
  });

  test('targets of one look are one group, in the order they were asked for', () => {
    const all = ['weibo', 'douyin', 'xiaohongshu', 'bilibili', 'channels', 'kuaishou'];
    expect(planRender(input(GOLDEN, all)).groups.map(({ targets, width, height }) => [targets, width, height])).toEqual(
      [
        [['weibo', 'bilibili'], 1920, 1080],
        [['douyin', 'channels', 'kuaishou'], 1080, 1920],
        [['xiaohongshu'], 1080, 1440],
      ],
    );
  });

  test('archive has the size of the first clip', () => {
    const [group] = planRender(input(GOLDEN, ['archive'])).groups;
    expect([group?.width, group?.height]).toEqual([1920, 1080]);
  });

  test('segments are whole frames that meet, from exact times: an hour of odd lengths does not drift', () => {
    const clips = Array.from({ length: 3000 }, (_, i) => ({ assetId: 'gate', inUs: 0, outUs: 1_183_333 + (i % 7) }));
    const plan = planRender(input(timeline(clips), ['douyin']));
    const segments = plan.groups[0]?.segments ?? [];
    segments.forEach((segment, i) => {
      expect(segment.from).toBe(i === 0 ? 0 : (segments[i - 1]?.from ?? 0) + (segments[i - 1]?.frames ?? 0));
    });
    const us = clips.reduce((sum, clip) => sum + clip.outUs, 0);
    expect(plan.frames).toBe(Math.round((us * 30) / 1_000_000));
    expect(plan.samples).toBe(plan.frames * 1600);
    expect(plan.sound.reduce((sum, { samples }) => sum + samples, 0)).toBe(plan.samples);
  });

  test('in points: the nearest frame of an even rate, the frame on show of an uneven one', () => {
    const zero = (assetId: string, inUs: number): number => {
      const plan = planRender(input(timeline([{ assetId, inUs, outUs: inUs + 200_000 }]), ['douyin']));
      const graph = plan.groups[0]?.segments[0]?.graph ?? '';
      const slack = assetId === 'phone' ? 500 : 3_000;
      return Number(/setpts=PTS-\((\d+)\)/.exec(graph)?.[1]) - slack - (assetId === 'tea' ? 1_400_000 : 0);
    };
    expect(zero('tea', 1_001_000)).toBe(1_001_000);
    expect(zero('tea', 1_015_000)).toBe(1_001_000);
    expect(zero('tea', 1_020_000)).toBe(1_034_367);
    expect(zero('phone', 85_000)).toBe(80_000);
    // In the middle of the picture that stands long: it goes on standing.
    expect(zero('phone', 1_500_000)).toBe(1_500_000);
    expect(zero('phone', 1_990_000)).toBe(2_000_000);
  });

  test('a seek leaves the frame on show before it, and more where seeks are inexact', () => {
    const seek = (assetId: string, inUs: number): number | null | undefined =>
      planRender(input(timeline([{ assetId, inUs, outUs: inUs + 200_000 }]), ['douyin'])).groups[0]?.segments[0]
        ?.seekUs;
    expect(seek('tea', 500_500)).toBeNull();
    expect(seek('tea', 30_030_000)).toBe(1_400_000 + 29_030_000);
    expect(seek('old', 8_000_000)).toBeNull();
    expect(seek('old', 30_000_000)).toBe(20_000_000);
    expect(seek('phone', 1_900_000)).toBeNull();
  });

  test('hashes: of the part and what it depends on, nothing else', () => {
    const hashes = (of: PlanInput): string[] => planRender(of).groups[0]?.segments.map(({ hash }) => hash) ?? [];
    const base = hashes(input(GOLDEN, ['douyin']));
    expect(new Set(base).size).toBe(5);
    expect(hashes(input(GOLDEN, ['kuaishou']))).toEqual(base);
    const changed = (fields: PlanInput): number[] => hashes(fields).flatMap((hash, i) => (hash === base[i] ? [] : [i]));
    const cue = { id: 'q', startUs: 900_000, endUs: 1_200_000, text: '春茶开摘' };
    const corrected = { ...GOLDEN, captions: { ...GOLDEN.captions, cues: [cue] } };
    // 0.9 to 1.2 s lies on the first clip and the second.
    expect(changed(input(corrected, ['douyin']))).toEqual([0, 1]);
    expect(changed(input({ ...GOLDEN, fit: 'crop' }, ['douyin']))).toEqual([0]);
    expect(changed(input(GOLDEN, ['douyin'], { draft: true }))).toEqual([0, 1, 2, 3, 4]);
    expect(changed(input(GOLDEN, ['douyin'], { tool: { ...tool, version: '6.0' } }))).toEqual([0, 1, 2, 3, 4]);
    const louder = GOLDEN.storyline.map((clip) => ({ ...clip, gainDb: 5 }));
    expect(changed(input({ ...GOLDEN, storyline: louder }, ['douyin']))).toEqual([]);
  });

  test('a still is the frame of the film', () => {
    const of = (atUs: number) => planStill({ ...input(GOLDEN, []), target: 'douyin', atUs });
    expect(of(0).frame).toBe(0);
    expect(of(1_333_333).frame).toBe(40);
    expect(of(99_000_000).frame).toBe(66);
    const { group } = of(1_000_000);
    expect(group.segments).toHaveLength(1);
    expect(group.segments[0]).toMatchObject({ clipId: 'c1', from: 30, frames: 1 });
    expect(group.segments[0]?.ass).toContain('春茶开采');
  });

  test('refusals', () => {
    const clip = { assetId: 'gate', inUs: 0, outUs: 500_000 };
    const one = timeline([clip]);
    const refused = (of: Timeline, targets = ['douyin'], fields: Partial<PlanInput> = {}): [ErrorCode, unknown] =>
      refusal(() => planRender(input(of, targets, fields)));
    expect(refused(timeline([]))[0]).toBe('bad_timeline');
    const titles = [{ id: 't', startUs: 0, endUs: 1_000_000, look: 'gone', texts: {} }];
    expect(refused(timeline([clip], { titles }))).toEqual(['bad_timeline', { what: 'title t: no look gone' }]);
    expect(refused(one, ['tiktok'])[0]).toBe('bad_input');
    expect(refused(one, ['douyin', 'douyin'])[0]).toBe('bad_input');
    expect(refused(one, [])[0]).toBe('bad_input');
    expect(refused(one, ['douyin'], { sources: new Map() })).toEqual(['source_vanished', { file: 'gate.mp4' }]);
    const cue = (text: string): object => ({ captions: { cues: [{ id: 'q', startUs: 0, endUs: 100_000, text }] } });
    expect(refused(timeline([clip], cue('茶🍵🍵龘🫖')))).toEqual(['missing_glyphs', { chars: '🍵🫖' }]);
    expect(refused(timeline([clip], cue('w'.repeat(50))))[0]).toBe('caption_too_wide');
    const font = { captions: { style: { font: '宋体' }, cues: [{ id: 'q', startUs: 0, endUs: 100_000, text: '茶' }] } };
    expect(refused(timeline([clip], font))[0]).toBe('bad_timeline');
  });
});

describe('long takes', () => {
  test('a long take is cut into spans that meet; a later end leaves the first ones as they are', () => {
    const spans = (outUs: number) => {
      const plan = planRender(input(timeline([{ assetId: 'old', inUs: 0, outUs }]), ['bilibili']));
      return plan.groups[0]?.segments.map(({ from, frames, hash }) => ({ from, frames, hash })) ?? [];
    };
    expect(spans(20_000_000).map(({ frames }) => frames)).toEqual([600]);
    const [a, b] = [spans(40_000_000), spans(41_000_000)];
    expect(a.map(({ from, frames }) => [from, frames])).toEqual([
      [0, 420],
      [420, 420],
      [840, 360],
    ]);
    expect(b.slice(0, 2)).toEqual(a.slice(0, 2));
    expect(b[2]?.frames).toBe(390);
    // What can only be read from its beginning is made in one go.
    const damaged = new Map(SOURCES);
    damaged.set(sha('a'), { ...{ sha256: sha('a'), kind: 'video', sound: 1 }, picture: picture({ seeks: false }) });
    const take = timeline([{ assetId: 'tea', inUs: 10_010_000, outUs: 50_050_000 }]);
    const [segment, ...rest] = planRender(input(take, ['bilibili'], { sources: damaged })).groups[0]?.segments ?? [];
    expect([segment?.frames, segment?.seekUs, rest]).toEqual([1201, null, []]);
  });
});

describe('the sounds beside the storyline', () => {
  test('music, voice and effects are inputs of one graph; what is not heard is no input', () => {
    const piece = { assetId: 'tea', startUs: 100_000, inUs: 0, outUs: 2_000_000 };
    const plan = planRender(
      input(
        timeline([{ assetId: 'gate', inUs: 0, outUs: 1_000_000 }], {
          music: [
            { ...piece, id: 'm', inUs: 40_000_000, outUs: 41_000_000, duckDb: -12, fadeOutUs: 500_000 },
            { ...piece, id: 'late', startUs: 1_000_000 },
          ],
          voice: [{ ...piece, id: 'v', assetId: 'old', gainDb: 3 }],
          effects: [
            { ...piece, id: 'e' },
            { ...piece, id: 'off', muted: true },
          ],
        }),
        ['douyin'],
      ),
    );
    expect(plan.mix?.layers.map(({ soundId, seekUs }) => [soundId, seekUs])).toEqual([
      // 1.4 s into the container its picture begins; five seconds before the piece reading does.
      ['m', 36_400_000],
      ['v', null],
      ['e', null],
    ]);
    expect(plan.mix?.graph.split(';')).toEqual([
      '[1:1]asettb=1/1000000,asetpts=PTS-(1400000),atrim=start=40000000us:end=41000000us,asetpts=PTS-(40000000),aresample=48000:async=1:first_pts=0,aformat=sample_fmts=flt:channel_layouts=stereo,apad,atrim=end_sample=48000,afade=t=out:ss=24000:ns=24000,adelay=delays=4800S:all=1[l0]',
      '[2:2]asettb=1/1000000,asetpts=PTS-(0),atrim=start=0us:end=2000000us,asetpts=PTS-(0),aresample=48000:async=1:first_pts=0,aformat=sample_fmts=flt:channel_layouts=stereo,volume=3dB,apad,atrim=end_sample=96000,adelay=delays=4800S:all=1[l1]',
      '[3:1]asettb=1/1000000,asetpts=PTS-(1400000),atrim=start=0us:end=2000000us,asetpts=PTS-(0),aresample=48000:async=1:first_pts=0,aformat=sample_fmts=flt:channel_layouts=stereo,apad,atrim=end_sample=96000,adelay=delays=4800S:all=1[l2]',
      '[0:a]asplit[film][heard]',
      '[l1]asplit[v1][h1]',
      '[heard][h1]amix=inputs=2:duration=first:dropout_transition=0:normalize=0[speech]',
      '[speech]highpass=f=120,asplit=1[k0]',
      '[l0]apad[p0]',
      '[p0][k0]sidechaincompress=threshold=0.0126:ratio=20:attack=40:release=700:mix=0.8705[d0]',
      '[film][d0][v1][l2]amix=inputs=4:duration=first:dropout_transition=0:normalize=0[a]',
    ]);
    const plain = planRender(input(timeline([{ assetId: 'gate', inUs: 0, outUs: 1_000_000 }]), ['douyin']));
    expect(plain.mix).toBeNull();
  });
});

describe('the plan of a cover', () => {
  test('a cover is that frame on its own canvas, without words, its framing and masks kept', () => {
    const of = (cover: object, more: object = {}) => {
      const timeline = { ...GOLDEN, cover };
      const at = { shape: '3:4', width: 1080, height: 1440, safe: { top: 60, right: 60, bottom: 120, left: 60 } };
      return planCover({ ...input(timeline, []), timeline, from: { atUs: 1_000_000 }, ...at, ...more });
    };
    const plain = of({});
    expect(plain.segment).toMatchObject({ clipId: 'c1', from: 30, frames: 1, ass: null });
    expect(plain.segment.graph).toContain('boxblur');
    expect(of({ words: true }).segment.ass).toContain('春茶开采');
    const filled = of({ frames: { '3:4': { fill: { x: 250, y: 1000, zoom: 2000 } } } }).segment.graph;
    expect(filled).not.toContain('boxblur');
    expect(filled).toMatch(/crop=iw\*0\.5\d*:ih\*0\.375\d*:\(iw-ow\)\*0\.25:\(ih-oh\)\*1,/);
    // Another shape's framing is not this one's.
    expect(of({ frames: { '4:3': { fill: { x: 0, y: 0, zoom: 2000 } } } }).segment.hash).toBe(plain.segment.hash);
    // A platform's own is that platform's alone.
    const platforms = { douyin: { '3:4': { fill: { x: 250, y: 1000, zoom: 2000 } } } };
    expect(of({ platforms }).segment.hash).toBe(plain.segment.hash);
    expect(of({ platforms }, { target: 'channels' }).segment.hash).toBe(plain.segment.hash);
    expect(of({ platforms }, { target: 'douyin' }).segment.graph).toBe(filled);
    expect(of({}, { from: { atUs: 2_100_000 } }).segment.masks).toHaveLength(1);
    const pictured = of({}, { from: { assetId: 'gate' } }).segment;
    expect(pictured).toMatchObject({ sha256: sha('c'), over: [], masks: [] });
    expect(pictured.graph).toContain('boxblur');
    // Of nearly the cover's shape it fills: 3:2 on 4:3.
    const near = { from: { assetId: 'gate' }, width: 1440, height: 1080 };
    expect(of({}, near).segment.graph).toContain('crop=iw*0.888889:ih*1.000000,');
  });
});

test('a platform whose numbers are changed is another film; one that was added is a target like any', () => {
  const film = timeline([{ assetId: 'tea', inUs: 0, outUs: 3_000_000 }]);
  const douyin = structuredClone(platformOf('douyin'));
  const shapes = (platforms?: PlatformBook) =>
    planRender(input(film, ['douyin', 'kuaishou'], platforms ? { platforms } : {})).groups.map((group) => ({
      ...{ targets: group.targets, size: [group.width, group.height] },
      hashes: group.segments.map(({ hash }) => hash),
    }));
  const [both] = shapes();
  if (!both) throw new Error('no group');
  const named = bookWith([{ ...douyin, name: { zh: '抖音号', en: 'Douyin' } }]);
  expect(shapes(named)).toEqual([both]);
  const capped = { ...douyin, film: { ...douyin.film, maxRateKbit: { ...douyin.film.codec, value: 4000 } } };
  const [own, others] = shapes(bookWith([capped]));
  expect(others).toEqual({ ...both, targets: ['kuaishou'] });
  expect(own?.hashes[0]).not.toBe(both.hashes[0]);
  const small = bookWith([
    { ...douyin, target: 'county-app', canvas: { width: 720, height: 1280, frameRate: '30/1' } },
  ]);
  const plan = planRender(input(film, ['douyin', 'county-app'], { platforms: small }));
  expect(plan.groups.map(({ targets, width }) => [targets, width])).toEqual([
    [['douyin'], 1080],
    [['county-app'], 720],
  ]);
  expect(plan.covers.flatMap(({ targets }) => targets).filter((one) => one === 'county-app')).toHaveLength(3);
  expect(() => planRender(input(film, ['county-app']))).toThrow(StudioError);
});
