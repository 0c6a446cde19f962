import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { MediaFacts } from '../../model/contract/index.ts';
import { fileUrl } from './files.ts';
import {
  HAS_FFMPEG,
  inspect,
  make,
  moving,
  quietLog,
  refusalOf,
  SAMPLES,
  scratch,
  tone,
  turnFilm,
  x264,
} from './fixtures.ts';
import { createMediaEngine } from './index.ts';
import { candidates } from './locate.ts';
import { proxySize } from './proxy.ts';

// Encoding on a busy machine of two cores.
vi.setConfig({ testTimeout: 90_000 });

const engine = createMediaEngine({ log: quietLog });
const temp = scratch();
afterAll(() => temp.remove());
const at = (name: string): string => path.join(temp.dir, name);

async function proxyOf(file: string): Promise<{ facts: MediaFacts; out: string; progress: number[] }> {
  const facts = await engine.probe(file, { name: path.basename(file), salvage: true });
  const out = at(`${path.basename(file)}.proxy.tmp`);
  const progress: number[] = [];
  await engine.proxy(file, facts, out, { onProgress: (fraction) => progress.push(fraction) });
  return { facts, out, progress };
}

/** Everything a proxy promises, whatever it was made of. */
function expectProxy(out: string, facts: MediaFacts): void {
  const { streams, packets } = inspect(out);
  const size = proxySize(facts.width ?? 0, facts.height ?? 0);
  expect(streams[0]).toMatchObject({
    codec_name: 'h264',
    pix_fmt: 'yuv420p',
    ...size,
    color_space: 'bt709',
    color_range: 'tv',
  });
  expect(streams[0]?.['sample_aspect_ratio'] ?? '1:1').toBe('1:1');
  const keys = packets.flatMap((packet, i) => (packet.flags.includes('K') ? [i] : []));
  expect(keys[0]).toBe(0);
  expect(Math.max(...[...keys.slice(1), packets.length].map((key, i) => key - (keys[i] ?? 0)))).toBeLessThanOrEqual(15);
  expect(Number(packets[0]?.pts_time)).toBe(0);
  const end = Math.max(...packets.map((packet) => Number(packet.pts_time) + Number(packet.duration_time)));
  expect(Math.abs(end * 1_000_000 - (facts.durationUs ?? 0))).toBeLessThanOrEqual(1_000);
  const sound = streams.find((stream) => stream['codec_type'] === 'audio');
  expect(sound !== undefined).toBe(facts.audioTracks > 0);
  if (sound) expect(sound).toMatchObject({ codec_name: 'aac', sample_rate: '48000', channels: 2 });
  const bytes = readFileSync(out);
  expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
}

/** Times of the decoded pictures in microseconds, counted from the first. */
function pictureTimes(file: string): number[] {
  const args = [
    '-v',
    'quiet',
    '-select_streams',
    'v:0',
    '-show_entries',
    'frame=best_effort_timestamp_time',
    '-of',
    'default=nk=1:nw=1',
  ];
  const lines = execFileSync('ffprobe', [...args, fileUrl(file)], { maxBuffer: 1 << 26 })
    .toString()
    .split('\n');
  const times = lines.filter((line) => /^\d/.test(line)).map((line) => Math.round(Number(line) * 1_000_000));
  return times.map((time) => time - (times[0] ?? 0));
}

/** Where the first loud sound is, in seconds. */
function beepAt(file: string): number {
  const pcm = execFileSync(
    'ffmpeg',
    ['-v', 'error', '-i', fileUrl(file), '-vn', '-ac', '1', '-ar', '48000', '-f', 's16le', 'pipe:1'],
    { maxBuffer: 1 << 28 },
  );
  for (let i = 0; i + 1 < pcm.length; i += 2) if (Math.abs(pcm.readInt16LE(i)) > 6_000) return i / 2 / 48_000;
  return -1;
}

