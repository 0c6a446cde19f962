/** The program as it is installed: built by scripts/dist.mjs, fuses set, started without Playwright's own launcher. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { FuseState } from '@electron/fuses/dist/constants.js';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { chromium, expect, type Browser, type Page } from 'playwright/test';
import sharp from 'sharp';
import {
  AS_ROOT,
  call,
  makePlace,
  NO_RUNTIME,
  openPort,
  type Place,
  program,
  ROOT,
  run,
  test,
  withoutDisplay,
} from './studio-window.ts';

test.skip(program === null, NO_RUNTIME);
test.skip(process.platform !== 'linux', 'The packaged program is tried on Linux; dist/ has other names elsewhere.');
test.describe.configure({ mode: 'serial' });

let output: string;
let packed: string;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  output = await mkdtemp(path.join(os.tmpdir(), 'tongxin-dist-'));
  const env = Object.fromEntries(Object.entries(process.env).filter((e): e is [string, string] => e[1] !== undefined));
  const made = await run(
    process.execPath,
    [path.join(ROOT, 'scripts/dist.mjs'), '--dir', '--output', output],
    env,
    280_000,
  );
  expect(made.code, made.stderr + made.stdout).toBe(0);
  packed = path.join(output, process.arch === 'arm64' ? 'linux-arm64-unpacked' : 'linux-unpacked', 'tongxin-studio');
});

test.afterAll(async () => {
  await rm(output, { recursive: true, force: true });
});

/**
 * Connects to the program that wrote `portFile`. A page that changes its process in the moment in which it is attached to never answers
 * that client, so the client asks anew; a program that answers nobody fails at the third.
 */
async function connect(portFile: string): Promise<Browser> {
  const [port] = (await readFile(portFile, 'utf8')).split('\n');
  const attempt = () => chromium.connectOverCDP(`http://127.0.0.1:${port}`, { timeout: 15_000 });
  return attempt().catch(attempt).catch(attempt);
}

/** Starts the packed program and connects to its page over the DevTools protocol. */
async function openPacked(place: Place, use: (page: Page, child: ChildProcess) => Promise<void>): Promise<void> {
  const data = path.join(place.root, 'data');
  const args = [
    ...AS_ROOT,
    '--remote-debugging-port=0',
    `--user-data-dir=${data}`,
    '--sample',
    '--workspace',
    place.workspace,
  ];
  const child = spawn(packed, args, { env: place.env, stdio: 'ignore' });
  try {
    const portFile = path.join(data, 'DevToolsActivePort');
    await expect.poll(() => existsSync(portFile), { timeout: 30_000 }).toBe(true);
    const browser = await connect(portFile);
    const pages = () => browser.contexts().flatMap((context) => context.pages());
    await expect.poll(() => pages().length, { timeout: 30_000 }).toBe(1);
    await use(pages()[0]!, child);
    await browser.close();
  } finally {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    }
  }
}

test('the fuses are set', async () => {
  const wire = await getCurrentFuseWire(packed);
  const names = [
    'RunAsNode',
    'EnableCookieEncryption',
    'EnableNodeOptionsEnvironmentVariable',
    'EnableNodeCliInspectArguments',
    'EnableEmbeddedAsarIntegrityValidation',
    'OnlyLoadAppFromAsar',
    'GrantFileProtocolExtraPrivileges',
  ] as const;
  const states = names.map((name) => [name, wire[FuseV1Options[name]] === FuseState.ENABLE]);
  expect(Object.fromEntries(states)).toEqual({
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    GrantFileProtocolExtraPrivileges: false,
  });
});

test('the archive is small, and programs lie outside it', async () => {
  const resources = path.join(path.dirname(packed), 'resources');
  expect((await stat(path.join(resources, 'app.asar'))).size).toBeLessThan(25 * 1024 * 1024);
  const { mode } = await stat(path.join(resources, 'bin/ffprobe'));
  expect(mode & 0o111).toBe(0o111);
  expect(existsSync(path.join(resources, 'assets/sample/sample.json'))).toBe(true);
  // One copy of the caption fonts for page and ffmpeg, and nothing else in their folder.
  const fonts = await readdir(path.join(resources, 'app.asar.unpacked/out/renderer/assets'));
  expect(fonts.map((name) => name.replace(/-[\w-]{8}\.ttf$/, ''))).toEqual([
    'NotoSansSC_400Regular',
    'NotoSansSC_700Bold',
  ]);
});

