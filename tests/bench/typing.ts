/**
 * Writing in a long article, in a real browser: what one keystroke costs the page (handlers, style, layout) from a
 * trace, the longest task while typing, and how long a story takes to open.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { chromium, type CDPSession, type Page } from 'playwright';
import { findChromium } from '../../scripts/lib/pieces.mjs';
import { mediaImportResult } from '../../core/model/contract/index.ts';
import type { ArticleDoc } from '../../core/model/article/index.ts';
import { makeStudio, repoRoot, type TestStudio } from '../support/studio.ts';
import { article } from './article.ts';
import { median } from './measure.ts';

const KEYS = 120;
/** Between two keys: a fast typist. */
const PAUSE_MS = 60;
const MAIN = /^(?:EventDispatch|UpdateLayoutTree|Layout)$/;
const INPUT = /^(?:key|input|beforeinput|textInput|composition|selectionchange)/;

export interface TraceEvent {
  name: string;
  ph: string;
  /** Microseconds. */
  ts: number;
  dur?: number;
  /** Of it, what the thread really ran. */
  tdur?: number;
  pid: number;
  tid: number;
  args?: { data?: { type?: string } };
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Milliseconds covered by the spans; what lies inside another counts once. */
export function covered(spans: readonly (readonly [from: number, to: number])[]): number {
  let total = 0;
  let end = -Infinity;
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    if (to <= end) continue;
    total += to - Math.max(from, end);
    end = to;
  }
  return total / 1000;
}

export async function traced(cdp: CDPSession, act: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const complete = new Promise((resolve) => cdp.once('Tracing.tracingComplete', resolve));
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'toplevel'] },
  });
  await act();
  await cdp.send('Tracing.end');
  await complete;
  return events;
}

/** What each key cost, milliseconds: by the clock, and what of it the page's thread really ran. */
interface Keys {
  keys: number[];
  ran: number[];
  longest: number;
}

/** What each key that was pressed cost the page. */
export function keyCosts(events: readonly TraceEvent[]): Keys {
  const presses = events.filter((e) => e.name === 'EventDispatch' && e.args?.data?.type === 'keydown');
  const [first] = presses;
  if (!first) return { keys: [], ran: [], longest: Number.NaN };
  const thread = events.filter(
    (e) => e.pid === first.pid && e.tid === first.tid && e.ph === 'X' && e.dur !== undefined,
  );
  const starts = presses.map((e) => e.ts).sort((a, b) => a - b);
  const counted = starts.map((from, i) => {
    const to = starts[i + 1] ?? from + PAUSE_MS * 1000;
    const mine = thread.filter((e) => e.ts >= from && e.ts < to && MAIN.test(e.name));
    return mine.filter((e) => e.name !== 'EventDispatch' || INPUT.test(e.args?.data?.type ?? ''));
  });
  const keys = counted.map((mine) => covered(mine.map((e) => [e.ts, e.ts + (e.dur ?? 0)] as const)));
  const ran = counted.map((mine) => covered(mine.map((e) => [e.ts, e.ts + (e.tdur ?? e.dur ?? 0)] as const)));
  const tasks = thread.filter((e) => /RunTask$/.test(e.name) && e.ts >= (starts[0] ?? 0));
  return { keys, ran, longest: Math.max(0, ...tasks.map((e) => (e.dur ?? 0) / 1000)) };
}

async function storyOf(t: TestStudio, chars: number): Promise<void> {
  const { jobId } = await t.client.media.import({
    sources: [{ path: path.join(repoRoot, 'assets/sample/img/zhou.jpg') }],
  });
  const [made] = mediaImportResult.parse((await t.finished(jobId)).result);
  const assetId = made && 'assetId' in made ? made.assetId : null;
  const doc: ArticleDoc = article(chars);
  for (const node of doc.content) if (node.type === 'image') node.attrs = { ...node.attrs, assetId };
  await t.client.stories.create({ title: `长稿 ${String(chars)}`, doc });
}

export function serve(dir: string, root: string): Promise<{ child: ChildProcess; url: string }> {
  const args = ['--import', 'tsx', path.join(repoRoot, 'server/http/index.ts'), '--workspace', dir];
  const child = spawn(process.execPath, args, {
    cwd: repoRoot,
    env: { ...process.env, TONGXIN_HOME: path.join(root, 'home') },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('the server ended')));
    child.stdout.on('data', (chunk: Buffer) => {
      const url = /Tongxin Studio: (\S+)/.exec(chunk.toString())?.[1];
      if (url !== undefined) resolve({ child, url });
    });
  });
}

/** Opens the story (milliseconds until its last block stands in the page), then types in its middle. */
async function type(page: Page, chars: number): Promise<Keys & { open: number }> {
  const row = page.getByText(`长稿 ${String(chars)}`).first();
  await row.waitFor();
  const open = await row.evaluate(async (element) => {
    const from = performance.now();
    (element as HTMLElement).click();
    while (!document.querySelector('.article > :last-child')) await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    return performance.now() - from;
  });
  const lines = page.locator('.article > p');
  await lines.nth(Math.floor((await lines.count()) / 2)).click();
  await page.keyboard.press('End');
  await page.waitForTimeout(2000);
  const cdp = await page.context().newCDPSession(page);
  const events = await traced(cdp, async () => {
    for (let i = 0; i < KEYS; i += 1) {
      await page.keyboard.press('a');
      await page.waitForTimeout(PAUSE_MS);
    }
  });
  return { open, ...keyCosts(events) };
}

export async function benchTyping(): Promise<string[]> {
  const executablePath = findChromium();
  if (executablePath === null) return ['typing: not measured (no Chromium)'];
  const lines: string[] = [];
  for (const chars of [10_000, 50_000]) {
    const t = await makeStudio();
    await storyOf(t, chars);
    await t.studio.idle();
    await t.studio.stop();
    const { child, url } = await serve(t.dir, t.root);
    const browser = await chromium.launch({
      executablePath,
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.addInitScript(() => localStorage.setItem('tongxin.prefs', JSON.stringify({ language: 'zh-CN' })));
    await page.goto(url);
    await page.keyboard.press('Alt+2');
    const { open, keys, ran, longest } = await type(page, chars);
    await browser.close();
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
    rmSync(t.root, { recursive: true, force: true });
    lines.push(
      `typing in ${String(chars)} characters and 30 pictures: handlers, style and layout of a key ${median(keys).toFixed(1)} ms ` +
        `(p95 ${percentile(keys, 0.95).toFixed(1)}), of processor time ${median(ran).toFixed(1)} (p95 ${percentile(ran, 0.95).toFixed(1)}), ` +
        `longest task ${longest.toFixed(0)} ms; story open in ${open.toFixed(0)} ms`,
    );
  }
  return lines;
}