/** Time of the first white picture, in seconds. */
function flashAt(file: string): number {
  const luma = execFileSync('ffmpeg', [
    '-v',
    'error',
    '-i',
    fileUrl(file),
    '-an',
    '-vf',
    'scale=1:1,format=gray',
    '-fps_mode',
    'passthrough',
    '-f',
    'rawvideo',
    'pipe:1',
  ]);
  return (pictureTimes(file)[luma.findIndex((value) => value > 128)] ?? -1_000_000) / 1_000_000;
}

test('proxy sizes: the short side is 540 at most, sides are even, nothing is enlarged', () => {
  expect(proxySize(1920, 1080)).toEqual({ width: 960, height: 540 });
  expect(proxySize(1080, 1920)).toEqual({ width: 540, height: 960 });
  expect(proxySize(427, 360)).toEqual({ width: 426, height: 360 });
  expect(proxySize(3026, 1386)).toEqual({ width: 1178, height: 540 });
  expect(proxySize(1, 1)).toEqual({ width: 2, height: 2 });
});

describe.skipIf(SAMPLES === null || !HAS_FFMPEG)(
  'proxies of samples (skipped without ../shared/samples or ffmpeg)',
  () => {
    test.each([
      'rotated-90.mp4',
      'variable-frame-rate.mp4',
      'non-square-pixels.mp4',
      'signing-person.mkv',
      'starts-between-keyframes.ts',
      'hevc-10bit.mp4',
      'truncated.mp4',
    ])(
      '%s keeps its picture times',
      async (name) => {
        const source = path.join(SAMPLES ?? '', name);
        const { facts, out, progress } = await proxyOf(source);
        expectProxy(out, facts);
        const expected = pictureTimes(source);
        const got = pictureTimes(out);
        expect(got.length).toBe(expected.length);
        got.forEach((time, i) => expect(Math.abs(time - (expected[i] ?? 0))).toBeLessThanOrEqual(15));
        expect(progress.at(-1)).toBe(1);
        expect(progress.every((value, i) => value > (progress[i - 1] ?? -1) && value <= 1)).toBe(true);
      },
      60_000,
    );

    test('a sound alone becomes AAC; a poster of it is a waveform', async () => {
      const source = path.join(SAMPLES ?? '', 'two-audio-no-video.mp4');
      const { facts, out } = await proxyOf(source);
      const { streams } = inspect(out, 'a:0');
      expect(streams).toHaveLength(1);
      expect(streams[0]).toMatchObject({ codec_name: 'aac', channels: 2, sample_rate: '48000' });
      expect(Math.abs(Number(streams[0]?.['duration']) * 1_000_000 - (facts.durationUs ?? 0))).toBeLessThan(2_000);
      await engine.poster(source, facts, at('wave.jpg'));
      expect(await sharp(at('wave.jpg')).metadata()).toMatchObject({ format: 'jpeg', width: 640 });
    });

    test('a cancelled proxy leaves no process and no file', async () => {
      const source = path.join(SAMPLES ?? '', 'street-cars.mp4');
      const facts = await engine.probe(source, { name: 'a' });
      const control = new AbortController();
      const out = at('cancelled.tmp');
      const onProgress = (): void => control.abort();
      const refusal = await refusalOf(engine.proxy(source, facts, out, { signal: control.signal, onProgress }));
      expect(refusal.code).toBe('cancelled');
      expect(existsSync(out)).toBe(false);
      if (process.platform === 'linux') {
        const running = readdirSync('/proc')
          .filter((pid) => /^\d+$/.test(pid))
          .filter((pid) => {
            try {
              return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(out);
            } catch {
              return false; // ended meanwhile
            }
          });
        expect(running).toEqual([]);
      }
      const before = new AbortController();
      const never = engine.proxy(source, facts, out, { signal: before.signal });
      before.abort();
      expect((await refusalOf(never)).code).toBe('cancelled');
      expect(existsSync(out)).toBe(false);
    });
  },
);

const npmBinaries = [candidates('ffmpeg', {}, {}), candidates('ffprobe', {}, {})].every((c) =>
  c.some((f) => existsSync(f)),
);

