/** The cutting room under the hand: how soon a frame is there when one goes to it, and what an act costs among 500 clips. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Page } from 'playwright';
import { findChromium } from '../../scripts/lib/pieces.mjs';
import { mediaImportResult } from '../../core/model/contract/index.ts';
import { makeStudio, samplesDir, type TestStudio } from '../support/studio.ts';
import { median } from './measure.ts';
import { keyCosts, percentile, serve, traced } from './typing.ts';

const CLIPS = 500;
const SEEKS = 80;
const SCRUB_MS = 4000;
const ACTS = 20;

/** A film of one clip, 30 frames a second, and one of 500. */
async function projects(t: TestStudio): Promise<void> {
  const names = ['talk-720p30.mp4', 'cockatoo.mp4', 'person-720p.mp4'];
  const sources = names.map((name) => ({ path: path.join(samplesDir, 'video', name) }));
  const { jobId } = await t.client.media.import({ sources });
  const made = mediaImportResult.parse((await t.finished(jobId)).result);
  await t.studio.idle();
  const files = made.flatMap((entry) => ('assetId' in entry ? [entry] : []));
  const { storyId } = await t.client.stories.create({ title: '剪辑' });
  const whole = files.slice(0, 1).map(({ assetId, durationUs }) => ({ assetId, inUs: 0, outUs: durationUs ?? 0 }));
  await t.client.videos.create({ storyId, title: '一段', clips: whole, cues: [] });
  const many = Array.from({ length: CLIPS }, (_, i) => {
    const file = files[i % files.length];
    if (!file) throw new Error('not imported');
    const inUs = (i % 5) * 700_000;
    return { assetId: file.assetId, inUs, outUs: inUs + 3_000_000 };
  });
  await t.client.videos.create({ storyId, title: '五百段', clips: many, cues: [] });
}

/** Presses on the ruler and drags on it, with every picture that is presented. Kept by the page. */
function watch(page: Page): Promise<void> {
  return page.evaluate(() => {
    const seen: { presses: number[]; pictures: [shownAt: number, mediaTime: number][] } = { presses: [], pictures: [] };
    Object.assign(window, { seen });
    addEventListener('pointerdown', ({ timeStamp }) => seen.presses.push(timeStamp), { capture: true });
    for (const slot of document.querySelectorAll<HTMLElement>('.slot')) {
      const video = slot.querySelector('video');
      const next = (_now: number, { expectedDisplayTime, mediaTime }: VideoFrameCallbackMetadata): void => {
        if (slot.classList.contains('on')) seen.pictures.push([expectedDisplayTime, mediaTime]);
        video?.requestVideoFrameCallback(next);
      };
      video?.requestVideoFrameCallback(next);
    }
  });
}

interface Seen {
  presses: number[];
  pictures: [shownAt: number, mediaTime: number][];
}

/** What was seen since it was asked last. */
const taken = (page: Page): Promise<Seen> =>
  page.evaluate(() => {
    const { seen } = window as unknown as { seen: Seen };
    const copy = { presses: [...seen.presses], pictures: [...seen.pictures] };
    seen.presses.length = 0;
    seen.pictures.length = 0;
    return copy;
  });

/** From a press on the ruler until the next picture is on the screen, at places all over the film; then pictures a second while it is dragged over. */
async function seekAndScrub(page: Page): Promise<string> {
  await page.getByRole('link', { name: /一段/ }).click();
  await page.locator('.clip canvas[data-shows="film wave"]').first().waitFor({ timeout: 60_000 });
  await page.getByRole('main').getByText('9:16').click();
  await page.waitForTimeout(2000);
  const ruler = await page.getByTestId('ruler').boundingBox();
  const clip = await page.locator('.clip').first().boundingBox();
  if (!ruler || !clip) throw new Error('no timeline');
  const y = ruler.y + ruler.height / 2;
  const [from, width] = [clip.x + 4, Math.min(clip.width, ruler.x + ruler.width - clip.x) - 8];
  await watch(page);
  const waits: number[] = [];
  for (let i = 0; i < SEEKS; i += 1) {
    // Far apart, and everywhere once: the golden section.
    await page.mouse.click(from + width * ((i * 0.618) % 1), y);
    await page.waitForTimeout(250);
    const { presses, pictures } = await taken(page);
    const [pressed, last] = [presses[0], pictures.at(-1)];
    // The picture of the place: the one that stays.
    const shown = pictures.find(([at, mediaTime]) => at > (pressed ?? Infinity) && mediaTime === last?.[1]);
    if (pressed !== undefined && shown) waits.push(shown[0] - pressed);
  }
  await page.mouse.move(from, y);
  await page.mouse.down();
  await page.waitForTimeout(500);
  await taken(page);
  const began = performance.now();
  for (let passed = 0; passed < SCRUB_MS; passed = performance.now() - began) {
    await page.mouse.move(from + (width * passed) / SCRUB_MS, y);
    await page.waitForTimeout(8);
  }
  const seconds = (performance.now() - began) / 1000;
  const { pictures } = await taken(page);
  await page.mouse.up();
  const shown = new Set(pictures.map(([, mediaTime]) => mediaTime)).size / seconds;
  return (
    `going to a place of a film by its ruler until the picture is on the screen: ${median(waits).toFixed(0)} ms, p95 ` +
    `${percentile(waits, 0.95).toFixed(0)} ms (goal 50), ${String(waits.length)} of ${String(SEEKS)} places; dragging over 40 s of it in ` +
    `${(SCRUB_MS / 1000).toFixed(0)} s: ${shown.toFixed(0)} pictures a second (goal 25)`
  );
}

