/** The film the render benches make: footage as a phone takes it, cut and captioned. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, existsSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseTimeline } from '../../core/model/timeline/index.ts';
import { repoRoot, samplesDir } from '../support/studio.ts';
import { spentBy, type Spent } from './measure.ts';

const S = 1_000_000;
const WORDS = ['今年的明前茶每斤卖到1800元', '比去年涨了三成', '合作社的师傅说，手比温度计准', '一锅茶要炒二十分钟'];

/**
 * 1080p30 H.264, 16 Mbit/s, a key frame a second, with noise as a sensor has it, and speech; from the 720p talk of the samples.
 * Made once a length and kept in the folder for temporary files.
 */
export function footage(seconds: number): string {
  const file = path.join(os.tmpdir(), `tongxin-bench-${String(seconds)}s-1080p30.mp4`);
  if (existsSync(file)) return file;
  const half = `${file}.half.mp4`;
  execFileSync('ffmpeg', [
    ...['-nostdin', '-v', 'error', '-y', '-stream_loop', '-1', '-i', path.join(samplesDir, 'video', 'talk-720p30.mp4')],
    ...['-t', String(seconds), '-vf', 'scale=1920:1080,noise=alls=6:allf=t', '-c:v', 'libx264', '-preset', 'superfast'],
    ...['-b:v', '16M', '-maxrate', '20M', '-bufsize', '20M', '-g', '30', '-pix_fmt', 'yuv420p', '-c:a', 'aac', half],
  ]);
  renameSync(half, file);
  return file;
}

interface Cut {
  inUs: number;
  outUs: number;
}

/** `clips` pieces of the footage, together `seconds` long, each beginning a little later than it would without a cut. */
export function cutsOf(seconds: number, clips: number): Cut[] {
  const each = (seconds * S) / clips;
  return Array.from({ length: clips }, (_, i) => {
    const inUs = i * each + (i + 1) * 433_333;
    return { inUs, outUs: inUs + each };
  });
}

/** A caption of 2.8 s every three seconds; `changed`: the number of the one that reads otherwise. */
const cuesOf = (seconds: number, changed?: number) =>
  Array.from({ length: Math.floor(seconds / 3) }, (_, i) => ({
    ...{ id: `q${String(i)}`, startUs: i * 3 * S, endUs: i * 3 * S + 2_800_000 },
    text: `${WORDS[i % WORDS.length] ?? ''}${i === changed ? '。' : ''}`,
  }));

export interface BenchFilm {
  seconds: number;
  cuts: Cut[];
  captions: boolean;
  changed?: number;
}

/** A folder with a film's footage and timeline, to be given to the command line. */
export class BenchFolder {
  readonly dir = mkdtempSync(path.join(os.tmpdir(), 'tongxin-bench-render-'));
  readonly file: string;
  readonly #sha256: string;
  readonly #length: number;
  #homes = 0;

  constructor(length: number) {
    this.#length = length;
    this.file = footage(length);
    this.#sha256 = createHash('sha256').update(readFileSync(this.file)).digest('hex');
    mkdirSync(path.join(this.dir, 'media'));
    execFileSync('ln', [this.file, path.join(this.dir, 'media', 'footage.mp4')]);
  }

  timeline(name: string, { seconds, cuts, captions, changed }: BenchFilm): string {
    const asset = {
      ...{ assetId: 'a', sha256: this.#sha256, name: 'footage.mp4', kind: 'video', durationUs: this.#length * S },
      ...{ width: 1920, height: 1080, frameRate: '30/1', hasAudio: true },
    };
    const film = parseTimeline({
      ...{ version: 1, assets: [asset], fit: 'blur' },
      storyline: cuts.map((cut, i) => ({ id: `c${String(i)}`, assetId: 'a', ...cut })),
      captions: { cues: captions ? cuesOf(seconds, changed) : [] },
      // Chosen, as an office does: the footage is a plain ground with a number, in which a cover would be looked for eight times.
      cover: { atUs: Math.floor((seconds * S) / 3) },
    });
    const file = path.join(this.dir, `${name}.json`);
    writeFileSync(file, JSON.stringify(film));
    return file;
  }

  /** A home with an empty cache. */
  newHome(): string {
    return path.join(this.dir, `home-${String((this.#homes += 1))}`);
  }

  command(timeline: string, targets: string, out: string, ...more: string[]): string[] {
    const entry = path.join(repoRoot, 'scripts', 'tongxin.mjs');
    const about = ['render', '--timeline', timeline, '--media', path.join(this.dir, 'media')];
    return [
      process.execPath,
      entry,
      ...about,
      '--targets',
      targets,
      '--out',
      path.join(this.dir, out),
      '--json',
      ...more,
    ];
  }

  /** The command line's render, measured from outside. */
  render(timeline: string, targets: string, home: string, ...more: string[]): Promise<Spent> {
    return spentBy(this.command(timeline, targets, 'out', ...more), { cwd: this.dir, env: { TONGXIN_HOME: home } });
  }
}
