/**
 * The render plan: what becomes of a timeline, target by target, clip by clip, as plain data. Pure: the same timeline,
 * sources and ffmpeg give the same plan, and the same part of it the same hash.
 */
import { createHash } from 'node:crypto';
import { StudioError } from '../../model/errors.ts';
import { CAPTION_FONT } from '../../model/fonts/index.ts';
import { framingOf, layout, nearestFrame, titleLookOf, windowsToAss } from '../../model/timeline/index.ts';
import type { AssScript, CaptionProblem, Timeline } from '../../model/timeline/index.ts';
import type {
  MakePlan,
  MakeStillPlan,
  PlanGroup,
  PlanInput,
  PlanOver,
  PlanSegment,
  PlanSound,
} from '../../ports/video.ts';
import { groupsOf } from './groups.ts';
import type { Group } from './groups.ts';
import { layersOf, mixOf } from './layers.ts';
import { laidOver, placeOverlays } from './overlays.ts';
import type { PlacedOverlay } from './overlays.ts';
import { pictureOf } from './picture.ts';
import type { Piece } from './piece.ts';
import { seekTo, zeroOf } from './seek.ts';
import { SAMPLES_PER_FRAME, soundOf } from './sound.ts';
import { endingFrames, fadeFilters, frameOfSpan, soundFades, spansOf } from './spans.ts';
import type { Slot, Span } from './spans.ts';

const RATE = { num: 30, den: 1 };
const FRAME_RATE = '30/1';

const bad = (what: string): StudioError => new StudioError('bad_timeline', { what });

function checkRenderable(timeline: Timeline): void {
  if (timeline.storyline.length === 0) throw bad('the storyline is empty');
  const unknown = timeline.titles.find(({ look }) => titleLookOf(look) === null);
  if (unknown) throw bad(`title ${unknown.id}: no look ${unknown.look}`);
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
    if (frames <= 0) return [];
    return [{ clip, asset, source, zeroUs: zeroOf(clip, asset, source), from, frames, offset: 0, total: frames }];
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

/** What comes in of a dissolve or wipe, at the same place of its segment's graph. */
function joined(span: Span, chain: string, incoming: string): string {
  if (!span.next) return chain;
  const { kind, length, done } = span.next;
  const name = kind === 'wipe' ? 'wiperight' : 'fade';
  // A single frame stands as long as the whole, so that the moment asked for is in it.
  const held = span.frames > 1 ? '' : `,loop=loop=-1:size=1:start=0,setpts=N,trim=end_frame=${length}`;
  const taken = span.frames > 1 ? '' : `,select=eq(n\\,${done}),setpts=0`;
  return `${chain}${held},settb=1/30[out];${incoming}${held},settb=1/30[in];[out][in]xfade=transition=${name}:duration=${(length / 30).toFixed(6)}:offset=0${taken}`;
}

function segmentOf(
  span: Span,
  group: Group,
  script: AssScript,
  overlays: readonly PlacedOverlay[],
  input: Pick<PlanInput, 'timeline' | 'tool'>,
): PlanSegment {
  const ass = script.events > 0 ? script.ass : null;
  const sought = ({ source, zeroUs }: Piece): number | null =>
    source.kind === 'image' ? null : seekTo(source, zeroUs);
  const ontoOf = (piece: Piece, tag: string) => {
    const { canvas } = group;
    return { canvas, ...framingOf(piece.clip, input.timeline.fit, canvas), tool: input.tool, tag };
  };
  const { piece, next } = span;
  const { chain, scripts } = pictureOf(piece, ontoOf(piece, ''), { input: 0, first: 0 });
  const incoming = next && pictureOf(next.piece, ontoOf(next.piece, 'n'), { input: 1, first: scripts.length });
  const come: PlanOver[] = next
    ? [{ itemId: next.clipId, sha256: next.piece.source.sha256, alpha: false, seekUs: sought(next.piece) }]
    : [];
  const shown = [...scripts, ...(incoming?.scripts ?? [])];
  const above = laidOver(
    overlays,
    span,
    { canvas: group.canvas, tool: input.tool },
    { firstInput: 1 + come.length, firstMask: shown.length },
  );
  const masks = [...shown, ...above.scripts];
  const over = [...come, ...above.over];
  const captions = ass === null ? '' : ',ass=filename=@ass@:fontsdir=@fonts@';
  const picture = joined(span, `${chain}${fadeFilters(span.fades, span.frames)}`, incoming?.chain ?? '');
  const out = span.ending ? fadeFilters([span.ending], span.frames) : '';
  const graph = `${picture}${above.graph}${captions}${out},format=yuv420p[v]`;
  const { sha256 } = piece.source;
  const seekUs = sought(piece);
  const covered = { ...(masks.length === 0 ? {} : { masks }), ...(over.length === 0 ? {} : { over }) };
  const named = { v: 1, ffmpeg: input.tool.version, sha256, seekUs, graph, ass, ...covered, encoder: group.encoder };
  const hash = createHash('sha256').update(JSON.stringify(named)).digest('hex');
  return { clipId: span.clipId, sha256, from: span.from, frames: span.frames, seekUs, over, graph, ass, masks, hash };
}

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
  const groups = groupsOf(input.timeline, input.targets).map((group) => planGroup(group, spans, overlays, input));
  const frames = slots.reduce((sum, slot) => sum + slot.frames, 0);
  const layers = layersOf(input.timeline, input.sources, Math.round((frames * 1_000_000) / RATE.num));
  const fade = endingFrames(slots, ending);
  const mix = layers.length === 0 ? null : mixOf(layers, { frames, fade });
  // What is mixed goes out as a whole.
  const own = mix ? 0 : fade;
  const sound: PlanSound[] = slots.map((slot, i) => soundOf(slot, soundFades(slots, i, own)));
  return { version: 1, frameRate: FRAME_RATE, frames, samples: frames * SAMPLES_PER_FRAME, groups, sound, mix };
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
  const [group] = groupsOf(input.timeline, [input.target]);
  if (!span || !group) throw bad(`no frame at ${input.atUs}`);
  const overlays = placeOverlays(input.timeline, input.sources);
  return { group: planGroup(group, [frameOfSpan(span, frame - span.from)], overlays, input), frame };
};
