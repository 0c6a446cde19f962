import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
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

const engine = createMediaEngine({ log: quietLog });
const temp = scratch();
afterAll(() => temp.remove());
const at = (name: string): string => path.join(temp.dir, name);
const probe = (file: string, salvage = false) => engine.probe(file, { name: path.basename(file), salvage });
const codes = (answer: { problems: { code: string }[] }): string[] => answer.problems.map((problem) => problem.code);

interface Expected {
  durationUs: number;
  size: [number, number] | null;
  rate: string | null;
  codec: string | null;
  audioTracks: number;
  rotation?: number;
  variable?: boolean;
  problems?: string[];
  mime?: string;
}

// Verified by hand with ffprobe (streams, packets and frames) and, for the sizes, by looking at the picture.
const EXPECTED: Record<string, Expected> = {
  'cockatoo.mp4': { durationUs: 14_000_000, size: [1280, 720], rate: '20/1', codec: 'h264', audioTracks: 1 },
  'hevc-1080p.mp4': { durationUs: 10_000_000, size: [1920, 1080], rate: '30/1', codec: 'hevc', audioTracks: 1 },
  'hevc-10bit.mp4': { durationUs: 1_000_000, size: [200, 200], rate: '30/1', codec: 'hevc', audioTracks: 0 },
  'non-square-pixels.mp4': { durationUs: 2_000_000, size: [427, 360], rate: '30/1', codec: 'h264', audioTracks: 1 },
  'person-720p.mp4': { durationUs: 24_400_000, size: [1280, 720], rate: '30/1', codec: 'h264', audioTracks: 1 },
  'phone-vertical-vfr.mp4': {
    durationUs: 16_000_000,
    size: [1080, 1920],
    rate: '441/16',
    codec: 'h264',
    audioTracks: 1,
    rotation: 90,
    variable: true,
  },
  'rotated-90.mp4': {
    durationUs: 1_875_000,
    size: [1080, 1920],
    rate: '24/1',
    codec: 'h264',
    audioTracks: 1,
    rotation: 90,
  },
  'signing-person.mkv': {
    durationUs: 2_400_000,
    size: [640, 480],
    rate: '30/1',
    codec: 'h264',
    audioTracks: 0,
    mime: 'video/x-matroska',
  },
  // The first key frame is the 64th picture; 15 decode.
  'starts-between-keyframes.ts': {
    durationUs: 499_367,
    size: [626, 352],
    rate: '30000/1001',
    codec: 'h264',
    audioTracks: 1,
    problems: ['starts_between_key_frames'],
    mime: 'video/mp2t',
  },
  'street-cars.mp4': { durationUs: 30_160_000, size: [768, 432], rate: '25/2', codec: 'h264', audioTracks: 1 },
  'talk-720p30.mp4': { durationUs: 42_400_000, size: [1280, 720], rate: '30/1', codec: 'h264', audioTracks: 1 },
  'two-audio-no-video.mp4': {
    durationUs: 5_013_333,
    size: null,
    rate: null,
    codec: null,
    audioTracks: 2,
    problems: ['no_video', 'several_audio_tracks'],
    mime: 'audio/mp4',
  },
  'variable-frame-rate.mp4': {
    durationUs: 8_725_503,
    size: [3026, 1386],
    rate: '3628800/502589',
    codec: 'h264',
    audioTracks: 0,
    variable: true,
  },
};

