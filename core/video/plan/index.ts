/**
 * The render plan: what becomes of a timeline, target by target, clip by clip, as plain data. Pure: the same timeline,
 * sources and ffmpeg give the same plan, and the same part of it the same hash.
 */
import { createHash } from 'node:crypto';
import { StudioError } from '../../model/errors.ts';
import { CAPTION_FONT } from '../../model/fonts/index.ts';
import { filledReservedTables, layout, nearestFrame, speedOf, windowsToAss } from '../../model/timeline/index.ts';
import type { AssScript, CaptionProblem, Clip, Timeline, TimelineAsset } from '../../model/timeline/index.ts';
import type {
  FilmSource,
  MakePlan,
  MakeStillPlan,
  PlanGroup,
  PlanInput,
  PlanSegment,
  PlanSound,
} from '../../ports/video.ts';
import { groupsOf } from './groups.ts';
import type { Group } from './groups.ts';
import { layersOf, mixOf } from './layers.ts';
import { fitted, repeated, sampled } from './picture.ts';
import { seekTo, zeroOf } from './seek.ts';
import { SAMPLES_PER_FRAME, soundOf } from './sound.ts';

const RATE = { num: 30, den: 1 };
const FRAME_RATE = '30/1';

/** A clip on the grid of output frames. */
interface Slot {
  clip: Clip;
  asset: TimelineAsset;
  source: FilmSource;
  zeroUs: number;
  from: number;
  frames: number;
}

const bad = (what: string): StudioError => new StudioError('bad_timeline', { what });

function checkRenderable(timeline: Timeline): void {
  const filled = filledReservedTables(timeline);
  if (filled.length > 0) throw bad(`not rendered yet: ${filled.join(', ')}`);
  if (timeline.storyline.length === 0) throw bad('the storyline is empty');
  const { font } = timeline.captions.style;
  if (timeline.captions.cues.length > 0 && font !== CAPTION_FONT) throw bad(`the font ${font} is not there`);
}

function slotsOf(input: PlanInput | Omit<PlanInput, 'targets'>): Slot[] {
  const assets = new Map(input.timeline.assets.map((asset) => [asset.assetId, asset]));
  const slots = layout(input.timeline).clips.flatMap(({ clip, startUs, endUs }) => {
    const asset = assets.get(clip.assetId);
    if (!asset) throw bad(`asset ${clip.assetId}`);
    const source = input.sources.get(asset.sha256);
    if (!source) throw new StudioError('source_vanished', { file: asset.name });
    // Both ends from the exact times: what rounding adds to one clip it takes from the next, and nothing drifts.
    const from = nearestFrame(startUs, RATE);
    const frames = nearestFrame(endUs, RATE) - from;
    return frames > 0 ? [{ clip, asset, source, zeroUs: zeroOf(clip, asset, source), from, frames }] : [];
  });
  if (slots.length === 0) throw bad('shorter than one frame');
  return slots;
}

/** The first problem of any caption, with all of them as details. */
function refuseCaptions(problems: readonly CaptionProblem[]): void {
  const lacking = problems.filter((problem) => problem.code === 'missing_glyphs');
  const chars = [...new Set(lacking.flatMap((problem) => [...problem.chars]))].join('');
  if (lacking.length > 0) throw new StudioError('missing_glyphs', { chars }, { details: { problems } });
  const wide = problems.find((problem) => problem.code === 'caption_too_wide');
  if (wide) throw new StudioError('caption_too_wide', { text: wide.text }, { details: { problems } });
}

function graphOf(slot: Slot, group: Group, input: Pick<PlanInput, 'timeline' | 'tool'>, burn: boolean): string {
  const { source } = slot;
  const onCanvas = fitted(source, group.canvas, slot.clip.fit ?? input.timeline.fit, input.tool);
  const moving = source.kind === 'image' ? `[0:v]${onCanvas},${repeated(slot.frames)}` : `${sampled(slot)},${onCanvas}`;
  const captions = burn ? ',ass=filename=@ass@:fontsdir=@fonts@' : '';
  return `${moving}${captions},format=yuv420p[v]`;
}

