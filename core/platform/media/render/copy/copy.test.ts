import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planCover, planRender, planStill } from '../../../../video/index.ts';
import { HAS_FFMPEG, SAMPLES, inspect, make, moving, quietLog, scratch, turnFilm } from '../../fixtures.ts';
import { filmOf, outDirs, testMaker } from '../fixtures.ts';
import type { Rendered, TestClip } from '../fixtures.ts';
import {
  click,
  clickAt,
  expectCopied,
  expectShown,
  expectTimes,
  frameHashes,
  packetHashes,
  pictures,
  similarity,
} from './fixtures.ts';

const { dir, remove } = scratch();
afterAll(remove);
const maker = testMaker(dir, { planCover, planRender, planStill });
const newOut = outDirs(dir);
const S = 1_000_000;
const frame = (n: number): number => Math.round((n * S) / 30);

const GOP = ['-g', '60', '-keyint_min', '60', '-sc_threshold', '0'];
const X264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '3', '-pix_fmt', 'yuv420p', ...GOP];
const X265 = ['-c:v', 'libx265', '-preset', 'ultrafast', '-tag:v', 'hvc1', '-pix_fmt', 'yuv420p'];
const BT709 = ['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709', '-color_range', 'tv'];

/** A film of twelve seconds with a click in the sixth. */
const source = (name: string, ...options: string[]): string =>
  make(path.join(dir, name), ...moving('320x180', 30, 12), ...click(5.5, 12), ...options, '-c:a', 'aac');

/** Four seconds: enough for what is refused by its header or its times. */
const brief = (name: string, ...options: string[]): string =>
  make(path.join(dir, name), ...moving('320x180', 30, 4), ...click(2, 4), ...options, '-c:a', 'aac');

/** One of closed groups, made once. */
const closed = (): string => {
  const file = path.join(dir, 'closed.mp4');
  return existsSync(file) ? file : source('closed.mp4', ...X264);
};

async function archive(clips: TestClip[], extra: object = {}, cues: [number, number, string][] = []) {
  const film = await filmOf(clips, cues, { style: { size: 200 } });
  const { outputs } = await maker.render({ ...film, targets: ['archive'], outDir: newOut(), ...extra });
  const [output] = outputs;
  if (!output) throw new Error('no film');
  return output;
}
/** What its plan says of copying: the same as its result, without making it. */
async function planned(clip: TestClip): Promise<unknown[]> {
  const film = await filmOf([clip], [], { style: { size: 200 } });
  const { groups } = await maker.plan({ ...film, targets: ['archive'] });
  const [group] = groups;
  expect(group?.copying?.message.zh).not.toBe('');
  return [group?.copying?.made, group?.copying?.reason, group?.segments.filter(({ copy }) => copy).length];
}
type Output = Rendered['outputs'][number];
const said = ({ copying, segments }: Output): unknown[] => [copying?.made, copying?.reason, segments.copied];

const similarityOf = (file: string, at: number, of: string, n: number): number =>
  similarity(pictures(file, [at]).get(at), pictures(of, [n]).get(n));

