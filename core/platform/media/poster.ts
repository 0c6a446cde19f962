/** Posters: one JPEG that stands for a file. */
import { rm, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { StudioError } from '../../model/errors.ts';
import { systemCode, throwIfCancelled, writeError } from './files.ts';
import { DISPLAY_TRANSFORM_TO_SDR } from './colour.ts';
import { readHeader } from './header.ts';
import type { VideoStream } from './header.ts';
import type { FoundTool } from './locate.ts';
import type { MadeFromFile } from './making.ts';
import { openPicture, readPicture } from './picture.ts';
import { runFfmpeg } from './run.ts';

const LONGEST = 640;
const JPEG = { quality: 82, mozjpeg: true } as const;
const WAVE = { width: 640, height: 240, ink: '2b2a27', paper: '#faf8f4' } as const;
/** Frames the `thumbnail` filter chooses the most typical of. */
const CHOICE = 12;
/** Where a frame is looked for, as shares of the length; the next is tried while what came is nearly black. */
const PLACES = [0.1, 0.3, 0.55, 0];
/** Mean brightness (0–255) under which a frame counts as black; a fade-in is passed over too. */
const BLACK = 28;

export type PosterJob = MadeFromFile;

async function save(job: PosterJob, jpeg: Buffer): Promise<void> {
  throwIfCancelled(job.signal);
  try {
    await writeFile(job.out, jpeg);
  } catch (cause) {
    await rm(job.out, { force: true });
    throw writeError(cause, job.out);
  }
}

async function picturePoster(job: PosterJob): Promise<void> {
  const bytes = await readPicture(job.file, '');
  throwIfCancelled(job.signal);
  const jpeg = await openPicture(bytes, true)
    .autoOrient()
    .resize(LONGEST, LONGEST, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .jpeg(JPEG)
    .toBuffer();
  await save(job, jpeg);
}

/** Runs ffmpeg for one PNG beside `out` and returns it on `background` as raw sharp input; null if none came. */
async function onePng(job: PosterJob, inputOptions: string[], outputOptions: string[]): Promise<Buffer | null> {
  const png = `${job.out}.png`;
  const { path: program } = await job.ffmpeg();
  const { file: input, signal, log } = job;
  const asPng = ['-frames:v', '1', '-c:v', 'png', '-f', 'image2pipe'];
  try {
    await runFfmpeg({
      program,
      input,
      inputOptions,
      output: png,
      outputOptions: [...outputOptions, ...asPng],
      signal,
      log,
    });
    const bytes = await readPicture(png, 'poster');
    return bytes;
  } catch (error) {
    // Nothing at that place (a seek beyond the last key frame): the caller looks elsewhere.
    if (error instanceof StudioError && ['empty_file', 'file_missing', 'tool_failed'].includes(error.code)) return null;
    throw error;
  } finally {
    await rm(png, { force: true });
  }
}

function frameFilter(video: VideoStream, tools: FoundTool): string {
  const scale = Math.min(1, LONGEST / Math.max(video.width, video.height));
  const size = [video.width, video.height].map((side) => Math.max(1, Math.round(side * scale))).join(':');
  return [
    ...(video.interlaced ? ['yadif=deint=interlaced'] : []),
    `scale=${size}:flags=area`,
    'setsar=1',
    ...(video.hdr && tools.canTonemap ? [DISPLAY_TRANSFORM_TO_SDR] : []),
    `thumbnail=n=${CHOICE}`,
    'format=rgba',
  ].join(',');
}

async function videoPoster(job: PosterJob): Promise<void> {
  const { header } = await readHeader((await job.ffprobe()).path, job.file, job.signal);
  const video = header?.video ?? null;
  if (video === null) throw new StudioError('tool_failed', { tool: 'ffprobe', what: 'no picture track' });
  const filter = frameFilter(video, await job.ffmpeg());
  const lengthS = (job.facts.durationUs ?? 0) / 1_000_000;
  let best: { jpeg: Buffer; brightness: number } | null = null;
  for (const share of PLACES) {
    const seek = share === 0 ? [] : ['-ss', (lengthS * share).toFixed(3)];
    const output = ['-map', `0:${video.index}`, '-an', '-sn', '-dn', '-vf', filter];
    const png = await onePng(job, seek, output);
    if (png === null) continue;
    const flat = sharp(png).flatten({ background: '#ffffff' });
    const { channels } = await flat.clone().greyscale().stats();
    const brightness = channels[0]?.mean ?? 0;
    if (best === null || brightness > best.brightness) best = { jpeg: await flat.jpeg(JPEG).toBuffer(), brightness };
    if (best.brightness >= BLACK) break;
  }
  if (best === null) throw new StudioError('tool_failed', { tool: 'ffmpeg', what: 'no frame for a poster' });
  await save(job, best.jpeg);
}

async function wavePoster(job: PosterJob): Promise<void> {
  const wave = `showwavespic=s=${WAVE.width}x${WAVE.height}:scale=sqrt:colors=0x${WAVE.ink}`;
  const graph = `[0:a:0]aformat=channel_layouts=mono,${wave}[wave]`;
  const png = await onePng(job, [], ['-filter_complex', graph, '-map', '[wave]']);
  if (png === null) throw new StudioError('tool_failed', { tool: 'ffmpeg', what: 'no waveform' });
  await save(job, await sharp(png).flatten({ background: WAVE.paper }).jpeg(JPEG).toBuffer());
}

/**
 * Writes a JPEG to `out`, longest side 640 px, upright, square pixels, never enlarged: a typical frame near 10 % of a
 * film (not a black one if there is another), the picture on white, or a sound's waveform.
 * Errors: missing_tool, cancelled, disk_full, not_writable, tool_failed. Nothing is left at `out` on failure.
 */
export async function makePoster(job: PosterJob): Promise<void> {
  throwIfCancelled(job.signal);
  try {
    if (job.facts.kind === 'image') await picturePoster(job);
    else if (job.facts.kind === 'video') await videoPoster(job);
    else await wavePoster(job);
  } catch (error) {
    if (error instanceof StudioError || systemCode(error) !== null) throw error;
    throw new StudioError(
      'tool_failed',
      { tool: 'sharp', what: error instanceof Error ? error.message : String(error) },
      { cause: error },
    );
  }
}
