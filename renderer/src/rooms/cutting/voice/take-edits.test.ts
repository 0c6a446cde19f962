import { describe, expect, it } from 'vitest';
import type { Asset } from '../../../../../core/model/contract/index.ts';
import { applyOperations } from '../../../../../core/model/timeline/index.ts';
import { SECOND as S, made } from '../../../../../tests/fixtures/timeline.ts';
import { isLaid, layTake, nextNumber, voicesBetween } from './take-edits.ts';

const take = {
  ...{ assetId: 't', name: '配音 春茶 1.wav', kind: 'audio', durationUs: 3 * S, audioTracks: 1, variable: false },
  sha256: 'ab'.repeat(32),
} as Asset;

describe('where a take goes', () => {
  const before = made({ type: 'insertClip', clip: { id: 'x', assetId: 'a', inUs: 0, outUs: 9 * S } });
  const after = applyOperations(before, layTake(before, take, 's', { atUs: 2 * S, filmUs: 9 * S })).timeline;

  it('on the voice track, the whole of it, where it was spoken; a second one beside it, the asset once', () => {
    expect(after.voice).toEqual([
      expect.objectContaining({ id: 's', assetId: 't', startUs: 2 * S, inUs: 0, outUs: 3 * S, gainDb: 0 }),
    ]);
    const twice = applyOperations(after, layTake(after, take, 'u', { atUs: 4 * S, filmUs: 9 * S })).timeline;
    expect(twice.voice.map(({ id, startUs }) => [id, startUs])).toEqual([
      ['s', 2 * S],
      ['u', 4 * S],
    ]);
    expect(twice.assets.filter(({ assetId }) => assetId === 't')).toHaveLength(1);
  });

  it('no longer than the film; the whole of it where there is none', () => {
    const lasts = (atUs: number, filmUs: number) =>
      applyOperations(before, layTake(before, take, 's', { atUs, filmUs })).timeline.voice[0]?.outUs;
    expect([lasts(7 * S, 9 * S), lasts(6 * S, 9 * S), lasts(7 * S, 0)]).toEqual([2 * S, 3 * S, 3 * S]);
  });

  it('is told of voices that are heard there too', () => {
    const heard = (from: number, to: number, but?: string) =>
      voicesBetween(after, from * S, to * S, but).map(({ id }) => id);
    expect([heard(0, 2), heard(0, 2.1), heard(4.9, 8), heard(5, 8)]).toEqual([[], ['s'], ['s'], []]);
    expect(heard(0, 9, 's')).toEqual([]);
    const muted = applyOperations(after, [{ type: 'editSound', soundId: 's', muted: true }]).timeline;
    expect(voicesBetween(muted, 0, 9 * S)).toEqual([]);
  });

  it('knows a take that is there already', () => {
    expect([isLaid(after, 't', 2 * S), isLaid(after, 't', 3 * S), isLaid(after, 'a', 2 * S)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('gets the number behind the highest of its name', () => {
    expect(nextNumber('配音 春茶', [])).toBe(1);
    expect(
      nextNumber('配音 春茶', ['配音 春茶 2.wav', '配音 春茶 7', '配音 春茶 9 旧.wav', '配音 春茶园 12.wav']),
    ).toBe(8);
  });
});