/** What one press of a key costs the page's main thread, milliseconds of its processor time and by the clock. */
async function costOf(page: Page, key: string): Promise<{ ran: number; clock: number }> {
  const cdp = await page.context().newCDPSession(page);
  const events = await traced(cdp, async () => {
    await page.keyboard.press(key);
    await page.waitForTimeout(300);
  });
  await cdp.detach();
  const { keys, ran } = keyCosts(events);
  // With Ctrl it is two keys.
  const sum = (all: readonly number[]): number => all.reduce((total, each) => total + each, 0);
  return { ran: sum(ran), clock: sum(keys) };
}

async function manyClips(page: Page): Promise<string[]> {
  const link = page.getByRole('link', { name: /五百段/ });
  await link.waitFor();
  const [open, picture] = await link.evaluate(async (element) => {
    const from = performance.now();
    (element as HTMLElement).click();
    while (!document.querySelector('.clip')) await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    const stands = performance.now() - from;
    while (!document.querySelector('.stage .slot.on')) await new Promise(requestAnimationFrame);
    return [stands, performance.now() - from] as const;
  });
  await page.locator('.clip canvas[data-shows="film wave"]').first().waitFor({ timeout: 60_000 });
  await page.getByRole('main').getByText('9:16').click();
  await page.keyboard.press('Home');
  const costs: Record<'split' | 'undo', { ran: number; clock: number }[]> = { split: [], undo: [] };
  for (let i = 0; i < ACTS; i += 1) {
    await page.keyboard.press('ArrowDown');
    for (let n = 0; n < 2; n += 1) await page.keyboard.press('Shift+ArrowRight');
    await page.waitForTimeout(400);
    costs.split.push(await costOf(page, 's'));
    await page.waitForTimeout(200);
    costs.undo.push(await costOf(page, 'Control+z'));
  }
  const told = (what: 'split' | 'undo'): string => {
    const [ran, clock] = [costs[what].map((cost) => cost.ran), costs[what].map((cost) => cost.clock)];
    return (
      `${what}: handlers, style and layout ${median(clock).toFixed(1)} ms (p95 ${percentile(clock, 0.95).toFixed(1)}), of processor time ` +
      `${median(ran).toFixed(1)} (p95 ${percentile(ran, 0.95).toFixed(1)}; goal 16)`
    );
  };
  return [
    `a film of ${String(CLIPS)} clips stands in the room ${open.toFixed(0)} ms after the click (goal 500), its picture on the stage ${picture.toFixed(0)} ms`,
    `among ${String(CLIPS)} clips, ${told('split')}; ${told('undo')}`,
  ];
}

export async function benchCutting(): Promise<string[]> {
  const executablePath = findChromium();
  if (executablePath === null) return ['cutting: not measured (no Chromium)'];
  const t = await makeStudio();
  await projects(t);
  await t.studio.stop();
  const { child, url } = await serve(t.dir, t.root);
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.addInitScript(() => localStorage.setItem('tongxin.prefs', JSON.stringify({ language: 'zh-CN' })));
    await page.goto(url);
    // What the translator of this file puts round named functions, which the page does not have.
    await page.evaluate('globalThis.__name = (named) => named');
    const toVideos = async (): Promise<void> => {
      await page.getByText('剪辑', { exact: true }).first().click();
      await page.getByRole('tab', { name: '视频' }).click();
    };
    await toVideos();
    const seeks = await seekAndScrub(page);
    await page.goto(page.url().replace(/#.*/, ''));
    await page.evaluate('globalThis.__name = (named) => named');
    await toVideos();
    return [seeks, ...(await manyClips(page))];
  } finally {
    await browser.close();
    child.removeAllListeners('exit');
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
    rmSync(t.root, { recursive: true, force: true });
  }
}