test.skipIf(!npmBinaries || SAMPLES === null)(
  'poster and proxy with an empty PATH by the npm packages alone (skipped where they have no binaries)',
  async () => {
    const alone = createMediaEngine({ log: quietLog, env: {} });
    const source = path.join(SAMPLES ?? '', 'cockatoo.mp4');
    const facts = await alone.probe(source, { name: 'cockatoo.mp4' });
    await alone.poster(source, facts, at('alone.jpg'));
    await alone.proxy(source, facts, at('alone.mp4'), {});
    expect(existsSync(at('alone.jpg'))).toBe(true);
    expect(await alone.probe(at('alone.mp4'), { name: 'alone.mp4' })).toMatchObject({
      videoCodec: 'h264',
      height: 540,
    });
  },
);

describe.skipIf(!HAS_FFMPEG)('proxies of made films (skipped where ffmpeg is not on the PATH)', () => {
  const flashAndBeep = (second: number): string[] => [
    ...[
      '-f',
      'lavfi',
      '-i',
      `color=black:size=160x120:rate=25:duration=4,drawbox=c=white:t=fill:enable='gte(t,${second})'`,
    ],
    ...[
      '-f',
      'lavfi',
      '-i',
      `sine=frequency=880:sample_rate=48000:duration=4,volume='if(gte(t,${second}),8,0)':eval=frame`,
    ],
  ];

  test.each([
    ['late.ts', ['-output_ts_offset', '100']],
    ['late.mkv', ['-output_ts_offset', '5']],
    ['plain.mp4', []],
  ])('%s: picture and sound stay together and start at 0', async (name, options) => {
    const file = make(at(name), ...flashAndBeep(2), ...x264(), '-c:a', 'aac', ...options);
    const { facts, out } = await proxyOf(file);
    expectProxy(out, facts);
    expect(flashAt(out)).toBeCloseTo(2, 2);
    expect(Math.abs(beepAt(out) - flashAt(out))).toBeLessThan(0.03);
  });

  test('an edit list that begins between key frames', async () => {
    const long = make(at('to-edit.mp4'), ...flashAndBeep(2), ...x264(50), '-c:a', 'aac');
    const file = make(at('edited.mp4'), '-ss', '0.8', '-i', long, '-c', 'copy');
    const { facts, out } = await proxyOf(file);
    expectProxy(out, facts);
    expect(Math.abs(flashAt(out) - 1.2)).toBeLessThan(0.041);
    expect(Math.abs(beepAt(out) - flashAt(out))).toBeLessThan(0.05);
  });

  test('sound that starts before and one that starts after the picture', async () => {
    const picture = make(at('picture.mkv'), ...flashAndBeep(2), '-map', '0:v', ...x264());
    const sound = make(at('sound.mka'), ...flashAndBeep(2), '-map', '1:a', '-c:a', 'pcm_s16le');
    for (const [name, first, second] of [
      ['late-picture.mkv', '1', '0'],
      ['late-sound.mkv', '0', '1'],
    ] as const) {
      const file = make(at(name), '-itsoffset', first, '-i', picture, '-itsoffset', second, '-i', sound, '-c', 'copy');
      const { facts, out } = await proxyOf(file);
      expect(facts.durationUs).toBe(4_000_000);
      expect(flashAt(out)).toBeCloseTo(2, 2);
      // The sound is moved by 1 s against the picture in the source, and so it must be here.
      expect(Math.abs(beepAt(out) - (2 + Number(second) - Number(first)))).toBeLessThan(0.03);
    }
  });
});

