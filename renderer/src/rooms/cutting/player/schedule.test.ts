import { describe, expect, it } from 'vitest';
import { layout } from '../../../../../core/model/timeline/layout.ts';
import { clip, emptyTimeline } from '../../../../../core/model/timeline/timeline.ts';
import { factorOf, goesOn, nextClip, shownAt, stepped } from './schedule.ts';

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
