import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { StudioError } from '../errors.ts';
import { TARGET_CANVAS } from '../timeline/targets.ts';
import { PLATFORM_TARGETS, parsePlatform, platformOf } from './index.ts';

const folder = path.resolve(import.meta.dirname, '../../../templates/platforms');

function refusal(json: unknown): string {
  try {
    parsePlatform(json, 'x.json');
  } catch (error) {
    if (error instanceof StudioError && error.code === 'bad_input') return String(error.params['what']);
    throw error;
  }
  throw new Error('taken');
}

type Json = Record<string, unknown>;
const douyin = (): Json => JSON.parse(readFileSync(path.join(folder, 'douyin.json'), 'utf8')) as Json;

/** A copy with one value replaced, by its place. */
function spoiled(place: string, value: unknown): Json {
  const json = douyin();
  const keys = place.split('.');
  const last = keys.pop() ?? '';
  let at = json;
  for (const key of keys) at = at[key] as Json;
  at[last] = value;
  return json;
}

describe('the files of templates/platforms', () => {
  test('are one a target, whole, and the loader has them all', () => {
    expect(readdirSync(folder).sort()).toEqual([...PLATFORM_TARGETS].sort().map((name) => `${name}.json`));
    for (const target of PLATFORM_TARGETS) {
      const profile = platformOf(target);
      expect(profile.target).toBe(target);
      const size = target === 'preview' ? null : TARGET_CANVAS[target];
      if (size === null) expect(profile.canvas).toBeNull();
      else expect(profile.canvas).toEqual({ ...size, frameRate: '30/1' });
    }
  });

  test('have names that tell them apart, Chinese ones for their films', () => {
    const names = PLATFORM_TARGETS.map((target) => platformOf(target).name.zh);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^\p{Script=Han}+$/u);
  });

  test('give every number its source, the day and the grade; an official one its page', () => {
    let numbers = 0;
    const walk = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      if ('grade' in value) {
        numbers += 1;
        const { source, checked, grade } = value as { source?: string; checked?: string; grade: unknown };
        expect(source).toMatch(grade === 'official' ? /^https:/ : /./);
        expect(checked).toMatch(/^2\d{3}-\d\d-\d\d$/);
      }
      Object.values(value).forEach(walk);
    };
    PLATFORM_TARGETS.map(platformOf).forEach(walk);
    expect(numbers).toBeGreaterThan(90);
  });

  test('keep a film back only by what a platform publishes', () => {
    const blocking = PLATFORM_TARGETS.flatMap((target) =>
      Object.entries(platformOf(target).limits).flatMap(([kind, list]) =>
        list.filter((l) => l.grade === 'official' && l.advised !== true).map(() => `${target} ${kind}`),
      ),
    );
    expect(blocking.filter((line) => !line.startsWith('bilibili'))).toEqual(['douyin bytes', 'douyin durationUs']);
  });
});

describe('a damaged profile is refused with the place', () => {
  test.each([
    ['limits.bytes.0.checked', 'yesterday'],
    ['limits.bytes.0.source', ''],
    ['limits.bytes.0.grade', 'sure'],
    ['limits.durationUs.0.max', -1],
    ['limits.durationUs.0.max', '900'],
    ['film.keyFrameFrames.value', 1.5],
    ['safeArea.top', 900],
    ['canvas.frameRate', '30'],
    ['post.title.count', 'words'],
    ['target', '抖音'],
    ['target', '-x'],
    ['name.zh', ''],
  ])('%s = %j', (place, value) => {
    expect(refusal(spoiled(place, value))).toContain(`x.json: ${place}: `);
  });

  test('what nobody knows, an official number without a page, a limit without a number, an impossible window', () => {
    expect(refusal({ ...douyin(), colour: 1 })).toContain('colour');
    const proof = { source: 'a friend', checked: '2026-11-25', grade: 'official' };
    expect(refusal(spoiled('limits.bytes', [{ ...proof, max: 1 }]))).toContain('limits.bytes.0: source');
    expect(refusal(spoiled('limits.bytes', [{ ...proof, grade: 'weak' }]))).toContain('says no number');
    expect(refusal(spoiled('limits.bytes', [{ ...proof, grade: 'weak', min: 2, max: 1 }]))).toContain('min is more');
    expect(refusal(spoiled('schedule.latestMinutes', 60))).toContain('x.json: schedule: ');
    expect(refusal([])).toContain('x.json: ');
  });
});
