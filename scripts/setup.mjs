// Puts in place what `npm start` and `npm test` need and this computer lacks; quick when nothing is missing. Never asks
// a question: what needs rights we do not have is named with the command that installs it.
// By hand: `node scripts/setup.mjs start|test`.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { findChromium, findFfmpeg, findPostgres, findXvfb, hasChineseFont, hasKeyring } from './lib/pieces.mjs';
import {
  failedToday,
  isLinux,
  isWindows,
  npmCommand,
  packageManager,
  rememberFailure,
  rootPrefix,
  say,
  show,
} from './lib/system.mjs';
import { canUnpack, unpackPackages, useOwnTools } from './lib/own-tools.mjs';
import { ROOT } from './lib/tree.mjs';

const MODULES = path.join(ROOT, 'node_modules');
const MARKER = path.join(MODULES, '.tongxin-setup');
/** A download that takes longer counts as impossible for today. */
const DOWNLOAD_MS = 180_000;

const lockHash = () => {
  const hash = createHash('sha256').update(fs.readFileSync(path.join(ROOT, 'package-lock.json')));
  return hash.update(`${process.platform}-${process.arch}`).digest('hex');
};

/** Whether node_modules holds what package-lock.json asks for, by npm's own record of what it installed. */
function modulesMatchLock() {
  let installed;
  try {
    installed = JSON.parse(fs.readFileSync(path.join(MODULES, '.package-lock.json'), 'utf8')).packages;
  } catch {
    return false;
  }
  const wanted = JSON.parse(fs.readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(
    ([name, { version, optional }]) => name === '' || optional === true || installed[name]?.version === version,
  );
}

function markInstalled() {
  try {
    fs.writeFileSync(MARKER, lockHash());
  } catch (error) {
    // Somebody else's node_modules: it is only compared again next time.
    if (error.code !== 'EACCES' && error.code !== 'EPERM' && error.code !== 'EROFS') throw error;
  }
}

/**
 * The npm packages. Install scripts are left out: they download (Electron, ffmpeg, browsers) and would hold up or break
 * the installation where their sites are unreachable; what they would fetch is dealt with piece by piece below.
 */
export async function ensureDependencies() {
  const marked = fs.existsSync(MARKER) && fs.readFileSync(MARKER, 'utf8') === lockHash();
  if (marked && fs.existsSync(path.join(MODULES, '.package-lock.json'))) return true;
  if (!modulesMatchLock()) {
    const npm = npmCommand();
    if (!npm) {
      say('找不到 npm，请先安装 Node.js（自带 npm）。', 'npm was not found: install Node.js, which brings npm.');
      return false;
    }
    say('正在安装 npm 依赖（一次性，约一分钟）…', 'Installing the npm packages (once, about a minute) …');
    const [command, ...args] = npm;
    const env = { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1', PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
    const code = await show(command, [...args, 'ci', '--ignore-scripts', '--loglevel=error'], { cwd: ROOT, env });
    if (code !== 0) {
      say('npm ci 没有成功（原因见上）。', 'npm ci did not succeed (the reason is above).');
      return false;
    }
  }
  makeExecutable();
  markInstalled();
  return true;
}

/** ffprobe comes inside its package without the run bit. */
function makeExecutable() {
  if (isWindows) return;
  const file = path.join(MODULES, '@ffprobe-installer', `${process.platform}-${process.arch}`, 'ffprobe');
  if (fs.existsSync(file) && (fs.statSync(file).mode & 0o111) !== 0o111) fs.chmodSync(file, 0o755);
}

/**
 * Installs a piece by the system's package manager, where that is possible without a question.
 * @returns true when the command went through.
 */
async function installPiece(piece, zh, en) {
  const manager = packageManager();
  const names = manager?.names[piece];
  if (!manager || !names) return false;
  const command = manager.install(names);
  const prefix = manager.rights ? rootPrefix() : [];
  const own = prefix === null && canUnpack(piece);
  if (prefix === null && !own) {
    say(`缺少${zh}。请运行：sudo ${command.join(' ')}`, `Missing: ${en}. Run: sudo ${command.join(' ')}`);
    return false;
  }
  if (failedToday(piece)) {
    say(`缺少${zh}，今天安装过但没有成功。`, `Missing: ${en}; installing it failed earlier today.`);
    return false;
  }
  if (own) {
    const where = '~/.cache/tongxin-studio';
    say(`正在把 ${names.join('、')} 放进 ${where}：${zh}。`, `Unpacking ${names.join(', ')} into ${where}: ${en}.`);
    if (await unpackPackages(names)) return true;
    rememberFailure(piece);
    say(`没有成功。请运行：sudo ${command.join(' ')}`, `That failed. Run: sudo ${command.join(' ')}`);
    return false;
  }
  say(`正在安装 ${names.join('、')}：${zh}。`, `Installing ${names.join(', ')}: ${en}.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  if (manager.refresh)
    await show(prefix[0] ?? manager.refresh[0], [...prefix, ...manager.refresh].slice(1), { env, quiet: true });
  const [program, ...args] = [...prefix, ...command];
  const code = await show(program, args, { env, stdio: ['ignore', 'ignore', 2] });
  if (code !== 0) rememberFailure(piece);
  return code === 0;
}

/** ffmpeg: the PATH's, else the npm package's own download, else the system's package. */
export async function ensureFfmpeg() {
  if (findFfmpeg()) return true;
  const script = path.join(MODULES, 'ffmpeg-static/install.js');
  if (fs.existsSync(script) && !failedToday('ffmpeg-static')) {
    say('正在下载 ffmpeg：导入和导出视频要用。', 'Downloading ffmpeg: importing and exporting video needs it.');
    const code = await show(process.execPath, [script], {
      cwd: path.dirname(script),
      timeoutMs: DOWNLOAD_MS,
      quiet: true,
    });
    if (code === 0 && findFfmpeg()) return true;
    rememberFailure('ffmpeg-static');
  }
  await installPiece('ffmpeg', ' ffmpeg，导入和导出视频要用', 'ffmpeg, for importing and exporting video');
  return findFfmpeg() !== null;
}

/** A Chinese font on Linux: without one every Chinese word on the screen is a row of boxes. */
export async function ensureFonts() {
  if (hasChineseFont()) return true;
  await installPiece('fonts', '中文字体，界面显示要用', 'a Chinese font, for the screen');
  return hasChineseFont();
}

/** A browser for the tests: found, else the system's package, else Playwright's own download. */
export async function ensureChromium() {
  if (findChromium()) return true;
  // Ubuntu's "chromium" is a snap, which does not run in containers; Playwright's own is better there.
  const ubuntu =
    isLinux && /^ID=ubuntu/m.test(fs.existsSync('/etc/os-release') ? fs.readFileSync('/etc/os-release', 'utf8') : '');
  const system = async () => {
    await installPiece('chromium', ' Chromium，浏览器测试要用', 'Chromium, for the browser tests');
    return findChromium() !== null;
  };
  const own = async () => {
    if (failedToday('playwright-chromium')) return false;
    say('正在下载 Chromium：浏览器测试要用。', 'Downloading Chromium: the browser tests need it.');
    const cli = path.join(MODULES, 'playwright/cli.js');
    const withLibraries = isLinux && rootPrefix()?.length === 0 ? ['--with-deps'] : [];
    await show(process.execPath, [cli, 'install', ...withLibraries, 'chromium'], {
      timeoutMs: DOWNLOAD_MS,
      quiet: true,
    });
    if (findChromium()) return true;
    rememberFailure('playwright-chromium');
    return false;
  };
  for (const attempt of ubuntu ? [own, system] : [system, own]) if (await attempt()) return true;
  return false;
}

/** PostgreSQL's programs; the tests start a server of their own from them. */
export async function ensurePostgres() {
  if (findPostgres()) return true;
  await installPiece('postgresql', ' PostgreSQL，数据库测试要用', 'PostgreSQL, for the database tests');
  return findPostgres() !== null;
}

/** A display without a screen, for the desktop tests (Linux only). */
export async function ensureXvfb() {
  if (!isLinux || findXvfb()) return true;
  await installPiece('xvfb', ' Xvfb，桌面测试要用', 'Xvfb, for the desktop tests');
  return findXvfb() !== null;
}

/** A keyring for the desktop tests (Linux only): macOS and Windows have a store of secrets of their own. */
export async function ensureKeyring() {
  if (!isLinux || hasKeyring()) return true;
  await installPiece(
    'keyring',
    ' GNOME Keyring，系统保管密钥的测试要用',
    'GNOME Keyring, for the test of the system’s store',
  );
  return hasKeyring();
}

/** Refuses a Node that is too old for the sources, in one sentence. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return true;
  say(
    `需要 Node.js 20.19 或更新版本，这里是 ${process.versions.node}。`,
    `Node.js 20.19 or newer is needed; this is ${process.versions.node}.`,
  );
  return false;
}

/**
 * Everything for `npm start` or `npm test`.
 * @returns false only when nothing can work (Node too old, no npm packages); what else is missing was said.
 */
export async function setup(purpose) {
  useOwnTools();
  if (!checkNode() || !(await ensureDependencies())) return false;
  await ensureFfmpeg();
  await ensureFonts();
  if (purpose === 'test') {
    await ensureChromium();
    await ensurePostgres();
    await ensureXvfb();
    await ensureKeyring();
  }
  return true;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = (await setup(process.argv[2] === 'test' ? 'test' : 'start')) ? 0 : 1;
}
