/** Filmstrips and waveforms: how long they take to make, over the length of the film; and what the timeline costs the page. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Page } from 'playwright';
import { findChromium } from '../../scripts/lib/pieces.mjs';
import { createMediaEngine } from '../../core/platform/media/index.ts';
import { mediaImportResult } from '../../core/model/contract/index.ts';
import { makeStudio, samplesDir, type TestStudio } from '../support/studio.ts';
import { median } from './measure.ts';
import { covered, percentile, serve, traced, type TraceEvent } from './typing.ts';

const SECONDS = 60;
const CLIPS = 200;
const CUES = 1000;

/** A minute of 1080p30 with sound, from a real clip. */
function minute(out: string): void {
  const source = path.join(samplesDir, 'video/talk-720p30.mp4');
  const video = ['-vf', 'scale=1920:1080', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '21', '-r', '30'];
  const args = ['-nostdin', '-v', 'error', '-y', '-stream_loop', '1', '-i', source, '-t', String(SECONDS)];
  execFileSync('ffmpeg', [...args, ...video, '-c:a', 'aac', '-ar', '48000', out]);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** Each step by itself: peaks, filmstrip, and the proxy that the filmstrip is made from. Seconds. */
async function steps(file: string, dir: string, rounds: number): Promise<string> {
  const quiet = () => undefined;
  const media = createMediaEngine({ log: { info: quiet, warn: quiet, error: quiet, close: async () => undefined } });
  const facts = await media.probe(file, { name: 'minute.mp4' });
  const at = (name: string): string => path.join(dir, name);
  const proxy = await timed(() => media.proxy(file, facts, at('proxy.mp4'), {}));
  const both: number[][] = [[], []];
  for (let i = 0; i < rounds; i += 1) {
    both[0]?.push(await timed(() => media.peaks(file, facts, at('m.peaks'), {})));
    both[1]?.push(
      await timed(() => media.strip({ path: at('proxy.mp4'), leadUs: 0 }, facts.durationUs ?? 0, at('m.jpg'))),
    );
  }
  const [peaks, strip] = both.map(median) as [number, number];
  const ratio = (s: number): string => (s / SECONDS).toFixed(3);
  return (
    `60 s of 1080p30: waveform ${peaks.toFixed(2)} s, filmstrip ${strip.toFixed(2)} s, together ${ratio(peaks + strip)} of real time ` +
    `(goal 0.35); its proxy ${proxy.toFixed(1)} s, all three ${ratio(peaks + strip + proxy)}`
  );
}

/** Until the only asset there is has one of its pieces, seconds. */
const until = (t: TestStudio, piece: 'poster' | 'proxy'): Promise<number> =>
  timed(async () => {
    while (!(await t.client.media.list({})).items[0]?.[piece]) await new Promise((resolve) => setTimeout(resolve, 20));
  });

/** The whole door: from the order to import until the last of poster, proxy, peaks and filmstrip is there. */
async function throughTheDoor(file: string): Promise<string> {
  const t = await makeStudio();
  const pieces = { poster: 0, proxy: 0 };
  const whole = await timed(async () => {
    await t.client.media.import({ sources: [{ path: file }] });
    [pieces.poster, pieces.proxy] = await Promise.all([until(t, 'poster'), until(t, 'proxy')]);
    await t.studio.idle();
  });
  await t.stop();
  return (
    `from the order to import it until all is there: ${whole.toFixed(1)} s, ${(whole / SECONDS).toFixed(3)} of real time; its picture in the bin ` +
    `after ${pieces.poster.toFixed(1)} s (goal 2), frames on the stage after ${pieces.proxy.toFixed(1)} s`
  );
}

/** A project of 200 clips of four files and 1,000 captions. */
async function project(t: TestStudio): Promise<void> {
  const names = ['cockatoo.mp4', 'person-720p.mp4', 'talk-720p30.mp4', 'rotated-90.mp4'];
  const sources = names.map((name) => ({ path: path.join(samplesDir, 'video', name) }));
  const { jobId } = await t.client.media.import({ sources });
  const made = mediaImportResult.parse((await t.finished(jobId)).result);
  await t.studio.idle();
  const { storyId } = await t.client.stories.create({ title: '长片' });
  const clips = Array.from({ length: CLIPS }, (_, i) => {
    const entry = made[i % made.length];
    if (!entry || !('assetId' in entry)) throw new Error('not imported');
    const inUs = Math.min((i % 5) * 700_000, Math.floor((entry.durationUs ?? 0) / 4));
    return { assetId: entry.assetId, inUs, outUs: Math.min(entry.durationUs ?? 0, inUs + 3_000_000) };
  });
  const lengthUs = clips.reduce((sum, { inUs, outUs }) => sum + outUs - inUs, 0);
  const each = Math.floor(lengthUs / CUES);
  const cues = Array.from({ length: CUES }, (_, i) => ({
    ...{ startUs: i * each, endUs: (i + 1) * each - 70_000, text: `第 ${String(i)} 句` },
  }));
  await t.client.videos.create({ storyId, title: '长片', clips, cues });
}

/** Work of the page's main thread in each frame while it scrolls, milliseconds, and its longest task. */
function frames(events: readonly TraceEvent[]): { work: number[]; longest: number } {
  const wheel = events.find((e) => e.name === 'EventDispatch' && e.args?.data?.type === 'wheel');
  if (!wheel) return { work: [], longest: Number.NaN };
  const thread = events.filter((e) => e.pid === wheel.pid && e.tid === wheel.tid && e.ts >= wheel.ts);
  // What the main thread has drawn goes to the compositor once a frame.
  const begins = thread.filter((e) => e.name === 'Commit').map((e) => e.ts + (e.dur ?? 0));
  begins.sort((a, b) => a - b);
  const tasks = thread.filter((e) => /RunTask$/.test(e.name) && e.dur !== undefined);
  const work = begins.slice(0, -1).map((from, i) => {
    const to = begins[i + 1] ?? from;
    // Processor time of the thread: on a busy machine a task also lasts while others run.
    return covered(
      tasks.filter((e) => e.ts >= from && e.ts < to).map((e) => [e.ts, e.ts + (e.tdur ?? e.dur ?? 0)] as const),
    );
  });
  return { work, longest: Math.max(0, ...tasks.map((e) => (e.dur ?? 0) / 1000)) };
}

/** Scrolls through the film, a tenth of the view a frame. */
async function scroll(page: Page): Promise<{ work: number[]; longest: number }> {
  const board = page.locator('.area');
  const box = await board.boundingBox();
  if (!box) throw new Error('no timeline');
  await page.mouse.move(box.x + box.width / 2, box.y + 80);
  const cdp = await page.context().newCDPSession(page);
  const events = await traced(cdp, async () => {
    for (let i = 0; i < 150; i += 1) {
      await page.mouse.wheel(0, i < 120 ? 110 : -400);
      await page.waitForTimeout(16);
    }
  });
  return frames(events);
}

export async function benchTimeline(): Promise<string[]> {
  const executablePath = findChromium();
  if (executablePath === null) return ['timeline: not measured (no Chromium)'];
  const t = await makeStudio();
  await project(t);
  await t.studio.stop();
  const { child, url } = await serve(t.dir, t.root);
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath, args });
  const lines: string[] = [];
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.addInitScript(() => localStorage.setItem('tongxin.prefs', JSON.stringify({ language: 'zh-CN' })));
    await page.goto(url);
    await page.getByText('长片').first().click();
    await page.getByRole('tab', { name: '视频' }).click();
    await page.getByRole('link', { name: /长片/ }).click();
    await page.locator('.clip canvas[data-shows="film wave"]').first().waitFor({ timeout: 60_000 });
    await page.waitForTimeout(3000);
    for (const [what, presses] of [
      ['at 40 pixels a second', 9],
      ['at 300 pixels a second', 5],
    ] as const) {
      for (let i = 0; i < presses; i += 1) await page.getByRole('button', { name: '放大' }).click();
      await page.waitForTimeout(1500);
      const { work, longest } = await scroll(page);
      const p95 = percentile(work, 0.95).toFixed(1);
      lines.push(
        `timeline of ${String(CLIPS)} clips and ${String(CUES)} captions, scrolled ${what}: main thread ` +
          `${median(work).toFixed(1)} ms a frame, p95 ${p95} ms (goal 8), longest task ${longest.toFixed(0)} ms, ${String(work.length)} frames`,
      );
    }
  } finally {
    await browser.close();
    child.removeAllListeners('exit');
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
    rmSync(t.root, { recursive: true, force: true });
  }
  return lines;
}

export async function benchStrips(rounds: number): Promise<string[]> {
  if (spawnSync('ffmpeg', ['-version']).status !== 0) return ['filmstrips: not measured (no ffmpeg)'];
  const dir = mkdtempSync(path.join(os.tmpdir(), 'tongxin-bench-'));
  try {
    const file = path.join(dir, 'minute.mp4');
    minute(file);
    return [await steps(file, dir, rounds), await throughTheDoor(file), ...(await benchTimeline())];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