describe.skipIf(!HAS_FFMPEG)('pictures of made films (skipped where ffmpeg is not on the PATH)', () => {
  test.each([90, 270] as const)('turned by %i: proxy and poster are upright', async (turn) => {
    const half = 'color=red:size=320x180:rate=10:duration=1,drawbox=x=iw/2:w=iw/2:h=ih:c=blue:t=fill';
    const file = make(at(`half-${turn}.mp4`), '-f', 'lavfi', '-i', half, ...x264());
    turnFilm(file, turn);
    const { facts, out } = await proxyOf(file);
    expectProxy(out, facts);
    await engine.poster(file, facts, at('half.jpg'));
    const frame = make(at('half.png'), '-i', out, '-frames:v', '1', '-c:v', 'png', '-f', 'image2pipe');
    for (const picture of [at('half.jpg'), frame]) {
      const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
      expect([info.width, info.height]).toEqual([180, 320]);
      const top = data.subarray((20 * info.width + 90) * info.channels);
      // Red is on the left of the lying picture: on top after a clockwise turn, at the bottom after the other.
      expect((top[0] ?? 0) > (top[2] ?? 0)).toBe(turn === 90);
    }
  });

  test('HDR, interlaced, odd size, alpha: all become plain proxies', async () => {
    const hdr = make(
      at('hdr.mp4'),
      ...moving('322x242', 25, 1),
      '-c:v',
      'libx264',
      '-pix_fmt',
      'yuv420p10le',
      '-color_primaries',
      'bt2020',
      '-color_trc',
      'smpte2084',
      '-colorspace',
      'bt2020nc',
    );
    const interlaced = make(
      at('lines.mp4'),
      ...moving('320x240', 25, 1),
      '-c:v',
      'libx264',
      '-flags',
      '+ilme+ildct',
      '-x264opts',
      'tff=1',
      '-pix_fmt',
      'yuv420p',
    );
    const odd = make(at('odd.mov'), ...moving('161x121', 25, 1), '-c:v', 'png');
    const alpha = make(
      at('alpha.webm'),
      ...moving('64x64', 10, 1),
      '-vf',
      'format=rgba,colorchannelmixer=aa=0.5',
      '-c:v',
      'libvpx-vp9',
      '-pix_fmt',
      'yuva420p',
      '-deadline',
      'realtime',
      '-cpu-used',
      '8',
    );
    for (const file of [hdr, interlaced, odd, alpha]) {
      const { facts, out } = await proxyOf(file);
      expectProxy(out, facts);
      expect(pictureTimes(out).length).toBe(pictureTimes(file).length);
    }
  });

  test('a poster passes over a black beginning, and is never enlarged', async () => {
    const file = make(
      at('fade.mp4'),
      '-f',
      'lavfi',
      '-i',
      "color=black:size=200x100:rate=10:duration=10,drawbox=c=white:t=fill:enable='gte(t,5)'",
      ...tone(1),
      ...x264(),
    );
    const facts = await engine.probe(file, { name: 'a' });
    await engine.poster(file, facts, at('fade.jpg'));
    const { channels } = await sharp(at('fade.jpg')).greyscale().stats();
    expect(channels[0]?.mean ?? 0).toBeGreaterThan(150);
    expect(await sharp(at('fade.jpg')).metadata()).toMatchObject({ width: 200, height: 100 });
  });

  test('a picture has no proxy', async () => {
    const file = make(at('p.png'), ...moving('64x64', 1, 1), '-frames:v', '1', '-c:v', 'png', '-f', 'image2pipe');
    const facts = await engine.probe(file, { name: 'p.png' });
    expect((await refusalOf(engine.proxy(file, facts, at('no.tmp'), {}))).code).toBe('bad_input');
  });

  test.skipIf(process.platform !== 'linux' || !existsSync('/dev/full'))(
    'a full disk is named as such, and nothing is left',
    async () => {
      const file = make(at('f.mp4'), ...moving('64x64', 10, 1), ...x264());
      const { runFfmpeg } = await import('./run.ts');
      const job = {
        program: 'ffmpeg',
        input: file,
        output: '/dev/full',
        outputOptions: ['-c', 'copy', '-f', 'mpegts'],
        log: quietLog,
      };
      expect((await refusalOf(runFfmpeg(job))).code).toBe('disk_full');
      expect(statSync('/dev/full').isCharacterDevice()).toBe(true);
    },
  );
});
