import { describe, expect, test } from 'vitest';
import type { Clip } from '../../../../../core/model/timeline/timeline.ts';
import { HeadStart } from './head-start.ts';
import type { Slot } from './slot.ts';

/** A decoder as it was measured: its pictures come `lateUs` after it is told to play, a seek takes 60 ms. */
class Decoder {
  readonly source = { kind: 'video', url: 'a', leadUs: 0, fallbackUrl: null };
  readonly leadUs: number;
  readonly video = {
    paused: true,
    playbackRate: 1,
    play: () => {
      this.video.paused = false;
      this.#idleUs = this.#lateUs;
      return Promise.resolve();
    },
  };
  ready = true;
  #idleUs = 0;
  #seekingUs = 0;
  sourceUs: number;
  readonly #lateUs: number;
  constructor(sourceUs: number, lateUs: number, leadUs: number) {
    [this.sourceUs, this.#lateUs, this.leadUs] = [sourceUs, lateUs, leadUs];
  }
  whispered = 0;
  whisper(): void {
    this.whispered += 1;
  }
  seek(us: number): void {
    this.sourceUs = us;
    this.#seekingUs = 60_000;
    this.ready = false;
  }
  pass(us: number): void {
    this.#seekingUs -= us;
    this.ready = this.#seekingUs <= 0;
    if (this.video.paused) return;
    const runs = Math.max(0, us - Math.max(0, this.#idleUs));
    this.#idleUs -= us;
    this.sourceUs += runs * this.video.playbackRate;
  }
}

const FRAME_US = 16_667;

/** Plays the clip before the cut for `fromUs`, screen frame by screen frame; the decoder of the next one as it stands at the cut. */
function playTo(
  entryUs: number,
  lateUs: number,
  fromUs: number,
  pace = 1,
  leadUs = 0,
): { decoder: Decoder; start: HeadStart } {
  const [decoder, start] = [new Decoder(entryUs, lateUs, leadUs), new HeadStart()];
  for (let leftUs = fromUs; leftUs > 0; leftUs -= FRAME_US) {
    start.run(decoder as unknown as Slot, { entryUs, pace, heard: {} as Clip }, leftUs);
    decoder.pass(FRAME_US);
  }
  return { decoder, start };
}

describe('the clip behind a cut', () => {
  test.each([
    [60_000, 1],
    [120_000, 1],
    [150_000, 0.5],
    [150_000, 2],
  ])('runs when the cut comes, and is at its in point, %i µs late at pace %d', (lateUs, pace) => {
    const entryUs = 5_000_000;
    const { decoder, start } = playTo(entryUs, lateUs, 1_500_000, pace);
    expect(decoder.video.paused).toBe(false);
    expect(Math.abs(decoder.sourceUs - entryUs) / pace).toBeLessThan(34_000);
    expect(start.late(decoder as unknown as Slot, { entryUs, pace })).toBe(decoder.sourceUs < entryUs - 16_000 * pace);
  });

  test.each([
    [60_000, 1],
    [150_000, 1],
    [150_000, 0.5],
    [100_000, 2],
  ])('at its file’s beginning it runs in the lead-in of its preview, %i µs late at pace %d', (lateUs, pace) => {
    const { decoder } = playTo(0, lateUs, 1_500_000, pace, 500_000);
    expect(decoder.video.paused).toBe(false);
    expect(Math.abs(decoder.sourceUs) / pace).toBeLessThan(34_000);
  });

  test('with nothing before its in point it starts there, and loses no more than the decoder would have taken', () => {
    const { decoder, start } = playTo(0, 60_000, 1_500_000);
    expect(decoder.video.paused).toBe(false);
    expect(decoder.sourceUs).toBeLessThan(34_000);
    expect(start.late(decoder as unknown as Slot, { entryUs: 0, pace: 1 })).toBe(false);
  });

  test('there it is awake a while before the cut, and less than a frame of it has run by', () => {
    const { decoder } = playTo(0, 150_000, 1_500_000);
    expect(decoder.video.paused).toBe(false);
    expect(decoder.sourceUs).toBeGreaterThan(0);
    expect(decoder.sourceUs).toBeLessThan(33_333);
  });

  test('what was never set going is stranded where it should have started', () => {
    const [decoder, start] = [new Decoder(5_000_000, 0, 0), new HeadStart()];
    const coming = { entryUs: 5_000_000, pace: 1, heard: null };
    start.run(decoder as unknown as Slot, coming, 700_000);
    decoder.pass(100_000);
    expect(start.stranded(decoder as unknown as Slot, coming)).toBe(true);
    expect(start.late(decoder as unknown as Slot, coming)).toBe(false);
    start.run(decoder as unknown as Slot, coming, 400_000);
    expect(start.stranded(decoder as unknown as Slot, coming)).toBe(false);
    expect(decoder.whispered).toBe(0);
  });

  test('it is heard by nobody, and not muted, so that its clock does not stop at the cut', () => {
    expect(playTo(5_000_000, 60_000, 1_500_000).decoder.whispered).toBe(1);
  });

  test('close before the cut it starts at its in point', () => {
    const { decoder } = playTo(5_000_000, 60_000, 200_000);
    expect(decoder.video.paused).toBe(false);
    expect(decoder.sourceUs).toBeGreaterThanOrEqual(5_000_000);
  });

  test('what has not reached its in point is late: it would show what is in no film', () => {
    const { decoder, start } = playTo(5_000_000, 600_000, 1_500_000);
    expect(start.late(decoder as unknown as Slot, { entryUs: 5_000_000, pace: 1 })).toBe(true);
  });
});
