// The pieces outside npm that the studio or its tests use: is it here, and where. No dependency.
import fs from 'node:fs';
import path from 'node:path';
import { isLinux, isWindows, run, which } from './system.mjs';
import { ROOT } from './tree.mjs';

const exists = (file) => fs.existsSync(file);

/** ffmpeg of the npm package ffmpeg-static, else of the PATH; null when there is none. */
export function findFfmpeg() {
  const own = path.join(ROOT, 'node_modules/ffmpeg-static', isWindows ? 'ffmpeg.exe' : 'ffmpeg');
  return exists(own) ? own : which('ffmpeg');
}

/** A Chromium that Playwright can drive: CHROMIUM_PATH, Playwright's own, the system's; null when there is none. */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return exists(named) ? named : null;
  return playwrightChromium() ?? systemChromium();
}

/** The browser that `playwright install chromium` puts into its cache, newest first. */
function playwrightChromium() {
  const home = process.env.HOME ?? process.env.USERPROFILE ?? '';
  const caches = {
    linux: path.join(process.env.XDG_CACHE_HOME ?? path.join(home, '.cache'), 'ms-playwright'),
    darwin: path.join(home, 'Library/Caches/ms-playwright'),
    win32: path.join(process.env.LOCALAPPDATA ?? home, 'ms-playwright'),
  };
  const cache = process.env.PLAYWRIGHT_BROWSERS_PATH ?? caches[process.platform];
  if (!cache || !exists(cache)) return null;
  const programs = [
    'chrome-linux/chrome',
    'chrome-linux64/chrome',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
    'chrome-win/chrome.exe',
    'chrome-win64/chrome.exe',
  ];
  const builds = fs.readdirSync(cache).filter((name) => /^chromium-\d+$/.test(name));
  builds.sort((a, b) => Number(b.split('-')[1]) - Number(a.split('-')[1]));
  for (const build of builds)
    for (const program of programs) {
      const file = path.join(cache, build, program);
      if (exists(file)) return file;
    }
  return null;
}

function systemChromium() {
  for (const name of [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'msedge',
  ]) {
    const found = which(name);
    if (found) return found;
  }
  const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].filter(Boolean);
  const places = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ...roots.map((root) => path.join(root, 'Google/Chrome/Application/chrome.exe')),
    ...roots.map((root) => path.join(root, 'Microsoft/Edge/Application/msedge.exe')),
  ];
  return places.find(exists) ?? null;
}

/** Whether Chinese text can be drawn. macOS and Windows always have such a font. */
export function hasChineseFont() {
  if (!isLinux) return true;
  return run('fc-list', [':lang=zh', 'family']).stdout.trim() !== '';
}

/** Folder with PostgreSQL's initdb and postgres (newest version first), or null. TONGXIN_POSTGRES_BIN names one by hand. */
export function findPostgres() {
  const complete = (dir) =>
    ['initdb', 'postgres'].every((name) => exists(path.join(dir, isWindows ? `${name}.exe` : name)));
  const named = process.env.TONGXIN_POSTGRES_BIN;
  if (named) return complete(named) ? named : null;
  const parents = ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt', 'C:/Program Files/PostgreSQL'];
  const folders = parents.flatMap((parent) =>
    exists(parent) ? fs.readdirSync(parent).map((version) => path.join(parent, version, 'bin')) : [],
  );
  const number = (dir) => Number(/(\d+)/.exec(path.basename(path.dirname(dir)))?.[1] ?? 0);
  folders.sort((a, b) => number(b) - number(a));
  const onPath = which('initdb');
  if (onPath) folders.push(path.dirname(fs.realpathSync(onPath)), path.dirname(onPath));
  return folders.find(complete) ?? null;
}

/** xvfb-run, the way to open a desktop window without a display; null elsewhere than on Linux or when missing. */
export function findXvfb() {
  return isLinux && which('Xvfb') !== null ? which('xvfb-run') : null;
}

/** Whether there is what a test needs for a keyring of its own: the keyring, a session bus, and the way to ask that. */
export function hasKeyring() {
  return isLinux && ['gnome-keyring-daemon', 'dbus-daemon', 'dbus-send'].every((name) => which(name) !== null);
}

/** A display that a window can open on. */
export function hasDisplay() {
  if (!isLinux) return true;
  return Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
}
