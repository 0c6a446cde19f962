import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lineWidthEm } from '../../../model/fonts/index.ts';
import { planCover, planRender, planStill } from '../../../video/index.ts';
import { HAS_FFMPEG, SAMPLES, inspect, make, moving, quietLog, refusalOf, scratch, tone, x264 } from '../fixtures.ts';
import { createLocator } from '../locate.ts';
import { filterValue } from './ffmpeg.ts';
import { boxes, filmOf, loudness, meanVolume, psnr, tagsOf } from './fixtures.ts';
import type { Rendered, TestFilm } from './fixtures.ts';
import { createFilmMaker } from './index.ts';
import { loudnessOf } from './sound.ts';

const { dir: root, remove } = scratch();
/** Everything lies in a folder whose name means something to every program on the way. */
const dir = path.join(root, `-出 'x' [a],b;c:d=e %03d #1 ${process.platform === 'win32' ? '' : '"q" \\ ? '}🍵`);
const cacheDir = path.join(dir, 'cache');
const outDir = path.join(dir, '成片');
mkdirSync(outDir, { recursive: true });
afterAll(remove);

const tools = createLocator({ settings: {}, env: process.env, log: quietLog });
const maker = createFilmMaker({ log: quietLog, tools, cacheDir, planCover, planRender, planStill });
const sample = (name: string): string => path.join(SAMPLES ?? '', name);
const pts = (file: string, stream = 'v:0'): number[] =>
  inspect(file, stream)
    .packets.map((packet) => Number(packet.pts_time))
    .sort((a, b) => a - b);

describe('arguments', () => {
  test('a path inside a graph is escaped for the option and for the graph', () => {
    expect(filterValue("/a'b:c\\d[e],f;g")).toBe("/a\\\\\\'b\\\\:c\\\\\\\\d\\[e\\]\\,f\\;g");
  });

  test("the meter's summary: loudness, silence, nothing", () => {
    const lines = ['[info] Summary:', '    I:         -70.0 LUFS', '    Peak:       -inf dBFS'];
    expect(loudnessOf(lines)).toEqual({ lufs: null, truePeakDb: null });
    expect(loudnessOf(['x Summary:', '    I:  -16.2 LUFS', '    Peak:  -1.4 dBFS'])).toEqual({
      lufs: -16.2,
      truePeakDb: -1.4,
    });
    expect(loudnessOf([])).toEqual({ lufs: null, truePeakDb: null });
  });
});

let film: TestFilm;
let result: Rendered;
const CAPTION = '每斤1800元';

beforeAll(async () => {
  if (!SAMPLES || !HAS_FFMPEG) return;
  const picture = path.join(dir, '村口 %d.png');
  const red = { width: 900, height: 600, channels: 3 as const, background: '#c02020' };
  writeFileSync(picture, await sharp({ create: red }).png().toBuffer());
  film = await filmOf(
    [
      { file: sample('phone-vertical-vfr.mp4'), inUs: 1_000_000, outUs: 1_500_000 },
      { file: sample('cockatoo.mp4'), inUs: 5_000_000, outUs: 5_500_000, fit: 'contain' },
      { file: sample('talk-720p30.mp4'), inUs: 10_000_000, outUs: 12_000_000 },
      { file: sample('hevc-10bit.mp4'), inUs: 0, outUs: 200_000, fit: 'crop' },
      { file: sample('non-square-pixels.mp4'), inUs: 0, outUs: 250_000 },
      { file: sample('rotated-90.mp4'), inUs: 500_000, outUs: 700_000 },
      { file: picture, inUs: 0, outUs: 333_000 },
    ],
    [[600_000, 2_000_000, CAPTION]],
  );
  const fractions: number[] = [];
  const onProgress = (fraction: number): void => void fractions.push(fraction);
  result = await maker.render({ ...film, targets: ['douyin', 'kuaishou'], outDir, onProgress });
  expect(fractions.at(-1)).toBe(1);
  expect(fractions.every((fraction, i) => i === 0 || fraction > (fractions[i - 1] ?? 1))).toBe(true);
}, 120_000);

