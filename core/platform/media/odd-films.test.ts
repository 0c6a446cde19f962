/** Films that import must take as they are: key frames that nobody marked, 4K at 60 frames, HEVC in 1080p. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { MediaFacts } from '../../model/contract/index.ts';
import { fileUrl } from './files.ts';
import { HAS_FFMPEG, inspect, make, quietLog, SAMPLES, scratch, tone, x264 } from './fixtures.ts';
import { readHeader } from './header.ts';
import { createMediaEngine } from './index.ts';
import { createLocator } from './locate.ts';
import { numbered, numbersIn, range, unmarkedFilms } from './odd-fixtures.ts';
import { scanMedia } from './scan.ts';
import { videoTimeline } from './timeline.ts';

// Encoding on a busy machine of two cores.
vi.setConfig({ testTimeout: 90_000 });

const engine = createMediaEngine({ log: quietLog });
const tools = createLocator({ settings: {}, env: process.env, log: quietLog });
const temp = scratch();
afterAll(() => temp.remove());
const at = (name: string): string => path.join(temp.dir, name);

async function proxyOf(file: string): Promise<{ facts: MediaFacts; out: string }> {
  const facts = await engine.probe(file, { name: path.basename(file) });
  const out = at(`${path.basename(file)}.proxy.tmp`);
  await engine.proxy(file, facts, out, {});
  return { facts, out };
}

/** How many of the picture's packets are marked as key frames. */
const marked = (file: string): number => inspect(file).packets.filter(({ flags }) => flags.includes('K')).length;

/** Whether the file's own index leads anywhere near a time: what reading from there begins with, if with anything. */
function leadsTo(file: string, seconds: number): boolean {
  const ask = ['-v', 'quiet', '-select_streams', 'v:0', '-read_intervals', `${seconds}%+#1`, '-of', 'csv=p=0'];
  const { stdout } = spawnSync('ffprobe', [...ask, '-show_entries', 'packet=pts_time', fileUrl(file)]);
  return Number.parseFloat(stdout.toString()) > 0;
}

/** The times of a film's frames as a long one's are found: by its key frames, not frame by frame. */
async function longTimes(file: string): Promise<number[] | undefined> {
  const { path: program } = await tools.ffprobe();
  const { header } = await readHeader(program, file);
  const video = header?.video;
  if (!header || !video) return undefined;
  const scan = await scanMedia(program, file, header, { limits: { pixels: 0, suspiciousPixels: 0, audioUs: 0 } });
  expect(scan.full).toBe(false);
  const stream = scan.streams.get(video.index);
  return stream && videoTimeline(stream, video, scan.stderr.trim() !== '')?.times;
}

/** Frame times of a proxy are those of an even rate, within a tick: its own, or milliseconds where its source has those. */
function expectEven(file: string, rate: number, frames: number, tickS = 0.000_02): void {
  const times = inspect(file)
    .packets.map(({ pts_time }) => Number(pts_time))
    .sort((a, b) => a - b);
  expect(times).toHaveLength(frames);
  times.forEach((time, i) => expect(Math.abs(time - i / rate)).toBeLessThan(tickS));
}

describe.skipIf(!HAS_FFMPEG)('key frames that nobody marked (skipped where ffmpeg is not on the PATH)', () => {
  test.each(unmarkedFilms(at, 4))('$name: facts, frame times and proxy are those of all frames', async (one) => {
    const file = one.film();
    expect(marked(file)).toBe(one.marks);
    expect(leadsTo(file, 3)).toBe(false);
    const { facts, out } = await proxyOf(file);
    expect(facts).toMatchObject({ durationUs: 4_000_000, frameRate: '30/1', variable: false, problems: [] });
    expect(await engine.frameTimes(file)).toHaveLength(120);
    expectEven(out, 30, 120, 0.001);
    expect(numbersIn(out)).toEqual(range(0, 120));
    await engine.poster(file, facts, at(`${one.name}.jpg`));
    expect(numbersIn(at(`${one.name}.jpg`))[0]).toBeGreaterThan(0);
    expect(await longTimes(file)).toHaveLength(120);
  });
});

describe.skipIf(!HAS_FFMPEG)('4K at 60 frames a second (skipped where ffmpeg is not on the PATH)', () => {
  test('facts, and a proxy of 540 lines with every frame at its time', async () => {
    const film = numbered('3840x2160', 60, 0.5);
    const file = make(at('4k60.mp4'), ...film, ...tone(0.5), ...x264(), '-c:a', 'aac');
    const { facts, out } = await proxyOf(file);
    expect(facts).toMatchObject({
      ...{ kind: 'video', durationUs: 500_000, width: 3840, height: 2160, frameRate: '60/1', variable: false },
      ...{ videoCodec: 'h264', audioTracks: 1, problems: [] },
    });
    expect(inspect(out).streams[0]).toMatchObject({ codec_name: 'h264', width: 960, height: 540 });
    expectEven(out, 60, 30);
    expect(numbersIn(out)).toEqual(range(0, 30));
  });
});

test.skipIf(SAMPLES === null || !HAS_FFMPEG)(
  'HEVC in 1080p: the proxy is H.264 of 540 lines with every frame (skipped without ../shared/samples or ffmpeg)',
  async () => {
    const source = path.join(SAMPLES ?? '', 'hevc-1080p.mp4');
    const { facts, out } = await proxyOf(source);
    expect(facts).toMatchObject({ videoCodec: 'hevc', width: 1920, height: 1080, problems: [] });
    const [video] = inspect(out).streams;
    expect(video).toMatchObject({ codec_name: 'h264', pix_fmt: 'yuv420p', width: 960, height: 540 });
    expectEven(out, 30, inspect(source).packets.length);
  },
);
