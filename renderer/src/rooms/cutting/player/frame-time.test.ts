import { describe, expect, test } from 'vitest';
import { FrameTime } from './frame-time.ts';

/** A video whose frames are presented by hand. */
class Video {
  currentTime = 0;
  paused = true;
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
    expect(time.now().slackUs).toBeGreaterThan(3600 * 1_000_000);
    video.present(1);
    expect(time.now().slackUs).toBeLessThan(2_000_000);
    time.forget();
    expect(time.now().slackUs).toBeGreaterThan(3600 * 1_000_000);
    expect(watched({ currentTime: 1, paused: true }).now().slackUs).toBeGreaterThan(3600 * 1_000_000);
  });

  test('lies behind a seek between the frame before and the one asked for, until that is presented', () => {
    const video = new Video();
    let told = 0;
    const time = watched(video, () => void (told += 1));
    video.present(3);
    video.currentTime = 0.511;
    expect(ends(time.now())).toEqual([511_000, 3_000_000]);
    video.present(0.48);
    expect(ends(time.now())).toEqual([480_000, 511_000]);
    expect(told).toBe(2);
  });

  test('while it plays also a frame that comes a little early is counted with', () => {
    const video = new Video();
    const time = watched(video);
    video.present(1);
    [video.currentTime, video.paused] = [1.1, false];
    expect(ends(time.now())).toEqual([1_000_000, 1_140_000]);
  });
});
