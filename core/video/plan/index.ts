/**
 * The render plan: what becomes of a timeline, target by target, clip by clip, as plain data. Pure: the same timeline,
 * sources and ffmpeg give the same plan, and the same part of it the same hash.
 */
import { windowsToAss } from '../../model/timeline/index.ts';
import type { MakePlan, MakeStillPlan, PlanGroup, PlanInput, PlanSound } from '../../ports/video.ts';
import { coversFor } from './cover.ts';
import { groupsOf } from './groups.ts';
import type { Group } from './groups.ts';
import { layersOf, mixOf } from './layers.ts';
import { placeOverlays } from './overlays.ts';
import type { PlacedOverlay } from './overlays.ts';
import { bad, checkRenderable, refuseCaptions, segmentOf, slotsOf } from './segment.ts';
import { SAMPLES_PER_FRAME, soundOf } from './sound.ts';
import { endingFrames, frameOfSpan, soundFades, spansOf } from './spans.ts';
import type { Span } from './spans.ts';

export { planCover } from './cover.ts';

const RATE = { num: 30, den: 1 };
const FRAME_RATE = '30/1';

function planGroup(
  group: Group,
  spans: Span[],
  overlays: readonly PlacedOverlay[],
  input: Omit<PlanInput, 'targets' | 'sources'>,
): PlanGroup {
  const windows = spans.map(({ from, frames }) => ({ from, to: from + frames }));
  const canvas = {
    ...group.canvas,
    safe: group.safe,
    ...(input.draft ? { draft: true } : {}),
    ...(input.aiMade ? { aiMade: true } : {}),
  };
  const scripts = windowsToAss(input.timeline, canvas, windows);
  refuseCaptions(scripts.flatMap((script) => script.problems));
  const segments = spans.map((span, i) => segmentOf(span, group, scripts[i] ?? noScript(), overlays, input));
  return { targets: group.targets, ...group.canvas, encoder: group.encoder, segments };
}

function noScript(): never {
  throw new Error('a window without a script');
}

const madeFor = ({ platforms, tool }: Pick<PlanInput, 'platforms' | 'tool'>) => ({ platforms, encoder: tool.encoder });

/**
 * Plans a render: targets of one look are a group, every clip a segment of a whole number of frames and its sound 1600
 * samples a frame.
 * Errors: bad_timeline (empty, another font, a look that is not there), bad_input (targets), missing_glyphs {chars},
 * caption_too_wide {text} (details: {problems}), source_vanished (a source that `sources` does not have).
 */
export const planRender: MakePlan = (input) => {
  checkRenderable(input.timeline);
  const slots = slotsOf(input);
  const { ending } = input.timeline;
  const spans = spansOf(slots, ending);
  const overlays = placeOverlays(input.timeline, input.sources);
  const groups = groupsOf(input.timeline, input.targets, madeFor(input)).map((group) =>
    planGroup(group, spans, overlays, input),
  );
  const frames = slots.reduce((sum, slot) => sum + slot.frames, 0);
  const layers = layersOf(input.timeline, input.sources, Math.round((frames * 1_000_000) / RATE.num));
  const fade = endingFrames(slots, ending);
  const mix = layers.length === 0 ? null : mixOf(layers, { frames, fade });
  // What is mixed goes out as a whole.
  const own = mix ? 0 : fade;
  const sound: PlanSound[] = slots.map((slot, i) => soundOf(slot, soundFades(slots, i, own)));
  const covers = coversFor(input);
  const samples = frames * SAMPLES_PER_FRAME;
  return { version: 1, frameRate: FRAME_RATE, frames, samples, groups, sound, mix, covers };
};

/**
 * Plans one frame of one target: the frame of the film that is on show at `atUs`, the last one from the end on.
 * `group` has one segment of one frame. Errors: those of {@link planRender}.
 */
export const planStill: MakeStillPlan = (input) => {
  checkRenderable(input.timeline);
  const spans = spansOf(slotsOf(input), input.timeline.ending);
  const last = spans.at(-1);
  const end = last ? last.from + last.frames - 1 : 0;
  const frame = Math.min(end, Math.floor((input.atUs * RATE.num) / 1_000_000 + 1e-4));
  const span = spans.find(({ from, frames }) => frame >= from && frame < from + frames);
  const [group] = groupsOf(input.timeline, [input.target], madeFor(input));
  if (!span || !group) throw bad(`no frame at ${input.atUs}`);
  const overlays = placeOverlays(input.timeline, input.sources);
  return { group: planGroup(group, [frameOfSpan(span, frame - span.from)], overlays, input), frame };
};
