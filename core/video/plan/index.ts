/**
 * The render plan: what becomes of a timeline, target by target, clip by clip, as plain data. Pure: the same timeline,
 * sources and ffmpeg give the same plan, and the same part of it the same hash.
 */
import { encodedAfterAll } from '../../model/contract/copying.ts';
import { builtInBook, isAsSource } from '../../model/platforms/index.ts';
import { frameTime, windowsToAss } from '../../model/timeline/index.ts';
import type { Rational } from '../../model/timeline/index.ts';
import type { MakePlan, MakeStillPlan, PlanGroup, PlanInput, PlanSound, RenderPlan } from '../../ports/video.ts';
import { coversFor } from './cover.ts';
import { isUntouched, planCopying, ratesToCopy } from './copy.ts';
import type { Copying } from './copy.ts';
import { besideCopies, groupsOf } from './groups.ts';
import type { Group } from './groups.ts';
import { layersOf, mixOf } from './layers.ts';
import { placeOverlays } from './overlays.ts';
import type { PlacedOverlay } from './overlays.ts';
import { FILM_RATE, rateText } from './piece.ts';
import { bad, checkRenderable, copiedSegment, refuseCaptions, segmentOf, slotsOf } from './segment.ts';
import type { SegmentPlace } from './segment.ts';
import { samplesAt, soundOf } from './sound.ts';
import { cutSpans, endingFrames, frameOfSpan, soundFades, spansOf } from './spans.ts';
import type { Slot, Span } from './spans.ts';

export { planCover } from './cover.ts';

/** The film on one grid of frames. */
interface Laid {
  rate: Rational;
  slots: Slot[];
  overlays: PlacedOverlay[];
}

const layOut = (input: PlanInput, rate: Rational): Laid => ({
  rate,
  slots: slotsOf(input, rate),
  overlays: placeOverlays(input.timeline, input.sources, rate),
});

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
    rate: spans[0]?.piece.rate ?? FILM_RATE,
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

const secondsCopied = ({ report }: Copying, { num, den }: Rational): number => (report.frames.copied * den) / num;

/** What is copied of a film, at the rate at which it is most; where nothing is, what is said of the rate most of it has. */
function mostCopied(
  input: PlanInput,
  plain: Laid,
  canvas: Group['canvas'],
): { laid: Laid; copying: Copying; takes: Span[] } {
  const { ending } = input.timeline;
  const all = ratesToCopy(plain.slots).map((rate) => {
    const laid = rateText(rate) === rateText(plain.rate) ? plain : layOut(input, rate);
    const takes = spansOf(laid.slots, ending, false);
    return { laid, takes, copying: planCopying(input, laid.slots, takes, canvas) };
  });
  const [best] = all.sort((a, b) => secondsCopied(b.copying, b.laid.rate) - secondsCopied(a.copying, a.laid.rate));
  if (!best) throw new Error('no rate');
  return best;
}

type MadeGroup = PlanGroup & { laid: Laid };

/**
 * A group, or two: where pictures can be copied, its targets that are to be as their source are a group of their own, at their
 * source's frame rate.
 */