describe.skipIf(SAMPLES === null)('the samples (skipped where ../shared/samples is absent)', () => {
  const sample = (name: string): string => path.join(SAMPLES ?? '', name);

  test.each(Object.entries(EXPECTED))('%s', async (name, expected) => {
    const { problems, ...facts } = await probe(sample(name));
    expect(facts).toEqual({
      kind: expected.size === null ? 'audio' : 'video',
      durationUs: expected.durationUs,
      width: expected.size?.[0] ?? null,
      height: expected.size?.[1] ?? null,
      rotation: expected.rotation ?? 0,
      frameRate: expected.rate,
      variable: expected.variable ?? false,
      videoCodec: expected.codec,
      audioTracks: expected.audioTracks,
      hasAlpha: false,
      mime: expected.mime ?? 'video/mp4',
    });
    expect(problems.map((problem) => problem.code)).toEqual(expected.problems ?? []);
  });

  test('a film that is cut off is refused with the percent that plays, and taken when asked to', async () => {
    const refusal = await refusalOf(probe(sample('truncated.mp4')));
    expect(refusal).toMatchObject({
      code: 'media_truncated',
      params: { file: 'truncated.mp4', percent: 1 },
      files: ['truncated.mp4'],
    });
    const salvaged = await probe(sample('truncated.mp4'), true);
    expect(salvaged).toMatchObject({ kind: 'video', durationUs: 500_000, width: 1920, height: 1080 });
    expect(codes(salvaged)).toEqual(['truncated']);
  });

  const npm = candidates('ffprobe', {}, {}).length > 0;
  test.skipIf(!npm)(
    'works with an empty PATH by the npm package alone (skipped where that has no binary)',
    async () => {
      const alone = createMediaEngine({ log: quietLog, env: {} });
      const tools = await alone.tools();
      expect(tools.find((tool) => tool.name === 'ffprobe')).toMatchObject({ found: true });
      await expect(alone.probe(sample('hevc-10bit.mp4'), { name: 'a' })).resolves.toMatchObject({ videoCodec: 'hevc' });
    },
  );

  test('a film whose tail is zeros is found by decoding, though every packet is listed', async () => {
    const file = at('zeros.mp4');
    const bytes = Buffer.from(readFileSync(sample('talk-720p30.mp4')));
    bytes.fill(0, Math.floor(bytes.length / 2));
    // This film's index stands in front, so it survives.
    expect(bytes.subarray(0, 4096).includes('moov')).toBe(true);
    writeFileSync(file, bytes);
    const refusal = await refusalOf(probe(file));
    expect(refusal.code).toBe('media_truncated');
    expect(refusal.params['percent']).toBeGreaterThan(20);
    expect(refusal.params['percent']).toBeLessThan(80);
    const salvaged = await probe(file, true);
    expect(salvaged.durationUs ?? 0).toBeLessThan(36_000_000);
    expect(codes(salvaged)).toEqual(['truncated']);
  });
});

