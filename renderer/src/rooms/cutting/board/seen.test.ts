import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AHEAD_PX, BEHIND_PX, Seen, STEP_PX, TURNS, type Turn } from './seen.ts';

const VIEW = 1000;
let frames: Map<number, () => void>;

beforeEach(() => {
  frames = new Map();
  let next = 0;
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => {
    frames.set((next += 1), run);
    return next;
  });
  vi.stubGlobal('cancelAnimationFrame', (id: number) => frames.delete(id));
});
afterEach(() => vi.unstubAllGlobals());

function frame(): void {
  const [now] = frames;
  if (!now) throw new Error('no frame was asked for');
  frames.delete(now[0]);
  now[1]();
}

/** A store whose lanes stand at the film's beginning, and the turns it tells of from then on. */
function watched(): { seen: Seen; told: Turn[] } {
  const seen = new Seen();
  seen.look(0, VIEW);
  while (frames.size > 0) frame();
  const told: Turn[] = [];
  for (const turn of TURNS) seen.subscribe(turn, () => told.push(turn));
  return { seen, told };
}

const covers = (seen: Seen, turn: Turn, scrollLeft: number): boolean => {
  const { left, width } = seen.part(turn);
  return left <= scrollLeft && left + width >= scrollLeft + VIEW;
};

it('tells one lane a frame of a turn of the wheel, until all have followed', () => {
  const { seen, told } = watched();
  seen.look(110, VIEW);
  expect(told).toEqual([]);
  for (let n = 1; n <= TURNS.length; n += 1) {
    frame();
    expect(told).toHaveLength(n);
  }
  expect(new Set(told)).toEqual(new Set(TURNS));
  expect(frames.size).toBe(0);
  for (const turn of TURNS) expect(seen.part(turn).left).toBe(STEP_PX - BEHIND_PX);
});

it('draws more where the view goes to than where it comes from, also after it turned back', () => {
  const { seen } = watched();
  for (const [at, left] of [
    [6400, 6400 - BEHIND_PX],
    [6000, 5952 - AHEAD_PX],
    [6100, 6080 - BEHIND_PX],
  ] as const) {
    seen.look(at, VIEW);
    while (frames.size > 0) frame();
    for (const turn of TURNS) expect(seen.part(turn).left).toBe(left);
  }
});

it('goes a quick way back in turns too, once it has turned', () => {
  const { seen, told } = watched();
  for (const at of [30_000, 29_600]) seen.look(at, VIEW);
  while (frames.size > 0) frame();
  told.length = 0;
  seen.look(29_200, VIEW);
  expect(told).toEqual([]);
  frame();
  expect(told).toHaveLength(1);
});

it('shows nothing empty after a jump: all lanes follow at once', () => {
  const { seen, told } = watched();
  seen.look(20_000, VIEW);
  expect([...told].sort()).toEqual([...TURNS].sort());
  for (const turn of TURNS) expect(covers(seen, turn, 20_000)).toBe(true);
});

it('covers what is in view in every frame while somebody scrolls on and on, at any pace and both ways', () => {
  for (const pace of [7, 37, 110, 400, -90, -300]) {
    const { seen, told } = watched();
    let at = 30_000;
    seen.look(at, VIEW);
    while (frames.size > 0) frame();
    told.length = 0;
    for (let n = 0; n < 60; n += 1) {
      at += pace;
      seen.look(at, VIEW);
      for (const turn of TURNS) expect(covers(seen, turn, at), `${turn} at ${String(at)}`).toBe(true);
      if (frames.size > 0) frame();
    }
    // None of them waits for ever.
    expect(new Set(told)).toEqual(new Set(TURNS));
  }
});

it('tells nothing for less than a step, and nothing more once it rests', () => {
  const { seen, told } = watched();
  seen.look(STEP_PX - 1, VIEW);
  expect(frames.size).toBe(0);
  seen.look(STEP_PX, VIEW);
  seen.rest();
  expect(frames.size).toBe(0);
  expect(told).toEqual([]);
});