function groupOrTwo(group: Group, laid: Laid, input: PlanInput): MadeGroup[] {
  const { ending } = input.timeline;
  const plain = (targets: string[]): MadeGroup => ({
    ...planGroup({ ...group, targets }, spansOf(laid.slots, ending), laid.overlays, input),
    laid,
  });
  const { platforms = builtInBook() } = input;
  const asSource = group.targets.filter((target) => isAsSource(platforms, target));
  if (input.copies !== true || asSource.length === 0) return [plain(group.targets)];
  const { laid: own, copying, takes } = mostCopied(input, laid, group.canvas);
  const { report, coded, runs, matrix } = copying;
  if (coded === null) return [{ ...plain(group.targets), copying: report }];
  // A graphics chip cannot be asked for the parameter sets that stand beside another's.
  const [software = group] = groupsOf(input.timeline, asSource, { platforms });
  const encoder = besideCopies(software.encoder, coded, matrix === null);
  const place = { ...group, encoder, targets: asSource, fromEntries: true, ...(matrix ? { matrix } : {}) };
  const spans = cutSpans(takes, own.slots, runs);
  const made = planGroup(place, spans, own.overlays, input);
  // The last word has what would be done to a picture if it were encoded.
  const changed = made.segments.some((segment, i) => spans[i]?.copy && !isUntouched(segment));
  if (changed) return [{ ...plain(group.targets), copying: encodedAfterAll(report, 'touched') }];
  const segments = made.segments.map((segment, i) => {
    const copy = spans[i]?.copy;
    return copy ? copiedSegment(segment, copy) : segment;
  });
  const copied: MadeGroup = { ...made, segments, copying: report, laid: own };
  const rest = group.targets.filter((target) => !asSource.includes(target));
  if (rest.length === 0) return [copied];
  return group.targets[0] === asSource[0] ? [copied, plain(rest)] : [plain(rest), copied];
}

/** The plan of groups of one rate, with the sound on their grid. */
function planAt({ rate, slots }: Laid, groups: PlanGroup[], input: PlanInput): RenderPlan {
  const { ending } = input.timeline;
  const frames = slots.reduce((sum, slot) => sum + slot.frames, 0);
  const layers = layersOf(input.timeline, input.sources, frameTime(frames, rate));
  const fade = endingFrames(slots, ending);
  const mix = layers.length === 0 ? null : mixOf(layers, { frames, fade, rate });
  // What is mixed goes out as a whole.
  const own = mix ? 0 : fade;
  const sound: PlanSound[] = slots.map((slot, i) => soundOf(slot, soundFades(slots, i, own)));
  const frameRate = `${rate.num}/${rate.den}`;
  return { version: 1, frameRate, frames, samples: samplesAt(frames, rate), groups, sound, mix, covers: [] };
}

/**
 * Plans a render: targets of one look are a group, every clip a segment of a whole number of frames and its sound as long as they
 * are. Of targets that are to be as their source, pictures that nothing is done to are copied (copy.ts), at their own frame rate; where that
 * is not 30, it is a plan of its own (`further`, or the first where there is no other).
 * Errors: bad_timeline (empty, another font, a look that is not there), bad_input (targets), missing_glyphs {chars},
 * caption_too_wide {text} (details: {problems}), source_vanished (a source that `sources` does not have).
 */
export const planRender: MakePlan = (input) => {
  checkRenderable(input.timeline);
  const plain = layOut(input, FILM_RATE);
  const made = groupsOf(input.timeline, input.targets, madeFor(input)).flatMap((group) =>
    groupOrTwo(group, plain, input),
  );
  const rates = [...new Set(made.map(({ laid }) => rateText(laid.rate)))];
  const plans = rates.flatMap((rate) => {
    const here = made.filter(({ laid }) => rateText(laid.rate) === rate);
    const groups = here.map(({ laid: _laid, ...group }): PlanGroup => group);
    return here[0] ? [planAt(here[0].laid, groups, input)] : [];
  });
  const [first, ...further] = plans;
  if (!first) throw new Error('no groups');
  return { ...first, covers: coversFor(input), ...(further.length > 0 ? { further } : {}) };
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
  const frame = Math.min(end, Math.floor((input.atUs * FILM_RATE.num) / 1_000_000 + 1e-4));
  const span = spans.find(({ from, frames }) => frame >= from && frame < from + frames);
  const [group] = groupsOf(input.timeline, [input.target], madeFor(input));
  if (!span || !group) throw bad(`no frame at ${input.atUs}`);
  const overlays = placeOverlays(input.timeline, input.sources);
  return { group: planGroup(group, [frameOfSpan(span, frame - span.from)], overlays, input), frame };
};
