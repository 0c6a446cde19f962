/** Starts the real desktop program on a private home folder, and talks to its page and its processes. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { _electron, errors, expect, test as base, type ElectronApplication, type Page } from 'playwright/test';
import { findRuntime, programOf } from '../../scripts/lib/electron.mjs';

export const ROOT = path.resolve(import.meta.dirname, '../..');
export const SAMPLES = path.resolve(ROOT, '../shared/samples');

const runtime = findRuntime();
export const NO_RUNTIME =
  'There is no Electron runtime here (ELECTRON_OVERRIDE_DIST_PATH names none, node_modules/electron has none).';
export const program: string | null = runtime === null ? null : programOf(runtime);

/** Root on Linux cannot have Chromium's own sandbox; the program itself never switches it off. */
export const AS_ROOT: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** Folders of one test: everything the program writes goes below `root`. */
export interface Place {
  root: string;
  home: string;
  workspace: string;
  env: Record<string, string>;
  /** Before each start: what a start that came to nothing has changed is put right. */
  prepare?: () => Promise<void>;
}

export async function makePlace(): Promise<Place> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'tongxin-desktop-'));
  const home = path.join(root, 'home');
  const env = Object.entries(process.env).filter(
    (e): e is [string, string] => e[1] !== undefined && !e[0].startsWith('ELECTRON_'),
  );
  return {
    root,
    home,
    workspace: path.join(root, '岚溪 "工作区"'),
    env: { ...Object.fromEntries(env), TONGXIN_HOME: home, HOME: root },
  };
}

/** Arguments that start the program of this checkout. */
export function programArguments(...extra: string[]): string[] {
  return [...AS_ROOT, ROOT, ...extra];
}

/** A start takes two seconds, and several times that on a machine that does other things too. */
const LAUNCH_MS = 25_000;
const ATTEMPTS = 3;

/**
 * Playwright's launcher sometimes waits for ever after it has reached Electron's DevTools (about one start in
 * forty under load; the program itself is up by then). It ends that program, and the next attempt is a new one.
 */
async function launchProgram(place: Place, args: string[]): Promise<ElectronApplication> {
  const isNew = !existsSync(place.workspace);
  for (let attempt = 1; ; attempt += 1) {
    await place.prepare?.();
    // The sample is only made where nothing is: what the start that was ended has made of it goes.
    if (attempt > 1 && isNew && args.includes('--sample')) await rm(place.workspace, { recursive: true, force: true });
    try {
      return await _electron.launch({ executablePath: program!, args, env: place.env, timeout: LAUNCH_MS });
    } catch (error) {
      if (attempt === ATTEMPTS || !(error instanceof errors.TimeoutError)) throw error;
    }
  }
}

export async function launch(place: Place, ...extra: string[]): Promise<ElectronApplication> {
  if (!existsSync(path.join(ROOT, 'out/main/index.js'))) throw new Error('out/ is missing: run npm run build first');
  const app = await launchProgram(place, programArguments(...extra));
  // What would wait for a click is written down instead.
  await app.evaluate(({ dialog }) => {
    const shown: string[] = [];
    Object.assign(globalThis, { shown });
    dialog.showMessageBox = (...args: unknown[]) => {
      shown.push((args.at(-1) as { message: string }).message);
      return Promise.resolve({ response: 2, checkboxChecked: false });
    };
  });
  return app;
}

/** Sentences of the message boxes the program would have shown. */
export function shownBoxes(app: ElectronApplication): Promise<string[]> {
  return app.evaluate(() => (globalThis as unknown as { shown: string[] }).shown);
}

interface PortWindow {
  testPorts: MessagePort[];
  testLost: number;
}

/** Loads the page again, this time keeping every port it is given. Answers when the first is there. */
export async function openPort(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const own = window as unknown as PortWindow;
    own.testPorts = [];
    own.testLost = 0;
    window.addEventListener('message', (event) => {
      const type = (event.data as { type?: string } | null)?.type;
      if (type === 'tongxin:port' && event.ports[0]) own.testPorts.push(event.ports[0]);
      if (type === 'tongxin:port-lost') own.testLost += 1;
    });
  });
  await page.reload();
  await waitForPorts(page, 1);
}

/** Waits until the page has been given `count` ports since it was loaded. */
export async function waitForPorts(page: Page, count: number): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => (window as unknown as PortWindow).testPorts.length), { timeout: 30_000 })
    .toBeGreaterThanOrEqual(count);
}

/**
 * One call of the contract over the page's newest port, in oRPC's own words (so that nothing of the page's
 * client is needed). Throws an Error whose message is the code.
 */
export async function call<Output = unknown>(page: Page, procedure: string, input?: unknown): Promise<Output> {
  const answer = await page.evaluate(
    ({ procedure, input }) => {
      const port = (window as unknown as PortWindow).testPorts.at(-1)!;
      const id = `test-${crypto.randomUUID()}`;
      return new Promise<{ status: number; json: unknown }>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${procedure} was not answered`)), 20_000);
        const read = (event: MessageEvent<string>) => {
          const message = JSON.parse(event.data) as { i: string; p: { s?: number; b: { json: unknown } } };
          if (message.i !== id) return;
          clearTimeout(timer);
          port.removeEventListener('message', read);
          resolve({ status: message.p.s ?? 200, json: message.p.b.json });
        };
        port.addEventListener('message', read);
        port.postMessage(JSON.stringify({ i: id, p: { u: `/${procedure}`, b: { json: input } } }));
      });
    },
    { procedure, input },
  );
  if (answer.status >= 400) throw new Error((answer.json as { data: { code: string } }).data.code);
  return answer.json as Output;
}

/** Process id of the core's process. */
export async function hostPid(app: ElectronApplication): Promise<number> {
  const find = () =>
    app.evaluate(({ app }) => app.getAppMetrics().find((m) => m.name === 'Tongxin Studio core')?.pid ?? 0);
  await expect.poll(find, { timeout: 20_000 }).toBeGreaterThan(0);
  return find();
}

export async function readCrashLog(place: Place): Promise<string> {
  return readFile(path.join(place.home, 'logs/crash.log'), 'utf8').catch(() => '');
}

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end. */
export function run(
  file: string,
  args: readonly string[],
  env: Record<string, string>,
  timeoutMs = 60_000,
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** The environment without a screen: what a command on a server has. */
export function withoutDisplay(env: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !['DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY'].includes(name)),
  );
}

/** `studio`: the program with an empty workspace open, its page ready to be called. One a test. */
export const test = base.extend<{ place: Place; studio: { app: ElectronApplication; page: Page } }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures a fixture needs from here
  place: async ({}, use) => {
    const place = await makePlace();
    await use(place);
    await rm(place.root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  },
  studio: async ({ place }, use) => {
    const app = await launch(place);
    try {
      const page = await app.firstWindow();
      await openPort(page);
      await call(page, 'workspace/create', { dir: place.workspace, name: '岚溪县融媒体中心' });
      await use({ app, page });
    } finally {
      await app.close();
    }
  },
});
