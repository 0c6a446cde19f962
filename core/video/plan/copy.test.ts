import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { copyReport } from '../../model/contract/index.ts';
import { parseTimeline } from '../../model/timeline/index.ts';
import type { CodedPicture, FilmSource, PlanGroup, PlanInput, SourcePicture } from '../../ports/video.ts';
import { planRender } from './index.ts';

const S = 1_000_000;
const frame = (n: number): number => Math.round((n * S) / 30);
const sha = (digit: string): string => digit.repeat(64);
const tool = { version: '5.1.9', canTonemap: true, hasFpsMode: true, hasHevc: true };

/** A minute with a key frame every two seconds, and one picture of three that is coded before what is shown before it. */
const CODED: CodedPicture = {
  ...{ codec: 'h264', refused: null, sets: 'x', freeId: 1, group: 60, rate: { num: 30, den: 1 } },
  entries: Array.from({ length: 30 }, (_, i) => i * 60),
  exits: Array.from({ length: 601 }, (_, i) => i * 3),
};

const sourceOf = (coded: Partial<CodedPicture> = {}, picture: Partial<SourcePicture> = {}): FilmSource => ({
  ...{ sha256: sha('a'), kind: 'video', sound: 1 },
  picture: {
    ...{ index: 0, width: 1920, height: 1080, interlaced: false, hdr: false, matrix: 'auto' },
    ...{ startUs: 0, exactSeek: true, times: null, coded: { ...CODED, ...coded }, ...picture },
  },
});

interface Order extends Partial<PlanInput> {
  clips?: object[];
  extra?: object;
  source?: FilmSource;
  second?: FilmSource;
}

function groupsOf({ clips, extra = {}, source = sourceOf(), second, ...fields }: Order = {}): PlanGroup[] {
  const asset = (id: string, digit: string): object => ({
    ...{ assetId: id, sha256: sha(digit), name: `${id}.mp4`, kind: 'video', durationUs: 60 * S },
    ...{ width: 1920, height: 1080, frameRate: '30/1', hasAudio: true },
  });
  const storyline = clips ?? [{ assetId: 'tea', inUs: frame(31), outUs: frame(631) }];
  const timeline = parseTimeline({
    ...{ version: 1, assets: [asset('tea', 'a'), asset('gate', 'b')] },
    storyline: storyline.map((clip, i) => ({ id: `c${i}`, ...clip })),
    ...extra,
  });
  const sources = new Map([
    [sha('a'), source],
    [sha('b'), { ...(second ?? source), sha256: sha('b') }],
  ]);
  return planRender({ timeline, targets: ['archive'], sources, tool, copies: true, ...fields }).groups;
}

/** `from+frames`, with `=` and the source's frame where it is copied. */
const parts = (group: PlanGroup | undefined): string[] =>
  (group?.segments ?? []).map(({ from, frames, copy }) => `${from}+${frames}${copy ? `=${copy.sourceFrame}` : ''}`);
const decided = (order: Order = {}): unknown[] => {
  const [group] = groupsOf(order);
  return [group?.copying?.made, group?.copying?.reason];
};

