/** Where the program's own files and the machine's folders are. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';

/** The bundle: out/main/index.js and what it shares with other entries below out/main/chunks. */
const OUT = path.join(app.getAppPath(), 'out');

export const PRELOAD = path.join(OUT, 'preload', 'index.cjs');
export const RENDERER = path.join(OUT, 'renderer');
export const HOST = path.join(OUT, 'main', 'host.js');

/** Icons, fonts, templates: beside the archive when packaged, because ffmpeg must be able to read them. */
export function assetsDir(): string {
  return app.isPackaged ? path.join(process.resourcesPath, 'assets') : path.join(app.getAppPath(), 'assets');
}

/** The studio's folder on this computer: the same as the core's (core/platform/workspace/places.ts). */
function home(): string {
  const moved = process.env['TONGXIN_HOME'];
  return moved ? path.resolve(moved) : path.join(app.getPath('appData'), 'tongxin-studio');
}

export function logDir(): string {
  return path.join(home(), 'logs');
}

/** First part of the name of the host's log files. */
export const LOG_NAME = 'desktop';

/** The host's log. */
export function logFile(): string {
  return path.join(logDir(), `${LOG_NAME}.log`);
}

/** Puts Chromium's data and the preferences into the studio's folder. Called before anything is written. */
export function settleFolders(): void {
  if (!app.commandLine.hasSwitch('user-data-dir')) app.setPath('userData', path.join(home(), 'desktop'));
  mkdirSync(logDir(), { recursive: true });
  app.setAppLogsPath(logDir());
}
