/**
 * Encoders of graphics chips. Computers that make these tests have none: what fails is the real ffmpeg with the real options; what
 * works is a program between us and ffmpeg that takes `h264_vaapi` and hands it to x264.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HARDWARE_ENCODERS, type Encoder } from '../../../model/machine.ts';
import { planCover, planRender, planStill } from '../../../video/index.ts';
import { HAS_FFMPEG, inspect, make, moving, quietLog, scratch, tone, x264 } from '../fixtures.ts';
import { createLocator, type FoundTool } from '../locate.ts';
import { triedEncoders, tryEncoder } from './encoders.ts';
import { filmOf, outDirs, psnr, type Rendered, type TestFilm } from './fixtures.ts';
import { createFilmMaker } from './index.ts';

const { dir, remove } = scratch();
afterAll(remove);
const newOut = outDirs(dir);
const tools = createLocator({ settings: {}, env: process.env, log: quietLog });

/** `fail`: from which encode on it breaks; `headers`: every other encode has another profile. The first encode is the try. */
const PROGRAM = (node: string, ffmpeg: string, notes: string): string => `#!${node}
const { appendFileSync, existsSync, readFileSync } = require('node:fs');
const { spawnSync } = require('node:child_process');
const notes = ${JSON.stringify(notes)};
let args = process.argv.slice(2);
const chip = args.includes('h264_vaapi');
if (chip) {
  appendFileSync(notes, args.join(' ') + '\\n');
  const n = readFileSync(notes, 'utf8').trim().split('\\n').length;
  const wish = existsSync(notes + '.wish') ? JSON.parse(readFileSync(notes + '.wish', 'utf8')) : {};
  if (n >= (wish.fail ?? Infinity)) {
    process.stderr.write('[error] the chip is gone\\n');
    process.exit(1);
  }
  for (const option of ['-init_hw_device', '-filter_hw_device', '-rc_mode']) args.splice(args.indexOf(option), 2);
  args = args.map((arg) => (arg === 'h264_vaapi' ? 'libx264' : arg.replaceAll('format=nv12,hwupload', 'format=yuv420p')));
  if (wish.headers && n % 2 === 0) args[args.indexOf('-profile:v') + 1] = 'main';
}
process.exit(spawnSync(${JSON.stringify(ffmpeg)}, args, { stdio: 'inherit' }).status ?? 1);
`;

let film: TestFilm;
let real: FoundTool;
let count = 0;

beforeAll(async () => {
  if (!HAS_FFMPEG) return;
  real = await tools.ffmpeg();
  const one = make(path.join(dir, 'one.mp4'), ...moving('320x180', 30, 2), ...tone(2), ...x264(), '-c:a', 'aac');
  film = await filmOf([
    { file: one, inUs: 0, outUs: 1_000_000 },
    { file: one, inUs: 500_000, outUs: 1_500_000 },
    { file: one, inUs: 1_000_000, outUs: 2_000_000 },
  ]);
});

/** A maker with a cache of its own; `wish`: its ffmpeg knows VA-API, and what it does wrong. */
function maker(encoder: Encoder, wish?: { fail?: number; headers?: boolean }) {
  const root = path.join(dir, `maker-${(count += 1)}`);
  mkdirSync(root);
  const notes = path.join(root, 'notes');
  const program = path.join(root, 'ffmpeg');
  if (wish) {
    writeFileSync(program, PROGRAM(process.execPath, real.path, notes));
    chmodSync(program, 0o755);
    writeFileSync(`${notes}.wish`, JSON.stringify(wish));
  }
  const used = {
    ffprobe: () => tools.ffprobe(),
    ffmpeg: () => Promise.resolve(wish ? { ...real, path: program } : real),
  };
  const films = createFilmMaker({
    ...{ log: quietLog, tools: used, cacheDir: path.join(root, 'cache'), planRender, planStill, planCover },
    encoder: () => Promise.resolve(encoder),
  });
  const progress: number[] = [];
  const outDir = newOut();
  return {
    progress,
    outDir,
    asked: (): string[] => (existsSync(notes) ? readFileSync(notes, 'utf8').trim().split('\n') : []),
    segments: () => readdirSync(path.join(root, 'cache', 'segments')).filter((name) => name.endsWith('.mp4')),
    render: (): Promise<Rendered> =>
      films.render({ ...film, targets: ['archive'], outDir, onProgress: (at) => progress.push(at) }),
  };
}

