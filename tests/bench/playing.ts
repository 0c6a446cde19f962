/** How smoothly the stage plays over cuts: the longest time without a new picture and without sound, over twenty cuts. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Page } from 'playwright';
import { findChromium } from '../../scripts/lib/pieces.mjs';
import { mediaImportResult } from '../../core/model/contract/index.ts';
import { makeStudio, repoRoot, samplesDir, type TestStudio } from '../support/studio.ts';
import { median } from './measure.ts';
import { launch } from './start.ts';
import { serve } from './typing.ts';

const CUTS = 20;
const EACH_US = 1_500_000;
/** One frame of the film, milliseconds. */
const FRAME = 1000 / 30;

/** Twenty-one pieces that lie apart in two films of 30 frames a second. */
async function project(t: TestStudio): Promise<void> {
  const names = ['talk-720p30.mp4', 'person-720p.mp4'];
  const sources = names.map((name) => ({ path: path.join(samplesDir, 'video', name) }));
  const { jobId } = await t.client.media.import({ sources });
  const made = mediaImportResult.parse((await t.finished(jobId)).result);
  await t.studio.idle();
  const { storyId } = await t.client.stories.create({ title: '剪口' });
  const clips = Array.from({ length: CUTS + 1 }, (_, i) => {
    const entry = made[i % made.length];
    if (!entry || !('assetId' in entry)) throw new Error('not imported');
    const inUs = ((i * 7) % 8) * EACH_US;
    return { assetId: entry.assetId, inUs, outUs: inUs + EACH_US };
  });
  await t.client.videos.create({ storyId, title: '剪口', clips, cues: [] });
}

interface Seen {
  /** When a new picture of the slot on show, or another slot, was on the screen: milliseconds, as the browser expects it. */
  pictures: number[];
  cuts: number[];
  /** From the beginning of a frame of the page until it is on the screen. */
  later: number[];
  /** At each cut: how long no slot was heard. */
  silent: number[];
}

/** Plays from the beginning and watches every picture that is presented, as the browser tells it. */
function watch(page: Page, ms: number): Promise<Seen> {
  return page.evaluate(async (forMs) => {
    const slots = [...document.querySelectorAll<HTMLElement>('.slot')];
    const seen: Seen = { pictures: [], cuts: [], later: [], silent: [] };
    let over = false;
    const heard = (slot: HTMLElement): boolean => {
      const video = slot.querySelector('video');
      // What runs before its cut is too low to be heard.
      return video !== null && !video.paused && !video.muted && video.volume > 0.001;
    };
    const isOn = (slot: HTMLElement): boolean => slot.classList.contains('on');
    for (const slot of slots) {
      const follow = (video: HTMLVideoElement): void => {
        const next = (now: number, { expectedDisplayTime }: VideoFrameCallbackMetadata): void => {
          if (isOn(slot)) {
            seen.pictures.push(expectedDisplayTime);
            seen.later.push(expectedDisplayTime - now);
          }
          if (!over) video.requestVideoFrameCallback(next);
        };
        video.requestVideoFrameCallback(next);
      };
      const video = slot.querySelector('video');
      if (video) follow(video);
    }
    // Slots change hands in a frame of the page: told right behind what changed them, with the time of that frame.
    let shown = slots.findIndex(isOn);
    const changes = new MutationObserver(() => {
      const here = slots.findIndex(isOn);
      if (here === shown) return;
      shown = here;
      seen.cuts.push(Number(document.timeline.currentTime));
    });
    for (const slot of slots) changes.observe(slot, { attributes: true, attributeFilter: ['class'] });
    let [on, quietSince] = [slots.findIndex(isOn), null as number | null];
    let quietest = 0;
    const begun = performance.now();
    await new Promise<void>((resolve) => {
      // Every five milliseconds: who is on show, and who is heard.
      const timer = setInterval(() => {
        const now = performance.now();
        const here = slots.findIndex(isOn);
        if (here !== on) {
          seen.silent.push(quietest);
          [on, quietest] = [here, 0];
        }
        if (slots.some(heard)) quietSince = null;
        else {
          quietSince ??= now;
          quietest = Math.max(quietest, now - quietSince);
        }
        if (now - begun < forMs) return;
        clearInterval(timer);
        over = true;
        changes.disconnect();
        resolve();
      }, 5);
    });
    return seen;
  }, ms);
}