function segmentOf(
  slot: Slot,
  group: Group,
  script: AssScript,
  input: Pick<PlanInput, 'timeline' | 'tool'>,
): PlanSegment {
  const ass = script.events > 0 ? script.ass : null;
  const seekUs = slot.source.kind === 'image' ? null : seekTo(slot.source, slot.zeroUs);
  const graph = graphOf(slot, group, input, ass !== null);
  const { sha256 } = slot.source;
  const named = { v: 1, ffmpeg: input.tool.version, sha256, seekUs, graph, ass, encoder: group.encoder };
  const hash = createHash('sha256').update(JSON.stringify(named)).digest('hex');
  return { clipId: slot.clip.id, sha256, from: slot.from, frames: slot.frames, seekUs, graph, ass, hash };
}

function planGroup(group: Group, slots: Slot[], input: Omit<PlanInput, 'targets' | 'sources'>): PlanGroup {
  const windows = slots.map(({ from, frames }) => ({ from, to: from + frames }));
  const canvas = { ...group.canvas, safe: group.safe, ...(input.draft ? { draft: true } : {}) };
  const scripts = windowsToAss(input.timeline, canvas, windows);
  refuseCaptions(scripts.flatMap((script) => script.problems));
  const segments = slots.map((slot, i) => segmentOf(slot, group, scripts[i] ?? noScript(), input));
  return { targets: group.targets, ...group.canvas, encoder: group.encoder, segments };
}

function noScript(): never {
  throw new Error('a window without a script');
}

/**
 * Plans a render: targets of one look are a group, every clip a segment of a whole number of frames and its sound 1600
 * samples a frame.
 * Errors: bad_timeline (empty, reserved tables filled, another font), bad_input (targets), missing_glyphs {chars},
 * caption_too_wide {text} (details: {problems}), source_vanished (a source that `sources` does not have).
 */
export const planRender: MakePlan = (input) => {
  checkRenderable(input.timeline);
  const slots = slotsOf(input);
  const groups = groupsOf(input.timeline, input.targets).map((group) => planGroup(group, slots, input));
  const frames = slots.reduce((sum, slot) => sum + slot.frames, 0);
  const sound: PlanSound[] = slots.map((slot) => soundOf(slot.clip, slot.source, slot.zeroUs, slot.frames));
  const layers = layersOf(input.timeline, input.sources, Math.round((frames * 1_000_000) / RATE.num));
  const mix = layers.length === 0 ? null : mixOf(layers);
  return { version: 1, frameRate: FRAME_RATE, frames, samples: frames * SAMPLES_PER_FRAME, groups, sound, mix };
};

/** How far into the source so many output frames are, microseconds. */
function sourceStep({ clip }: Slot, frames: number): number {
  const { num, den } = speedOf(clip);
  return Math.round((frames * 1_000_000 * num) / (RATE.num * den));
}

/**
 * Plans one frame of one target: the frame of the film that is on show at `atUs`, the last one from the end on.
 * `group` has one segment of one frame. Errors: those of {@link planRender}.
 */
export const planStill: MakeStillPlan = (input) => {
  checkRenderable(input.timeline);
  const slots = slotsOf(input);
  const last = slots.at(-1);
  const end = last ? last.from + last.frames - 1 : 0;
  const frame = Math.min(end, Math.floor((input.atUs * RATE.num) / 1_000_000 + 1e-4));
  const slot = slots.find(({ from, frames }) => frame >= from && frame < from + frames);
  const [group] = groupsOf(input.timeline, [input.target]);
  if (!slot || !group) throw bad(`no frame at ${input.atUs}`);
  const zeroUs = slot.source.kind === 'image' ? 0 : slot.zeroUs + sourceStep(slot, frame - slot.from);
  return { group: planGroup(group, [{ ...slot, zeroUs, from: frame, frames: 1 }], input), frame };
};