test('the window opens with the sample, its pictures included, and the core answers', async ({ place }) => {
  await openPacked(place, async (page) => {
    expect(page.url()).toMatch(/^app:\/\/studio\//);
    await openPort(page);
    const { workspace } = await call<{ workspace: { sample: boolean; dir: string } }>(page, 'workspace/current');
    expect(workspace).toMatchObject({ sample: true, dir: place.workspace });
    expect(await page.evaluate(() => typeof Reflect.get(window, 'require'))).toBe('undefined');
    // The caption font of the page lies outside the archive, under the same address.
    const [font] = await readdir(path.join(path.dirname(packed), 'resources/app.asar.unpacked/out/renderer/assets'));
    expect(await page.evaluate(async (name) => (await fetch(`/assets/${name}`)).status, font!)).toBe(200);
    // Pictures go through sharp, whose machine code does not live with Electron's on Linux.
    const { items } = await call<{ items: { assetId: string }[] }>(page, 'media/list', { kind: 'image' });
    expect(items.length).toBeGreaterThan(0);
    const [first] = items;
    const poster = () =>
      page.evaluate(async (id) => (await fetch(`media://asset/${id}/poster`)).status, first!.assetId);
    await expect.poll(poster, { timeout: 30_000 }).toBe(200);
  });
});

test('answers --cli, and cannot be made to run something else', async ({ place }) => {
  const env = { ...withoutDisplay(place.env), ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--require /nonexistent.js' };
  const { code, stdout } = await run(packed, [...AS_ROOT, '--cli', 'doctor', '--json'], env);
  const report = JSON.parse(stdout) as { ok: boolean };
  expect(code).toBe(report.ok ? 0 : 1);
});

/** The packed program's command line; the answer of a command that ends well. */
const cliOf =
  (place: Place) =>
  async (...argv: string[]): Promise<unknown> => {
    const done = await run(packed, [...AS_ROOT, '--cli', ...argv, '--json'], withoutDisplay(place.env), 120_000);
    expect(done.code, done.stdout + done.stderr).toBe(0);
    return JSON.parse(done.stdout) as unknown;
  };

test('makes covers, printed pages and Word documents from what is in the package', async ({ place }) => {
  test.setTimeout(180_000);
  const cli = cliOf(place);
  await cli('sample', '--workspace', place.workspace);
  const stories = (await cli('story', 'list')) as { storyId: string; title: string }[];
  const story = stories.find(({ title }) => title === '一张红纸，三代人');
  const render = (target: string) =>
    cli('article', 'render', story!.storyId, '--target', target, '--out', path.join(place.root, target));
  await render('wechat');
  const cover = sharp(path.join(place.root, 'wechat/cover/cover-2.35x1.jpg'));
  expect(await cover.metadata()).toMatchObject({ width: 900, height: 383, format: 'jpeg' });
  // The title is drawn from the font in the package: its white and the red line beside it.
  const { data, info } = await cover.raw().toBuffer({ resolveWithObject: true });
  const pixels = Array.from({ length: info.width * info.height }, (_, i) => [...data.subarray(i * 3, i * 3 + 3)]);
  expect(pixels.filter(([r = 0, g = 0, b = 0]) => r > 240 && g > 240 && b > 240).length).toBeGreaterThan(3000);
  await render('pdf');
  expect((await readFile(path.join(place.root, 'pdf/article.pdf'))).subarray(0, 5).toString()).toBe('%PDF-');
  await render('docx');
  expect((await readFile(path.join(place.root, 'docx/article.docx'))).subarray(0, 2).toString()).toBe('PK');
});

test('makes a film with captions from what is in the package', async ({ place }) => {
  test.setTimeout(180_000);
  const cli = cliOf(place);
  await cli('sample', '--workspace', place.workspace);
  const [video] = (await cli('video', 'list')) as { projectId: string }[];
  const timeline = (await cli('video', 'show', video!.projectId)) as { storyline: { outUs: number }[] };
  timeline.storyline = timeline.storyline.slice(0, 1).map((clip) => ({ ...clip, outUs: 1_000_000 }));
  const file = path.join(place.root, 'timeline.json');
  await writeFile(file, JSON.stringify(timeline));
  const media = path.join(place.workspace, 'blobs');
  const out = path.join(place.root, 'out');
  const made = await cli('render', '--timeline', file, '--media', media, '--targets', 'douyin', '--out', out);
  expect(made).toMatchObject({ outputs: [{ target: 'douyin', durationUs: 1_000_000, width: 1080, height: 1920 }] });
  expect((await stat(path.join(out, 'douyin', 'timeline-抖音-1080x1920.mp4'))).size).toBeGreaterThan(10_000);
});

test('ends by itself within seconds when asked to', async () => {
  const place = await makePlace();
  try {
    await openPacked(place, async (page, child) => {
      await openPort(page);
      const started = Date.now();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      expect(Date.now() - started).toBeLessThan(8_000);
    });
  } finally {
    await rm(place.root, { recursive: true, force: true });
  }
});