/** The longest time without a new picture that begins or ends within a quarter of a second of each moment, milliseconds. */
function gaps({ pictures, cuts, later }: Seen, moments: readonly number[]): number[] {
  // What comes on show at a cut is on the screen as much later as the pictures of that playing are.
  const times = [...pictures, ...cuts.map((cut) => cut + median(later))].toSorted((a, b) => a - b);
  const isNear = (at: number, moment: number): boolean => Math.abs(at - moment) < 250;
  return moments.map((moment) => {
    const found = times.slice(1).map((to, i) => [times[i] ?? to, to] as const);
    return Math.max(
      0,
      ...found.flatMap(([from, to]) => (isNear(from, moment) || isNear(to, moment) ? [to - from] : [])),
    );
  });
}

/** Opens the film of `project`, plays it, and tells what was seen. */
async function play(page: Page, where: string): Promise<string> {
  // What the translator of this file puts round named functions, which the page does not have.
  await page.evaluate('globalThis.__name = (named) => named');
  await page.getByText('剪口').first().click();
  await page.getByRole('tab', { name: /^(视频|Videos)/ }).click();
  await page.getByRole('link', { name: /剪口/ }).click();
  await page.locator('.clip canvas[data-shows="film wave"]').first().waitFor({ timeout: 60_000 });
  await page.getByRole('main').getByText('9:16').click();
  await page.keyboard.press('Home');
  await page.waitForTimeout(3000);
  const watched = watch(page, ((CUTS + 1) * EACH_US) / 1000 + 2000);
  await page.keyboard.press('Space');
  const seen = await watched;
  const found = gaps(
    seen,
    seen.cuts.map((cut) => cut + median(seen.later)),
  );
  // The same computer in the same minute, where nothing is handed over: the middle of each piece.
  const between = gaps(
    seen,
    seen.cuts.map((cut) => cut - EACH_US / 2000),
  );
  const [worst, still, sound] = [found, between, seen.silent].map((all) => Math.max(0, ...all)) as [
    number,
    number,
    number,
  ];
  return (
    `playing over ${String(seen.cuts.length)} cuts in ${where}: longest time without a new picture ${worst.toFixed(0)} ms, ` +
    `${(worst / FRAME).toFixed(1)} frames (goal 2), median of the cuts ${median(found).toFixed(0)} ms (amid the pieces: longest ` +
    `${still.toFixed(0)} ms, median ${median(between).toFixed(0)} ms); longest time in which nothing was heard ${sound.toFixed(0)} ms (goal 20)`
  );
}

async function inBrowser({ dir, root }: TestStudio): Promise<string> {
  const executablePath = findChromium();
  if (executablePath === null) return 'playing over cuts in Chromium: not measured (no Chromium)';
  const { child, url } = await serve(dir, root);
  const args = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--autoplay-policy=no-user-gesture-required'];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(url);
    return await play(page, 'Chromium');
  } finally {
    await browser.close();
    child.removeAllListeners('exit');
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
  }
}

async function inWindow({ dir, root }: TestStudio): Promise<string> {
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (!dist) return 'playing over cuts in Electron: not measured (ELECTRON_OVERRIDE_DIST_PATH names no Electron)';
  const electron = path.join(dist, process.platform === 'win32' ? 'electron.exe' : 'electron');
  const { app } = await launch(electron, repoRoot, ['--workspace', dir], 'text=剪口', root);
  try {
    return await play(await app.firstWindow(), 'Electron');
  } finally {
    await app.close();
  }
}

/** In Chromium and in the window of Electron, one after the other. */
export async function benchPlaying(): Promise<string[]> {
  const t = await makeStudio();
  try {
    await project(t);
    await t.studio.stop();
    return [await inBrowser(t), await inWindow(t)];
  } finally {
    rmSync(t.root, { recursive: true, force: true });
  }
}
