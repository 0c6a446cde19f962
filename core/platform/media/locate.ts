/** Finds ffmpeg and ffprobe, tries them, and says what is missing. */
import { execFile } from 'node:child_process';
import { accessSync, chmodSync, constants, existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Tool } from '../../model/contract/index.ts';
import { StudioError } from '../../model/errors.ts';
import type { Log } from '../../ports/index.ts';
import { drawsByBt601 } from './drawing.ts';
import { installCommands } from './install.ts';
import type { ToolName } from './install.ts';

export interface MediaSettings {
  ffmpegPath?: string | undefined;
  ffprobePath?: string | undefined;
}

/** A program that was really run. */
export interface FoundTool {
  path: string;
  version: string;
  /** Parts it was built without and that nothing works without. */
  lacks: string[];
  /** Parts it was built without and that only some work needs (burning captions in). */
  lacksSome: string[];
  /** `-fps_mode` (ffmpeg 5.1 and later); older builds know `-vsync` only. */
  hasFpsMode: boolean;
  /** Filters for tone mapping HDR pictures are there. */
  canTonemap: boolean;
  /** Colours of captions and titles are drawn by BT.601, whatever the picture is ({@link drawsByBt601}). */
  drawsByBt601?: boolean;
  /** An encoder for HEVC is there. */
  hasHevc?: boolean;
}

export interface Locator {
  /** Errors: missing_tool {tool, install}. */
  ffmpeg(): Promise<FoundTool>;
  ffprobe(): Promise<FoundTool>;
  /** Looks afresh. */
  tools(): Promise<Tool[]>;
}

const RUN_TIMEOUT_MS = 15_000;
const NEEDED_ENCODERS = ['libx264', 'aac'];