describe.skipIf(!HAS_FFMPEG)('made films (skipped where ffmpeg is not on the PATH)', () => {
  test.each([90, 180, 270] as const)('turned by %i degrees clockwise', async (turn) => {
    const plain = make(at('plain.mp4'), ...moving('320x180', 25, 1), ...x264());
    turnFilm(plain, turn);
    const lying = turn !== 180;
    await expect(probe(plain)).resolves.toMatchObject({
      rotation: turn,
      width: lying ? 180 : 320,
      height: lying ? 320 : 180,
      frameRate: '25/1',
      durationUs: 1_000_000,
    });
  });

  test('pixel aspect and a turn together', async () => {
    const plain = make(at('sar.mp4'), ...moving('360x288', 25, 1), '-vf', 'setsar=16/15', ...x264());
    await expect(probe(plain)).resolves.toMatchObject({ width: 384, height: 288 });
    turnFilm(plain, 90);
    await expect(probe(plain)).resolves.toMatchObject({ width: 288, height: 384, rotation: 90 });
  });

  test.each(['24000/1001', '30000/1001', '25', '60'])(
    'a steady %s stays steady with the millisecond ticks of Matroska',
    async (rate) => {
      const file = make(at('steady.mkv'), ...moving('64x64', rate, 3), ...x264());
      const remade = make(at('steady.mp4'), '-i', file, '-c', 'copy');
      const expected = { variable: false, frameRate: rate.includes('/') ? rate : `${rate}/1` };
      await expect(probe(file)).resolves.toMatchObject(expected);
      await expect(probe(remade)).resolves.toMatchObject(expected);
    },
  );

  test('an uneven rate in Matroska: the average over the presented pictures', async () => {
    const drop = "select='not(eq(mod(n,7),3))+lt(n,20)'";
    const file = make(at('vfr.mkv'), ...moving('64x64', 30, 4), '-vf', drop, '-vsync', 'vfr', ...x264());
    const { packets } = inspect(file);
    const answer = await probe(file);
    expect(answer.variable).toBe(true);
    const [num, den] = (answer.frameRate ?? '').split('/').map(Number);
    const seconds = (answer.durationUs ?? 0) / 1_000_000;
    expect((num ?? 0) / (den ?? 1)).toBeCloseTo(packets.length / seconds, 1);
  });

  test.each([
    [
      'alpha.webm',
      ['-c:v', 'libvpx-vp9', '-pix_fmt', 'yuva420p', '-deadline', 'realtime', '-cpu-used', '8'],
      'vp9',
      'video/webm',
    ],
    ['alpha.mov', ['-c:v', 'prores_ks', '-profile:v', '4444', '-pix_fmt', 'yuva444p10le'], 'prores', 'video/quicktime'],
    ['alpha-png.mov', ['-c:v', 'png', '-pix_fmt', 'rgba'], 'png', 'video/quicktime'],
    ['alpha.avi', ['-c:v', 'qtrle', '-pix_fmt', 'argb', '-f', 'mov'], 'qtrle', 'video/quicktime'],
  ])('%s has an alpha channel', async (name, options, codec, mime) => {
    const file = make(at(name), ...moving('64x64', 10, 1), '-vf', 'format=rgba,colorchannelmixer=aa=0.5', ...options);
    await expect(probe(file)).resolves.toMatchObject({ hasAlpha: true, videoCodec: codec, mime, problems: [] });
  });

  test.each([
    ['film.mkv', x264(), 'h264', 'video/x-matroska'],
    [
      'film.webm',
      ['-c:v', 'libvpx', '-b:v', '300k', '-auto-alt-ref', '1', '-lag-in-frames', '16'],
      'vp8',
      'video/webm',
    ],
    ['film.avi', ['-c:v', 'mpeg4', '-bf', '2'], 'mpeg4', 'video/x-msvideo'],
    ['film.flv', x264(), 'h264', 'video/x-flv'],
    ['film.ts', x264(), 'h264', 'video/mp2t'],
    ['film.wmv', ['-c:v', 'wmv2'], 'wmv2', 'video/x-ms-wmv'],
    ['film.mov', ['-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p'], 'mjpeg', 'video/quicktime'],
    ['film.mpg', ['-c:v', 'mpeg2video', '-bf', '2'], 'mpeg2video', 'video/mpeg'],
    ['film.mp4', ['-c:v', 'libx264', '-profile:v', 'high10', '-pix_fmt', 'yuv420p10le'], 'h264', 'video/mp4'],
  ])('%s: two seconds, 25 pictures each, no problem', async (name, options, codec, mime) => {
    const file = make(at(name), ...moving('160x120', 25, 2), ...options);
    const answer = await probe(file);
    expect(answer).toMatchObject({
      kind: 'video',
      width: 160,
      height: 120,
      frameRate: '25/1',
      variable: false,
      videoCodec: codec,
      mime,
      problems: [],
    });
    expect(Math.abs((answer.durationUs ?? 0) - 2_000_000)).toBeLessThanOrEqual(1_000);
  });
});

