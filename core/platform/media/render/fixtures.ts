/** For the tests beside: timelines of real files, and what came out of them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { assetEntry, parseTimeline } from '../../../model/timeline/index.ts';
import type { SoundTrack, Timeline, TimelineAsset } from '../../../model/timeline/index.ts';
import type { Log } from '../../../ports/index.ts';
import type { FilmMaker } from '../../../ports/video.ts';
import { fileUrl } from '../files.ts';
import { quietLog } from '../fixtures.ts';
import { createMediaEngine } from '../index.ts';
import { createLocator } from '../locate.ts';
import { createFilmMaker, type FilmMakerOptions } from './index.ts';

export interface TestClip {
  file: string;
  inUs: number;
  outUs: number;
  [field: string]: unknown;
}

export interface TestFilm {
  timeline: Timeline;
  source(sha256: string): Promise<string>;
}

const media = createMediaEngine({ log: quietLog });
const known = new Map<string, TimelineAsset>();

async function assetOf(file: string): Promise<TimelineAsset> {
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
  const facts =
    known.get(file) ??
    assetEntry(
      { assetId: `a${known.size}`, sha256, ...(await media.probe(file, { name: path.basename(file) })) },
      path.basename(file),
    );
  known.set(file, facts);
  return facts;
}

export interface TestSound {
  track: SoundTrack;
  file: string;
  startUs: number;
  inUs: number;
  outUs: number;
  [field: string]: unknown;
}

export interface TestOverlay {
  file: string;
  startUs: number;
  inUs: number;
  outUs: number;
  [field: string]: unknown;
}

/** A timeline of files as they are, with captions `[startUs, endUs, text]`. */
export async function filmOf(
  clips: readonly TestClip[],
  cues: readonly (readonly [number, number, string])[] = [],
  extra: { style?: object; fit?: string; sounds?: readonly TestSound[]; overlays?: readonly TestOverlay[] } = {},
): Promise<TestFilm> {
  const assets = new Map<string, TimelineAsset>();
  const files = new Map<string, string>();
  const storyline = [];
  for (const [i, { file, ...fields }] of clips.entries()) {
    const asset = await assetOf(file);
    assets.set(asset.assetId, asset);
    files.set(asset.sha256, file);
    storyline.push({ id: `c${i}`, assetId: asset.assetId, ...fields });
  }
  const sounds: Record<SoundTrack, object[]> = { music: [], voice: [], effects: [] };
  for (const [i, { track, file, ...fields }] of (extra.sounds ?? []).entries()) {
    const asset = await assetOf(file);
    assets.set(asset.assetId, asset);
    files.set(asset.sha256, file);
    sounds[track].push({ id: `s${i}`, assetId: asset.assetId, ...fields });
  }
  const overlays: object[] = [];
  for (const [i, { file, ...fields }] of (extra.overlays ?? []).entries()) {
    const asset = await assetOf(file);
    assets.set(asset.assetId, asset);
    files.set(asset.sha256, file);
    overlays.push({ id: `o${i}`, assetId: asset.assetId, ...fields });
  }
  const captions = {
    style: extra.style ?? {},
    cues: cues.map(([startUs, endUs, text], i) => ({ id: `q${i}`, startUs, endUs, text })),
  };
  const fit = extra.fit === undefined ? {} : { fit: extra.fit };
  return {
    timeline: parseTimeline({
      version: 1,
      ...fit,
      assets: [...assets.values()],
      storyline,
      overlays,
      ...sounds,
      captions,
    }),
    source: (sha256) => Promise.resolve(files.get(sha256) ?? ''),
  };
}

export type Rendered = Awaited<ReturnType<FilmMaker['render']>>;

interface Cut {
  file: string;
  filter: string;
  /** Options of the input. */
  before?: string[];
}

/** Peak signal-to-noise ratio of two pictures cut out of two files by filters, decibels. */
export function psnr(a: Cut, b: Cut): number {
  const graph = `[0:v]${a.filter},format=yuv420p,setpts=0[a];[1:v]${b.filter},format=yuv420p,setpts=0[b];[a][b]psnr`;
  const inputs = [a, b].flatMap(({ file, before = [] }) => [...before, '-i', fileUrl(file)]);
  const args = ['-nostdin', '-hide_banner', ...inputs, '-filter_complex', graph, '-frames:v', '1', '-f', 'null', '-'];
  const text = spawnSync('ffmpeg', args).stderr.toString();
  const value = /PSNR .*average:(\S+)/.exec(text)?.[1];
  return value === 'inf' ? Infinity : Number(value);
}

/** What the loudness meter says of a finished file. */
export function loudness(file: string): { lufs: number; peak: number } {
  const args = [
    '-nostdin',
    '-hide_banner',
    '-i',
    fileUrl(file),
    '-map',
    '0:a',
    '-af',
    'ebur128=peak=true',
    '-f',
    'null',
    '-',
  ];
  const text = spawnSync('ffmpeg', args).stderr.toString();
  const summary = text.slice(text.lastIndexOf('Summary:'));
  return {
    lufs: Number(/I:\s+(\S+) LUFS/.exec(summary)?.[1]),
    peak: Number(/Peak:\s+(\S+) dBFS/.exec(summary)?.[1]),
  };
}

/** Mean volume of a part of a file's sound, decibels; `band`: a filter before the meter. */
export function meanVolume(file: string, fromS: number, toS: number, band = 'anull'): number {
  const filter = `${band},atrim=${fromS}:${toS},volumedetect`;
  const args = ['-nostdin', '-hide_banner', '-i', fileUrl(file), '-map', '0:a', '-af', filter, '-f', 'null', '-'];
  return Number(/mean_volume: (\S+) dB/.exec(spawnSync('ffmpeg', args).stderr.toString())?.[1]);
}

/** Names of the top-level boxes of an MP4, in order. */
export function boxes(file: string): string[] {
  const bytes = readFileSync(file);
  const names: string[] = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    names.push(bytes.toString('latin1', at + 4, at + 8));
    const size = bytes.readUInt32BE(at);
    at += size === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : size;
  }
  return names;
}

/** Tags of the container. */
export function tagsOf(file: string): Record<string, string> {
  const args = ['-v', 'error', '-of', 'json', '-show_entries', 'format_tags', fileUrl(file)];
  const answer = JSON.parse(execFileSync('ffprobe', args).toString()) as { format: { tags?: Record<string, string> } };
  return answer.format.tags ?? {};
}

/** A film maker of the test's own, its cache below `dir`. */
export function testMaker(
  dir: string,
  plans: Pick<FilmMakerOptions, 'planRender' | 'planStill' | 'planCover'>,
  { log = quietLog, cores = 2 }: { log?: Log; cores?: number } = {},
): FilmMaker {
  const tools = createLocator({ settings: {}, env: process.env, log: quietLog });
  return createFilmMaker({ log, tools, cores, cacheDir: path.join(dir, 'cache'), ...plans });
}

/** Folders below `dir`, a new one for each film. */
export function outDirs(dir: string): () => string {
  let made = 0;
  return () => {
    const folder = path.join(dir, `out-${(made += 1)}`);
    mkdirSync(folder);
    return folder;
  };
}

/** Ends the next ffmpeg that makes pictures below `root`, the hard way. Linux only. */
export async function killNext(root: string): Promise<void> {
  for (;;) {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        if (!readlinkSync(`/proc/${pid}/cwd`).startsWith(root)) continue;
        if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('-filter_complex')) continue;
        process.kill(Number(pid), 'SIGKILL');
        return;
      } catch {
        continue; // another's, or it ended in the meantime
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
