import { describe, expect, it } from 'vitest';
import { isStudioError } from '../../../tests/fixtures/errors.ts';
import { SECOND, asset, cue, frozen, made, still, voice } from '../../../tests/fixtures/timeline.ts';
import {
  TIMELINE_MIGRATIONS,
  migrateTimeline,
  parseTimeline,
  runTimelineMigrations,
  timelineContent,
} from './migrate.ts';
import { TIMELINE_VERSION, emptyTimeline } from './timeline.ts';
import type { Timeline } from './timeline.ts';

const refused = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (isStudioError(error, 'bad_timeline')) return String(error.params['what']);
    if (isStudioError(error, 'range_outside_source')) return 'range_outside_source';
    throw error;
  }
  return 'accepted';
};

const clip = (id: string, assetId: string, inUs: number, outUs: number) => ({ id, assetId, inUs, outUs });
const minimal = (fields: object = {}): Record<string, unknown> => ({
  version: 1,
  assets: [asset('a'), still('s'), voice('v')],
  storyline: [clip('1', 'a', 0, SECOND)],
  ...fields,
});
const what = (fields: object): string => refused(() => parseTimeline(minimal(fields)));

describe('parseTimeline', () => {
  it('fills in what was left out, and is then the same again', () => {
    const parsed = parseTimeline(minimal());
    expect(parsed).toMatchObject({
      canvas: { width: 1080, height: 1920, frameRate: '30/1' },
      fit: 'blur',
      storyline: [{ id: '1', speed: '1/1', gainDb: 0, muted: false, fit: null }],
      captions: { style: { font: 'Noto Sans SC', size: 60, margin: null }, cues: [] },
      music: [],
    });
    expect(timelineContent(parseTimeline(JSON.parse(timelineContent(parsed))))).toBe(timelineContent(parsed));
  });
  it('takes a timeline without clips', () => {
    expect(parseTimeline({ version: 1, assets: [], storyline: [] }).storyline).toEqual([]);
  });
  it('names the place of what is wrong', () => {
    expect(what({ storyline: [clip('1', 'a', -1, 5)] })).toMatch(/^storyline\/0\/inUs: /);
    expect(what({ storyline: [clip('1', 'a', 0.5, SECOND)] })).toMatch(/^storyline\/0\/inUs: /);
    expect(what({ storyline: [clip('1', '../etc/passwd', 0, SECOND)] })).toMatch(/^storyline\/0\/assetId: /);
    expect(what({ storyline: [{ ...clip('1', 'a', 0, SECOND), speed: '5/1' }] })).toMatch(/^storyline\/0\/speed: /);
    expect(what({ storyline: [{ ...clip('1', 'a', 0, SECOND), path: 'x' }] })).toMatch(/^storyline\/0: .*path/);
    expect(what({ assets: [{ ...asset('a'), sha256: 'A'.repeat(64) }] })).toMatch(/^assets\/0\/sha256: /);
    expect(what({ captions: { cues: [cue('c', 0, 1, 'a\tb')] } })).toMatch(/^captions\/cues\/0\/text: /);
    expect(what({ captions: { cues: [cue('c', 0, 1, '\uD83D')] } })).toMatch(/^captions\/cues\/0\/text: /);
  });
  it('refuses what does not hold together', () => {
    expect(what({ storyline: [clip('1', 'gone', 0, SECOND)] })).toContain('asset gone');
    expect(what({ storyline: [clip('1', 'v', 0, SECOND)] })).toContain('no picture');
    expect(what({ storyline: [clip('1', 'a', SECOND, SECOND)] })).toContain('out is not after');
    expect(what({ storyline: [clip('1', 'a', 0, 33_332)] })).toContain('one frame');
    expect(what({ storyline: [clip('1', 'a', 0, SECOND), clip('1', 'a', 0, SECOND)] })).toContain('twice');
    expect(what({ captions: { cues: [cue('1', 0, 5)] } })).toContain('twice');
    expect(what({ captions: { cues: [cue('x', 5, 5)] } })).toContain('end is not after');
    expect(what({ captions: { cues: [cue('x', 9, 10), cue('y', 8, 10)] } })).toContain('by their start');
    expect(what({ assets: [asset('a'), asset('a')] })).toContain('twice');
    expect(what({ assets: [asset('a', { durationUs: null })] })).toContain('duration');
    expect(what({ assets: [asset('a'), { ...still('s'), durationUs: 5 }] })).toContain('no duration');
    expect(what({ assets: [asset('a', { width: null })] })).toContain('width');
    expect(what({ targets: ['douyin', 'douyin'] })).toContain('target');
    const music = [{ id: 'm', assetId: 's', startUs: 0, inUs: 0, outUs: 5 }];
    expect(what({ music })).toContain('no sound');
  });
  it('refuses a range outside the source with its own code', () => {
    expect(what({ storyline: [clip('1', 'a', 0, 10 * SECOND)] })).toBe('accepted');
    expect(what({ storyline: [clip('1', 'a', 0, 10 * SECOND + 1)] })).toBe('range_outside_source');
    expect(what({ storyline: [clip('1', 's', 0, 3600 * SECOND)] })).toBe('accepted');
    expect(what({ music: [{ id: 'm', assetId: 'v', startUs: 0, inUs: 0, outUs: 11 * SECOND }] })).toBe(
      'range_outside_source',
    );
  });
  it('takes a clip of one frame', () => {
    expect(what({ storyline: [clip('1', 'a', 33_333, 66_667)] })).toBe('accepted');
    expect(what({ storyline: [clip('1', 'a', 0, 33_333)] })).toBe('accepted');
  });
});

