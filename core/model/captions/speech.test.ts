import { describe, expect, it } from 'vitest';
import { random } from '../../../tests/fixtures/captions.ts';
import { levelOf, type Peaks } from '../strips/index.ts';
import {
  SHORTEST_PAUSE_US,
  SHORTEST_SPEECH_US,
  SNAP_SPEECH_US,
  snapToSpeech,
  speechIn,
  speechInFilm,
  speechLevel,
} from './speech.ts';

const S = 1_000_000;
const level = (db: number): number => levelOf(10 ** (db / 20));

/** A recording: `[seconds, dBFS]` one after another. */
function recording(...parts: [seconds: number, db: number][]): Peaks {
  const levels = parts.flatMap(([s, db]) => new Array<number>(Math.round(s * 100)).fill(level(db)));
  return { perSecond: 100, levels: Uint8Array.from(levels) };
}
const times = (peaks: Peaks) => speechIn(peaks).map(({ startUs, endUs }) => [startUs / S, endUs / S]);

describe('speech in a recording', () => {
  it('is what stands above its noise', () => {
    expect(times(recording([1, -60], [2, -15], [1, -60], [0.5, -20], [1, -60]))).toEqual([
      [1, 3],
      [4, 4.5],
    ]);
    // A noisy room: what would be speech in a quiet one is noise here.
    expect(times(recording([2, -40], [1, -12], [2, -38]))).toEqual([[2, 3]]);
  });

  it('goes on over the short pauses inside a sentence', () => {
    expect(times(recording([1, -60], [0.3, -15], [0.15, -60], [0.3, -15], [0.25, -60], [0.4, -15], [1, -60]))).toEqual([
      [1, 1.75],
      [2, 2.4],
    ]);
  });

  it('is no click, and no silence', () => {
    expect(times(recording([1, -60], [0.05, -6], [1, -60]))).toEqual([]);
    expect(times(recording([5, -90]))).toEqual([]);
    expect(times({ perSecond: 100, levels: new Uint8Array(0) })).toEqual([]);
  });

  it('has no edges in loud music', () => {
    expect(times(recording([3, -12], [2, -10], [3, -12]))).toEqual([[0, 8]]);
  });

  it('is measured against bounds', () => {
    expect(speechLevel(recording([10, -90]))).toBeCloseTo(255 * 10 ** (-42 / 40), 6);
    expect(speechLevel(recording([10, -10]))).toBeCloseTo(255 * 10 ** (-26 / 40), 6);
    expect(speechLevel(recording([2, -45], [8, -15]))).toBeCloseTo(255 * 10 ** (-35 / 40), 0);
  });

  it('keeps its promises whatever comes', () => {
    const chance = random(7);
    for (let round = 0; round < 300; round += 1) {
      // Runs of one level, so that there are pauses and spans of every length.
      const levels = new Uint8Array(Math.floor(chance() * 600));
      for (let at = 0; at < levels.length;) {
        const to = at + 1 + Math.floor(chance() * 40);
        levels.fill(Math.floor(chance() * 256), at, to);
        at = to;
      }
      const spans = speechIn({ perSecond: 100, levels });
      spans.forEach(({ startUs, endUs }, i) => {
        expect(endUs - startUs).toBeGreaterThanOrEqual(SHORTEST_SPEECH_US);
        const before = spans[i - 1];
        if (before) expect(startUs - before.endUs).toBeGreaterThanOrEqual(SHORTEST_PAUSE_US);
        expect(endUs).toBeLessThanOrEqual(levels.length * 10_000);
      });
    }
  });
});

describe('speech in the film', () => {
  const speech = [
    { startUs: S, endUs: 3 * S },
    { startUs: 6 * S, endUs: 8 * S },
  ];
  it('follows trims, places and speeds', () => {
    expect(speechInFilm([{ speech, inUs: 2 * S, outUs: 7 * S, startUs: 10 * S, speed: 1 }])).toEqual([
      { startUs: 10 * S, endUs: 11 * S },
      { startUs: 14 * S, endUs: 15 * S },
    ]);
    expect(speechInFilm([{ speech, inUs: 0, outUs: 10 * S, startUs: 0, speed: 2 }])).toEqual([
      { startUs: 0.5 * S, endUs: 1.5 * S },
      { startUs: 3 * S, endUs: 4 * S },
    ]);
  });

  it('goes on over a cut inside a sentence, and over a voice beside it', () => {
    const whole = { speech, inUs: 0, outUs: 2 * S, startUs: 0, speed: 1 };
    const rest = { speech, inUs: 2 * S, outUs: 5 * S, startUs: 2 * S, speed: 1 };
    const voice = { speech: [{ startUs: 0, endUs: S }], inUs: 0, outUs: S, startUs: 2.5 * S, speed: 1 };
    expect(speechInFilm([whole, rest])).toEqual([{ startUs: S, endUs: 3 * S }]);
    expect(speechInFilm([voice, whole, rest])).toEqual([{ startUs: S, endUs: 3.5 * S }]);
  });
});

describe('a caption', () => {
  const speech = [
    { startUs: S, endUs: 3 * S },
    { startUs: 3.4 * S, endUs: 6 * S },
  ];
  const snap = (startUs: number, endUs: number) => snapToSpeech({ startUs: startUs * S, endUs: endUs * S }, speech);

  it('is set to the nearest beginning and the nearest end', () => {
    expect(snap(1.3, 2.8)).toEqual({ startUs: S, endUs: 3 * S });
    expect(snap(3.3, 5.6)).toEqual({ startUs: 3.4 * S, endUs: 6 * S });
  });

  it('goes no further than its reach; an edge without speech nearby stays', () => {
    expect(snap(1.3, 4.5)).toEqual({ startUs: S, endUs: 4.5 * S });
    expect(snap(0.4, 2)).toBeNull();
    expect(snap(1, 3)).toBeNull();
  });

  it('is never turned round or made to nothing', () => {
    // The nearest end lies before the new start: it is not its own.
    expect(snap(3.2, 3.3)).toBeNull();
    const chance = random(8);
    for (let round = 0; round < 2000; round += 1) {
      const startUs = Math.floor(chance() * 7 * S);
      const cue = { startUs, endUs: startUs + 1 + Math.floor(chance() * 3 * S) };
      const to = snapToSpeech(cue, speech);
      if (!to) continue;
      expect(to.endUs - to.startUs).toBeGreaterThanOrEqual(SHORTEST_SPEECH_US);
      expect(Math.abs(to.startUs - cue.startUs)).toBeLessThanOrEqual(SNAP_SPEECH_US);
      expect(Math.abs(to.endUs - cue.endUs)).toBeLessThanOrEqual(SNAP_SPEECH_US);
    }
  });
});