describe.skipIf(!SAMPLES || !HAS_FFMPEG)('a film of the samples', () => {
  test('is what the platforms take', () => {
    const [douyin] = result.outputs;
    expect(douyin).toMatchObject({ width: 1080, height: 1920, frameRate: '30/1', videoCodec: 'h264' });
    expect(douyin?.file).toBe(path.join(outDir, 'douyin.mp4'));
    const [video, audio] = inspect(douyin?.file ?? '').streams;
    expect(video).toMatchObject({
      ...{ codec_name: 'h264', profile: 'High', pix_fmt: 'yuv420p', width: 1080, height: 1920 },
      ...{ r_frame_rate: '30/1', avg_frame_rate: '30/1', color_space: 'bt709', color_primaries: 'bt709' },
      ...{ color_transfer: 'bt709', color_range: 'tv', nb_frames: '119' },
    });
    expect(audio).toMatchObject({ codec_name: 'aac', profile: 'LC', sample_rate: '48000', channels: 2 });
    const order = boxes(douyin?.file ?? '');
    expect(order.indexOf('moov')).toBeLessThan(order.indexOf('mdat'));
  });

  test('every frame is one thirtieth after the one before, key frames two seconds apart at most', () => {
    const file = result.outputs[0]?.file ?? '';
    const times = pts(file);
    // 0.5 + 0.5 + 2 + 0.2 + 0.25 + 0.2 + 0.333 s
    expect(times).toHaveLength(119);
    times.forEach((time, i) => expect(time).toBeCloseTo(i / 30, 5));
    const keys = inspect(file)
      .packets.filter(({ flags }) => flags.includes('K'))
      .map((p) => Number(p.pts_time));
    keys.push(119 / 30);
    expect(Math.max(...keys.slice(1).map((key, i) => key - (keys[i] ?? 0)))).toBeLessThanOrEqual(2.0001);
    expect(Number(inspect(file).streams[1]?.['duration'])).toBeCloseTo(119 / 30, 2);
  });

  test('targets of one look are copies, in the order asked for; what was done is told', () => {
    expect(result.outputs.map(({ target, segments }) => [target, segments])).toEqual([
      ['douyin', { encoded: 7, reused: 0, copied: 0 }],
      ['kuaishou', { encoded: 0, reused: 0, copied: 7 }],
    ]);
    expect(result.cpuSeconds).toBeGreaterThan(0.5);
    expect(result.wallSeconds).toBeGreaterThan(0);
    expect(readdirSync(outDir).sort()).toEqual(['douyin.mp4', 'kuaishou.mp4']);
    expect(readdirSync(cacheDir).sort()).toEqual(['fonts-autohinted', 'segments']);
  });

  test('is as loud as it says, and -16 LUFS', () => {
    const [douyin] = result.outputs;
    const { lufs, peak } = loudness(douyin?.file ?? '');
    expect(Math.abs(lufs + 16)).toBeLessThanOrEqual(1);
    expect(peak).toBeLessThanOrEqual(-1);
    expect(douyin?.lufs).toBeCloseTo(lufs, 1);
    expect(douyin?.truePeakDb).toBeCloseTo(peak, 1);
  });

  // talk-720p30: frame 300 of the source is frame 30 of the film; its timecode changes with every frame.
  test.each([
    [30, 300],
    [89, 359],
  ])('frame %i of the film is frame %i of the source and not a neighbour', (at, frame) => {
    const file = result.outputs[0]?.file ?? '';
    const like = (n: number): number =>
      psnr(
        // The timecode's corner.
        { file, filter: `select=eq(n\\,${at}),crop=400:90:680:1160` },
        {
          file: sample('talk-720p30.mp4'),
          filter: `select=eq(n\\,${n - 285}),scale=1080:608:out_color_matrix=bt709,crop=400:90:680:504`,
          before: ['-ss', '9.5'],
        },
      );
    const same = like(frame);
    expect(same).toBeGreaterThan(like(frame - 1) + 3);
    expect(same).toBeGreaterThan(like(frame + 1) + 3);
  });

  test('a seek that would end in a broken picture does not (cockatoo.mp4)', () => {
    const file = result.outputs[0]?.file ?? '';
    const source = { file: sample('cockatoo.mp4'), filter: 'select=eq(n\\,104),scale=1080:608:out_color_matrix=bt709' };
    expect(psnr({ file, filter: 'select=eq(n\\,21),crop=1080:608:0:656' }, source)).toBeGreaterThan(30);
  });

  test('the picture stands upright, with square pixels, in its colours', async () => {
    const file = result.outputs[0]?.file ?? '';
    const red = make(
      path.join(root, 'red.png'),
      '-i',
      file,
      '-vf',
      'select=eq(n\\,115),scale=in_color_matrix=bt709',
      '-frames:v',
      '1',
    );
    const { channels } = await sharp(red).extract({ left: 400, top: 900, width: 200, height: 100 }).stats();
    const colour = channels.map(({ mean }) => Math.round(mean));
    [0xc0, 0x20, 0x20].forEach((want, i) => expect(Math.abs((colour[i] ?? 0) - want)).toBeLessThan(6));
  });

  test('a corrected caption costs its own clip only', async () => {
    const corrected = { ...film, timeline: structuredClone(film.timeline) };
    const [cue] = corrected.timeline.captions.cues;
    if (cue) corrected.timeline.captions.cues = [{ ...cue, startUs: 1_600_000 }];
    const again = await maker.render({ ...corrected, targets: ['channels'], outDir });
    // The caption was on the second clip and the third, and is on the third only.
    expect(again.outputs[0]?.segments).toEqual({ encoded: 2, reused: 5, copied: 0 });
    const same = await maker.render({ ...film, targets: ['douyin'], outDir });
    expect(same.outputs[0]?.segments).toEqual({ encoded: 0, reused: 7, copied: 0 });
  }, 60_000);
});

