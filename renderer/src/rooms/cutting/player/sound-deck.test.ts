import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyTimeline, type Timeline } from '../../../../../core/model/timeline/timeline.ts';
import type { Player } from './player.ts';
import type { PlayState } from './play-store.ts';
import { SoundDeck } from './sound-deck.ts';

const S = 1_000_000;
const film = (): Timeline => ({
  ...emptyTimeline(),
  music: [
    {
      ...{ id: 'm', assetId: 'a', startUs: 2 * S, inUs: 5 * S, outUs: 15 * S },
      ...{ gainDb: 0, muted: false, fadeInUs: 0, fadeOutUs: 0, duckDb: 0 },
    },
  ],
});

/** The part of a player the deck listens to, moved by hand. */
function handPlayer() {
  const listeners = new Set<() => void>();
  const listen = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  let us = 0;
  let state: PlayState = { playing: false, rate: 1, quiet: false, waiting: null };
  const tell = () => listeners.forEach((listener) => listener());
  return {
    listeners,
    player: { onTime: listen, subscribe: listen, getTime: () => us, getState: () => state } as unknown as Player,
    at: (seconds: number) => {
      us = seconds * S;
      tell();
    },
    set: (change: Partial<PlayState>) => {
      state = { ...state, ...change };
      tell();
    },
  };
}

describe('the sounds beside the picture', () => {
  const playing = new WeakSet<HTMLMediaElement>();
  beforeEach(() => {
    const media = HTMLMediaElement.prototype;
    vi.spyOn(media, 'paused', 'get').mockImplementation(function (this: HTMLMediaElement) {
      return !playing.has(this);
    });
    vi.spyOn(media, 'play').mockImplementation(function (this: HTMLMediaElement) {
      playing.add(this);
      return Promise.resolve();
    });
    vi.spyOn(media, 'pause').mockImplementation(function (this: HTMLMediaElement) {
      playing.delete(this);
    });
  });
  afterEach(() => vi.restoreAllMocks());

  it('run where the playhead is in them, wait with the picture, and go when they are over', () => {
    const stage = document.createElement('div');
    const hand = handPlayer();
    const deck = new SoundDeck(stage, hand.player);
    deck.setTimeline(film(), (assetId) => ({ url: `/media/${assetId}`, leadUs: 0 }));
    const element = () => stage.querySelector('audio');
    // Got ready before it is heard, and still.
    expect(element()?.getAttribute('src')).toBe('/media/a');
    hand.set({ playing: true });
    expect(element()?.paused).toBe(true);
    hand.at(3);
    expect(element()?.paused).toBe(false);
    expect(element()?.currentTime).toBeCloseTo(6, 3);
    // The same file, which has a lead-in now.
    deck.setTimeline(film(), (assetId) => ({ url: `/media/${assetId}`, leadUs: 500_000 }));
    expect(element()?.currentTime).toBeCloseTo(6.5, 3);
    deck.setTimeline(film(), (assetId) => ({ url: `/media/${assetId}`, leadUs: 0 }));
    hand.set({ waiting: { assetId: 'v', why: 'loading' } });
    expect(element()?.paused).toBe(true);
    hand.set({ waiting: null });
    expect(element()?.paused).toBe(false);
    // Somebody speaks into a microphone: they run on, unheard.
    hand.set({ quiet: true });
    expect([element()?.paused, element()?.muted]).toEqual([false, true]);
    hand.set({ quiet: false });
    expect(element()?.muted).toBe(false);
    hand.set({ rate: -1 });
    expect(element()?.paused).toBe(true);
    hand.at(12);
    expect(element()).toBeNull();
    deck.destroy();
    expect(hand.listeners.size).toBe(0);
  });

  it('make nothing of what is muted or cannot be played yet', () => {
    const stage = document.createElement('div');
    const hand = handPlayer();
    const deck = new SoundDeck(stage, hand.player);
    const muted = film();
    muted.music = muted.music.map((sound) => ({ ...sound, muted: true }));
    deck.setTimeline(muted, () => ({ url: '/media/a', leadUs: 0 }));
    hand.at(3);
    expect(stage.childElementCount).toBe(0);
    deck.setTimeline(film(), () => null);
    expect(stage.childElementCount).toBe(0);
    deck.destroy();
  });
});
