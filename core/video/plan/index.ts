/**
 * The render plan: what becomes of a timeline, target by target, clip by clip, as plain data. Pure: the same timeline,
 * sources and ffmpeg give the same plan, and the same part of it the same hash.
 */
import { encodedAfterAll } from '../../model/contract/copying.ts';
import { builtInBook, isAsSource } from '../../model/platforms/index.ts';
import { windowsToAss } from '../../model/timeline/index.ts';
import type { MakePlan, MakeStillPlan, PlanGroup, PlanInput, PlanSound } from '../../ports/video.ts';
import { coversFor } from './cover.ts';
import { isUntouched, planCopying } from './copy.ts';
import { besideCopies, groupsOf } from './groups.ts';
import type { Group } from './groups.ts';
import { layersOf, mixOf } from './layers.ts';
import { placeOverlays } from './overlays.ts';
import type { PlacedOverlay } from './overlays.ts';
import { bad, checkRenderable, copiedSegment, refuseCaptions, segmentOf, slotsOf } from './segment.ts';
import type { SegmentPlace } from './segment.ts';
import { SAMPLES_PER_FRAME, soundOf } from './sound.ts';
import { cutSpans, endingFrames, frameOfSpan, soundFades, spansOf } from './spans.ts';
import type { Slot, Span } from './spans.ts';

export { planCover } from './cover.ts';

const RATE = { num: 30, den: 1 };
const FRAME_RATE = '30/1';

function planGroup(
  group: Group & Pick<SegmentPlace, 'matrix' | 'fromEntries'>,
  spans: readonly Span[],
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
 * A group, or two: where pictures can be copied, its targets that are to be as their source are a group of their own.
 */
function groupOrTwo(group: Group, slots: Slot[], overlays: readonly PlacedOverlay[], input: PlanInput): PlanGroup[] {
  const { ending } = input.timeline;
  const plain = (targets: string[]): PlanGroup =>
    planGroup({ ...group, targets }, spansOf(slots, ending), overlays, input);
  const { platforms = builtInBook() } = input;
  const asSource = group.targets.filter((target) => isAsSource(platforms, target));
  if (input.copies !== true || asSource.length === 0) return [plain(group.targets)];
  const takes = spansOf(slots, ending, false);
  const copying = planCopying(input, slots, takes, group.canvas);
  const { report, coded, runs, matrix } = copying;
  if (coded === null) return [{ ...plain(group.targets), copying: report }];
  // A graphics chip cannot be asked for the parameter sets that stand beside another's.
  const [software = group] = groupsOf(input.timeline, asSource, { platforms });
  const encoder = besideCopies(software.encoder, coded, matrix === null);
  const own = { ...group, encoder, targets: asSource, fromEntries: true, ...(matrix ? { matrix } : {}) };
  const spans = cutSpans(takes, slots, runs);
  const made = planGroup(own, spans, overlays, input);
  // The last word has what would be done to a picture if it were encoded.
  const changed = made.segments.some((segment, i) => spans[i]?.copy && !isUntouched(segment));
  if (changed) return [{ ...plain(group.targets), copying: encodedAfterAll(report, 'touched') }];
  const segments = made.segments.map((segment, i) => {
    const copy = spans[i]?.copy;
    return copy ? copiedSegment(segment, copy) : segment;
  });
  const copied: PlanGroup = { ...made, segments, copying: report };
  const rest = group.targets.filter((target) => !asSource.includes(target));
  if (rest.length === 0) return [copied];
  return group.targets[0] === asSource[0] ? [copied, plain(rest)] : [plain(rest), copied];
}

/**
 * Plans a render: targets of one look are a group, every clip a segment of a whole number of frames and its sound 1600
 * samples a frame. Of targets that are to be as their source, pictures that nothing is done to are copied (copy.ts).
 * Errors: bad_timeline (empty, another font, a look that is not there), bad_input (targets), missing_glyphs {chars},
 * caption_too_wide {text} (details: {problems}), source_vanished (a source that `sources` does not have).
 */
export const planRender: MakePlan = (input) => {
  checkRenderable(input.timeline);
  const slots = slotsOf(input);
  const { ending } = input.timeline;
  const overlays = placeOverlays(input.timeline, input.sources);
  const groups = groupsOf(input.timeline, input.targets, madeFor(input)).flatMap((group) =>
    groupOrTwo(group, slots, overlays, input),
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
