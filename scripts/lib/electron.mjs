// Which Electron runtime can open the desktop window here, and if none, why not. No dependency.
import fs from 'node:fs';
import path from 'node:path';
import { failedToday, isLinux, isRoot, rememberFailure, say, show } from './system.mjs';
import { hasDisplay } from './pieces.mjs';
import { ROOT } from './tree.mjs';

const PACKAGE = path.join(ROOT, 'node_modules/electron');
const DOWNLOAD_MS = 60_000;
const PROGRAM =
  { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron';

/** Folder of the runtime that is here: ELECTRON_OVERRIDE_DIST_PATH, else the npm package's own; null when there is none. */
export function findRuntime() {
  const named = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const dir = named ? named : path.join(PACKAGE, 'dist');
  return fs.existsSync(path.join(dir, PROGRAM)) ? dir : null;
}

/** The program inside a runtime folder. */
export const programOf = (dir) => path.join(dir, PROGRAM);

/** Fetches the official runtime (about 110 MB) once; the electron package has no install script of its own. */
async function download() {
  const script = path.join(PACKAGE, 'install.js');
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH || !fs.existsSync(script) || failedToday('electron')) return;
  say(
    '正在下载 Electron 桌面运行环境（一次性，最多等一分钟）…',
    'Downloading the Electron runtime (once, at most a minute) …',
  );
  const code = await show(process.execPath, [script], { cwd: PACKAGE, timeoutMs: DOWNLOAD_MS, quiet: true });
  if (code !== 0 || !findRuntime()) rememberFailure('electron');
}

/**
 * Decides between the desktop window and the browser.
 * @returns `{program}` or `{zh, en}`: the reason there is no window.
 */
export async function chooseRuntime() {
  if (!hasDisplay()) return { zh: '没有可用的显示器', en: 'no display' };
  if (isLinux && isRoot)
    return {
      zh: 'Linux 的 root 用户不能在沙箱里运行桌面窗口',
      en: 'on Linux, root cannot run the desktop window in its sandbox',
    };
  if (!findRuntime()) await download();
  const dir = findRuntime();
  if (dir) return { program: programOf(dir) };
  const named = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (named) return { zh: `${named} 里没有 Electron`, en: `there is no Electron in ${named}` };
  return { zh: 'Electron 桌面运行环境下载不到', en: 'the Electron runtime could not be downloaded' };
}

/** Why a window that died at once died, from what it wrote to stderr. */
export function reasonOfDeath(stderr) {
  const library = /error while loading shared libraries: ([^:\s]+)/.exec(stderr)?.[1];
  if (library) return { zh: `系统缺少桌面窗口要用的库 ${library}`, en: `the system library ${library} is missing` };
  if (/sandbox/i.test(stderr))
    return { zh: '系统不允许桌面窗口的沙箱运行', en: 'the system does not let the desktop window run in its sandbox' };
  if (/Missing X server|cannot open display|Unable to open X display|ozone_platform/i.test(stderr))
    return { zh: '连接不上显示器', en: 'the display cannot be reached' };
  return { zh: '桌面窗口一打开就退出了', en: 'the desktop window closed at once' };
}
