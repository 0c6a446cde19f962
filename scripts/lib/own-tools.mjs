// Tools for a person who may not install packages: on Debian and its relatives the packages are fetched with the system's
// own apt (its sources, its signatures) into the person's cache folder and unpacked there; small wrappers start them.
// Nothing of the system is changed. No dependency.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isLinux, isRoot, run, show, which } from './system.mjs';

/** Programs of each piece and where its packages put them; `*` stands for one folder of any name (a version). */
const PROGRAMS = {
  ffmpeg: { ffmpeg: 'usr/bin/ffmpeg', ffprobe: 'usr/bin/ffprobe' },
  chromium: { chromium: 'usr/lib/chromium/chromium' },
  fonts: { 'fc-list': 'usr/bin/fc-list' },
  postgresql: {
    initdb: 'usr/lib/postgresql/*/bin/initdb',
    postgres: 'usr/lib/postgresql/*/bin/postgres',
    pg_ctl: 'usr/lib/postgresql/*/bin/pg_ctl',
  },
};

const home = () => path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'tongxin-studio/debian');
const binFolder = () => path.join(home(), 'bin');
const root = () => path.join(home(), 'root');

/** Lets this process and what it starts find the tools unpacked earlier. */
export function useOwnTools() {
  const bin = binFolder();
  const parts = (process.env.PATH ?? '').split(path.delimiter);
  if (!fs.existsSync(bin) || parts.includes(bin)) return;
  process.env.PATH = [...parts, bin].join(path.delimiter);
  const fonts = path.join(home(), 'fonts.conf');
  if (fs.existsSync(fonts)) process.env.FONTCONFIG_FILE ??= fonts;
}

/** Whether packages can be unpacked here at all. */
export const canUnpack = (piece) =>
  isLinux && !isRoot && piece in PROGRAMS && ['apt-get', 'dpkg-deb'].every((name) => which(name) !== null);

/** apt's options that keep its lists, its cache and its locks in our folder; the system's own record is only read. */
function aptOptions() {
  const state = path.join(home(), 'apt/state');
  const cache = path.join(home(), 'apt/cache');
  fs.mkdirSync(path.join(state, 'lists/partial'), { recursive: true });
  fs.mkdirSync(path.join(cache, 'archives/partial'), { recursive: true });
  const settings = {
    'Dir::State': state,
    'Dir::State::status': '/var/lib/dpkg/status',
    'Dir::Cache': cache,
    'Dir::Log': home(),
    'Debug::NoLocking': 'true',
    'APT::Sandbox::User': '',
    'APT::Keep-Downloaded-Packages': 'true',
    'Acquire::Languages': 'none',
  };
  // Hooks of the machine's owner (cleaning, notifications) would run on the system's folders.
  const hooks = [
    'APT::Update::Post-Invoke',
    'APT::Update::Post-Invoke-Success',
    'DPkg::Post-Invoke',
    'DPkg::Pre-Install-Pkgs',
  ];
  const conf = path.join(home(), 'apt/apt.conf');
  const lines = Object.entries(settings).map(([name, value]) => `${name} "${value}";`);
  fs.writeFileSync(conf, [...hooks.map((name) => `#clear ${name};`), ...lines, ''].join('\n'));
  return ['-c', conf];
}

/** First existing path for a pattern with at most one `*` folder. */
function resolvePattern(pattern) {
  const [before, after] = pattern.split('*/');
  if (after === undefined) return path.join(root(), pattern);
  const parent = path.join(root(), before);
  const found = fs.existsSync(parent) ? fs.readdirSync(parent).sort().reverse() : [];
  return (
    found.map((name) => path.join(parent, name, after)).find((file) => fs.existsSync(file)) ??
    path.join(root(), pattern)
  );
}

/** Folders with shared libraries of the unpacked packages (some, BLAS for one, stand one level down). */
function libraryFolders() {
  const isLibrary = (name) => /\.so(?:\.|$)/.test(name);
  const folders = [];
  for (const base of ['usr/lib', 'lib']) {
    const dir = path.join(root(), base);
    if (!fs.existsSync(dir)) continue;
    for (const triplet of fs.readdirSync(dir).filter((name) => name.includes('-linux-'))) {
      const top = path.join(dir, triplet);
      folders.push(top);
      for (const entry of fs.readdirSync(top, { withFileTypes: true })) {
        const inner = path.join(top, entry.name);
        if (entry.isDirectory() && fs.readdirSync(inner).some((name) => name.startsWith('lib') && isLibrary(name)))
          folders.push(inner);
      }
    }
  }
  return folders;
}

const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/** Writes the starters of every unpacked piece. They set the library path for that one program only. */
function writeWrappers() {
  fs.mkdirSync(binFolder(), { recursive: true });
  const libraries = libraryFolders().join(':');
  for (const programs of Object.values(PROGRAMS))
    for (const [name, pattern] of Object.entries(programs)) {
      const target = resolvePattern(pattern);
      if (!fs.existsSync(target)) continue;
      const script = `#!/bin/sh\nexport LD_LIBRARY_PATH=${quoted(libraries)}\nexec ${quoted(target)} "$@"\n`;
      fs.writeFileSync(path.join(binFolder(), name), script, { mode: 0o755 });
    }
  const fonts = path.join(root(), 'usr/share/fonts');
  if (!fs.existsSync(fonts)) return;
  const dirs = [fonts, '/usr/share/fonts', '~/.fonts'].map((dir) => `  <dir>${dir}</dir>`);
  const xml = ['<?xml version="1.0"?>', '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">', '<fontconfig>', ...dirs];
  xml.push(
    '  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>',
    `  <cachedir>${path.join(home(), 'fontcache')}</cachedir>`,
  );
  fs.writeFileSync(path.join(home(), 'fonts.conf'), [...xml, '</fontconfig>', ''].join('\n'));
}

/**
 * Fetches packages with everything they need that the system lacks, and unpacks them into our folder.
 * @returns whether it went through.
 */
export async function unpackPackages(names) {
  const options = aptOptions();
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const lists = path.join(home(), 'apt/state/lists');
  if (!fs.readdirSync(lists).some((name) => name.includes('Packages')))
    await show('apt-get', [...options, 'update', '-qq'], { env, quiet: true });
  const code = await show(
    'apt-get',
    [...options, 'install', '-y', '-qq', '--download-only', '--no-install-recommends', ...names],
    {
      env,
      quiet: true,
    },
  );
  if (code !== 0) return false;
  const archives = path.join(home(), 'apt/cache/archives');
  for (const name of fs.readdirSync(archives).filter((file) => file.endsWith('.deb'))) {
    const file = path.join(archives, name);
    if (run('dpkg-deb', ['-x', file, root()]).code !== 0) return false;
    fs.rmSync(file);
  }
  writeWrappers();
  useOwnTools();
  return true;
}
