/** Answers what the page asks through the bridge (`core/model/bridge.ts`). */
import { mkdtempSync, rmSync } from 'node:fs';
import { access, mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { app, BrowserWindow, dialog, shell, type OpenDialogOptions, type WebContents } from 'electron';
import { z } from 'zod';
import { CHANNELS, MAX_PASTED_BYTES } from '../../core/model/bridge.ts';
import { StudioError } from '../../core/model/errors.ts';
import { externalAddress } from './addresses.ts';
import type { Host } from './host.ts';
import { answer, listen } from './ipc.ts';
import { insideRoot } from './media.ts';
import { logDir, logFile } from './paths.ts';
import { prefsPatch, type PrefsStore } from './prefs.ts';
import type { MenuTexts } from './texts.ts';

const nothing = z.undefined();
const chooseFiles = z.strictObject({
  extensions: z.array(z.string().regex(/^[\w-]{1,16}$/)).max(100),
  multiple: z.boolean(),
});
const pasted = z.strictObject({
  name: z.string().max(255),
  bytes: z.instanceof(ArrayBuffer).refine((bytes) => bytes.byteLength > 0 && bytes.byteLength <= MAX_PASTED_BYTES),
});

let pasteDir: string | null = null;

/** Pasted files live until the program ends; by then the import has copied them. */
async function keepPasted(name: string, bytes: ArrayBuffer): Promise<string> {
  pasteDir ??= mkdtempSync(path.join(app.getPath('temp'), 'tongxin-'));
  const dir = await mkdtemp(path.join(pasteDir, 'paste-'));
  const safe = path.basename(name.replace(/[\p{Cc}\\/:*?"<>|]/gu, '_')).slice(-120);
  const file = path.join(dir, /^\.*$/.test(safe) ? 'pasted' : safe);
  await writeFile(file, new Uint8Array(bytes), { mode: 0o600, flag: 'wx' });
  return file;
}

/** Removes the pasted files. */
export function forgetPasted(): void {
  if (pasteDir !== null) rmSync(pasteDir, { recursive: true, force: true });
  pasteDir = null;
}

async function choose(sender: WebContents, options: OpenDialogOptions): Promise<string[]> {
  const window = BrowserWindow.fromWebContents(sender);
  const { filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  return filePaths;
}

/** Opens the log with the system's text program, or its folder when there is none. */
export async function openLog(): Promise<void> {
  const problem = await shell.openPath(logFile());
  if (problem !== '') await shell.openPath(logDir());
}

async function showInFolder(host: Host, sender: WebContents, assetId: string): Promise<void> {
  const root = host.workspace?.dir;
  if (root === undefined) throw new StudioError('no_workspace');
  if (assetId === 'workspace') {
    shell.showItemInFolder(path.join(root, 'studio.db'));
    return;
  }
  const file = await insideRoot(root, (await host.locate(sender.id, assetId, 'original')).path);
  if (file === null) throw new StudioError('unknown_id', { id: assetId });
  shell.showItemInFolder(file);
}

async function showMade(host: Host, sender: WebContents, jobId: string): Promise<void> {
  const made = await host.locateMade(sender.id, jobId);
  // It may have been moved or thrown away since.
  await access(made).catch((cause: unknown) => {
    throw new StudioError('file_missing', { file: path.basename(made) }, { cause });
  });
  shell.showItemInFolder(made);
}

async function openOutside(url: string): Promise<void> {
  const address = externalAddress(url);
  if (address === null) throw new StudioError('bad_input', { what: 'only https and mailto addresses are opened' });
  await shell.openExternal(address);
}

export function answerBridge(host: Host, prefs: PrefsStore, texts: () => MenuTexts): void {
  listen(CHANNELS.connect, (sender) => host.connect(sender));
  answer(CHANNELS.chooseFiles, chooseFiles, ({ extensions, multiple }, sender) =>
    choose(sender, {
      title: texts().chooseFiles,
      properties: multiple ? ['openFile', 'multiSelections'] : ['openFile'],
      filters: extensions.length > 0 ? [{ name: extensions.map((e) => `.${e}`).join(' '), extensions }] : [],
    }),
  );
  answer(CHANNELS.chooseFolder, nothing, async (_input, sender) => {
    const [dir] = await choose(sender, {
      title: texts().chooseFolder,
      properties: ['openDirectory', 'createDirectory'],
    });
    return dir ?? null;
  });
  answer(CHANNELS.fileFromBytes, pasted, ({ name, bytes }) => keepPasted(name, bytes));
  answer(CHANNELS.showInFolder, z.string().regex(/^[\w-]{1,64}$/), (assetId, sender) =>
    showInFolder(host, sender, assetId),
  );
  answer(CHANNELS.showMade, z.string().regex(/^[\w-]{1,64}$/), (jobId, sender) => showMade(host, sender, jobId));
  answer(CHANNELS.openExternal, z.string(), openOutside);
  answer(CHANNELS.openLog, nothing, openLog);
  answer(CHANNELS.prefsGet, nothing, async () => prefs.get());
  answer(CHANNELS.prefsSet, prefsPatch, async (patch) => prefs.set(patch));
}
