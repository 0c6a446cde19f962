/**
 * `npm run bench:memory -- [--minutes N] [--acts N] [--masked]`: what the window of Electron (without one: the page in Chromium) holds (PSS) with an hour of footage in the bin while a
 * film is edited: the acts of an hour, one every two and a half seconds of it, done as fast as the page takes them. `--masked`: a face is covered in every clip.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium } from 'playwright';
import { mediaImportResult } from '../../core/model/contract/index.ts';
import { makeStudio, repoRoot, samplesDir, type TestStudio } from '../support/studio.ts';
import { findChromium } from '../../scripts/lib/pieces.mjs';
import { Driver } from './driver.ts';
import { serve } from './typing.ts';

/** Ten minutes each, of a real clip repeated. */
const FILE_S = 600;
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    acts: { type: 'string', default: '1440' },
    masked: { type: 'boolean' },
  },
});
const [minutes, acts] = [Number(values.minutes), Number(values.acts)];

const mb = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MB`;

/** Films of ten minutes whose bytes differ by what they are called inside. */
function footage(dir: string): string[] {
  const source = path.join(samplesDir, 'video/talk-720p30.mp4');
  return Array.from({ length: Math.ceil((minutes * 60) / FILE_S) }, (_, i) => {
    const out = path.join(dir, `素材 ${String(i + 1)}.mp4`);
    const args = ['-nostdin', '-v', 'error', '-stream_loop', '-1', '-i', source, '-t', String(FILE_S), '-c', 'copy'];
    execFileSync('ffmpeg', [...args, '-metadata', `title=${String(i)}`, out]);
    return out;
  });
}

/** A film of forty pieces from all of the footage, with a caption on each. */
async function project(t: TestStudio, files: readonly string[]): Promise<void> {
  const { jobId } = await t.client.media.import({ sources: files.map((file) => ({ path: file })) });
  const made = mediaImportResult.parse((await t.finished(jobId)).result);
  await t.studio.idle();
  const { storyId } = await t.client.stories.create({ title: '一小时' });
  const clips = Array.from({ length: 40 }, (_, i) => {
    const entry = made[i % made.length];
    if (!entry || !('assetId' in entry)) throw new Error('not imported');
    const inUs = ((i * 37) % (FILE_S - 10)) * 1_000_000;
    return { assetId: entry.assetId, inUs, outUs: inUs + 4_000_000 };
  });
  const cues = clips.map((_, i) => ({
    startUs: i * 4_000_000,
    endUs: i * 4_000_000 + 2_000_000,
    text: `第 ${String(i + 1)} 句话说到这里`,
  }));
  const { projectId } = await t.client.videos.create({ storyId, title: '一小时', clips, cues });
  if (!values.masked) return;
  const { timeline, contentHash } = await t.client.videos.get({ projectId });
  const mask = (inUs: number) => ({
    ...{ id: 'face', shape: 'ellipse' as const, effect: 'mosaic' as const },
    keys: [
      { atUs: inUs, x: 200, y: 200, width: 200, height: 300 },
      { atUs: inUs + 4_000_000, x: 600, y: 200, width: 200, height: 300 },
    ],
  });
  const operations = timeline.storyline.map(({ id, inUs }) => ({
    ...{ type: 'setPicture' as const, clipId: id, masks: [mask(inUs)] },
  }));
  await t.client.videos.edit({ projectId, baseHash: contentHash, operations });
}

/** The studio with its workspace, and how to end it. */
interface Running {
  page: Driver;
  close: () => Promise<void>;
}

const rootArgs = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

async function inElectron(t: TestStudio, dist: string): Promise<Running> {
  const electron = path.join(dist, process.platform === 'win32' ? 'electron.exe' : 'electron');
  const home = ['--user-data-dir=' + path.join(t.root, 'electron'), '--workspace', t.dir];
  const env = { ...process.env, TONGXIN_HOME: path.join(t.root, 'home') };
  const page = await Driver.start(electron, [...rootArgs, repoRoot, ...home], env);
  return { page, close: () => page.close() };
}

async function inChromium(t: TestStudio): Promise<Running> {
  const { child, url } = await serve(t.dir, t.root);
  const look = ['--headless=new', '--window-size=1280,900', '--lang=zh-CN', '--no-first-run'];
  const data = `--user-data-dir=${path.join(t.root, 'chromium')}`;
  const page = await Driver.start(findChromium() ?? chromium.executablePath(), [...rootArgs, ...look, data]);
  await page.go(url);
  const close = async () => {
    await page.close();
    child.kill();
  };
  return { page, close };
}

/** PSS of a process, bytes. */
function pss(pid: number): number {
  const text = readFileSync(`/proc/${String(pid)}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0) * 1024;
}

/** What a person does over and over: keys of the cutting room, by turns. */
const KEYS = [
  's',
  'ArrowDown',
  'Delete',
  'ArrowUp',
  'w',
  '=',
  'Shift+ArrowRight',
  'q',
  'Control+z',
  'm',
  '-',
  'Alt+ArrowRight',
];

async function act(page: Driver, n: number): Promise<void> {
  if (n % 5 === 0) {
    const ruler = await page.place(`document.querySelector('[data-testid="ruler"]')`);
    const at = ruler.x + (((n * 97) % 1000) / 1000) * Math.min(ruler.width, 900);
    await page.clickAt(at, ruler.y + 10);
  }
  if (n % 30 === 0) {
    await page.press('Space');
    await wait(1500);
    await page.press('k');
  }
  if (n % 100 === 0) await page.press('Shift+Z');
  await page.press(KEYS[n % KEYS.length] ?? 's');
  // Taken back again and again, so that the film neither ends nor grows without end.
  if (n % KEYS.length === 0) for (let i = 0; i < 5; i += 1) await page.press('Control+z');
}

const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
const work = mkdtempSync(path.join(os.tmpdir(), 'tongxin-memory-'));
const t = await makeStudio();
try {
  await project(t, footage(work));
  await t.studio.stop();
  const { page, close } = await (dist ? inElectron(t, dist) : inChromium(t));
  const held = async () => Math.max(...(await page.renderers()).map(pss));
  const holding = (selector: string, text: string) =>
    `[...document.querySelectorAll('${selector}')].find((one) => one.textContent.includes('${text}'))`;
  await page.click(holding('main a, main [role="row"], main li', '一小时'));
  await page.click(holding('[role="tab"]', '视频'));
  await page.click(holding('[role="tabpanel"] a', '一小时'));
  await page.place(`document.querySelector('.clip canvas[data-shows="film wave"]')`);
  await page.click(holding('main *:not(:has(*))', '9:16'));
  const seen = [await held()];
  for (let n = 1; n <= acts; n += 1) {
    await act(page, n);
    if (n % Math.ceil(acts / 12) === 0) seen.push(await held());
  }
  const rest = await held();
  console.log(
    `${String(minutes)} minutes of footage in the bin, ${String(acts)} acts: the window holds ${mb(seen[0] ?? 0)} at first, at most ` +
      `${mb(Math.max(...seen))} (goal 600), ${mb(rest)} in the end; on the way ${seen.map(mb).join(', ')}`,
  );
  await close();
} finally {
  rmSync(t.root, { recursive: true, force: true });
  rmSync(work, { recursive: true, force: true });
}
