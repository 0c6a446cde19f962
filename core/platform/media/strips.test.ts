import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, truncateSync, statSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { decodePeaks, indexOf, levelOf, STRIP_MAX, type Peaks, type StripIndex } from '../../model/strips/index.ts';
import { fileUrl } from './files.ts';
import { HAS_FFMPEG, make, moving, quietLog, refusalOf, SAMPLES, scratch, tone, turnFilm, x264 } from './fixtures.ts';
import { createMediaEngine } from './index.ts';
import { PeakReducer } from './peaks.ts';

// Encoding on a busy machine of two cores.
vi.setConfig({ testTimeout: 90_000 });

const engine = createMediaEngine({ log: quietLog });
const temp = scratch();
afterAll(() => temp.remove());
const at = (name: string): string => path.join(temp.dir, name);

async function peaksOf(file: string): Promise<Peaks> {
  const facts = await engine.probe(file, { name: path.basename(file), salvage: true });
  const out = at(`${path.basename(file)}.peaks`);
  await engine.peaks(file, facts, out, {});
  const peaks = decodePeaks(readFileSync(out));
  if (!peaks) throw new Error('no peaks came');
  expect(peaks.levels.length).toBe(Math.ceil((facts.durationUs ?? 0) / 10_000));
  return peaks;
}

async function stripOf(file: string): Promise<{ index: StripIndex; sheet: Buffer }> {
  const facts = await engine.probe(file, { name: path.basename(file), salvage: true });
  const [proxy, out] = [at(`${path.basename(file)}.proxy.mp4`), at(`${path.basename(file)}.strip.jpg`)];
  await engine.proxy(file, facts, proxy, {});
  await engine.strip({ path: proxy, leadUs: 0 }, facts.durationUs ?? 0, out);
  const sheet = readFileSync(out);
  const index = indexOf(sheet);
  if (!index) throw new Error('no filmstrip came');
  return { index, sheet };
}

/** Mean colour of picture `n`. */
async function colourOf({ index, sheet }: { index: StripIndex; sheet: Buffer }, n: number): Promise<number[]> {
  const { width, height, columns } = index;
  const box = { left: (n % columns) * width, top: Math.floor(n / columns) * height, width, height };
  const { channels } = await sharp(await sharp(sheet).extract(box).png().toBuffer()).stats();
  return channels.map(({ mean }) => Math.round(mean));
}

const silentBut = (from: number, to: number, seconds: number, gain = 1): string =>
  `aevalsrc=${String(gain)}*sin(2*PI*440*t)*between(t\\,${String(from)}\\,${String(to)}):s=48000:d=${String(seconds)}`;
const lavfi = (graph: string): string[] => ['-f', 'lavfi', '-i', graph];

describe('the reducer', () => {
  test('takes pieces of any size, also in the middle of a sample', () => {
    const samples = Int16Array.from({ length: 4 * 960 }, (_, i) => (i === 100 ? -32_768 : i === 2000 ? 8_192 : 0));
    const bytes = new Uint8Array(samples.buffer);
    for (const size of [1, 7, 960, 100_000]) {
      const reducer = new PeakReducer(4, 2);
      for (let from = 0; from < bytes.length; from += size) reducer.add(bytes.subarray(from, from + size));
      reducer.end();
      expect([...reducer.levels], `pieces of ${String(size)}`).toEqual([255, 0, levelOf(0.25), 0]);
      expect(reducer.reached).toBe(4);
    }
  });

  test('keeps a last, short value and lets go of what is too much', () => {
    const reducer = new PeakReducer(1, 1);
    reducer.add(new Uint8Array(Int16Array.of(0, 16_384).buffer));
    expect(reducer.reached).toBe(1);
    reducer.end();
    reducer.add(new Uint8Array(Int16Array.of(32_767).buffer));
    reducer.end();
    expect([...reducer.levels]).toEqual([levelOf(0.5)]);
  });
});

