/**
 * `npm run bench:memory -- [--minutes N] [--acts N]`: what the window of Electron holds (PSS) with an hour of footage in the bin while a
 * film is edited: the acts of an hour, one every two and a half seconds of it, done as fast as the page takes them.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { ElectronApplication, Page } from 'playwright';
import { mediaImportResult } from '../../core/model/contract/index.ts';
import { makeStudio, repoRoot, samplesDir, type TestStudio } from '../support/studio.ts';
import { launch } from './start.ts';

/** Ten minutes each, of a real clip repeated. */
const FILE_S = 600;
const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '60' }, acts: { type: 'string', default: '1440' } },
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
  await t.client.videos.create({ storyId, title: '一小时', clips, cues });
}

/** PSS of the process that draws the window, bytes. */
async function windowPss(app: ElectronApplication): Promise<number> {
  const pid = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId());
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

async function act(page: Page, n: number): Promise<void> {
  const ruler = await page.getByTestId('ruler').boundingBox();
  if (n % 5 === 0 && ruler) {
    const at = ruler.x + (((n * 97) % 1000) / 1000) * Math.min(ruler.width, 900);
    await page.mouse.click(at, ruler.y + 10);
  }
  if (n % 30 === 0) {
    await page.keyboard.press('Space');
    await page.waitForTimeout(1500);
    await page.keyboard.press('k');
  }
  if (n % 100 === 0) await page.keyboard.press('Shift+Z');
  await page.keyboard.press(KEYS[n % KEYS.length] ?? 's');
  // Taken back again and again, so that the film neither ends nor grows without end.
  if (n % KEYS.length === 0) for (let i = 0; i < 5; i += 1) await page.keyboard.press('Control+z');
}

const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
if (!dist) throw new Error('ELECTRON_OVERRIDE_DIST_PATH names no Electron');
const work = mkdtempSync(path.join(os.tmpdir(), 'tongxin-memory-'));
const t = await makeStudio();
try {
  await project(t, footage(work));
  await t.studio.stop();
  const electron = path.join(dist, process.platform === 'win32' ? 'electron.exe' : 'electron');
  const { app } = await launch(electron, repoRoot, ['--workspace', t.dir], 'text=一小时', t.root);
  const page = await app.firstWindow();
  await page.getByText('一小时').first().click();
  await page.getByRole('tab', { name: /^(视频|Videos)/ }).click();
  await page.getByRole('link', { name: /一小时/ }).click();
  await page.locator('.clip canvas[data-shows="film wave"]').first().waitFor({ timeout: 60_000 });
  await page.getByRole('main').getByText('9:16').click();
  const seen = [await windowPss(app)];
  for (let n = 1; n <= acts; n += 1) {
    await act(page, n);
    if (n % Math.ceil(acts / 12) === 0) seen.push(await windowPss(app));
  }
  const rest = await windowPss(app);
  console.log(
    `${String(minutes)} minutes of footage in the bin, ${String(acts)} acts: the window holds ${mb(seen[0] ?? 0)} at first, at most ` +
      `${mb(Math.max(...seen))} (goal 600), ${mb(rest)} in the end; on the way ${seen.map(mb).join(', ')}`,
  );
  await app.close();
} finally {
  rmSync(t.root, { recursive: true, force: true });
  rmSync(work, { recursive: true, force: true });
}