describe.skipIf(!SAMPLES || !HAS_FFMPEG)('stills of it', () => {
  const at = async (film: TestFilm, atUs: number, draft = false): Promise<string> =>
    (await maker.still({ ...film, target: 'douyin', atUs, outDir, draft })).file;
  const differing = async (
    a: string,
    b: string,
  ): Promise<{ left: number; right: number; top: number; bottom: number }> => {
    const [one, two] = await Promise.all([a, b].map((file) => sharp(file).greyscale().raw().toBuffer()));
    const box = { left: 1080, right: 0, top: 1920, bottom: 0 };
    one?.forEach((value, i) => {
      if (Math.abs(value - (two?.[i] ?? 0)) < 24) return;
      const [x, y] = [i % 1080, Math.floor(i / 1080)];
      Object.assign(box, { left: Math.min(box.left, x), right: Math.max(box.right, x) });
      Object.assign(box, { top: Math.min(box.top, y), bottom: Math.max(box.bottom, y) });
    });
    return box;
  };

  test('show the film, named by frame', async () => {
    const file = await at(film, 1_500_000);
    expect(path.basename(file)).toBe('douyin-45.png');
    const filmed = { file: path.join(outDir, 'douyin.mp4'), filter: 'select=eq(n\\,45)' };
    // ffmpeg reads a % in a picture's name as a pattern.
    const copy = path.join(root, 'still.png');
    copyFileSync(file, copy);
    expect(psnr({ file: copy, filter: 'scale=out_color_matrix=bt709:out_range=tv' }, filmed)).toBeGreaterThan(34);
  });

  test('captions stand in the safe area, as wide as the bundled font draws them', async () => {
    const bare = { ...film, timeline: { ...film.timeline, captions: { ...film.timeline.captions, cues: [] } } };
    const without = path.join(dir, 'without.png');
    writeFileSync(
      without,
      await sharp(await at(bare, 1_500_000))
        .png()
        .toBuffer(),
    );
    const box = await differing(await at(film, 1_500_000), without);
    expect(box.bottom).toBeLessThanOrEqual(1920 * 0.78);
    expect(box.bottom).toBeGreaterThan(1920 * 0.74);
    expect(box.right).toBeLessThanOrEqual(1080 * 0.88);
    expect(box.left).toBeGreaterThanOrEqual(1080 * 0.04);
    const drawn = box.right - box.left + 1;
    // Side bearings make it narrower, the rim of 3 px wider.
    expect(Math.abs(drawn - lineWidthEm(CAPTION, true) * 60)).toBeLessThanOrEqual(10);
    expect(Math.abs((box.left + box.right) / 2 - 540)).toBeLessThanOrEqual(4);
  });

  test('a caption with a place of its own stands there in the film too', async () => {
    const { captions } = film.timeline;
    const placed = (cues: typeof captions.cues) => ({
      ...film,
      timeline: { ...film.timeline, captions: { ...captions, cues } },
    });
    const without = path.join(dir, 'unplaced.png');
    writeFileSync(
      without,
      await sharp(await at(placed([]), 1_500_000))
        .png()
        .toBuffer(),
    );
    const up = captions.cues.map((cue) => ({ ...cue, position: 'top' as const }));
    const box = await differing(await at(placed(up), 1_500_000), without);
    // 12 % of the height are kept free at the top; the line is 87 pixels high.
    expect(box.top).toBeGreaterThanOrEqual(1920 * 0.12);
    expect(box.bottom).toBeLessThan(1920 * 0.12 + 90);
    expect(Math.abs((box.left + box.right) / 2 - 540)).toBeLessThanOrEqual(4);
  });

  test('a second language stands below the text, both above the edge that is kept free', async () => {
    const { captions } = film.timeline;
    const worded = (more: object) => ({
      ...film,
      timeline: {
        ...film.timeline,
        captions: { ...captions, cues: captions.cues.map((cue) => ({ ...cue, ...more })) },
      },
    });
    const png = async (name: string, more: object): Promise<string> => {
      const file = path.join(dir, name);
      writeFileSync(
        file,
        await sharp(await at(worded(more), 1_500_000))
          .png()
          .toBuffer(),
      );
      return file;
    };
    const bare = await png('no-words.png', { text: '' });
    const alone = await differing(await at(film, 1_500_000), bare);
    const translation = 'Spring tea is picked before the rain';
    const below = await differing(await at(worded({ text: '', translation }), 1_500_000), bare);
    const both = await differing(await at(worded({ translation }), 1_500_000), bare);
    // As wide as the font draws it at 0.7 of 60 pixels; side bearings make it narrower, the rim of 3 px wider.
    expect(Math.abs(below.right - below.left + 1 - lineWidthEm(translation, true) * 42)).toBeLessThanOrEqual(10);
    expect(both.bottom).toBe(below.bottom);
    // The rim of a letter that goes below its line, 3 pixels.
    expect(both.bottom).toBeLessThanOrEqual(1920 * 0.78 + 3);
    // The text is higher by the line of the second language: 42 pixels, 1.448 ems.
    expect(Math.abs(alone.top - both.top - 42 * 1.448)).toBeLessThanOrEqual(1);
  });

  test('a draft is marked on every frame', async () => {
    const plain = path.join(dir, 'plain.png');
    writeFileSync(
      plain,
      await sharp(await at(film, 3_800_000))
        .png()
        .toBuffer(),
    );
    const box = await differing(await at(film, 3_800_000, true), plain);
    expect(box.right - box.left).toBeGreaterThan(500);
    expect(box.bottom - box.top).toBeGreaterThan(150);
  });

  test('from the end on: the last frame', async () => {
    expect(path.basename(await at(film, 99_000_000))).toBe('douyin-118.png');
  });
});

