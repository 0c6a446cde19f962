import { describe, expect, it } from 'vitest';
import { layout } from '../../../../../core/model/timeline/layout.ts';
import { clip, emptyTimeline } from '../../../../../core/model/timeline/timeline.ts';
import { transitionsOf } from '../../../../../core/model/timeline/transitions.ts';
import {
  endedAt,
  entryOf,
  factorOf,
  goesOn,
  momentOf,
  runs,
  loudnessOf,
  nextClip,
  shownAt,
  stepped,
  turningAt,
} from './schedule.ts';

const S = 1_000_000;
const RATE = { num: 30, den: 1 };
const places = layout({
  ...emptyTimeline(),
  storyline: [
    clip.parse({ id: 'c0', assetId: 'a', inUs: S, outUs: 3 * S }),
    clip.parse({ id: 'c1', assetId: 'a', inUs: 3 * S, outUs: 4 * S }),
    clip.parse({ id: 'c2', assetId: 'b', inUs: 0, outUs: 2 * S }),
  ],
});

describe('the schedule of the player', () => {
  it('shows the source at the playhead, the next clip from its first frame on, the last frame at the end', () => {
    expect(shownAt(places, 0, RATE)).toMatchObject({ placed: { index: 0 }, sourceUs: S });
    expect(shownAt(places, 1_999_999, RATE)).toMatchObject({ placed: { index: 0 }, sourceUs: 2_999_999 });
    expect(shownAt(places, 2 * S, RATE)).toMatchObject({ placed: { index: 1 }, sourceUs: 3 * S });
    expect(shownAt(places, 5 * S, RATE)).toMatchObject({ placed: { index: 2 }, sourceUs: 2 * S - 33_333 });
    expect(shownAt(layout(emptyTimeline()), 0, RATE)).toBeNull();
  });

  it('hands over only where the source does not simply go on', () => {
    const [c0, c1, c2] = places.clips;
    expect(c0 && c1 && goesOn(c0, c1)).toBe(true);
    expect(c1 && c2 && goesOn(c1, c2)).toBe(false);
    expect(c2 && nextClip(places, c2)).toBeNull();
  });

  it('steps on the frames of the canvas and stays within the film', () => {
    expect(stepped(0, 1, RATE, 5 * S)).toBe(33_333);
    expect(stepped(33_333, -1, RATE, 5 * S)).toBe(0);
    expect(stepped(0, -10, RATE, 5 * S)).toBe(0);
    expect(stepped(5 * S - 10, 10, RATE, 5 * S)).toBe(5 * S);
    // Thirty times one frame is a second, not a second and some microseconds.
    let us = 0;
    for (let i = 0; i < 30; i += 1) us = stepped(us, 1, RATE, 5 * S);
    expect(us).toBe(S);
  });

  it('knows decibels', () => {
    expect(factorOf(0)).toBe(1);
    expect(factorOf(-20)).toBeCloseTo(0.1);
    expect(factorOf(6)).toBeCloseTo(1.995, 2);
  });
});

describe('transitions in the preview', () => {
  const turned = layout({
    ...emptyTimeline(),
    storyline: [
      clip.parse({ id: 'c0', assetId: 'a', inUs: S, outUs: 3 * S, transition: { kind: 'dissolve', lengthUs: S } }),
      clip.parse({ id: 'c1', assetId: 'b', inUs: 100_000, outUs: 3 * S, transition: { kind: 'wipe', lengthUs: S } }),
      clip.parse({ id: 'c2', assetId: 'a', inUs: 0, outUs: 300_000, transition: { kind: 'white', lengthUs: S } }),
    ],
  });
  const turns = transitionsOf(turned);

  it('stand half before and half behind the cut, and take no more than half of either clip', () => {
    expect(turns.map(({ kind, fromUs, cutUs, toUs }) => [kind, fromUs, cutUs, toUs])).toEqual([
      ['black', 0, 0, 500_000],
      ['wipe', 1_500_000, 2 * S, 2_500_000],
      ['white', 4_750_000, 4_900_000, 5_050_000],
    ]);
  });

  it('show the other clip where its source is at that moment, as far as it has pictures there', () => {
    expect(turningAt(turns, 1_499_999)).toBeNull();
    expect(turningAt(turns, 1_750_000)).toMatchObject({ share: 0.25, beside: { placed: { index: 1 }, sourceUs: 0 } });
    expect(turningAt(turns, 1_950_000)).toMatchObject({ beside: { placed: { index: 1 }, sourceUs: 50_000 } });
    expect(turningAt(turns, 2_250_000)).toMatchObject({ beside: { placed: { index: 0 }, sourceUs: 3_250_000 } });
    expect(turningAt(turns, 5 * S)?.beside).toBeNull();
    const [, wiped, white] = turned.clips;
    expect(wiped && entryOf(turns, wiped)).toBe(0);
    expect(white && entryOf(turns, white)).toBe(0);
  });

  it('take the sound down to the cut and up again', () => {
    const at = (us: number) => {
      const turning = turningAt(turns, us);
      return turning && loudnessOf(turning);
    };
    expect([at(0), at(250_000)]).toEqual([0, 0.5]);
    expect([at(1_500_000), at(2 * S), at(2_250_000)]).toEqual([1, 0, 0.5]);
  });
});

describe('clips that stand or run backwards', () => {
  const odd = layout({
    ...emptyTimeline(),
    storyline: [
      clip.parse({ id: 'c0', assetId: 'a', inUs: S, outUs: 3 * S, reversed: true }),
      clip.parse({ id: 'c1', assetId: 'a', inUs: S, outUs: S + 33_333, heldUs: 2 * S }),
      clip.parse({ id: 'c2', assetId: 'a', inUs: S, outUs: 3 * S, transition: { kind: 'dissolve', lengthUs: S } }),
    ],
  });
  it('are sought in the middle of the frame that is on show, and at the one moment', () => {
    expect(shownAt(odd, 0, RATE)?.sourceUs).toBe(3 * S - 1 - 16_667);
    expect(shownAt(odd, 2 * S - 1, RATE)?.sourceUs).toBe(S);
    expect([2 * S, 3 * S].map((us) => shownAt(odd, us, RATE)?.sourceUs)).toEqual([S, S]);
    expect(odd.clips.map(runs)).toEqual([false, false, true]);
    expect(odd.clips[0] && momentOf(odd.clips[0], S, RATE).share).toBeCloseTo(0.508, 2);
  });
  it('go on beside a dissolve as they are, and never go over into each other by themselves', () => {
    const [turn] = transitionsOf(odd);
    expect(turn && turningAt([turn], 4.2 * S)?.beside?.sourceUs).toBe(S);
    expect(odd.clips[0] && odd.clips[1] && goesOn(odd.clips[0], odd.clips[1])).toBe(false);
    expect(odd.clips[0] && entryOf([], odd.clips[0])).toBe(3 * S - 1);
  });
  it('the film goes out over its last moments, never over more than its last clip', () => {
    const at = (lengthUs: number, us: number) => endedAt(odd, { kind: 'black', lengthUs }, us);
    expect([at(S, 5 * S), at(S, 5.5 * S), at(S, 6 * S)]).toEqual([0, 0.5, 1]);
    expect([at(9 * S, 4 * S), at(9 * S, 5 * S)]).toEqual([0, 0.5]);
    expect(endedAt(odd, undefined, 6 * S)).toBe(0);
  });
});