describe.skipIf(!HAS_FFMPEG)('H.264, B-frames, closed groups', () => {
  let file = '';
  let output: Output;
  beforeAll(async () => {
    file = closed();
    output = await archive([{ file, inUs: frame(51), outUs: frame(279) }]);
  }, 60_000);

  test('whole groups are copied; head and tail are encoded, and the answer says so', () => {
    expect(said(output)).toEqual(['copied', 'copied', 1]);
    expect(output.segments).toEqual({ encoded: 2, reused: 0, copied: 1 });
    const { copied = 0, encoded = 0 } = output.copying?.frames ?? {};
    expect(copied + encoded).toBe(228);
    // Nine frames up to the key frame, and no more than the B-frames before the end.
    expect(encoded).toBeLessThanOrEqual(9 + 4);
    expect(output.copying?.message.zh).toContain('原样复制');
    const causes = [{ cause: 'edges', frames: encoded }];
    expect(output.copying?.clips).toEqual([
      { clipId: 'c0', reason: 'copied', name: path.basename(file), copied, encoded, causes },
    ]);
  }, 60_000);

  test('copied packets are bit-identical and decode to the same pictures', () => {
    expectCopied(output.file, file, output.copying?.frames.copied ?? Infinity);
  }, 60_000);

  test('every frame is there once, the asked ones at both edges and both joints', () => {
    expectTimes(output.file, 228);
    expectShown(
      output.file,
      file,
      [0, 8, 9, 226, 227].map((n): [number, number] => [n, 51 + n]),
    );
  }, 60_000);

  test('sound is whole and together with the picture', () => {
    expect(Math.abs(clickAt(output.file) - (5.5 * S - frame(51)))).toBeLessThan(10_000);
    const [video, audio] = inspect(output.file).streams;
    expect(Math.abs(Number(video?.['start_time']) - Number(audio?.['start_time']))).toBeLessThan(0.01);
    expect(Math.abs(Number(video?.['duration']) - Number(audio?.['duration']))).toBeLessThan(0.01);
  }, 60_000);

  test('what is encoded from the pictures shown alone is the same, bit for bit, as from the whole source', async () => {
    const runs: string[][] = [];
    const log = {
      ...quietLog,
      info: (_what: string, about?: object) => void runs.push((about as { args: string[] }).args),
    };
    const film = await filmOf([{ file, inUs: frame(51), outUs: frame(279) }]);
    /** How many runs of ffmpeg read a film of the pictures shown, and what came out. */
    const made = async (cache: string, planned: typeof planRender): Promise<[number, string[]]> => {
      runs.length = 0;
      const own = testMaker(path.join(dir, cache), { planCover, planStill, planRender: planned }, { log });
      const [one] = (await own.render({ ...film, targets: ['archive'], outDir: newOut() })).outputs;
      return [runs.filter((args) => args.includes('-itsoffset')).length, packetHashes(one?.file ?? '')];
    };
    const [few, hashes] = await made('few', planRender);
    const [none, plain] = await made('plain', (input) => {
      const plan = planRender(input);
      const segments = (plan.groups[0]?.segments ?? []).map(({ shows: _shows, ...segment }) => segment);
      return { ...plan, groups: plan.groups.map((group) => ({ ...group, segments })) };
    });
    expect([few, none]).toEqual([2, 0]);
    expect(hashes).toEqual(plain);
  }, 60_000);

  test('what was encoded for it is reused, and what is copied is copied again', async () => {
    const again = await archive([{ file, inUs: frame(51), outUs: frame(279) }]);
    expect(again.segments).toEqual({ encoded: 0, reused: 2, copied: 1 });
    expect(packetHashes(again.file)).toEqual(packetHashes(output.file));
  }, 60_000);

  test('from a key frame to the end of the file nothing is encoded', async () => {
    const whole = await archive([{ file, inUs: 0, outUs: 12 * S }]);
    expect(whole.segments).toEqual({ encoded: 0, reused: 0, copied: 1 });
    expect(packetHashes(whole.file)).toEqual(packetHashes(file));
    expectTimes(whole.file, 360);
  }, 60_000);

  test('several pieces of one source stand one behind the other', async () => {
    const cuts = [
      [200, 300],
      [10, 130],
      [240, 359],
    ] as const;
    const film = await archive(cuts.map(([from, to]) => ({ file, inUs: frame(from), outUs: frame(to) })));
    expect(said(film)).toEqual(['copied', 'copied', 3]);
    expectTimes(film.file, 100 + 120 + 119);
    expect(frameHashes(film.file).complaints).toBe('');
    const edges = [0, 99, 100, 219, 220, 338].map((at, i): [number, number] => [
      at,
      [200, 299, 10, 129, 240, 358][i] ?? 0,
    ]);
    expectShown(film.file, file, edges);
  }, 60_000);

  test('other targets of the same order are made as always', async () => {
    const film = await filmOf([{ file, inUs: frame(51), outUs: frame(150) }]);
    const targets = ['bilibili', 'archive', 'weibo'];
    const { outputs } = await maker.render({ ...film, targets, outDir: newOut() });
    expect(outputs.map(({ target, copying }) => [target, copying?.made])).toEqual([
      ['bilibili', undefined],
      ['archive', 'copied'],
      ['weibo', undefined],
    ]);
  }, 60_000);

  test('a draft, and what an AI made, are encoded whole', async () => {
    const clip = { file, inUs: frame(51), outUs: frame(279) };
    expect(said(await archive([clip], { draft: true }))).toEqual(['encoded', 'draft', 0]);
    expect(said(await archive([clip], { aiMade: true }))).toEqual(['encoded', 'ai_made', 0]);
  }, 60_000);
});

