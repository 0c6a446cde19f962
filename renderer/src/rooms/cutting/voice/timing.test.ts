import { describe, expect, it } from 'vitest';
import { FilmClock, SoundClock } from './timing.ts';

const RATE = 48_000;

describe('the sound clock', () => {
  it('goes by the piece that was on its way for the shortest time', () => {
    const clock = new SoundClock();
    expect(clock.frameAt(0, 0, RATE)).toBeNull();
    // Sample 0 at 1,000 ms; pieces of 1,024 arrive 5 to 40 ms late, one of them 2 ms.
    for (const [i, late] of [40, 5, 12, 2, 30].entries())
      clock.note(1000 + ((i + 1) * 1024 * 1000) / RATE + late, (i + 1) * 1024, RATE);
    expect(clock.frameAt(1002, 0, RATE)).toBe(0);
    expect(clock.frameAt(3002, 0, RATE)).toBe(2 * RATE);
    // What takes 20 ms from the air to the page is found 20 ms later in it.
    expect(clock.frameAt(3002, 20, RATE)).toBe(2 * RATE + 960);
  });
});

it('the sound clock follows a card that is slower than the page, by 200 millionths for an hour', () => {
  const clock = new SoundClock();
  const [slow, hourMs] = [1.0002, 3_600_000];
  for (let ms = 0; ms <= hourMs; ms += 250) clock.note(ms * slow + 3, Math.round((ms / 1000) * RATE), RATE);
  const off = (clock.frameAt(hourMs * slow + 3, 0, RATE) ?? 0) - (hourMs / 1000) * RATE;
  // Two milliseconds, where it would be 720.
  expect(Math.abs(off)).toBeLessThanOrEqual(2.1 * 48);
});

describe('the film clock', () => {
  const play = (film: FilmClock, fromMs: number, toMs: number, beganMs: number, jitter = 0): void => {
    for (let ms = fromMs; ms <= toMs; ms += 16) film.note(ms, 2_000_000 + (ms - beganMs + jitter) * 1000);
  };

  it('knows when the film began, whatever its first moments were like', () => {
    const film = new FilmClock(2_000_000);
    expect(film.beganAtBestMs).toBeNull();
    // It stands for a while, then hurries.
    play(film, 500, 590, 500, -5);
    expect(film.beganMs).toBeNull();
    play(film, 700, 1400, 550);
    expect(film.beganMs).toBeCloseTo(550, 5);
    expect(film.lastUs).toBe(2_000_000 + (1388 - 550) * 1000);
    expect(film.slipMs).toBeCloseTo(0, 5);
  });

  it('says how far a picture that stood still has slipped', () => {
    const film = new FilmClock(2_000_000);
    play(film, 500, 2000, 500);
    play(film, 2300, 4000, 800);
    expect(film.beganMs).toBeCloseTo(500, 5);
    expect(film.slipMs).toBeCloseTo(300, 5);
  });

  it('says the best there is of a film that was stopped at once', () => {
    const film = new FilmClock(2_000_000);
    play(film, 510, 540, 500);
    expect(film.beganMs).toBeNull();
    expect(film.beganAtBestMs).toBeCloseTo(500, 5);
  });
});