describe.skipIf(!HAS_FFMPEG)('peaks of made files (skipped where ffmpeg is not on the PATH)', () => {
  test('a burst stands where it is, silence is flat', async () => {
    const file = make(at('burst.wav'), ...lavfi(silentBut(1.5, 1.75, 4, 0.5)));
    const { levels, perSecond } = await peaksOf(file);
    expect([perSecond, levels.length]).toEqual([100, 400]);
    const loud = [...levels.keys()].filter((i) => (levels[i] ?? 0) > 20);
    expect([loud[0], loud.at(-1), loud.length]).toEqual([150, 174, 25]);
    expect(Math.abs((levels[160] ?? 0) - levelOf(0.5))).toBeLessThanOrEqual(1);
    expect(Math.max(...levels.subarray(0, 149), ...levels.subarray(176))).toBe(0);
  });

  test('either channel counts, also in opposite phase; full scale is full', async () => {
    const right = make(at('right.wav'), ...lavfi('aevalsrc=0|sin(2*PI*440*t):s=44100:d=1'));
    const against = make(at('against.wav'), ...lavfi('aevalsrc=sin(2*PI*440*t)|-sin(2*PI*440*t):s=48000:d=1'));
    const mono = make(at('mono.wav'), ...lavfi('aevalsrc=sin(2*PI*440*t):s=48000:d=1'));
    for (const file of [right, against, mono]) {
      expect(Math.min(...(await peaksOf(file)).levels.subarray(1, 99)), file).toBeGreaterThanOrEqual(250);
    }
  });

  test('the first of several tracks, in time with the picture', async () => {
    const [first, second] = [silentBut(1, 1.2, 3), silentBut(2, 2.2, 3)];
    const tracks = [...lavfi(first), ...lavfi(second), '-map', '0:v', '-map', '1:a', '-map', '2:a'];
    const film = make(at('two.mp4'), ...moving('160x120', 25, 3), ...tracks, ...x264(), '-c:a', 'aac');
    const heard = (await peaksOf(film)).levels;
    expect(heard.findIndex((level) => level > 100)).toBeGreaterThanOrEqual(99);
    expect(heard.findIndex((level) => level > 100)).toBeLessThanOrEqual(101);
    expect(Math.max(...heard.subarray(150))).toBeLessThan(20);

    // The sound begins a second after the picture in the container: so it does here.
    const picture = make(at('p.mkv'), ...moving('160x120', 25, 3), ...x264());
    const sound = make(at('s.mka'), ...lavfi(first), '-c:a', 'pcm_s16le');
    const late = make(at('late.mkv'), '-i', picture, '-itsoffset', '1', '-i', sound, '-c', 'copy', '-t', '3');
    const moved = (await peaksOf(late)).levels.findIndex((level) => level > 100);
    expect(Math.abs(moved - 200)).toBeLessThanOrEqual(1);
  });

  test('no sound: refused; sound shorter than its film: silence up to the end', async () => {
    const mute = make(at('mute.mp4'), ...moving('160x120', 25, 1), ...x264());
    const facts = await engine.probe(mute, { name: 'mute.mp4' });
    expect((await refusalOf(engine.peaks(mute, facts, at('no.peaks'), {}))).code).toBe('bad_input');
    const short = make(at('short.mkv'), ...moving('160x120', 25, 3), ...tone(1), ...x264(), '-c:a', 'flac');
    const { levels } = await peaksOf(short);
    expect(levels.length).toBe(300);
    expect(Math.max(...levels.subarray(105))).toBe(0);
  });

  test.each([
    ['its index lost', []],
    ['its second half lost', ['-movflags', '+faststart']],
  ])('a file damaged since its import, %s: refused, nothing left', async (what, options) => {
    const file = make(at('whole.mp4'), ...moving('320x240', 25, 8), ...tone(8), ...x264(), '-c:a', 'aac', ...options);
    const facts = await engine.probe(file, { name: 'whole.mp4' });
    truncateSync(file, Math.floor(statSync(file).size / 2));
    const out = at(`${what}.peaks`);
    expect((await refusalOf(engine.peaks(file, facts, out, {}))).code).toBe('tool_failed');
    expect(existsSync(out)).toBe(false);
    if (options.length > 0) return;
    expect((await refusalOf(engine.strip({ path: file, leadUs: 0 }, 8_000_000, out))).code).toBe('tool_failed');
    expect(existsSync(out)).toBe(false);
  });

  test('a cancelled pass leaves nothing', async () => {
    const file = make(at('long.wav'), ...tone(60));
    const facts = await engine.probe(file, { name: 'long.wav' });
    const stop = new AbortController();
    const never = engine.peaks(file, facts, at('never.peaks'), {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    expect((await refusalOf(never)).code).toBe('cancelled');
    expect(existsSync(at('never.peaks'))).toBe(false);
  });
});

describe.skipIf(!HAS_FFMPEG)('filmstrips of made files (skipped where ffmpeg is not on the PATH)', () => {
  test('a picture a second, each of its own time', async () => {
    // Red, then green from 2 s, then blue from 4 s.
    const film =
      "color=red:size=320x180:rate=25:duration=6,drawbox=c=lime:t=fill:enable='between(t,2,3.99)',drawbox=c=blue:t=fill:enable='gte(t,4)'";
    const strip = await stripOf(make(at('rgb.mp4'), ...lavfi(film), ...x264()));
    const { index } = strip;
    expect([index.width, index.height, index.columns]).toEqual([160, 90, index.timesUs.length]);
    // The proxy has a key frame every 0.6 s: the first one a second or more after the last.
    expect(index.timesUs).toEqual([0, 1_200_000, 2_400_000, 3_600_000, 4_800_000]);
    for (const [n, us] of index.timesUs.entries()) {
      const wanted = us < 2_000_000 ? 0 : us < 4_000_000 ? 1 : 2;
      const colour = await colourOf(strip, n);
      expect(colour.indexOf(Math.max(...colour)), `picture at ${String(us)} µs`).toBe(wanted);
    }
  });

  test('a turned film stands upright', async () => {
    const half = 'color=red:size=320x180:rate=10:duration=1,drawbox=x=iw/2:w=iw/2:h=ih:c=blue:t=fill';
    const file = make(at('turned.mp4'), ...lavfi(half), ...x264());
    turnFilm(file, 90);
    const { index, sheet } = await stripOf(file);
    expect([index.width, index.height]).toEqual([51, 90]);
    const { data, info } = await sharp(sheet).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const pixel = (y: number): number[] => [...data.subarray((y * info.width + 25) * 3).subarray(0, 3)];
    expect(pixel(15)[0]).toBeGreaterThan(150);
    expect(pixel(75)[2]).toBeGreaterThan(150);
  });

  test('uneven frames: every time is one of the film’s own, and the picture is the one of that time', async () => {
    // 10 frames a second, of which many are left out: brightness says the time (15 steps of luma a second).
    const film = "color=black:size=160x120:rate=10:duration=12,geq=lum='16+T*15':cb=128:cr=128";
    const choose = "select='not(mod(n,3))+between(n,40,60)'";
    const vfr = [...lavfi(film), '-vf', choose, '-fps_mode', 'vfr', ...x264()];
    const file = make(at('uneven.mp4'), ...vfr);
    const strip = await stripOf(file);
    const own = await engine.frameTimes(file);
    for (const [n, us] of strip.index.timesUs.entries()) {
      expect(Math.min(...own.map((time) => Math.abs(time - us)))).toBeLessThanOrEqual(20);
      expect(Math.abs(((await colourOf(strip, n))[0] ?? 0) - 1.164 * 15 * (us / 1_000_000))).toBeLessThan(8);
    }
    expect(strip.index.timesUs.length).toBeGreaterThan(3);
  });

  test('however long: no more pictures than the sheet holds', async () => {
    const long = make(at('long.mp4'), ...lavfi('testsrc2=size=64x48:rate=5:duration=1500'), ...x264());
    const out = at('long.jpg');
    const facts = await engine.probe(long, { name: 'long.mp4' });
    const proxy = make(at('long.proxy.mp4'), '-i', long, ...x264(15));
    await engine.strip({ path: proxy, leadUs: 0 }, facts.durationUs ?? 0, out);
    const index = indexOf(readFileSync(out));
    expect(index?.timesUs.length).toBeGreaterThan(100);
    expect(index?.timesUs.length).toBeLessThanOrEqual(STRIP_MAX);
    expect(index?.timesUs.at(-1)).toBeGreaterThan(1_485_000_000);
    const { width, height } = await sharp(out).metadata();
    expect(width).toBeLessThanOrEqual(4096);
    expect(height).toBe(Math.ceil((index?.timesUs.length ?? 0) / (index?.columns ?? 1)) * 48);
  });
});

test.skipIf(SAMPLES === null || !HAS_FFMPEG)(
  'samples: uneven, turned, non-square, several tracks (skipped without ../shared/samples or ffmpeg)',
  async () => {
    for (const name of ['variable-frame-rate.mp4', 'rotated-90.mp4', 'non-square-pixels.mp4', 'signing-person.mkv']) {
      const file = path.join(SAMPLES ?? '', name);
      const facts = await engine.probe(file, { name });
      const { index } = await stripOf(file);
      expect(index.timesUs[0], name).toBe(0);
      expect(index.timesUs.at(-1), name).toBeLessThan(facts.durationUs ?? 0);
      expect(Math.abs(index.width / index.height - (facts.width ?? 0) / (facts.height ?? 1)), name).toBeLessThan(0.02);
      if (facts.audioTracks > 0) {
        // The loudest hundredth of a second is where ffmpeg itself hears the loudest.
        const { levels } = await peaksOf(file);
        const args = ['-v', 'error', '-i', fileUrl(file), '-map', '0:a:0', '-ac', '2', '-f', 's16le', 'pipe:1'];
        const pcm = execFileSync('ffmpeg', args, { maxBuffer: 1 << 28 });
        const loudest = new Int16Array(pcm.buffer, pcm.byteOffset, pcm.length >> 1);
        const most = loudest.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
        expect(Math.abs(Math.max(...levels) - levelOf(most / 32_767)), name).toBeLessThanOrEqual(2);
      }
    }
  },
);
