/** The film's sound: joined sample by sample, brought to its loudness, encoded once for all targets. */
import { createHash } from 'node:crypto';
import { open, readFile, rename, rm, stat, truncate, utimes } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { StudioError } from '../../../model/errors.ts';
import type { PlanMix, RenderPlan } from '../../../ports/video.ts';
import { renameOver, syncFile, writeFileAtomic } from '../../files.ts';
import { samplesOf } from './boxes.ts';
import { fromSeek, inputOf } from './segments.ts';
import type { RenderWork } from './work.ts';

/** -16 LUFS, as mobile platforms play (AES TD1008); true peak at most -1 dBTP (EBU R 128). */
const TARGET_LUFS = -16;
const LUFS_SLACK = 0.5;
const MAX_PEAK_DB = -1;
/** Ceiling of the limiter before the encoder, which adds up to about half a decibel. */
const CEILING_DB = -1.8;
/** Quieter than this is silence to the meter (ITU-R BS.1770, absolute gate). */
const SILENCE_LUFS = -70;
const BYTES_PER_SAMPLE = 8;
const MIX = 'mix.f32';
const MIXED = 'mixed.f32';
const RAW = ['-f', 'f32le', '-ar', '48000', '-ac', '2', '-i', `file:${MIX}`];
const MIX_RUN = ['-protocol_whitelist', 'file,pipe', ...RAW];
const SOUND_FILE = 'sound.m4a';

export interface Loudness {
  /** Integrated; null for silence and for what is too short to measure. */
  lufs: number | null;
  truePeakDb: number | null;
}

const lastNumber = (text: string, pattern: RegExp): number => Number([...text.matchAll(pattern)].at(-1)?.[1] ?? NaN);

/** Reads the meter's summary. */
export function loudnessOf(lines: readonly string[]): Loudness {
  const summary = lines.slice(lines.findLastIndex((line) => line.includes('Summary:'))).join('\n');
  const lufs = lastNumber(summary, /^\s*I:\s+(-?[\d.]+|-?inf|nan) LUFS/gm);
  const peak = lastNumber(summary, /^\s*Peak:\s+(-?[\d.]+|-?inf|nan) dBFS/gm);
  const heard = Number.isFinite(lufs) && lufs > SILENCE_LUFS;
  return { lufs: heard ? lufs : null, truePeakDb: Number.isFinite(peak) && heard ? peak : null };
}

/** The meter (EBU R 128), which lets the sound through as it is. */
const METER = 'ebur128=peak=true:framelog=verbose';

async function measure(work: RenderWork, input: string[]): Promise<Loudness> {
  const { lines } = await work.run([...input, '-map', '0:a', '-af', METER, '-f', 'null', '-']);
  return loudnessOf(lines);
}

/**
 * Writes every clip's samples behind the others, exactly as many as planned. Returns how loud they are where one clip is all there is: it is
 * measured as it is written. Null: it is still to be measured.
 */
async function join(work: RenderWork, plan: RenderPlan): Promise<Loudness | null> {
  const alone = plan.sound.length === 1 && plan.mix === null;
  let heard: Loudness | null = null;
  const mix = path.join(work.dir, MIX);
  const handle = await open(mix, 'a');
  try {
    let end = 0;
    for (const { sha256, samples, take } of plan.sound) {
      end += samples * BYTES_PER_SAMPLE;
      if (take !== null) {
        const args = [
          '-map',
          `0:${take.stream}`,
          '-vn',
          '-sn',
          '-dn',
          '-af',
          alone ? `${take.filter},${METER}` : take.filter,
        ];
        const raw = ['-f', 'f32le', '-ar', '48000', '-ac', '2', 'pipe:1'];
        const { lines } = await fromSeek(take.seekUs, async (seekUs) => {
          await handle.truncate(end - samples * BYTES_PER_SAMPLE);
          return work.run([...inputOf(work.source(sha256).path, seekUs), ...args, ...raw], undefined, handle.fd);
        });
        if (alone) heard = loudnessOf(lines);
      }
      // Silence: a clip without sound, or a track that gave nothing at all.
      const { size } = await stat(mix);
      if (size > end)
        throw new StudioError('tool_failed', { tool: 'ffmpeg', what: `${size - end} bytes of sound too many` });
      if (size < end) await handle.truncate(end);
    }
  } finally {
    await handle.close();
  }
  return heard;
}

/** Adds music, voice and effects to the storyline's sound, which keeps its length. */
async function addLayers(work: RenderWork, { layers, graph }: PlanMix, samples: number): Promise<void> {
  const inputs = layers.flatMap(({ sha256, seekUs }) => inputOf(work.source(sha256).path, seekUs));
  const out = ['-map', '[a]', '-vn', '-sn', '-dn', '-f', 'f32le', '-ar', '48000', '-ac', '2', `file:${MIXED}`];
  await work.run([...MIX_RUN, ...inputs, '-filter_complex', graph, ...out]);
  const mixed = path.join(work.dir, MIXED);
  await truncate(mixed, samples * BYTES_PER_SAMPLE);
  await rename(mixed, path.join(work.dir, MIX));
}