function run(file: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { timeout: RUN_TIMEOUT_MS, windowsHide: true, maxBuffer: 16 * 1024 * 1024 };
    execFile(file, args, options, (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${file} cannot be run`, { cause: error }));
    });
  });
}

/** A file inside an Electron archive cannot be run: electron-builder keeps programs in `app.asar.unpacked` beside it. */
export function outsideArchive(file: string): string {
  return file.replace(/([\\/])app\.asar(?=[\\/])/, '$1app.asar.unpacked');
}

function npmBinary(tool: ToolName): string | null {
  const require = createRequire(import.meta.url);
  try {
    const found: unknown = tool === 'ffmpeg' ? require('ffmpeg-static') : require('@ffprobe-installer/ffprobe');
    const file = typeof found === 'object' && found !== null && 'path' in found ? found.path : found;
    return typeof file === 'string' ? outsideArchive(file) : null;
  } catch {
    return null; // an optional package that is not there, or has no binary for this system
  }
}

/** npm keeps the binary's mode as packed: without the run bit it is set here, where that is possible. */
function allowRunning(file: string, log: Log): void {
  if (process.platform === 'win32') return;
  try {
    accessSync(file, constants.X_OK);
  } catch {
    try {
      chmodSync(file, statSync(file).mode | 0o111);
    } catch (error) {
      log.warn('a media tool has no run bit and it cannot be set', { file, error: String(error) });
    }
  }
}

/** Every place a tool may be, best first: the packaged program's own, npm's, the PATH, the settings. */
export function candidates(tool: ToolName, settings: MediaSettings, env: NodeJS.ProcessEnv): string[] {
  const name = process.platform === 'win32' ? `${tool}.exe` : tool;
  const { resourcesPath } = process as { resourcesPath?: string };
  const onPath = (env['PATH'] ?? env['Path'] ?? '')
    .split(path.delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => path.join(folder, name));
  const fromSettings = tool === 'ffmpeg' ? settings.ffmpegPath : settings.ffprobePath;
  const all = [
    resourcesPath === undefined ? null : path.join(resourcesPath, 'bin', name),
    npmBinary(tool),
    ...onPath,
    fromSettings ?? null,
  ];
  return [...new Set(all)].filter((file): file is string => file !== null && file !== '' && existsSync(file));
}

function hasName(list: string, name: string): boolean {
  return new RegExp(`^\\s*\\S+\\s+${name}\\s`, 'm').test(list);
}

/** Runs a candidate and asks what it can do. Rejects if it does not run. */
async function examine(tool: ToolName, file: string): Promise<FoundTool> {
  const head = await run(file, ['-version']);
  const version = new RegExp(`^${tool} version (\\S+)`).exec(head)?.[1];
  if (version === undefined) throw new Error(`${file} does not answer as ${tool}`);
  if (tool === 'ffprobe')
    return { path: file, version, lacks: [], lacksSome: [], hasFpsMode: false, canTonemap: false };
  const [encoders, filters, help] = await Promise.all([
    run(file, ['-hide_banner', '-encoders']),
    run(file, ['-hide_banner', '-filters']),
    run(file, ['-hide_banner', '-h', 'long']),
  ]);
  const burns = hasName(filters, 'ass') || hasName(filters, 'subtitles');
  return {
    path: file,
    version,
    lacks: NEEDED_ENCODERS.filter((name) => !hasName(encoders, name)),
    lacksSome: burns ? [] : ['libass'],
    hasFpsMode: /^-fps_mode/m.test(help),
    canTonemap: hasName(filters, 'zscale') && hasName(filters, 'tonemap'),
    hasHevc: hasName(encoders, 'libx265'),
    drawsByBt601: burns && (await drawsByBt601(file)),
  };
}

function toTool(name: ToolName, found: FoundTool | null): Tool {
  const install = installCommands(name).join(' 或 ');
  const usable = found !== null && found.lacks.length === 0;
  const missing = found === null ? [] : [...found.lacks, ...found.lacksSome];
  let hint = '';
  if (found === null) hint = `没有找到 ${name}。请运行：${install}`;
  else if (missing.length > 0) hint = `这个 ${name} 缺少 ${missing.join('、')}。请运行：${install}`;
  return { name, found: usable, version: found?.version ?? null, path: found?.path ?? null, needed: true, hint };
}

export function createLocator(options: { settings: MediaSettings; env: NodeJS.ProcessEnv; log: Log }): Locator {
  const { settings, env, log } = options;
  const known = new Map<ToolName, FoundTool>();

  /** The first candidate with everything needed, else the first that runs at all, else null. */
  async function look(tool: ToolName): Promise<FoundTool | null> {
    let second: FoundTool | null = null;
    for (const file of candidates(tool, settings, env)) {
      allowRunning(file, log);
      try {
        const found = await examine(tool, file);
        if (found.lacks.length === 0 && found.lacksSome.length === 0) return found;
        if (second === null || found.lacks.length < second.lacks.length) second = found;
      } catch (error) {
        log.warn('a media tool does not run', { tool, file, error: String(error) });
      }
    }
    return second;
  }

  async function lookAndKeep(tool: ToolName): Promise<FoundTool | null> {
    const found = await look(tool);
    if (found === null) known.delete(tool);
    else known.set(tool, found);
    return found;
  }

  async function need(tool: ToolName): Promise<FoundTool> {
    const kept = known.get(tool);
    const found = kept !== undefined && existsSync(kept.path) ? kept : await lookAndKeep(tool);
    if (found === null || found.lacks.length > 0) {
      const what = found === null ? tool : `${tool} (${found.lacks.join(', ')})`;
      throw new StudioError('missing_tool', { tool: what, install: installCommands(tool).join(' / ') });
    }
    return found;
  }

  return {
    ffmpeg: () => need('ffmpeg'),
    ffprobe: () => need('ffprobe'),
    tools: async () => [toTool('ffmpeg', await lookAndKeep('ffmpeg')), toTool('ffprobe', await lookAndKeep('ffprobe'))],
  };
}
