// What this computer has: commands, rights, package manager. Plain Node 20.19, no dependency: it runs before `npm ci`.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from './tree.mjs';

export const isWindows = process.platform === 'win32';
export const isLinux = process.platform === 'linux';
export const isRoot = process.getuid?.() === 0;

/** Prints one sentence in both languages to stderr: stdout belongs to what was asked for. */
export function say(zh, en) {
  process.stderr.write(`${zh}\n${en}\n`);
}

/** Absolute path of a command on the PATH, or null. */
export function which(command, env = process.env) {
  const endings = isWindows ? (env.PATHEXT ?? '.EXE;.CMD;.BAT').split(';') : [''];
  for (const dir of (env.PATH ?? '').split(path.delimiter)) {
    if (dir === '') continue;
    for (const ending of endings) {
      const file = path.join(dir, command + ending);
      try {
        fs.accessSync(file, fs.constants.X_OK);
        if (fs.statSync(file).isFile()) return file;
      } catch {
        // not in this folder
      }
    }
  }
  return null;
}

/** Runs a command to its end without a shell. Returns `{code, stdout, stderr}`; code null when it could not start or took too long. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], ...options });
  return { code: result.status, stdout: result.stdout ?? '', stderr: result.stderr ?? '' };
}

/**
 * Runs a command showing its output on stderr. Resolves to its exit code, or null when it could not be started or was
 * stopped after `timeoutMs` (with everything it started, where the system has process groups).
 */
export function show(command, args, { timeoutMs, quiet = false, ...options } = {}) {
  return new Promise((resolve) => {
    const group = !isWindows && timeoutMs !== undefined;
    const stdio = quiet ? 'ignore' : ['ignore', 2, 2];
    const child = spawn(command, args, { stdio, detached: group, ...options });
    const stop = (signal) => {
      try {
        process.kill(group ? -child.pid : child.pid, signal);
      } catch {
        // it ended by itself
      }
    };
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => stop('SIGKILL'), timeoutMs);
    const interrupted = () => {
      stop('SIGKILL');
      process.exit(130);
    };
    if (group) process.once('SIGINT', interrupted);
    const end = (code) => {
      clearTimeout(timer);
      process.off('SIGINT', interrupted);
      resolve(code);
    };
    child.on('error', () => end(null));
    child.on('close', end);
  });
}

/** How to call npm: the one that runs us, else the one on the PATH. Returns `[command, ...args]` or null. */
export function npmCommand() {
  const own = process.env.npm_execpath;
  if (own && /npm-cli\.c?js$/.test(own) && fs.existsSync(own)) return [process.execPath, own];
  const beside = path.join(
    path.dirname(process.execPath),
    isWindows ? '' : '../lib',
    'node_modules/npm/bin/npm-cli.js',
  );
  if (fs.existsSync(beside)) return [process.execPath, beside];
  const found = which('npm');
  return found && !isWindows ? [found] : null;
}

/** Package managers: how they install, and what our pieces are called there (null: nothing to install there). */
const MANAGERS = {
  'apt-get': {
    install: (names) => ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...names],
    refresh: ['apt-get', 'update', '-qq'],
    rights: true,
    names: {
      ffmpeg: ['ffmpeg'],
      chromium: ['chromium'],
      fonts: ['fontconfig', 'fonts-noto-cjk'],
      postgresql: ['postgresql'],
      xvfb: ['xvfb', 'xauth'],
      keyring: ['gnome-keyring', 'dbus'],
    },
  },
  dnf: fedora('dnf'),
  yum: fedora('yum'),
  zypper: {
    install: (names) => ['zypper', '--non-interactive', 'install', ...names],
    rights: true,
    names: {
      ffmpeg: ['ffmpeg'],
      chromium: ['chromium'],
      fonts: ['fontconfig', 'google-noto-sans-cjk-fonts'],
      postgresql: ['postgresql-server'],
      xvfb: ['xvfb-run'],
      keyring: ['gnome-keyring', 'dbus-1'],
    },
  },
  pacman: {
    install: (names) => ['pacman', '-Sy', '--noconfirm', '--needed', ...names],
    rights: true,
    names: {
      ffmpeg: ['ffmpeg'],
      chromium: ['chromium'],
      fonts: ['fontconfig', 'noto-fonts-cjk'],
      postgresql: ['postgresql'],
      xvfb: ['xorg-server-xvfb'],
      keyring: ['gnome-keyring', 'dbus'],
    },
  },
  brew: {
    install: (names) => ['brew', 'install', ...names],
    rights: false,
    names: {
      ffmpeg: ['ffmpeg'],
      chromium: ['chromium'],
      fonts: null,
      postgresql: ['postgresql@16'],
      xvfb: null,
      keyring: null,
    },
  },
  winget: {
    install: (names) => [
      'winget',
      'install',
      '--silent',
      '--accept-package-agreements',
      '--accept-source-agreements',
      '--exact',
      ...names,
    ],
    rights: false,
    names: { ffmpeg: ['Gyan.FFmpeg'], chromium: null, fonts: null, postgresql: null, xvfb: null, keyring: null },
  },
};

function fedora(command) {
  return {
    install: (names) => [command, 'install', '-y', ...names],
    rights: true,
    names: {
      ffmpeg: ['ffmpeg-free'],
      chromium: ['chromium'],
      fonts: ['fontconfig', 'google-noto-sans-cjk-fonts'],
      postgresql: ['postgresql-server'],
      xvfb: ['xorg-x11-server-Xvfb', 'xorg-x11-xauth'],
      keyring: ['gnome-keyring', 'dbus-daemon', 'dbus-tools'],
    },
  };
}

/** The system's package manager, or null. */
export function packageManager() {
  const name = Object.keys(MANAGERS).find((command) => which(command) !== null);
  return name === undefined ? null : { name, ...MANAGERS[name] };
}

/** What stands before a command so that it runs as root without asking: `[]`, `['sudo','-n']`, or null when it would ask. */
export function rootPrefix() {
  if (isRoot) return [];
  return which('sudo') !== null && run('sudo', ['-n', 'true']).code === 0 ? ['sudo', '-n'] : null;
}

/** Folder of things remembered between runs; in the home folder when the checkout cannot be written. */
export function cacheFolder() {
  const own = path.join(ROOT, 'node_modules/.cache/tongxin');
  try {
    fs.mkdirSync(own, { recursive: true });
    fs.accessSync(own, fs.constants.W_OK);
    return own;
  } catch {
    const home = path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'tongxin-studio');
    fs.mkdirSync(home, { recursive: true });
    return home;
  }
}

const today = () => new Date().toISOString().slice(0, 10);

/** Whether `what` already failed today: then it is not tried again, so that every start is not slow. */
export function failedToday(what) {
  try {
    return fs.readFileSync(path.join(cacheFolder(), `failed-${what}`), 'utf8') === today();
  } catch {
    return false;
  }
}

export function rememberFailure(what) {
  fs.writeFileSync(path.join(cacheFolder(), `failed-${what}`), today());
}
