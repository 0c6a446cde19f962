/** Where the studio keeps its own files on this computer, and where a new workspace goes. */
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { safeFileName } from '../../model/file-name.ts';

const APP = 'tongxin-studio';

/** The parts of the machine a place depends on; the running process unless a test says otherwise. */
export interface Machine {
  env: Partial<Record<string, string>>;
  platform: NodeJS.Platform;
  home: string;
}

function thisMachine(): Machine {
  return { env: process.env, platform: process.platform, home: os.homedir() };
}

/**
 * The folder of recent.json and logs/: TONGXIN_HOME as it is; else `tongxin-studio` in %APPDATA% (Windows),
 * ~/Library/Application Support (macOS), or XDG_CONFIG_HOME / ~/.config (XDG Base Directory Specification).
 */
export function configHome(machine: Machine = thisMachine()): string {
  const { env, platform, home } = machine;
  if (env['TONGXIN_HOME']) return path.resolve(env['TONGXIN_HOME']);
  if (platform === 'win32') return path.join(env['APPDATA'] ?? path.join(home, 'AppData', 'Roaming'), APP);
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', APP);
  const xdg = env['XDG_CONFIG_HOME'];
  // The specification: a relative path is invalid and to be ignored.
  return path.join(xdg && path.isAbsolute(xdg) ? xdg : path.join(home, '.config'), APP);
}

/** A folder name that Windows, macOS and Linux all take, as close to `name` as they allow. */
export const safeFolderName = (name: string): string => safeFileName(name, '工作区');

/** `<home>/TongxinStudio/<name>`, with a number behind it when that is taken. */
export function defaultDir(name: string, home: string = os.homedir()): string {
  const base = path.join(home, 'TongxinStudio', safeFolderName(name));
  let dir = base;
  for (let n = 2; existsSync(dir); n += 1) dir = `${base} ${String(n)}`;
  return dir;
}