describe('what a film that is to be as its source copies', () => {
  test('from the first key frame on to the last place where everything shown is coded', async () => {
    const [group] = groupsOf();
    expect(parts(group)).toEqual(['0+29', '29+570=60', '599+1']);
    expect(copyReport.parse(group?.copying)).toEqual(group?.copying);
    expect(group?.copying?.frames).toEqual({ copied: 570, encoded: 30 });
    await expect(`${JSON.stringify(group, null, 2)}\n`).toMatchFileSnapshot(
      path.join(import.meta.dirname, 'golden-copying.txt'),
    );
  });

  test('nothing where nobody asks, and never for other targets', () => {
    expect(groupsOf({ copies: false })[0]?.copying).toBeUndefined();
    const groups = groupsOf({ targets: ['weibo', 'archive', 'douyin', 'bilibili'] });
    expect(groups.map(({ targets, copying }) => [targets.join(), copying?.made])).toEqual([
      ['weibo,bilibili', undefined],
      ['archive', 'copied'],
      ['douyin', undefined],
    ]);
    const plain = groupsOf({ targets: ['weibo', 'bilibili'], copies: false })[0];
    expect(groups[0]).toEqual(plain);
  });

  test('what is encoded beside it has parameter sets of another number and no cap', () => {
    const [encoder = []] = groupsOf({ source: sourceOf({ freeId: 3 }) }).map((group) => group.encoder);
    expect(encoder.join(' ')).toContain('-x264-params stitchable=1:open-gop=0:threads=3:8x8dct=1:sps-id=3');
    expect(encoder).not.toContain('-maxrate');
    const [hevc] = groupsOf({ source: sourceOf({ codec: 'hevc' }) });
    expect(hevc?.encoder.slice(0, 2)).toEqual(['-c:v', 'libx265']);
    expect(decided({ source: sourceOf({ codec: 'hevc' }), tool: { ...tool, hasHevc: false } })).toEqual([
      ...['encoded', 'encoder'],
    ]);
  });

  test('captions, titles and overlays are encoded with a frame to spare; what is beside them is copied', () => {
    const cue = { id: 'q', startUs: 5 * S, endUs: 7 * S, text: '春茶开采' };
    const [group] = groupsOf({ extra: { captions: { cues: [cue] } } });
    // 5 to 7 s are frames 150 to 210; the source is 31 ahead.
    expect(parts(group)).toEqual(['0+29', '29+120=60', '149+120', '269+330=300', '599+1']);
    expect(group?.segments[2]?.ass).toContain('春茶开采');
    expect(group?.copying?.clips[0]?.causes).toEqual([
      { cause: 'captions', frames: 62 },
      { cause: 'edges', frames: 88 },
    ]);
    const overlay = { id: 'o', assetId: 'gate', startUs: 12 * S, inUs: 0, outUs: 2 * S, x: 0, y: 0, width: 300 };
    const [over] = groupsOf({ extra: { overlays: [overlay] } });
    expect(over?.segments.filter(({ over }) => over.length > 0).every(({ copy }) => !copy)).toBe(true);
    expect(over?.copying?.made).toBe('copied');
  });

  test('transitions, fades and the ending are encoded', () => {
    const clips = [
      { assetId: 'tea', inUs: 0, outUs: 10 * S },
      { assetId: 'tea', inUs: 20 * S, outUs: 30 * S, transition: { kind: 'dissolve', lengthUs: S } },
    ];
    const [group] = groupsOf({ clips, extra: { ending: { kind: 'black', lengthUs: 2 * S } } });
    for (const { from, frames, copy } of group?.segments ?? []) {
      if (!copy) continue;
      expect(from + frames <= 285 || from >= 315).toBe(true);
      expect(from + frames).toBeLessThanOrEqual(540);
    }
    expect(group?.copying?.made).toBe('copied');
    expect(parts(group).some((part) => part.includes('='))).toBe(true);
  });

  test.each<[string, object]>([
    ['speed', { speed: '2/1' }],
    ['reversed', { reversed: true }],
    ['mirrored', { mirrored: true }],
    ['turned', { turn: 180 }],
    ['crop', { crop: { x: 0, y: 0, width: 900, height: 900 } }],
    ['held', { heldUs: 10 * S }],
  ])('a clip that is changed is encoded: %s', (_name, fields) => {
    expect(decided({ clips: [{ assetId: 'tea', inUs: 0, outUs: 20 * S, ...fields }] })).toEqual(['encoded', 'touched']);
  });

  test('a draft and what an AI made are encoded whole, whatever is on their frames', () => {
    expect(decided({ draft: true })).toEqual(['encoded', 'draft']);
    expect(decided({ aiMade: true })).toEqual(['encoded', 'ai_made']);
  });

  test.each<[string, FilmSource]>([
    ['profile', sourceOf({ refused: 'profile' })],
    ['shape', sourceOf({}, { width: 1280, height: 720 })],
    ['entry_points', sourceOf({ entries: [0] })],
    ['long_groups', sourceOf({ entries: [600], group: 600 })],
    ['long_groups', sourceOf({ entries: [0, 450], group: 450 })],
  ])('refused: %s', (reason, source) => {
    expect(decided({ source })).toEqual(['encoded', reason]);
  });
});

