/** The plan of a cover: one frame of the film, or a picture as the film would show it, on the canvas of the cover. */
import { coverPictures, coverShapes } from '../../model/platforms/index.ts';
import { coverFrameOf, coverMoments, coverToAss, shownSize } from '../../model/timeline/index.ts';
import type { CanvasSize, Clip, CoverOf, Fit, Mask, Timeline, TimelineAsset } from '../../model/timeline/index.ts';
import type { MakeCoverPlan, PlanCover, PlanInput } from '../../ports/video.ts';
import { placeOverlays } from './overlays.ts';
import type { FullFrame } from './picture.ts';
import { FILM_RATE } from './piece.ts';
import { bad, checkRenderable, refuseCaptions, segmentOf, slotsOf } from './segment.ts';
import { frameOfSpan, spansOf } from './spans.ts';

/** Long enough to be one frame. */
const STILL_US = 100_000;

/** One place for a mask that goes from place to place: all of them, and what is between. */
function wholeWay(mask: Mask): Mask {
  const [first] = mask.keys;
  if (!first || mask.keys.length === 1) return { ...mask, keys: mask.keys.map((key) => ({ ...key, atUs: 0 })) };
  const x = Math.min(...mask.keys.map((key) => key.x));
  const y = Math.min(...mask.keys.map((key) => key.y));
  const width = Math.max(...mask.keys.map((key) => key.x + key.width)) - x;
  const height = Math.max(...mask.keys.map((key) => key.y + key.height)) - y;
  return { ...mask, shape: 'rectangle', keys: [{ atUs: 0, x, y, width, height }] };
}

/**
 * Every mask that lies anywhere in the film on the same file: who is covered in the film is covered on its cover, wherever the
 * picture was taken from.
 */
function masksOn(asset: TimelineAsset, timeline: Timeline): Mask[] {
  const same = new Set(timeline.assets.flatMap(({ assetId, sha256 }) => (sha256 === asset.sha256 ? [assetId] : [])));
  const shown = [...timeline.storyline, ...timeline.overlays].filter(({ assetId }) => same.has(assetId));
  const all = shown.flatMap(({ masks = [] }) => masks.map(wholeWay));
  const once = new Map(all.map((mask) => [JSON.stringify(mask), mask]));
  return [...once.values()];
}

/** A picture of nearly the cover's shape fills it; of one of another shape more would go than people bear to lose. */
const MOST_CUT_OFF = 0.2;

function fitOf(asset: TimelineAsset, canvas: CanvasSize): Fit | null {
  const by = ((asset.width ?? 1) * canvas.height) / ((asset.height ?? 1) * canvas.width);
  return 1 - Math.min(by, 1 / by) <= MOST_CUT_OFF ? 'crop' : null;
}

/** A film of nothing but the cover's picture. */
function filmOfPicture(timeline: Timeline, assetId: string, canvas: CanvasSize): Timeline {
  const asset = timeline.assets.find((each) => each.assetId === assetId);
  if (!asset) throw bad(`cover: asset ${assetId}`);
  const masks = masksOn(asset, timeline);
  const clip: Clip = {
    ...{ id: 'cover', assetId, inUs: 0, outUs: STILL_US, speed: '1/1', gainDb: 0, muted: false },
    fit: fitOf(asset, canvas),
    ...(masks.length > 0 ? { masks } : {}),
  };
  const { ending: _ending, ...rest } = timeline;
  return { ...rest, storyline: [clip], overlays: [], titles: [], captions: { ...timeline.captions, cues: [] } };
}

/** A cover keeps its own framing: `fill` of its platform or shape, else as the film lies on a canvas of that shape. */
function framingFor({ cover }: Timeline, of: CoverOf): { framing?: FullFrame } {
  const { fill } = coverFrameOf(cover, of);
  if (!fill) return {};
  return { framing: { fit: 'crop', focus: { x: fill.x, y: fill.y }, zoom: fill.zoom / 1000 } };
}

/**
 * Plans one cover. The picture has everything the film has at that moment but its words, masks above all; those only where the
 * cover asks for them. Errors: bad_timeline, source_vanished; `strict`: missing_glyphs, caption_too_wide, which are told otherwise.
 */
export const planCover: MakeCoverPlan = (input) => {
  const { from, shape, target, width, height, safe, draft, aiMade } = input;
  checkRenderable(input.timeline);
  const canvas = { width, height };
  const timeline = 'assetId' in from ? filmOfPicture(input.timeline, from.assetId, canvas) : input.timeline;
  const spans = spansOf(slotsOf({ ...input, timeline }), timeline.ending);
  const last = spans.at(-1);
  const end = last ? last.from + last.frames - 1 : 0;
  const frame = 'assetId' in from ? 0 : Math.min(end, Math.floor((from.atUs * FILM_RATE.num) / 1_000_000 + 1e-4));
  const span = spans.find((one) => frame >= one.from && frame < one.from + one.frames);
  if (!span) throw bad(`cover: no frame at ${frame}`);
  const told = { ...canvas, safe, ...(draft ? { draft } : {}), ...(aiMade ? { aiMade } : {}) };
  const script = coverToAss(timeline, told, { shape, target, frame: 'assetId' in from ? null : frame });
  if (input.strict) refuseCaptions(script.problems);
  const place = { canvas, encoder: [], ...framingFor(timeline, { shape, target }) };
  const overlays = placeOverlays(timeline, input.sources);
  const { problems, tooLong, title } = script;
  const segment = segmentOf(frameOfSpan(span, frame - span.from), place, script, overlays, { ...input, timeline });
  const { piece } = span;
  return { segment, frame, problems, tooLong, title, source: shownSize(piece.source.picture, piece.clip) };
};

/** The covers of an order: each shape once for those of its targets that show it, and once for each that is framed by itself. */
export function coversFor({ timeline, targets, platforms }: PlanInput): PlanCover[] {
  const { cover = {} } = timeline;
  const shows: PlanCover['shows'] =
    cover.assetId !== undefined
      ? { assetId: cover.assetId }
      : cover.atUs !== undefined
        ? { atUs: cover.atUs }
        : { firstThatShows: coverMoments(timeline) };
  return coverPictures(coverShapes(platforms), cover).flatMap(({ shape, width, height, targets: known, alone }) => {
    const here = known.filter((target) => targets.includes(target));
    const own = alone === undefined ? {} : { alone: true as const };
    return here.length > 0 ? [{ shape, width, height, targets: here, ...own, shows }] : [];
  });
}
