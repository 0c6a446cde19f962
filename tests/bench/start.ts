/** Cold start to a usable window and memory at rest, against an empty window of the same Electron in the same minute. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { _electron, type ElectronApplication } from 'playwright';
import { makeStudio, repoRoot } from '../support/studio.ts';
import { inTurn, median, treePss } from './measure.ts';

const EMPTY_APP = `
const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => new BrowserWindow({ webPreferences: { sandbox: true } }).loadURL('data:text/html,<h1>x</h1>'));
`;
const REST_MS = 8000;

export interface Started {
  app: ElectronApplication;
  ms: number;
}

export async function launch(
  executablePath: string,
  entry: string,
  args: string[],
  ready: string,
  home: string,
): Promise<Started> {
  const start = performance.now();
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    executablePath,
    args: [entry, ...root, `--user-data-dir=${path.join(home, 'electron')}`, ...args],
    env: { ...process.env, TONGXIN_HOME: path.join(home, 'home') },
  });
  const window = await app.firstWindow();
  await window.waitForSelector(ready, { timeout: 60_000 });
  return { app, ms: performance.now() - start };
}

export async function benchStart(rounds: number): Promise<string[]> {
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (!dist) return ['cold start, memory: not measured (ELECTRON_OVERRIDE_DIST_PATH names no Electron)'];
  const electron = path.join(dist, process.platform === 'win32' ? 'electron.exe' : 'electron');
  // A workspace with three stories, as somebody would find it in the morning.
  const t = await makeStudio({ workspace: false });
  const dir = path.join(t.root, 'sample');
  await t.client.workspace.sample({ dir });
  await t.studio.idle();
  await t.studio.stop();
  const empty = mkdtempSync(path.join(os.tmpdir(), 'tongxin-empty-'));
  writeFileSync(path.join(empty, 'main.cjs'), EMPTY_APP);
  const ours: number[] = [];
  const peers: number[] = [];
  const once = async (entry: string, args: string[], ready: string, memory: number[]): Promise<number> => {
    const home = mkdtempSync(path.join(os.tmpdir(), 'tongxin-bench-home-'));
    const { app, ms } = await launch(electron, entry, args, ready, home);
    await wait(REST_MS);
    const pss = treePss(app.process().pid ?? 0);
    if (pss !== null) memory.push(pss);
    await app.close();
    rmSync(home, { recursive: true, force: true });
    return ms;
  };
  const start = await inTurn(
    rounds,
    () => once(repoRoot, ['--workspace', dir], 'text=老周的第四十个春茶季', ours),
    () => once(path.join(empty, 'main.cjs'), [], 'h1', peers),
  );
  rmSync(t.root, { recursive: true, force: true });
  rmSync(empty, { recursive: true, force: true });
  const mb = (values: number[]): string => `${(median(values) / 1024 / 1024).toFixed(0)} MB`;
  return [
    `cold start to the list of stories: ${start.ours.toFixed(0)} ms; empty Electron window: ${start.peer.toFixed(0)} ms; ratio ${start.ratio.toFixed(2)}`,
    `memory at rest (PSS of all processes, ${String(REST_MS / 1000)} s after): ${mb(ours)}; empty Electron window: ${mb(peers)}; ratio ${(median(ours) / median(peers)).toFixed(2)}`,
  ];
}
