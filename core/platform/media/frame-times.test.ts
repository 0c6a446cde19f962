import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { HAS_FFMPEG, SAMPLES, make, moving, quietLog, refusalOf, scratch, tone, x264 } from './fixtures.ts';
import { createMediaEngine } from './index.ts';

const engine = createMediaEngine({ log: quietLog });
const { dir, remove } = scratch();
afterAll(remove);

/** Times of what really comes out of the decoder, from the first. */
function decoded(file: string): number[] {
  const args = ['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'frame=best_effort_timestamp_time'];
  const text = execFileSync('ffprobe', [...args, '-of', 'csv=p=0', file]).toString();
  const times = text.split('\n').flatMap((line) => (/^[\d.]/.test(line) ? [Number.parseFloat(line)] : []));
  return times.map((time) => Math.round((time - (times[0] ?? 0)) * 1_000_000));
}

function expectSame(times: number[], truth: number[]): void {
  expect(times).toHaveLength(truth.length);
  times.forEach((time, i) => expect(Math.abs(time - (truth[i] ?? NaN)), `frame ${i}`).toBeLessThanOrEqual(1));
  expect(times[0]).toBe(0);
}

describe.skipIf(!SAMPLES)('frame times of the samples', () => {
  test.each(['phone-vertical-vfr.mp4', 'variable-frame-rate.mp4', 'talk-720p30.mp4', 'starts-between-keyframes.ts'])(
    '%s: as decoded, whole microseconds, ascending',
    async (name) => {
      const file = path.join(SAMPLES ?? '', name);
      const times = await engine.frameTimes(file);
      expectSame(times, decoded(file));
      expect(times.every(Number.isInteger)).toBe(true);
      expect(times.every((time, i) => i === 0 || time > (times[i - 1] ?? 0))).toBe(true);
    },
  );
});

describe.skipIf(!HAS_FFMPEG)('frame times of made files', () => {
  test('an edit list that hides a beginning, with B-frames', async () => {
    const whole = make(path.join(dir, 'whole.mp4'), ...moving('320x180', 25, 4), ...x264(50));
    const cut = make(path.join(dir, 'cut.mp4'), '-ss', '1.2', '-i', whole, '-c', 'copy');
    const times = await engine.frameTimes(cut);
    expectSame(times, decoded(cut));
    expect(times).toHaveLength(70);
    expect(times[1]).toBe(40_000);
  });

  test('30000/1001 does not drift', async () => {
    const file = make(path.join(dir, 'ntsc.mp4'), ...moving('160x90', '30000/1001', 5), ...x264());
    const times = await engine.frameTimes(file);
    expect(times[149]).toBe(Math.round((149 * 1_001_000_000) / 30_000));
  });

  test('a raw stream counts at its rate, a sound is refused, an unreadable file too', async () => {
    const raw = make(path.join(dir, 'raw.h264'), ...moving('160x90', 25, 1), ...x264());
    expect(await engine.frameTimes(raw)).toHaveLength(25);
    const sound = make(path.join(dir, 'tone.m4a'), ...tone(1));
    expect((await refusalOf(engine.frameTimes(sound))).code).toBe('unreadable_media');
    const junk = path.join(dir, 'junk.mp4');
    writeFileSync(junk, 'junk');
    expect((await refusalOf(engine.frameTimes(junk))).code).toBe('unreadable_media');
  });
});
