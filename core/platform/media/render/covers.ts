/** Covers: single frames of the film's own graph, as JPEG files that say what an AI made. */
import { readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import type { CoverFrom } from '../../../model/contract/index.ts';
import { StudioError } from '../../../model/errors.ts';
import type { CoverShape } from '../../../model/platforms/index.ts';
import { coverMoments } from '../../../model/timeline/index.ts';
import type { MadeCover, MadeCovers, MakeCoverPlan, PlanInput, PlanSegment } from '../../../ports/video.ts';
import { halfFileOf, renameOver } from '../../files.ts';
import { fileUrl } from '../files.ts';
import { bestJpeg, packetOf } from '../web-picture.ts';
import { graphArgs, soughtOrWhole } from './segments.ts';
import type { RenderWork } from './work.ts';

/** Where no platform says how large a file may be: what every one is known to take. */
const USUAL_BYTES = 5_000_000;
/** A frame that is looked at to see whether it shows anything. */
const LOOK_SIDE = 320;
/** Mean grey (0 to 255) and spread of it within which a frame shows something: nearly black, nearly white and plain ones do not. */
const [DARKEST, LIGHTEST, PLAINEST] = [26, 232, 10];

const even = (value: number): number => Math.max(16, 2 * Math.ceil(value / 2));

/** The frame as a player shows it: from the film's BT.709 to RGB. */
export const asRgb = (graph: string): string =>
  graph.replace(/\[v\]$/, ',scale=in_color_matrix=bt709:in_range=tv:flags=full_chroma_int,format=rgb24[v]');

/** One frame as PNG, kept beside the segments under its hash. Errors: tool_failed, and those of the run. */
export async function framePng(work: RenderWork, segment: PlanSegment): Promise<Buffer> {
  const kept = path.join(work.segmentsDir, `${segment.hash}.png`);
  const there = await stat(kept).catch(() => null);
  const found = there !== null && there.size > 0 ? await readFile(kept).catch(() => null) : null;
  if (found) return found;
  const half = halfFileOf(kept);
  try {
    const to = ['-frames:v', '1', '-c:v', 'png', '-compression_level', '1', '-f', 'image2pipe', fileUrl(half)];
    const graph = asRgb(segment.graph);
    const { frames } = await soughtOrWhole([{ ...segment, graph }], async ([way = segment]) =>
      work.run([...(await graphArgs(work, way)), ...to]),
    );
    if (frames !== 1) throw new StudioError('tool_failed', { tool: 'ffmpeg', what: 'no picture' });
    await renameOver(half, kept);
  } finally {
    await rm(half, { force: true });
  }
  return readFile(kept);
}

export interface CoverJob {
  work: RenderWork;
  plan: MakeCoverPlan;
  input: Omit<PlanInput, 'targets'>;
  shapes: readonly CoverShape[];
  longSide?: number | undefined;
  /** What the files have to say of an AI; null: nothing. */
  aigc: string | null;
}

/** How much a frame shows: the spread of its greys; none where it is nearly black, white or plain. */
async function shown(job: CoverJob, atUs: number): Promise<{ good: boolean; spread: number }> {
  const { timeline } = job.input;
  const { width, height } = timeline.canvas;
  const by = LOOK_SIDE / Math.max(width, height);
  const { cover: _cover, ...bare } = timeline;
  const { segment } = job.plan({
    ...{ ...job.input, timeline: bare, draft: false, aiMade: false },
    ...{ from: { atUs }, shape: '', safe: { top: 0, right: 0, bottom: 0, left: 0 } },
    ...{ width: even(width * by), height: even(height * by) },
  });
  // Statistics are those of the input, whatever is done to it on the way.
  const grey = await sharp(await framePng(job.work, segment))
    .greyscale()
    .png()
    .toBuffer();
  const { channels } = await sharp(grey).stats();
  const { mean = 0, stdev = 0 } = channels[0] ?? {};
  return { good: mean > DARKEST && mean < LIGHTEST && stdev > PLAINEST, spread: stdev };
}

/** The picture of a cover: the one that was chosen, else the first moment that shows something, else the one that shows most. */
async function fromOf(job: CoverJob): Promise<CoverFrom> {
  const { cover = {} } = job.input.timeline;
  if (cover.assetId !== undefined) return { assetId: cover.assetId, chosen: true };
  if (cover.atUs !== undefined) return { atUs: cover.atUs, chosen: true };
  let best = { atUs: 0, spread: -1 };
  for (const atUs of coverMoments(job.input.timeline)) {
    const { good, spread } = await shown(job, atUs);
    if (good) return { atUs, chosen: false };
    if (spread > best.spread) best = { atUs, spread };
  }
  return { atUs: best.atUs, chosen: false };
}

function sized({ width, height }: CoverShape, longSide: number | undefined): { width: number; height: number } {
  const by = longSide === undefined ? 1 : Math.min(1, longSide / Math.max(width, height));
  return { width: Math.round(width * by), height: Math.round(height * by) };
}

async function makeOne(job: CoverJob, shape: CoverShape, from: CoverFrom): Promise<MadeCover> {
  const size = sized(shape, job.longSide);
  const { segment, problems, tooLong, title, source } = job.plan({
    ...{ ...job.input, from: 'assetId' in from ? { assetId: from.assetId } : { atUs: from.atUs } },
    // Chroma comes in pairs: an odd row or column is made and cut off.
    ...{
      shape: shape.shape,
      target: shape.alone,
      safe: shape.safe,
      width: even(size.width),
      height: even(size.height),
    },
    strict: job.longSide === undefined,
  });
  const png = await framePng(job.work, segment);
  const made = await bestJpeg(async (quality) => {
    const cut = sharp(png).extract({ left: 0, top: 0, ...size });
    const told = job.aigc === null ? cut : cut.withXmp(packetOf(job.aigc));
    return { data: await told.jpeg({ quality, mozjpeg: true }).toBuffer(), format: 'jpeg', ...size };
  }, shape.maxBytes ?? USUAL_BYTES);
  if (!made)
    throw new StudioError('tool_failed', { tool: 'sharp', what: `not below ${shape.maxBytes ?? USUAL_BYTES} bytes` });
  const own = shape.alone === undefined ? {} : { alone: true as const };
  return { shape: shape.shape, ...own, ...size, jpeg: made.data, problems, tooLong, title, source };
}

/** Makes all covers of a job, in its order, from one picture. Errors: those of the plan and of ffmpeg; tool_failed. */
export async function makeCovers(job: CoverJob): Promise<MadeCovers> {
  const from = await fromOf(job);
  const covers: MadeCover[] = [];
  for (const shape of job.shapes) covers.push(await makeOne(job, shape, from));
  return { covers, from };
}
