/** `render` without a workspace, on a sample film. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOf, refusalOf, tongxin } from '../../tests/support/cli.ts';
import { makeStudio } from '../../tests/support/studio.ts';
import { platformOf } from '../../core/model/platforms/index.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../../shared/samples/video/talk-720p30.mp4');

let dir = '';
let home: string | undefined;
let timeline: Record<string, unknown> = {};
const write = (name: string, value: unknown): void => writeFileSync(path.join(dir, name), JSON.stringify(value));
const command = (file: string, ...more: string[]): string[] => [
  ...['render', '--timeline', file, '--media', '素材', '--targets', 'xiaohongshu', '--out', '成片/一'],
  ...more,
];

beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'tongxin-render-'));
  home = process.env['TONGXIN_HOME'];
  process.env['TONGXIN_HOME'] = path.join(dir, 'home');
  await mkdir(path.join(dir, '素材', '子 文件夹'), { recursive: true });
});
afterAll(async () => {
  if (home === undefined) delete process.env['TONGXIN_HOME'];
  else process.env['TONGXIN_HOME'] = home;
  await rm(dir, { recursive: true, force: true });
});

beforeAll(() => {
  if (!existsSync(SAMPLE)) return;
  // Found by its content: the name in the timeline is another.
  copyFileSync(SAMPLE, path.join(dir, '素材', '子 文件夹', '改了名.bin'));
  const sha256 = createHash('sha256').update(readFileSync(SAMPLE)).digest('hex');
  const asset = {
    ...{ assetId: 'talk', sha256, name: 'talk-720p30.mp4', kind: 'video', durationUs: 42_400_000 },
    ...{ width: 1280, height: 720, frameRate: '30/1', hasAudio: true },
  };
  const clips = [
    { id: 'a', assetId: 'talk', inUs: 2_000_000, outUs: 2_500_000 },
    { id: 'b', assetId: 'talk', inUs: 8_000_000, outUs: 8_500_000 },
  ];
  const cues = [{ id: 'q', startUs: 100_000, endUs: 400_000, text: '春茶' }];
  timeline = { version: 1, assets: [asset], storyline: clips, captions: { cues } };
  write('film.json', timeline);
});

describe.skipIf(!existsSync(SAMPLE))('render for the archive', () => {
  it('archive: what is untouched is copied; plan, answer and checks say so, and for people there is a sentence', async () => {
    const storyline = [{ id: 'a', assetId: 'talk', inUs: 7_000_000, outUs: 11_000_000 }];
    write('piece.json', { ...timeline, storyline, captions: { cues: [] } });
    const argv = ['render', '--timeline', 'piece.json', '--media', '素材', '--targets', 'archive', '--out', '存档片'];
    const plan = await answerOf('render-explain', [...argv, '--explain'], { cwd: dir });
    const [group] = plan.groups;
    // Key frames of the sample are two seconds apart.
    expect(group?.segments.map(({ copy }) => copy?.sourceFrame)).toEqual([undefined, 240, undefined]);
    expect(group?.copying).toMatchObject({ made: 'copied', reason: 'copied' });
    const { outputs } = await answerOf('render', argv, { cwd: dir });
    expect(outputs[0]).toMatchObject({ segments: { encoded: 2, copied: 1 }, videoCodec: 'h264' });
    expect(outputs[0]?.copying).toEqual(group?.copying);
    const folder = path.dirname(outputs[0]?.file ?? '');
    const checks = JSON.parse(readFileSync(path.join(folder, 'checks.json'), 'utf8')) as { copying: unknown };
    expect(checks.copying).toEqual(group?.copying);
    const { stdout } = await tongxin(argv, { cwd: dir });
    expect(stdout).toMatch(/原样 \d+ 帧|\d+ frames copied/);
  }, 120_000);

  it('archive of another frame rate: --explain has a plan of its own for it', async () => {
    const file = path.join(dir, '素材', 'pal.mp4');
    const marks = ['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709', '-color_range', 'tv'];
    const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '25', ...marks];
    const input = ['-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=25:duration=4'];
    execFileSync('ffmpeg', ['-nostdin', '-v', 'error', ...input, ...h264, file]);
    const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
    const asset = { assetId: 'pal', sha256, name: 'pal.mp4', kind: 'video', durationUs: 4_000_000 };
    const assets = [{ ...asset, width: 320, height: 180, frameRate: '25/1', hasAudio: false }];
    const storyline = [{ id: 'a', assetId: 'pal', inUs: 400_000, outUs: 3_400_000 }];
    write('pal.json', { version: 1, assets, storyline });
    const argv = ['render', '--timeline', 'pal.json', '--media', '素材', '--targets', 'bilibili,archive', '--out', 'x'];
    const plan = await answerOf('render-explain', [...argv, '--explain'], { cwd: dir });
    expect([plan.frameRate, plan.frames, plan.groups.length]).toEqual(['30/1', 90, 1]);
    const [own] = plan.further ?? [];
    expect([own?.frameRate, own?.frames, own?.groups[0]?.copying?.made]).toEqual(['25/1', 75, 'copied']);
    expect(own?.groups[0]?.segments[0]).toMatchObject({ frames: 15, shows: { sourceFrame: 10, frames: 15 } });
  }, 60_000);
});

describe.skipIf(!existsSync(SAMPLE))('render', () => {
  it('--explain prints the plan and renders nothing', async () => {
    const plan = await answerOf('render-explain', command('film.json', '--explain'), { cwd: dir });
    expect(plan).toMatchObject({ frames: 30, samples: 48_000 });
    expect(plan.groups[0]?.segments.map(({ clipId }) => clipId)).toEqual(['a', 'b']);
    expect(plan.covers).toEqual([
      {
        ...{ shape: '3:4', width: 1080, height: 1440, targets: ['xiaohongshu'] },
        shows: { firstThatShows: [166_666, 333_333, 666_666, 833_333] },
      },
    ]);
    // Framed for that platform by itself: said, too.
    const fill = { x: 0, y: 500, zoom: 1000 };
    write('alone.json', { ...timeline, cover: { platforms: { xiaohongshu: { '3:4': { fill } } } } });
    const alone = await answerOf('render-explain', command('alone.json', '--explain'), { cwd: dir });
    expect(alone.covers).toEqual(plan.covers.map((one) => ({ ...one, alone: true })));
    expect(existsSync(path.join(dir, '成片'))).toBe(false);
  });

  it('makes the folder and the film, and does only what is new the second time', async () => {
    const first = await answerOf('render', command('film.json'), { cwd: dir });
    const [output] = first.outputs;
    expect(output).toMatchObject({
      ...{
        target: 'xiaohongshu',
        file: path.join(dir, '成片/一/xiaohongshu/film-小红书-1080x1440.mp4'),
        durationUs: 1_000_000,
      },
      ...{ width: 1080, height: 1440, frameRate: '30/1', videoCodec: 'h264' },
      segments: { encoded: 2, reused: 0, copied: 0 },
    });
    expect(readFileSync(output?.file ?? '').length).toBe(output?.bytes);
    write('corrected.json', {
      ...timeline,
      captions: { cues: [{ id: 'q', startUs: 100_000, endUs: 400_000, text: '秋茶' }] },
    });
    const second = await answerOf('render', command('corrected.json'), { cwd: dir });
    expect(second.outputs[0]?.segments).toEqual({ encoded: 1, reused: 1, copied: 0 });
  }, 60_000);

  it('what lies beside the film, what an AI made, and a limit that is not kept are told', async () => {
    const argv = ['render', '--timeline', 'film.json', '--media', '素材', '--targets', 'channels', '--out', '成片/二'];
    const { outputs, warnings = [] } = await answerOf('render', [...argv, '--ai-made'], { cwd: dir });
    const folder = path.dirname(outputs[0]?.file ?? '');
    expect(readdirSync(folder).sort()).toEqual(
      [
        ...['checks.json', 'film-视频号-1080x1920.mp4', 'film-视频号-1080x1920.srt', 'post.json', 'post.txt'],
        ...['film-视频号-封面-1080x1440.jpg', 'film-视频号-封面-1440x1080.jpg'],
      ].sort(),
    );
    expect(JSON.parse(readFileSync(path.join(folder, 'post.json'), 'utf8'))).toMatchObject({
      ...{ target: 'channels', title: 'film', text: '', topics: [], aiMade: true },
    });
    const checks = JSON.parse(readFileSync(path.join(folder, 'checks.json'), 'utf8')) as { film: { what: string }[] };
    expect(checks.film.find(({ what }) => what === 'aigc')).toMatchObject({ level: 'ok', value: true });
    expect(warnings.filter(({ what }) => what === 'durationUs')).toMatchObject([
      { target: 'channels', value: 1_000_000, limit: { min: 3_000_000 }, level: 'warn', grade: 'code' },
    ]);
    const plain = await tongxin([...argv, '--language', 'zh'], { cwd: dir });
    expect(plain.code).toBe(0);
    expect(plain.stdout).toContain('封面：2 张，没有选定，自动取了第 0.7 秒的画面\n');
    expect(plain.stdout).toContain('  注意 channels：时长（微秒） 1000000（≥ 3000000），依据：shipinhao/index.ts\n');
  }, 60_000);

  it('the cover that the timeline names is made of the frame it names', async () => {
    const cover = { atUs: 700_000, title: { look: 'paper', texts: { title: '清晨的茶园' } } };
    write('covered.json', { ...timeline, cover });
    const argv = [
      'render',
      '--timeline',
      'covered.json',
      '--media',
      '素材',
      '--targets',
      'bilibili',
      '--out',
      '成片/三',
    ];
    const answer = await answerOf('render', argv, { cwd: dir });
    expect(answer.cover).toEqual({ atUs: 700_000, chosen: true });
    const [file] = answer.outputs[0]?.covers ?? [];
    expect(file).toMatchObject({ shape: '16:10', width: 1146, height: 717 });
    expect(path.basename(file?.file ?? '')).toBe('covered-哔哩哔哩-封面-1146x717.jpg');
    // A JPEG of that size, by its own header.
    const bytes = readFileSync(file?.file ?? '');
    const frame = bytes.findIndex((value, i) => value === 0xff && [0xc0, 0xc2].includes(bytes[i + 1] ?? 0));
    expect([bytes.readUInt16BE(frame + 7), bytes.readUInt16BE(frame + 5)]).toEqual([1146, 717]);
    write('refused.json', { ...timeline, cover: { title: { look: 'paper', texts: { title: '茶🍵' } } } });
    expect(await refusalOf(command('refused.json'), 1, { cwd: dir })).toMatchObject({ code: 'missing_glyphs' });
    write('wrong.json', { ...timeline, cover: { assetId: 'talk' } });
    expect(await refusalOf(command('wrong.json'), 1, { cwd: dir })).toMatchObject({ code: 'bad_timeline' });
  }, 60_000);

  it('a file that is not there by its content: source_vanished, exit 1', async () => {
    const [asset] = timeline['assets'] as { sha256: string }[];
    write('gone.json', { ...timeline, assets: [{ ...asset, sha256: '0'.repeat(64) }] });
    const refusal = await refusalOf(command('gone.json'), 1, { cwd: dir });
    expect(refusal).toMatchObject({ code: 'source_vanished', files: ['talk-720p30.mp4'] });
  });

  it('captions that cannot be drawn: missing_glyphs, exit 1', async () => {
    write('glyphs.json', { ...timeline, captions: { cues: [{ id: 'q', startUs: 0, endUs: 400_000, text: '茶🍵' }] } });
    expect(await refusalOf(command('glyphs.json'), 1, { cwd: dir })).toMatchObject({ code: 'missing_glyphs' });
  });
});

describe('render, asked wrongly', () => {
  it.each<[string, string[], string]>([
    [
      'no such timeline',
      ['--timeline', 'none.json', '--media', '.', '--targets', 'douyin', '--out', 'o'],
      'file_missing',
    ],
    [
      'no such folder',
      ['--timeline', 't.json', '--media', 'none', '--targets', 'douyin', '--out', 'o'],
      'file_missing',
    ],
    [
      'a target twice',
      ['--timeline', 't.json', '--media', '.', '--targets', 'douyin,douyin', '--out', 'o'],
      'wrong_arguments',
    ],
    ['no target', ['--timeline', 't.json', '--media', '.', '--out', 'o'], 'wrong_arguments'],
  ])('%s: exit 2', async (_what, args, code) => {
    write('t.json', { version: 1, assets: [], storyline: [] });
    expect((await refusalOf(['render', ...args], 2, { cwd: dir })).code).toBe(code);
  });

  it('no timeline, an empty one: bad_timeline, exit 1', async () => {
    writeFileSync(path.join(dir, 'text.json'), 'not json');
    write('empty.json', { version: 1, assets: [], storyline: [] });
    for (const file of ['text.json', 'empty.json']) {
      expect((await refusalOf(command(file), 1, { cwd: dir })).code).toBe('bad_timeline');
    }
  });
});

it.skipIf(!existsSync(SAMPLE))(
  'with --workspace its platforms are the targets, as it has them; without it they are not known',
  async () => {
    const before = process.env['TONGXIN_HOME'];
    const house = await makeStudio();
    const { canvas: _theirs, ...douyin } = platformOf('douyin');
    const own = { ...douyin, target: 'county-app', name: { zh: '县融媒', en: 'County app' } };
    const canvas = { width: 320, height: 568, frameRate: '30/1' };
    await house.client.platforms.save({ profile: { ...own, canvas }, base: null });
    await house.studio.stop();
    try {
      const argv = [
        'render',
        '--timeline',
        'film.json',
        '--media',
        '素材',
        '--targets',
        'county-app',
        '--out',
        '成片/四',
      ];
      const answer = await answerOf('render', [...argv, '--workspace', house.dir], { cwd: dir });
      expect(answer.outputs[0]).toMatchObject({ target: 'county-app', width: 320, height: 568 });
      expect(path.basename(answer.outputs[0]?.file ?? '')).toBe('film-县融媒-320x568.mp4');
      expect(await refusalOf(argv, 2, { cwd: dir })).toMatchObject({ code: 'bad_input' });
      const pack = ['package', 'x', '--targets', 'county-ap', '--out', '包', '--workspace', house.dir];
      expect(await refusalOf(pack, 2, { cwd: dir })).toMatchObject({ code: 'wrong_arguments' });
    } finally {
      process.env['TONGXIN_HOME'] = before;
      rmSync(house.root, { recursive: true, force: true });
    }
  },
  60_000,
);