describe.skipIf(!HAS_FFMPEG)('films of made files', () => {
  let spoken = '';
  let mute = '';
  const AIGC = '{"Label":"1","ContentProducer":"001191","ProduceID":"x"}';

  beforeAll(() => {
    const label = ['-metadata', `AIGC=${AIGC}`, '-movflags', 'use_metadata_tags'];
    spoken = make(
      path.join(dir, 'tone.mp4'),
      ...moving('320x180', 25, 3),
      ...tone(3),
      ...x264(),
      '-c:a',
      'aac',
      ...label,
    );
    mute = make(path.join(dir, 'mute.mp4'), ...moving('180x320', 60, 2), ...x264());
  });

  const render = (film: TestFilm, signal?: AbortSignal): Promise<Rendered> =>
    maker.render({ ...film, targets: ['archive'], outDir, ...(signal ? { signal } : {}) });

  test('gain and muting are heard; the label of the AI is carried', async () => {
    const film = await filmOf([
      { file: spoken, inUs: 0, outUs: 1_000_000 },
      { file: spoken, inUs: 1_000_000, outUs: 2_000_000, gainDb: -18 },
      { file: spoken, inUs: 2_000_000, outUs: 3_000_000, muted: true },
    ]);
    const [output] = (await render(film)).outputs;
    const file = output?.file ?? '';
    expect([output?.width, output?.height]).toEqual([320, 180]);
    const loud = meanVolume(file, 0.1, 0.9);
    expect(meanVolume(file, 1.1, 1.9)).toBeCloseTo(loud - 18, 0);
    expect(meanVolume(file, 2.1, 2.9)).toBeLessThan(-80);
    expect(tagsOf(file)['AIGC']).toBe(AIGC);
  });

  test('without sound: a silent track, no loudness', async () => {
    const [output] = (await render(await filmOf([{ file: mute, inUs: 0, outUs: 500_000 }]))).outputs;
    expect(output).toMatchObject({ lufs: null, truePeakDb: null });
    const [, audio] = inspect(output?.file ?? '').streams;
    expect(audio).toMatchObject({ codec_name: 'aac', sample_rate: '48000', channels: 2 });
    expect(meanVolume(output?.file ?? '', 0, 0.5)).toBeLessThan(-80);
  });

  test('cuts between frames do not drift: twenty clips of 110 ms', async () => {
    const clips = Array.from({ length: 20 }, (_, i) => ({ file: mute, inUs: i * 40_000, outUs: i * 40_000 + 110_000 }));
    const [output] = (await render(await filmOf(clips))).outputs;
    expect(pts(output?.file ?? '')).toHaveLength(66);
    pts(output?.file ?? '').forEach((time, i) => expect(time).toBeCloseTo(i / 30, 5));
  }, 60_000);

  test('a cancelled render leaves nothing behind, no process either', async () => {
    const film = await filmOf([{ file: spoken, inUs: 0, outUs: 3_000_000 }], [], { fit: 'blur' });
    const out = path.join(dir, 'cancelled');
    mkdirSync(out);
    const stop = new AbortController();
    const order = { ...film, targets: ['bilibili'], outDir: out, signal: stop.signal };
    const running = maker.render({ ...order, onProgress: () => stop.abort() });
    expect((await refusalOf(running)).code).toBe('cancelled');
    expect(readdirSync(out)).toEqual([]);
    expect(readdirSync(cacheDir).filter((name) => name.startsWith('work-'))).toEqual([]);
    if (process.platform === 'linux') expect(childrenOf(process.pid)).not.toContain('ffmpeg');
  });

  test('what a killed process left is cleared away', async () => {
    const dead = '2147483646';
    const id = '00000000-0000-4000-8000-000000000000';
    mkdirSync(path.join(cacheDir, `work-${dead}-${id}`));
    writeFileSync(path.join(outDir, `.tongxin-${dead}-${id}.part`), 'half');
    await render(await filmOf([{ file: mute, inUs: 0, outUs: 100_000 }]));
    expect(readdirSync(cacheDir).filter((name) => name.startsWith('work-'))).toEqual([]);
    expect(readdirSync(outDir).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('refusals: glyphs, width, a vanished source, no such target', async () => {
    const clip = { file: mute, inUs: 0, outUs: 500_000 };
    const glyphs = await filmOf([clip], [[0, 400_000, '春茶🍵']]);
    expect(await refusalOf(render(glyphs))).toMatchObject({ code: 'missing_glyphs', params: { chars: '🍵' } });
    const wide = await filmOf([clip], [[0, 400_000, 'x'.repeat(60)]]);
    expect((await refusalOf(render(wide))).code).toBe('caption_too_wide');
    const film = await filmOf([clip]);
    expect((await refusalOf(render({ ...film, source: async () => path.join(dir, 'gone.mp4') }))).code).toBe(
      'source_vanished',
    );
    expect((await refusalOf(maker.render({ ...film, targets: ['tiktok'], outDir }))).code).toBe('bad_input');
    rmSync(path.join(outDir, 'archive.mp4'), { force: true });
    expect(readdirSync(outDir)).not.toContain('archive.mp4');
  });
});

/** Names of this process's children. */
function childrenOf(pid: number): string[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readStat(name);
      return stat.parent === pid ? [stat.name] : [];
    } catch {
      return []; // it ended in the meantime
    }
  });
}

function readStat(pid: string): { name: string; parent: number } {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const end = text.lastIndexOf(')');
  return { name: text.slice(text.indexOf('(') + 1, end), parent: Number(text.slice(end + 2).split(' ')[1]) };
}