describe('migrateTimeline', () => {
  const stored: Timeline = made();

  it('leaves the present version as it is, checked', () => {
    expect(migrateTimeline(frozen(stored))).toEqual(stored);
    expect(refused(() => migrateTimeline({ ...stored, fit: 'gone' }))).toContain('fit');
  });
  it('refuses newer and impossible versions, and what is no timeline', () => {
    expect(refused(() => migrateTimeline({ ...stored, version: TIMELINE_VERSION + 1 }))).toContain('newer');
    for (const version of [0, -1, 1.5, NaN, '1', null, undefined]) {
      expect(refused(() => migrateTimeline({ ...stored, version }))).toBe('version is missing');
    }
    for (const json of [null, [], 'x', 7]) expect(refused(() => migrateTimeline(json))).toBe('not a timeline');
  });
  it('has a step for every version before the present one', () => {
    expect(TIMELINE_MIGRATIONS.map((step) => step.from)).toEqual(
      Array.from({ length: TIMELINE_VERSION - 1 }, (_, i) => i + 1),
    );
  });
  it('goes through the steps in order, from where the document stands', () => {
    const step = (from: number) => ({
      from,
      up: (t: Record<string, unknown>) => ({ ...t, way: `${String(t['way'])}${from}` }),
    });
    const steps = [step(2), step(1)];
    expect(runTimelineMigrations({ version: 1, way: '' }, steps, 3)).toEqual({ version: 3, way: '12' });
    expect(runTimelineMigrations({ version: 2, way: '' }, steps, 3)).toEqual({ version: 3, way: '2' });
    expect(refused(() => runTimelineMigrations({ version: 1 }, steps, 4))).toContain('3 to 4');
  });
});

describe('golden', () => {
  it('writes an empty timeline down as it was signed before', () => {
    expect(timelineContent(emptyTimeline())).toBe(
      '{"assets":[],"canvas":{"frameRate":"30/1","height":1920,"width":1080},"captions":{"cues":[],"style":{"bold":true,' +
        '"box":null,"colour":"#FFFFFF","font":"Noto Sans SC","lineWidth":900,"margin":null,"outlineColour":"#000000",' +
        '"outlineWidth":3,"position":"bottom","shadow":0,"size":60}},"effects":[],"fit":"blur","music":[],"overlays":[],' +
        '"storyline":[],"targets":["douyin"],"titles":[],"version":1,"voice":[]}',
    );
    expect(emptyTimeline({ target: 'weibo', fit: 'crop' })).toMatchObject({ canvas: { width: 1920 }, fit: 'crop' });
    expect(emptyTimeline({ target: 'archive' })).toMatchObject({ canvas: { width: 1080 }, targets: ['archive'] });
  });
});