describe('the frame rate of what is copied', () => {
  const pal = { num: 25, den: 1 };
  const plans = (order: Partial<PlanInput> = {}, second: CodedPicture['rate'] = pal) => {
    const asset = (id: string, digit: string, frameRate: string): object => ({
      ...{ assetId: id, sha256: sha(digit), name: `${id}.mp4`, kind: 'video', durationUs: 60 * S },
      ...{ width: 1920, height: 1080, frameRate, hasAudio: true },
    });
    const timeline = parseTimeline({
      ...{ version: 1, assets: [asset('tea', 'a', '25/1'), asset('gate', 'b', `${second.num}/${second.den}`)] },
      storyline: [
        { id: 'c0', assetId: 'tea', inUs: 1_240_000, outUs: 21_240_000 },
        { id: 'c1', assetId: 'gate', inUs: 0, outUs: 5 * S },
      ],
    });
    const sources = new Map([
      [sha('a'), sourceOf({ rate: pal })],
      [sha('b'), { ...sourceOf({ rate: second, sets: second === pal ? 'x' : 'y' }), sha256: sha('b') }],
    ]);
    return planRender({ timeline, targets: ['archive'], sources, tool, copies: true, ...order });
  };

  test('is the film’s, with frames and sound on its grid', () => {
    const plan = plans();
    expect([plan.frameRate, plan.frames, plan.samples, plan.further]).toEqual(['25/1', 625, 25 * 48_000, undefined]);
    expect(plan.sound.map(({ samples }) => samples)).toEqual([20 * 48_000, 5 * 48_000]);
    // 1.24 s is frame 31; the entry is frame 60.
    expect(parts(plan.groups[0])).toEqual(['0+29', '29+471=60', '500+123=0', '623+2']);
    expect(plan.groups[0]?.segments[0]?.graph).toContain('fps=fps=25:');
    expect(plan.groups[0]?.segments[0]?.seekUs).toBe(240_000);
  });

  test('other targets keep 30, with a sound of their own', () => {
    const plan = plans({ targets: ['bilibili', 'archive'] });
    expect([plan.frameRate, plan.frames, plan.groups.map(({ targets }) => targets.join())]).toEqual([
      ...['30/1', 750, ['bilibili']],
    ]);
    const [own] = plan.further ?? [];
    expect([own?.frameRate, own?.frames, own?.covers]).toEqual(['25/1', 625, []]);
    expect(own?.groups.map(({ targets }) => targets.join())).toEqual(['archive']);
  });

  test('is one: what has another is encoded and says so; most of what is copied decides', () => {
    const plan = plans({}, { num: 30_000, den: 1001 });
    expect(plan.frameRate).toBe('25/1');
    expect(plan.groups[0]?.copying?.clips.map(({ reason }) => reason)).toEqual(['copied', 'frame_rate']);
  });

  test('where nothing is copied it is 30 as ever', () => {
    const plan = plans({ draft: true });
    expect([plan.frameRate, plan.further, plan.groups[0]?.copying?.reason]).toEqual(['30/1', undefined, 'draft']);
  });
});

describe('copied pictures of several kinds', () => {
  test('coded otherwise: the settings with more frames are copied, the other clip is encoded and says why', () => {
    const clips = [
      { assetId: 'tea', inUs: 0, outUs: 10 * S },
      { assetId: 'gate', inUs: 0, outUs: 20 * S },
    ];
    const [group] = groupsOf({ clips, second: sourceOf({ sets: 'y', freeId: 2 }) });
    expect(group?.copying?.clips.map(({ reason }) => reason)).toEqual(['other_settings', 'copied']);
    expect(group?.encoder.join(' ')).toContain('sps-id=2');
  });

  test('small pictures without a mark of colour keep BT.601, and only among themselves', () => {
    const small = sourceOf({}, { matrix: 'bt601' });
    const [group] = groupsOf({ source: small });
    expect(group?.segments[0]?.graph).toContain('in_color_matrix=bt601:out_color_matrix=bt601');
    expect(group?.encoder).not.toContain('-colorspace');
    const cue = { id: 'q', startUs: 5 * S, endUs: 7 * S, text: '春茶开采' };
    expect(decided({ source: small, extra: { captions: { cues: [cue] } } })).toEqual(['encoded', 'colours']);
  });

  test('segments meet, and each frame of the film is there once, whatever is cut', () => {
    let seed = 7;
    const random = (most: number): number => (seed = (seed * 48_271) % 2_147_483_647) % most;
    for (let round = 0; round < 60; round += 1) {
      const clips = Array.from({ length: 1 + random(4) }, () => {
        const from = random(1500);
        return { assetId: 'tea', inUs: frame(from), outUs: frame(from + 30 + random(270)) };
      });
      const cues = Array.from({ length: random(3) }, (_, i) => {
        const startUs = random(10) * S;
        return { id: `q${i}`, startUs, endUs: startUs + S, text: '茶' };
      }).sort((a, b) => a.startUs - b.startUs);
      const [group] = groupsOf({ clips, extra: { captions: { cues } } });
      let at = 0;
      for (const { from, frames, copy } of group?.segments ?? []) {
        expect(from).toBe(at);
        at += frames;
        if (!copy) continue;
        expect(copy.sourceFrame % 60).toBe(0);
        expect((copy.sourceFrame + frames) % 3).toBe(0);
        for (const { startUs, endUs } of cues) {
          expect(from + frames <= Math.round((startUs * 30) / S) || from >= Math.round((endUs * 30) / S)).toBe(true);
        }
      }
      const { copied = 0, encoded = 0 } = group?.copying?.frames ?? {};
      expect(copied + encoded).toBe(at);
      for (const clip of group?.copying?.clips ?? []) {
        const told = clip.causes?.reduce((sum, { frames }) => sum + frames, 0);
        expect(told).toBe(clip.copied > 0 && clip.encoded > 0 ? clip.encoded : undefined);
      }
    }
  });
});