/** Gain, and where peaks would pass the ceiling a limiter that looks at four times the rate, as true peaks are defined. */
function levelled(gainDb: number, ceilingDb: number, limit: boolean): string[] {
  if (gainDb === 0 && !limit) return [];
  const ceiling = (10 ** (ceilingDb / 20)).toFixed(6);
  const limiter = `aresample=192000,alimiter=limit=${ceiling}:attack=5:release=80:level=disabled,aresample=48000`;
  return ['-af', [`volume=${gainDb.toFixed(3)}dB`, ...(limit ? [limiter] : [])].join(',')];
}

async function encode(work: RenderWork, filter: string[], samples: number): Promise<Loudness> {
  // The limiter's delay is made up by its own flush; the length is held exactly.
  const length = filter.length > 0 ? ['-af', `${filter[1] ?? 'anull'},apad,atrim=end_sample=${samples}`] : [];
  const aac = ['-c:a', 'aac', '-profile:a', 'aac_low', '-b:a', '192k', '-ar', '48000', '-ac', '2'];
  await work.run([...MIX_RUN, ...length, ...aac, '-map_metadata', '-1', '-f', 'mp4', `file:${SOUND_FILE}`]);
  return measure(work, ['-protocol_whitelist', 'file,pipe', '-i', `file:${SOUND_FILE}`]);
}

const fits = ({ lufs, truePeakDb }: Loudness): boolean =>
  lufs === null || (Math.abs(lufs - TARGET_LUFS) <= LUFS_SLACK && (truePeakDb ?? -99) <= MAX_PEAK_DB);

/** Encodes the mix at its loudness (`heard`: as it is, where that is known); measured before and after, corrected (at most twice) where limiter or encoder moved it. */
async function level(work: RenderWork, plan: RenderPlan, heard: Loudness | null): Promise<Loudness> {
  const sounds = plan.mix !== null || plan.sound.some(({ take }) => take !== null);
  const found = sounds ? (heard ?? (await measure(work, MIX_RUN))) : null;
  if (found === null || found.lufs === null) return encode(work, [], plan.samples);
  let gainDb = TARGET_LUFS - found.lufs;
  let ceilingDb = CEILING_DB;
  for (let round = 0; ; round += 1) {
    const limit = (found.truePeakDb ?? 0) + gainDb > ceilingDb;
    const result = await encode(work, levelled(gainDb, ceilingDb, limit), plan.samples);
    if (fits(result) || round === 2 || result.lufs === null) return result;
    gainDb += TARGET_LUFS - result.lufs;
    const over = (result.truePeakDb ?? -99) - MAX_PEAK_DB;
    if (over > 0) ceilingDb -= over + 0.2;
  }
}

const loudnessFile = z.object({ lufs: z.number().nullable(), truePeakDb: z.number().nullable() });

/** Name of the plan's sound in the cache: all that its bytes depend on. */
export function soundHash(plan: RenderPlan, ffmpeg: string): string {
  const named = { v: 1, ffmpeg, sound: plan.sound, mix: plan.mix, samples: plan.samples };
  return createHash('sha256').update(JSON.stringify(named)).digest('hex');
}

/** The plan's finished sound in the folder of the segments. */
export const soundFile = (work: RenderWork, hash: string): string => path.join(work.segmentsDir, `${hash}.m4a`);

/** What stands in the cache of this sound; null: nothing, or not whole. Its loudness is written when it is. */
async function keptSound(work: RenderWork, hash: string): Promise<Loudness | null> {
  const file = soundFile(work, hash);
  const text = await readFile(`${file}.json`, 'utf8').catch(() => null);
  if (text === null || (await samplesOf(file)) === null) return null;
  try {
    const loudness = loudnessFile.parse(JSON.parse(text));
    const now = new Date();
    for (const one of [file, `${file}.json`]) await utimes(one, now, now);
    return loudness;
  } catch {
    return null;
  }
}

/**
 * Makes sure the plan's sound is in the cache (`<hash>.m4a`), of the plan's length: AAC-LC, 48 kHz, stereo, 192 kbit/s,
 * -16 LUFS with true peaks of -1 dBTP at most. Returns its loudness as measured.
 */
export async function makeSound(work: RenderWork, plan: RenderPlan, hash: string): Promise<Loudness> {
  const kept = await keptSound(work, hash);
  if (kept !== null) return kept;
  const heard = await join(work, plan);
  if (plan.mix !== null) await addLayers(work, plan.mix, plan.samples);
  const loudness = await level(work, plan, heard);
  const half = path.join(work.dir, SOUND_FILE);
  await syncFile(half);
  await renameOver(half, soundFile(work, hash));
  await writeFileAtomic(`${soundFile(work, hash)}.json`, JSON.stringify(loudness));
  await rm(path.join(work.dir, MIX), { force: true });
  return loudness;
}
