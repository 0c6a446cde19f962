/** A studio of the test's own, served to a real browser, with a private home folder. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test as base, expect, type Page } from 'playwright/test';

export const repoRoot = path.resolve(import.meta.dirname, '../..');
export const samples = path.resolve(repoRoot, '../shared/samples');

export interface Served {
  /** True once the server has been killed: from then on the page's cookie is worthless. */
  readonly died: boolean;
  /** Address with its one-time token: good for one page. */
  url: string;
  root: string;
  /** Kills the server the hard way. */
  kill(): Promise<void>;
  /** Starts it again on the same port and home; returns a fresh address. */
  restart(): Promise<string>;
}

interface Running {
  child: ChildProcess;
  url: string;
}

async function startServer(root: string, args: readonly string[]): Promise<Running> {
  const child = spawn(process.execPath, [path.join(repoRoot, 'out/http/index.js'), ...args], {
    cwd: repoRoot,
    env: { ...process.env, TONGXIN_HOME: path.join(root, 'home'), HOME: root },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const found = /Tongxin Studio: (\S+)/.exec(out)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', (code) => {
      reject(new Error(`the server ended with ${String(code)}: ${said}`));
    });
  });
  return { child, url };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}

export const test = base.extend<{ serverArgs: string[]; language: 'zh-CN' | 'en'; served: Served; studio: Page }>({
  /** As if the person had chosen it before. */
  language: ['zh-CN', { option: true }],
  serverArgs: [[], { option: true }],
  served: async ({ serverArgs }, use) => {
    const root = mkdtempSync(path.join(os.tmpdir(), 'tongxin-e2e-'));
    let running = await startServer(root, serverArgs);
    let died = false;
    const port = new URL(running.url).port;
    await use({
      url: running.url,
      root,
      get died() {
        return died;
      },
      kill: () => {
        died = true;
        return end(running.child, 'SIGKILL');
      },
      restart: async () => {
        died = true;
        await end(running.child, 'SIGKILL');
        running = await startServer(root, ['--port', port]);
        return running.url;
      },
    });
    await end(running.child, 'SIGTERM');
    rmSync(root, { recursive: true, force: true });
  },
  /** The studio's page, with every error of the page or a refused resource failing the test. */
  studio: async ({ page, served, language }, use) => {
    await page.addInitScript((chosen) => {
      const kept = JSON.parse(localStorage.getItem('tongxin.prefs') ?? '{}') as object;
      localStorage.setItem('tongxin.prefs', JSON.stringify({ language: chosen, ...kept }));
    }, language);
    // Asked for from the beginning: a chooser that a key opens at once comes before a later wish to be told of it.
    page.on('filechooser', () => undefined);
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() !== 'error' || /WebSocket|ERR_CONNECTION|net::ERR/.test(message.text())) return;
      // The old page asking a new server whether its cookie still counts: 401 is the right answer, and only then.
      if (served.died && /status of 401/.test(message.text())) return;
      problems.push(`${message.text()} ${message.location().url}`);
    });
    await page.goto(served.url);
    await use(page);
    expect(problems).toEqual([]);
  },
});

/** Waits until the status bar says that everything is on disk. */
export async function saved(page: Page): Promise<void> {
  await expect(page.getByText(/^已保存/)).toBeVisible();
}

export { expect };