describe.skipIf(!HAS_FFMPEG)('other sources', () => {
  test('H.264, open groups: a key frame that pictures reach across is no place to begin', async () => {
    const file = source('open.mp4', ...X264, '-x264-params', 'open-gop=1');
    expect(said(await archive([{ file, inUs: frame(51), outUs: frame(300) }]))).toEqual(['encoded', 'entry_points', 0]);
    // From the only real one on it can be copied, across the open ones.
    const from = await archive([{ file, inUs: 0, outUs: frame(300) }]);
    expect(said(from)).toEqual(['copied', 'copied', 1]);
    expectCopied(from.file, file, 290);
    expectTimes(from.file, 300);
    expectShown(from.file, file, [[299, 299]]);
  }, 60_000);

  test('HEVC, closed groups: the same, as hvc1', async () => {
    const file = source('closed-hevc.mp4', ...X265, '-x265-params', 'keyint=60:min-keyint=60:open-gop=0:bframes=3');
    const output = await archive([{ file, inUs: frame(51), outUs: frame(279) }]);
    expect(said(output)).toEqual(['copied', 'copied', 1]);
    expect(output.videoCodec).toBe('hevc');
    expect(inspect(output.file).streams[0]).toMatchObject({ codec_name: 'hevc', codec_tag_string: 'hvc1' });
    expectCopied(output.file, file, 210);
    expectTimes(output.file, 228);
    expectShown(
      output.file,
      file,
      [0, 8, 9, 227].map((n): [number, number] => [n, 51 + n]),
    );
    expect(Math.abs(clickAt(output.file) - (5.5 * S - frame(51)))).toBeLessThan(10_000);
  }, 60_000);

  test('HEVC, open groups: CRA is no place to begin', async () => {
    const file = source('open-hevc.mp4', ...X265, '-x265-params', 'keyint=60:min-keyint=60:open-gop=1:bframes=3');
    expect(said(await archive([{ file, inUs: frame(51), outUs: frame(300) }]))).toEqual(['encoded', 'entry_points', 0]);
  }, 60_000);

  test('long groups: the costs decide', async () => {
    const file = source('long.mp4', ...X264, '-g', '240', '-keyint_min', '240');
    const short = await archive([{ file, inUs: frame(30), outUs: frame(330) }]);
    expect(said(short)).toEqual(['encoded', 'long_groups', 0]);
    expect(said(await archive([{ file, inUs: frame(236), outUs: frame(360) }]))).toEqual(['copied', 'copied', 1]);
  }, 60_000);

  test('beside a caption pictures are copied, under it they are encoded', async () => {
    const file = source('marked.mp4', ...X264, ...BT709);
    const clip = { file, inUs: frame(51), outUs: frame(351) };
    const output = await archive([clip], {}, [[3 * S, 4 * S, '春茶开采']]);
    expect(said(output)).toEqual(['copied', 'copied', 2]);
    expectTimes(output.file, 300);
    expect(frameHashes(output.file).complaints).toBe('');
    // Frame 105 has the caption.
    expect(similarityOf(output.file, 105, file, 156)).toBeLessThan(0.97);
    expectShown(
      output.file,
      file,
      [0, 85, 130, 299].map((n): [number, number] => [n, 51 + n]),
    );
  }, 60_000);

  test('sources coded in two ways: the longer one is copied, the other one encoded', async () => {
    const [long, short] = [source('one.mp4', ...X264, ...BT709), source('two.mp4', ...X264, ...BT709, '-refs', '3')];
    const output = await archive([
      { file: long, inUs: 0, outUs: frame(300) },
      { file: short, inUs: 0, outUs: frame(120) },
    ]);
    expect(output.copying?.clips.map(({ reason, copied }) => [reason, copied > 0])).toEqual([
      ['copied', true],
      ['other_settings', false],
    ]);
    expectTimes(output.file, 420);
    expect(frameHashes(output.file).complaints).toBe('');
    expectShown(output.file, short, [[300, 0]]);
  }, 60_000);
});

