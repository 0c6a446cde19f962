/** L, J and K: how fast a film runs, which way, and what stops it. The clock is moved by hand; a stage is there where it is said. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clip, emptyTimeline, type Timeline } from '../../../../../core/model/timeline/timeline.ts';
import { Player } from './player.ts';

const S = 1_000_000;
const film = (): Timeline => ({
  ...emptyTimeline(),
  assets: [
    {
      ...{ assetId: 'a', sha256: 'a'.repeat(64), name: 'a.mp4', kind: 'video', durationUs: 20 * S },
      ...{ width: 1920, height: 1080, frameRate: '25/1', variable: false, hasAudio: true },
    },
  ],
  storyline: [clip.parse({ id: 'c', assetId: 'a', inUs: 0, outUs: 20 * S })],
});

let now = 0;
let frames: FrameRequestCallback[] = [];
beforeEach(() => {
  [now, frames] = [0, []];
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame));
  vi.stubGlobal('cancelAnimationFrame', () => (frames = []));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** The screen draws, this much later. */
const pass = (ms: number): void => {
  now += ms;
  for (const frame of frames.splice(0)) frame(now);
};
const running = (player: Player) => {
  const { playing, rate } = player.getState();
  return [playing, rate];
};

describe('shuttle', () => {
  it('L plays, each further L twice as fast, up to four times', () => {
    const player = new Player(film());
    expect(running(player)).toEqual([false, 1]);
    for (const rate of [1, 2, 4, 4, 4]) {
      player.shuttle(1);
      expect(running(player)).toEqual([true, rate]);
    }
  });

  it('J plays backwards, each further J twice as fast, up to four times', () => {
    const player = new Player(film());
    player.seek(10 * S);
    let us = 10 * S;
    for (const rate of [-1, -2, -4, -4]) {
      player.shuttle(-1);
      expect(running(player)).toEqual([true, rate]);
      pass(100);
      us += 100_000 * rate;
      expect(player.getTime()).toBe(us);
    }
  });

  it('turns round at once, at the plain speed', () => {
    const player = new Player(film());
    player.seek(10 * S);
    for (let i = 0; i < 3; i++) player.shuttle(1);
    player.shuttle(-1);
    expect(running(player)).toEqual([true, -1]);
    pass(40);
    expect(player.getTime()).toBe(10 * S - 40_000);
    player.shuttle(-1);
    player.shuttle(1);
    expect(running(player)).toEqual([true, 1]);
    // One clock runs, however often it was turned.
    expect(frames).toHaveLength(1);
  });

  it('K stops where it is; what comes after it begins at the plain speed again', () => {
    const player = new Player(film());
    player.seek(10 * S);
    for (let i = 0; i < 3; i++) player.shuttle(-1);
    pass(100);
    player.pause();
    const us = 10 * S - 400_000;
    expect([...running(player), player.getTime()]).toEqual([false, 1, us]);
    pass(100);
    expect(player.getTime()).toBe(us);
    player.pause();
    expect(running(player)).toEqual([false, 1]);
    player.shuttle(-1);
    expect(running(player)).toEqual([true, -1]);
  });

  it('stops at the beginning; at the end L begins anew; an empty film does not run', () => {
    const player = new Player(film());
    player.seek(50_000);
    player.shuttle(-1);
    pass(100);
    expect([...running(player), player.getTime()]).toEqual([false, 1, 0]);
    player.seek(20 * S);
    player.shuttle(1);
    expect([...running(player), player.getTime()]).toEqual([true, 1, 0]);
    const empty = new Player(emptyTimeline());
    empty.shuttle(1);
    empty.shuttle(-1);
    expect(running(empty)).toEqual([false, 1]);
  });

  it('tells each change once', () => {
    const player = new Player(film());
    const told: number[] = [];
    player.subscribe(() => told.push(player.getState().rate));
    for (let i = 0; i < 5; i++) player.shuttle(1);
    player.shuttle(-1);
    player.pause();
    expect(told).toEqual([1, 2, 4, -1, 1]);
  });
});

describe('shuttle, on a stage', () => {
  const live = new Set<HTMLMediaElement>();
  beforeEach(() => {
    live.clear();
    const media = HTMLMediaElement.prototype;
    // The page of the tests has no decoder: what is asked for is there at once.
    Object.assign(HTMLMediaElement, { HAVE_METADATA: 1, HAVE_CURRENT_DATA: 2 });
    vi.spyOn(media, 'readyState', 'get').mockReturnValue(4);
    vi.spyOn(media, 'duration', 'get').mockReturnValue(20);
    vi.spyOn(media, 'paused', 'get').mockImplementation(function (this: HTMLMediaElement) {
      return !live.has(this);
    });
    vi.spyOn(media, 'play').mockImplementation(function (this: HTMLMediaElement) {
      live.add(this);
      return Promise.resolve();
    });
    vi.spyOn(media, 'pause').mockImplementation(function (this: HTMLMediaElement) {
      live.delete(this);
    });
  });
  /** Speed of each video that runs, and whether it is heard. */
  const seen = () => [...live].map(({ playbackRate, muted }) => [playbackRate, !muted]);
  const staged = (timeline: Timeline) => {
    const player = new Player(timeline);
    const detach = player.attach(document.createElement('div'));
    player.setSources((assetId) => ({ kind: 'video', url: `/${assetId}.mp4`, leadUs: 0, fallbackUrl: null }));
    player.seek(10 * S);
    return { player, detach };
  };

  it('the video runs at that speed, and stands, unheard, while the film goes backwards', () => {
    const { player, detach } = staged(film());
    expect(seen()).toEqual([]);
    for (const rate of [1, 2, 4]) {
      player.shuttle(1);
      expect(seen()).toEqual([[rate, true]]);
    }
    player.shuttle(-1);
    expect(seen()).toEqual([]);
    pass(40);
    expect(seen()).toEqual([]);
    player.shuttle(1);
    expect(seen()).toEqual([[1, true]]);
    player.pause();
    expect(seen()).toEqual([]);
    detach();
  });

  it('so do both videos of a dissolve', () => {
    const whole = film();
    const [asset] = whole.assets;
    const [from] = whole.storyline;
    if (!asset || !from) throw new Error('an empty film');
    const transition = { kind: 'dissolve', lengthUs: 2 * S } as const;
    const to = clip.parse({ id: 'd', assetId: 'b', inUs: 5 * S, outUs: 15 * S, transition });
    const assets = [asset, { ...asset, assetId: 'b', sha256: 'b'.repeat(64) }];
    const { player, detach } = staged({ ...whole, assets, storyline: [{ ...from, outUs: 10 * S }, to] });
    player.seek(10.5 * S);
    player.shuttle(1);
    pass(40);
    expect(seen()).toHaveLength(2);
    player.shuttle(-1);
    pass(40);
    expect(seen()).toEqual([]);
    detach();
  });
});