describe.skipIf(!HAS_FFMPEG)('edited and broken films (skipped where ffmpeg is not on the PATH)', () => {
  test('an edit list: what it hides does not count', async () => {
    const long = make(at('long.mp4'), ...moving('160x120', 25, 6), ...tone(6), ...x264(50), '-c:a', 'aac');
    // Copied from 2.4 s on: the copy begins with the key frame at 2 s and hides 0.4 s of it.
    const file = make(at('edited.mp4'), '-ss', '2.4', '-i', long, '-c', 'copy');
    expect(inspect(file).packets.some((packet) => packet.flags.includes('D'))).toBe(true);
    const answer = await probe(file);
    expect(answer).toMatchObject({ frameRate: '25/1', variable: false, problems: [] });
    expect(Math.abs((answer.durationUs ?? 0) - 3_600_000)).toBeLessThanOrEqual(40_000);
  });

  test('a Matroska film cut in the middle', async () => {
    const file = make(at('cut.mkv'), ...moving('160x120', 25, 8), ...tone(8), ...x264(), '-c:a', 'aac');
    truncateSync(file, Math.floor(readFileSync(file).length / 2));
    const refusal = await refusalOf(probe(file));
    expect(refusal.code).toBe('media_truncated');
    expect(refusal.params['percent']).toBeGreaterThan(30);
    expect(refusal.params['percent']).toBeLessThan(70);
    expect(codes(await probe(file, true))).toEqual(['truncated']);
  });

  test('a transport stream cut in the middle declares no length: what is there is taken', async () => {
    const file = make(at('cut.ts'), ...moving('160x120', 25, 8), ...x264());
    truncateSync(file, Math.floor(readFileSync(file).length / 2));
    const answer = await probe(file);
    expect(answer.durationUs ?? 0).toBeGreaterThan(3_000_000);
    expect(answer.durationUs ?? 0).toBeLessThan(5_000_000);
  });

  test('a camera file without its index: nothing plays, nothing to salvage', async () => {
    const file = make(at('camera.mp4'), ...moving('160x120', 25, 4), ...x264());
    truncateSync(file, Math.floor(readFileSync(file).length * 0.8));
    expect(await refusalOf(probe(file))).toMatchObject({
      code: 'media_truncated',
      params: { percent: 0, salvage: 'no' },
    });
    expect((await refusalOf(probe(file, true))).code).toBe('unreadable_media');
  });

  test('a film with more picture than sound, and one with more sound, are whole', async () => {
    const shortSound = make(at('short-sound.mkv'), ...moving('64x64', 25, 6), ...tone(2), ...x264(), '-c:a', 'aac');
    const longSound = make(at('long-sound.mkv'), ...moving('64x64', 25, 2), ...tone(6), ...x264(), '-c:a', 'aac');
    await expect(probe(shortSound)).resolves.toMatchObject({ durationUs: 6_000_000, problems: [] });
    const answer = await probe(longSound);
    expect(answer.problems).toEqual([]);
    expect(Math.abs((answer.durationUs ?? 0) - 2_000_000)).toBeLessThanOrEqual(1_000);
  });

  test('a damaged middle is named and taken', async () => {
    const file = make(at('damaged.mp4'), ...moving('320x240', 25, 10), ...x264(25), '-movflags', '+faststart');
    const bytes = readFileSync(file);
    bytes.fill(0, Math.floor(bytes.length * 0.5), Math.floor(bytes.length * 0.52));
    writeFileSync(file, bytes);
    const answer = await probe(file);
    expect(codes(answer)).toEqual(['damaged']);
    expect(answer).toMatchObject({ frameRate: '25/1', variable: false, durationUs: 10_000_000 });
  });

  test('interlaced, HDR, two pictures', async () => {
    const interlaced = make(
      at('interlaced.mp4'),
      ...moving('160x120', 25, 1),
      '-c:v',
      'libx264',
      '-flags',
      '+ilme+ildct',
      '-x264opts',
      'tff=1',
      '-pix_fmt',
      'yuv420p',
    );
    expect(codes(await probe(interlaced))).toEqual(['interlaced']);
    const hdr = make(
      at('hdr.mp4'),
      ...moving('160x120', 25, 1),
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
    expect(codes(await probe(hdr))).toEqual(['hdr']);
    const two = make(
      at('two.mkv'),
      ...moving('64x64', 25, 1),
      ...moving('160x120', 25, 1),
      '-map',
      '0',
      '-map',
      '1',
      ...x264(),
    );
    const answer = await probe(two);
    expect(codes(answer)).toEqual(['several_video_tracks']);
    expect(answer.width).toBe(64);
  });
});
