import { describe, expect, it } from 'vitest';
import { Chance, SECOND, asset, made, randomOperation, still } from '../../../tests/fixtures/timeline.ts';
import { assetEntry, snapToSource, usedAssetIds } from './asset.ts';
import { clipAt, clipDurationUs, durationUs, layout, sourceTime, speedOf, timelineTime } from './layout.ts';
import { applyOperation } from './operations.ts';
import { isBuiltInTarget } from './targets.ts';
import { emptyTimeline, timelineAsset } from './timeline.ts';

describe('layout', () => {
  const timeline = made(
    { type: 'insertClip', clip: { id: '1', assetId: 'a', inUs: SECOND, outUs: 3 * SECOND } },
    { type: 'insertClip', clip: { id: '2', assetId: 'e' } },
    { type: 'insertClip', clip: { id: '3', assetId: 'a', inUs: 0, outUs: 33_333 } },
  );
  const places = layout(timeline);

  it('puts each clip where the one before ends', () => {
    expect(places.clips.map(({ clip, startUs, endUs }) => [clip.id, startUs, endUs])).toEqual([
      ['1', 0, 2 * SECOND],
      ['2', 2 * SECOND, 5 * SECOND],
      ['3', 5 * SECOND, 5_033_333],
    ]);
    expect([places.durationUs, durationUs(timeline)]).toEqual([5_033_333, 5_033_333]);
    expect(places.clips[0]?.clip).toBe(timeline.storyline[0]);
  });
  it('finds the clip on show: a cut belongs to the clip after it, the end to none', () => {
    const at = (us: number) => clipAt(places, us)?.clip.id ?? null;
    expect([-1, 0, 2 * SECOND - 1, 2 * SECOND, 5_033_332, 5_033_333].map(at)).toEqual([null, '1', '1', '2', '3', null]);
    expect(clipAt(layout(emptyTimeline()), 0)).toBeNull();
    expect(durationUs(emptyTimeline())).toBe(0);
  });
  it('knows source times and timeline times, the out point outside', () => {
    const first = places.byId.get('1')!;
    expect(sourceTime(first, 5)).toBe(SECOND + 5);
    expect([SECOND - 1, SECOND, 3 * SECOND - 1, 3 * SECOND].map((us) => timelineTime(first, us))).toEqual([
      null,
      0,
      2 * SECOND - 1,
      null,
    ]);
  });
  it('maps there and back for any timeline and time', () => {
    const chance = new Chance(3);
    let current = timeline;
    for (let i = 0; i < 60; i++) {
      try {
        current = applyOperation(current, randomOperation(chance, current, `n${i}`)).timeline;
      } catch {
        continue;
      }
      const now = layout(current);
      expect(now.clips.reduce((sum, { clip }) => sum + clipDurationUs(clip), 0)).toBe(now.durationUs);
      if (now.durationUs === 0) continue;
      const us = chance.below(now.durationUs);
      const placed = clipAt(now, us)!;
      expect(placed.startUs <= us && us < placed.endUs).toBe(true);
      // Every moment of a frozen frame is the same one.
      if (placed.clip.heldUs !== undefined) continue;
      // The source knows whole microseconds: at a quarter of the speed four of the film's are one of its.
      const { num, den } = speedOf(placed.clip);
      const back = timelineTime(placed, sourceTime(placed, us)) ?? NaN;
      expect(Math.abs(back - us)).toBeLessThan(num === den ? 1 : Math.max(1, den / num) + 1);
    }
  });
});

describe('snapToSource', () => {
  it('takes frames of the source and its end', () => {
    const odd = asset('x', { frameRate: '30000/1001', durationUs: 1_001_000 });
    expect([0, 16_683, 16_684, 50_000].map((us) => snapToSource(us, odd))).toEqual([0, 0, 33_367, 33_367]);
    expect([1_000_900, 1_001_000, 1_017_000].map((us) => snapToSource(us, odd))).toEqual([
      1_001_000, 1_001_000, 1_001_000,
    ]);
    expect([1_018_000, -20_000].map((us) => snapToSource(us, odd))).toEqual([1_018_000, -33_367]);
  });
  it('takes an end that is no frame boundary', () => {
    const tail = asset('x', { durationUs: 1_010_000 });
    expect([1_004_000, 1_005_000, 1_030_000].map((us) => snapToSource(us, tail))).toEqual([
      SECOND,
      1_010_000,
      1_030_000,
    ]);
    expect(snapToSource(1_020_000, tail)).toBe(1_010_000);
  });
  it('leaves the times of stills, sounds and uneven sources', () => {
    for (const source of [still('x'), asset('x', { variable: true }), asset('x', { frameRate: null })]) {
      expect(snapToSource(12_345, source)).toBe(12_345);
    }
  });
});

describe('assets', () => {
  const facts = { ...asset('a'), audioTracks: 2 };

  it('takes any library asset and name', () => {
    expect(assetEntry(facts, '清晨的茶园.mp4')).toEqual({ ...asset('a'), name: '清晨的茶园.mp4' });
    expect(assetEntry({ ...facts, kind: 'image', audioTracks: 0 }, 'a.jpg')).toMatchObject({
      durationUs: null,
      frameRate: null,
    });
    for (const name of ['/home/x/a.mp4', 'a\u0000b\nc.mp4', `${'x'.repeat(254)}😀`, '', '\uD83D.mp4']) {
      expect(timelineAsset.safeParse(assetEntry(facts, name)).success, name).toBe(true);
      expect(assetEntry(facts, name).name).not.toContain('/');
    }
  });
  it('knows which are used', () => {
    const timeline = made(
      { type: 'insertClip', clip: { id: '1', assetId: 'e' } },
      { type: 'insertClip', clip: { id: '2', assetId: 'b' } },
    );
    expect(usedAssetIds(timeline)).toEqual(['b', 'e']);
  });
  it('knows its own targets', () => {
    expect(['douyin', 'archive', 'toString', 'tiktok'].map(isBuiltInTarget)).toEqual([true, true, false, false]);
  });
});
