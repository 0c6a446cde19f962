import { describe, expect, test } from 'vitest';
import { FrameTime } from './frame-time.ts';

/** A video whose frames are presented by hand. */
class Video {
  currentTime = 0;
  paused = true;
  playbackRate = 1;
  #next: VideoFrameRequestCallback | null = null;
  requestVideoFrameCallback(next: VideoFrameRequestCallback): number {
    this.#next = next;
    return 1;
  }
  present(mediaTime: number): void {
    const next = this.#next;
    this.#next = null;
    next?.(0, { mediaTime } as VideoFrameCallbackMetadata);
  }
}

const watched = (video: Partial<Video>, onFrame = () => undefined): FrameTime =>
  new FrameTime(video as unknown as HTMLVideoElement, onFrame);
const ends = ({ sourceUs, slackUs }: { sourceUs: number; slackUs: number }): number[] => [
  Math.round(sourceUs - slackUs),
  Math.round(sourceUs + slackUs),
];

describe('the time of a frame that does not tell it', () => {
  test('may be any before one was presented, after another source came, and where the browser says nothing of it', () => {
    const video = new Video();
    const time = watched(video);
    expect(time.earliestUs()).toBe(0);
    expect(time.now(0).slackUs).toBeGreaterThan(3600 * 1_000_000);
    video.present(1);
    expect(time.now(0).slackUs).toBeLessThan(2_000_000);
    time.forget();
    expect(time.now(0).slackUs).toBeGreaterThan(3600 * 1_000_000);
    expect(watched({ currentTime: 1, paused: true, playbackRate: 1 }).now(0).slackUs).toBeGreaterThan(3600 * 1_000_000);
  });

  test('lies behind a seek between the frame before and the one asked for, until that is presented', () => {
    const video = new Video();
    let told = 0;
    const time = watched(video, () => void (told += 1));
    video.present(3);
    video.currentTime = 0.511;
    expect(ends(time.now(0))).toEqual([511_000, 3_000_000]);
    expect(time.earliestUs()).toBe(511_000);
    video.present(0.48);
    expect(ends(time.now(0))).toEqual([480_000, 511_000]);
    expect(told).toBe(2);
  });

  test('while it plays also a frame that comes a little early is counted with', () => {
    const video = new Video();
    const time = watched(video);
    video.present(1);
    [video.currentTime, video.paused] = [1.1, false];
    expect(ends(time.now(0))).toEqual([1_000_000, 1_140_000]);
  });

  test('may be as much later as the page was held up, at the pace of the film, and not at a stand', () => {
    const video = new Video();
    const time = watched(video);
    video.present(1);
    [video.currentTime, video.paused, video.playbackRate] = [1.1, false, 2];
    expect(ends(time.now(50))).toEqual([1_000_000, 1_240_000]);
    video.paused = true;
    expect(ends(time.now(50))).toEqual([1_000_000, 1_100_000]);
  });
});
