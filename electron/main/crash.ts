/** The crash log: one text file on this computer that the person can open. Nothing is ever sent anywhere. */
import { appendFileSync, existsSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import { app, crashReporter, dialog, shell } from 'electron';
import { logDir } from './paths.ts';
import type { MenuTexts } from './texts.ts';

const MAX_BYTES = 1024 * 1024;
let asking = false;

export function crashLog(): string {
  return path.join(logDir(), 'crash.log');
}

/** Writes one entry at once (the process may be about to end). A full file becomes `crash.old.log`. */
export function writeCrash(what: string, detail: unknown): void {
  const file = crashLog();
  const text = detail instanceof Error ? (detail.stack ?? detail.message) : inspect(detail, { depth: 4 });
  try {
    if (existsSync(file) && statSync(file).size > MAX_BYTES) renameSync(file, path.join(logDir(), 'crash.old.log'));
    appendFileSync(file, `${new Date().toISOString()} ${app.getVersion()} ${what}\n${text}\n\n`, { mode: 0o600 });
  } catch (error) {
    process.stderr.write(`crash log: ${String(error)}\n${what}\n${text}\n`);
  }
}

/** Opens the crash log with the system's text program; makes an empty one when nothing ever happened. */
export async function openCrashLog(): Promise<void> {
  if (!existsSync(crashLog())) writeFileSync(crashLog(), '', { mode: 0o600 });
  const problem = await shell.openPath(crashLog());
  if (problem !== '') shell.showItemInFolder(crashLog());
}

/** Starts the program again; an AppImage must be named by its own file, not by what it unpacked. */
export function restartProgram(): void {
  const image = process.env['APPIMAGE'];
  app.relaunch(image ? { execPath: image } : {});
  app.quit();
}

/** Says in one sentence what happened and offers the log and a restart. One dialog at a time. */
export async function askAfterCrash(texts: MenuTexts, sentence: string): Promise<void> {
  if (asking) return;
  asking = true;
  try {
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: sentence,
      detail: texts.crashDetail,
      buttons: [texts.restart, texts.openLogButton, texts.carryOn],
      defaultId: 0,
      cancelId: 2,
      noLink: true,
    });
    if (response === 0) restartProgram();
    if (response === 1) await openCrashLog();
  } finally {
    asking = false;
  }
}

/** Catches what nobody caught, in main and in Chromium's own processes. `texts` is asked for when needed. */
export function watchCrashes(texts: () => MenuTexts): void {
  crashReporter.start({ uploadToServer: false });
  const uncaught = (what: string) => (error: unknown) => {
    writeCrash(what, error);
    // Before there can be a window there is nothing to carry on with; whoever started the program sees it fail.
    if (app.isReady()) void askAfterCrash(texts(), texts().crashed);
    else app.exit(1);
  };
  process.on('uncaughtException', uncaught('main: uncaught exception'));
  process.on('unhandledRejection', uncaught('main: unhandled rejection'));
  app.on('child-process-gone', (_event, details) => {
    if (details.reason !== 'clean-exit')
      writeCrash(`process gone: ${details.type} ${details.serviceName ?? ''}`, details);
  });
}
