import { describe, expect, it } from 'vitest';
import { SECOND, asset, made } from '../../../tests/fixtures/timeline.ts';
import { StudioError } from '../errors.ts';
import { usedAssetIds } from './asset.ts';
import { applyOperations } from './operations.ts';
import type { Operation } from './operation.ts';
import { soundDurationUs, soundsOf } from './sounds.ts';
import type { Timeline } from './timeline.ts';

const song = asset('song', { kind: 'audio', durationUs: 20 * SECOND, width: null, height: null, frameRate: null });
const start = applyOperations(made(), [
  { type: 'addAsset', asset: song },
  { type: 'addSound', track: 'music', sound: { id: 's', assetId: 'song' } },
]).timeline;
const run = (timeline: Timeline, ...operations: Operation[]): Timeline =>
  applyOperations(timeline, operations).timeline;
const refusal = (...operations: Operation[]): string => {
  try {
    run(start, ...operations);
    return 'done';
  } catch (error) {
    return error instanceof StudioError
      ? `${error.code} ${String(error.params['what'] ?? '').replace('operation 0: ', '')}`
      : String(error);
  }
};

describe('music, voice and effects', () => {
  it('come whole, from the beginning, at their own loudness', () => {
    expect(start.music).toEqual([
      {
        ...{ id: 's', assetId: 'song', startUs: 0, inUs: 0, outUs: 20 * SECOND },
        ...{ gainDb: 0, muted: false, fadeInUs: 0, fadeOutUs: 0, duckDb: 0 },
      },
    ]);
    expect(usedAssetIds(start)).toContain('song');
  });
  it('are trimmed, moved, made quieter, and change their track', () => {
    const next = run(
      start,
      { type: 'editSound', soundId: 's', inUs: SECOND, outUs: 9 * SECOND, startUs: 2 * SECOND, gainDb: -12 },
      { type: 'editSound', soundId: 's', track: 'voice', fadeInUs: SECOND },
    );
    expect(next.music).toEqual([]);
    expect(soundsOf(next)).toEqual([
      {
        track: 'voice',
        sound: expect.objectContaining({ inUs: SECOND, startUs: 2 * SECOND, gainDb: -12, fadeInUs: SECOND }) as unknown,
      },
    ]);
    expect(soundDurationUs(next.voice[0]!)).toBe(8 * SECOND);
    expect(run(start, { type: 'editSound', soundId: 's', gainDb: 0 })).toBe(start);
  });
  it('a voice does not step back: music that becomes one forgets how far it did', () => {
    const music = run(start, { type: 'editSound', soundId: 's', duckDb: -9 });
    const voice = run(music, { type: 'editSound', soundId: 's', track: 'voice' });
    expect(voice.voice[0]?.duckDb).toBe(0);
    expect(run(music, { type: 'editSound', soundId: 's', track: 'effects' }).effects[0]?.duckDb).toBe(-9);
    const add = (duckDb: number): Operation => ({
      type: 'addSound',
      track: 'voice',
      sound: { id: 'v', assetId: 'song', duckDb },
    });
    expect(refusal(add(-9))).toBe('bad_timeline v: a voice does not step back');
    expect(refusal(add(0))).toBe('done');
  });
  it('are split where they sound, the fades staying at the ends', () => {
    const next = run(
      start,
      { type: 'editSound', soundId: 's', startUs: SECOND, fadeInUs: 5, fadeOutUs: 7 },
      { type: 'splitSound', soundId: 's', atUs: 6 * SECOND, newId: 't' },
    );
    expect(next.music).toMatchObject([
      { id: 's', startUs: SECOND, inUs: 0, outUs: 5 * SECOND, fadeInUs: 5, fadeOutUs: 0 },
      { id: 't', startUs: 6 * SECOND, inUs: 5 * SECOND, outUs: 20 * SECOND, fadeInUs: 0, fadeOutUs: 7 },
    ]);
  });
  it.each<[string, Operation, string]>([
    ['at its edge', { type: 'splitSound', soundId: 's', atUs: 0, newId: 't' }, 'bad_timeline s: nothing to split'],
    ['outside the source', { type: 'editSound', soundId: 's', outUs: 21 * SECOND }, 'range_outside_source'],
    ['inside out', { type: 'editSound', soundId: 's', inUs: 20 * SECOND }, 'bad_timeline s: its out'],
    ['nobody', { type: 'removeSound', soundId: 'x' }, 'unknown_id'],
    ['no file', { type: 'addSound', track: 'voice', sound: { id: 'v', assetId: 'x' } }, 'unknown_id'],
    ['an id twice', { type: 'addSound', track: 'voice', sound: { id: 's', assetId: 'song' } }, 'bad_timeline the id s'],
    ['its file taken away', { type: 'removeAsset', assetId: 'song' }, 'bad_timeline s: asset song'],
  ])('are refused: %s', (_what, op, told) => {
    expect(refusal(op).startsWith(told), refusal(op)).toBe(true);
  });
});