describe.skipIf(!HAS_FFMPEG)('what is refused', () => {
  const rotated = (name: string): string => {
    const file = brief(name, ...X264);
    turnFilm(file, 90);
    return file;
  };
  const vfr = ['-vf', 'select=not(eq(mod(n\\,7)\\,3))', '-fps_mode', 'vfr'];
  /** Two encodings of other parameters in a row, their sets among the pictures. */
  const changing = (name: string): string => {
    const parts = ['a', 'b'].map((part, i) =>
      brief(`${name}-${part}.ts`, ...X264, '-refs', i === 0 ? '1' : '4', '-t', '2'),
    );
    return make(path.join(dir, name), '-i', `concat:${parts.join('|')}`, '-c', 'copy', '-bsf:a', 'aac_adtstoasc');
  };

  test.each<[string, string, (name: string) => string]>([
    ['container', 'film.ts', (name) => brief(name, ...X264)],
    ['container', 'film.avi', (name) => brief(name, ...X264)],
    ['codec', 'mpeg4.mp4', (name) => brief(name, '-c:v', 'mpeg4', '-q:v', '3')],
    ['pixels', 'ten-bit.mp4', (name) => brief(name, ...X264, '-pix_fmt', 'yuv420p10le')],
    ['pixels', '444.mp4', (name) => brief(name, ...X264, '-pix_fmt', 'yuv444p')],
    [
      'interlaced',
      'fields.mp4',
      (name) => brief(name, ...X264, '-vf', 'scale=320:192', '-flags', '+ildct+ilme', '-x264-params', 'tff=1'),
    ],
    ['colours', 'full.mp4', (name) => brief(name, ...X264, '-color_range', 'pc')],
    ['colours', '601.mp4', (name) => brief(name, ...X264, '-colorspace', 'smpte170m')],
    ['shape', 'rotated.mp4', rotated],
    ['shape', 'sar.mp4', (name) => brief(name, ...X264, '-vf', 'setsar=4/3')],
    ['frame_rate', '20.mp4', (name) => brief(name, ...X264, '-r', '20')],
    ['uneven_times', 'uneven.mp4', (name) => brief(name, ...X264, ...vfr)],
    ['parameter_sets', 'changing.mp4', changing],
  ])(
    '%s: %s',
    async (reason, name, makeSource) => {
      const file = makeSource(name);
      expect(await planned({ file, inUs: frame(30), outUs: frame(110) })).toEqual(['encoded', reason, 0]);
    },
    60_000,
  );

  test.skipIf(!SAMPLES)('a transport stream that starts between key frames', async () => {
    const file = path.join(SAMPLES ?? '', 'starts-between-keyframes.ts');
    expect(await planned({ file, inUs: 0, outUs: 300_000 })).toEqual(['encoded', 'container', 0]);
  });

  test.each<[string, object]>([
    [
      'mask',
      {
        masks: [
          { id: 'm', shape: 'ellipse', effect: 'blur', keys: [{ atUs: 3 * S, x: 1, y: 1, width: 200, height: 200 }] },
        ],
      },
    ],
    ['crop', { crop: { x: 0, y: 0, width: 500, height: 500 } }],
    ['mirror', { mirrored: true }],
    ['colours', { colours: { exposure: 20, contrast: 0, saturation: 0, warmth: 0 } }],
    ['speed', { speed: '2/1' }],
    ['reverse', { reversed: true }],
  ])(
    'a clip with %s',
    async (_name, fields) => {
      const file = closed();
      expect(await planned({ file, inUs: frame(60), outUs: frame(180), ...fields })).toEqual(['encoded', 'touched', 0]);
    },
    60_000,
  );

  test('the film of what is refused is H.264, and says why it is encoded', async () => {
    const file = brief('film-again.ts', ...X264);
    const output = await archive([{ file, inUs: frame(30), outUs: frame(110) }]);
    expect(said(output)).toEqual(['encoded', 'container', 0]);
    expect(output.videoCodec).toBe('h264');
    expect(output.copying?.message.zh).not.toBe('');
  }, 60_000);

  test('what turns out to be damaged when it is copied is encoded, and the answer says so', async () => {
    const file = source('damaged.mp4', ...X264);
    const bytes = readFileSync(file);
    const ask = ['-select_streams', 'v:0'];
    const [packet] = inspectPositions(file, ask).filter(({ n, key }) => n > 90 && !key);
    bytes.writeUInt32BE(0x7fffffff, packet?.pos ?? 0);
    writeFileSync(file, bytes);
    const output = await archive([{ file, inUs: frame(51), outUs: frame(279) }]);
    expect(said(output)).toEqual(['encoded', 'check_failed', 0]);
    expectTimes(output.file, 228);
  }, 60_000);
});

/** Places of a film's packets in coding order. */
function inspectPositions(file: string, ask: string[]): { n: number; pos: number; key: boolean }[] {
  const { execFileSync } = process.getBuiltinModule('node:child_process');
  const args = ['-v', 'error', '-of', 'csv=p=0', ...ask, '-show_entries', 'packet=pos,flags', file];
  return execFileSync('ffprobe', args)
    .toString()
    .trim()
    .split('\n')
    .map((line, n) => ({ n, pos: Number(line.split(',')[0]), key: line.includes('K') }));
}