describe.skipIf(!HAS_FFMPEG)('a chip that is not there', () => {
  test('is found out by one frame, and why is told in ffmpeg’s own words', async () => {
    const found = await triedEncoders(real);
    expect(found.map(({ encoder }) => encoder)).toEqual([...HARDWARE_ENCODERS]);
    for (const { works, why } of found) expect(works).toBe(why === null);
    const foreign = process.platform === 'darwin' ? 'amf' : 'videotoolbox';
    const why = await tryEncoder(real.path, foreign);
    expect(why).toMatch(/\S/);
    expect(why).not.toMatch(/0x[0-9a-f]{6}/);
    expect(await tryEncoder('/no/such/program', 'nvenc')).toMatch(/ENOENT/);
  });

  test('leaves the film to software, the same as without it, and the answer says so', async () => {
    const foreign = process.platform === 'darwin' ? 'amf' : 'videotoolbox';
    const asked = maker(foreign);
    const made = await asked.render();
    expect(made.madeBy).toMatchObject({ asked: foreign, used: 'software' });
    expect(made.madeBy?.why).toMatch(/\S/);
    const plain = maker('software');
    const without = await plain.render();
    expect(without.madeBy).toBeUndefined();
    expect(asked.segments().sort()).toEqual(plain.segments().sort());
    expect(inspect(made.outputs[0]?.file ?? '').packets).toHaveLength(90);
  });
});

describe.skipIf(!HAS_FFMPEG || process.platform === 'win32')('a chip that is there', () => {
  test('makes every segment, which are other ones than those of software; the film is as long and shows the same', async () => {
    const chip = maker('vaapi', {});
    const made = await chip.render();
    expect(made.madeBy).toEqual({ asked: 'vaapi', used: 'vaapi', why: null });
    expect(chip.asked()).toHaveLength(4);
    expect(chip.asked()[1]).toMatch(
      /^-nostdin .*-init_hw_device vaapi=chip:\/dev\/dri\/renderD\d+ -filter_hw_device chip /,
    );
    expect(chip.asked()[1]).toContain(';[v0]format=nv12,hwupload[chip0] -map [chip0]');
    expect(made.outputs[0]?.segments).toEqual({ encoded: 3, reused: 0, copied: 0 });
    const plain = maker('software');
    const software = await plain.render();
    expect(chip.segments().filter((name) => plain.segments().includes(name))).toEqual([]);
    const [a, b] = [made, software].map(({ outputs }) => outputs[0]?.file ?? '');
    expect(inspect(a ?? '').packets).toHaveLength(90);
    expect(
      psnr({ file: a ?? '', filter: 'trim=start_frame=45' }, { file: b ?? '', filter: 'trim=start_frame=45' }),
    ).toBeGreaterThan(35);
    // Nothing is tried or made a second time.
    const again = await chip.render();
    expect(again.outputs[0]?.segments).toEqual({ encoded: 0, reused: 3, copied: 0 });
    expect(chip.asked()).toHaveLength(4);
  });

  test.each([
    ['breaks in the middle of a film', { fail: 3 }, /the chip is gone/],
    ['gives its segments headers that cannot be joined', { headers: true }, /other headers/],
  ])('but %s: all of it is made by software', async (_what, wish, why) => {
    const chip = maker('vaapi', wish);
    const made = await chip.render();
    expect(made.madeBy).toMatchObject({ asked: 'vaapi', used: 'software', why: expect.stringMatching(why) as string });
    expect(made.outputs[0]?.segments).toEqual({ encoded: 3, reused: 0, copied: 0 });
    expect(inspect(made.outputs[0]?.file ?? '').packets).toHaveLength(90);
    expect(chip.progress).toEqual([...chip.progress].sort((a, b) => a - b));
    expect(readdirSync(chip.outDir)).toEqual(['archive.mp4']);
  });
});
