import { describe, expect, it } from 'vitest';
import { emptyTimeline, type Sound } from '../../../../../core/model/timeline/timeline.ts';
import { fadeAt, isSpeech, levelAt, stepTowards } from './sound-level.ts';

const S = 1_000_000;
const sound: Sound = {
  ...{ id: 's', assetId: 'a', startUs: 2 * S, inUs: 5 * S, outUs: 15 * S },
  ...{ gainDb: 0, muted: false, fadeInUs: S, fadeOutUs: 2 * S, duckDb: -12 },
};

describe('how loud a sound is', () => {
  it.each([
    [1.9, 0],
    [2.5, 0.5],
    [3, 1],
    [9, 1],
    [11, 0.5],
    [12, 0],
  ])('at %d s its fades leave %d', (at, share) => {
    expect(fadeAt(sound, at * S)).toBeCloseTo(share, 6);
  });
  it('a fade longer than the sound takes the whole of it', () => {
    expect(fadeAt({ ...sound, fadeInUs: 100 * S, fadeOutUs: 0 }, 7 * S)).toBeCloseTo(0.5, 6);
  });
  it('decibels, stepping back, never louder than the file', () => {
    expect(levelAt({ ...sound, gainDb: -20 }, 8 * S, 0)).toBeCloseTo(0.1, 6);
    expect(levelAt(sound, 8 * S, 1)).toBeCloseTo(10 ** (-12 / 20), 6);
    expect(levelAt({ ...sound, gainDb: 12 }, 8 * S, 0)).toBe(1);
  });
  it('steps back fast and comes up slowly', () => {
    expect(stepTowards(0, true, 20_000)).toBeCloseTo(0.5, 6);
    expect(stepTowards(0.5, true, 500_000)).toBe(1);
    expect(stepTowards(1, false, 350_000)).toBeCloseTo(0.5, 6);
    expect(stepTowards(0.1, false, S)).toBe(0);
  });
  it('speech is a caption or a voice', () => {
    const film = emptyTimeline();
    film.captions.cues.push({ id: 'q', startUs: S, endUs: 2 * S, text: '茶' });
    film.voice.push({ ...sound, id: 'v', startUs: 4 * S });
    expect([0.5, 1.5, 3, 5, 15].map((at) => isSpeech(film, at * S))).toEqual([false, true, false, true, false]);
    film.voice[0]!.muted = true;
    expect(isSpeech(film, 5 * S)).toBe(false);
  });
});
