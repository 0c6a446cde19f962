/** From the clips of a timeline to segments: one clip's frames on one canvas, with everything that lies over them. */
import { createHash } from 'node:crypto';
import { StudioError } from '../../model/errors.ts';
import { CAPTION_FONT } from '../../model/fonts/index.ts';
import { framingOf, gapAsset, layout, nearestFrame, titleLookOf } from '../../model/timeline/index.ts';
import type {
  AssScript,
  CanvasSize,
  CaptionProblem,
  Rational,
  Timeline,
  TimelineAsset,
} from '../../model/timeline/index.ts';
import type { FilmSource, PlanInput, PlanOver, PlanSegment } from '../../ports/video.ts';
import { assForBt601 } from './colours.ts';
import { laidOver } from './overlays.ts';
import type { PlacedOverlay } from './overlays.ts';
import { pictureOf } from './picture.ts';
import type { FullFrame } from './picture.ts';
import { FILM_RATE, secondsOf } from './piece.ts';
import type { Piece } from './piece.ts';
import { seekTo, seekToEntry, shownFrames, zeroOf } from './seek.ts';
import { fadeFilters } from './spans.ts';
import type { Slot, Span } from './spans.ts';

/** A timeline that cannot be a film. */
export const bad = (what: string): StudioError => new StudioError('bad_timeline', { what });

/** Errors: bad_timeline (empty, a look or font that is not there). */
export function checkRenderable(timeline: Timeline): void {
  if (timeline.storyline.length === 0) throw bad('the storyline is empty');
  const unknown = timeline.titles.find(({ look }) => titleLookOf(look) === null);
  if (unknown) throw bad(`title ${unknown.id}: no look ${unknown.look}`);
  const { font } = timeline.captions.style;
  if (timeline.captions.cues.length > 0 && font !== CAPTION_FONT) throw bad(`the font ${font} is not there`);
}

/** A gap as a source: a picture that the renderer makes itself. */
const nothing = ({ sha256, width, height }: TimelineAsset): FilmSource => ({
  ...{ sha256, kind: 'image', sound: null },
  picture: {
    ...{ index: 0, width: width ?? 1, height: height ?? 1, interlaced: false, hdr: false, matrix: 'auto' },
    ...{ startUs: 0, exactSeek: true, times: null },
  },
});

/** The clips on the grid of output frames, `rate` a second. Errors: bad_timeline, source_vanished. */
export function slotsOf(input: PlanInput | Omit<PlanInput, 'targets'>, rate: Rational = FILM_RATE): Slot[] {
  const assets = new Map(input.timeline.assets.map((asset) => [asset.assetId, asset]));
  const slots = layout(input.timeline).clips.flatMap(({ clip, startUs, endUs }) => {
    const asset = clip.gap ? gapAsset(input.timeline) : assets.get(clip.assetId);
    if (!asset) throw bad(`asset ${clip.assetId}`);
    const source = clip.gap ? nothing(asset) : input.sources.get(asset.sha256);
    if (!source) throw new StudioError('source_vanished', { file: asset.name });
    // Both ends from the exact times: what rounding adds to one clip it takes from the next, and nothing drifts.
    const from = nearestFrame(startUs, rate);
    const frames = nearestFrame(endUs, rate) - from;
    if (frames <= 0) return [];
    const zeroUs = zeroOf(clip, asset, source);
    return [{ clip, asset, source, rate, zeroUs, from, frames, offset: 0, total: frames }];
  });
  if (slots.length === 0) throw bad('shorter than one frame');
  return slots;
}

/** The first problem of any caption, with all of them as details. */
export function refuseCaptions(problems: readonly CaptionProblem[]): void {
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
  const { rate } = span.piece;
  const ticks = `settb=${rate.den}/${rate.num}`;
  const name = kind === 'wipe' ? 'wiperight' : 'fade';
  // A single frame stands as long as the whole, so that the moment asked for is in it.
  const held = span.frames > 1 ? '' : `,loop=loop=-1:size=1:start=0,setpts=N,trim=end_frame=${length}`;
  const taken = span.frames > 1 ? '' : `,select=eq(n\\,${done}),setpts=0`;
  return `${chain}${held},${ticks}[out];${incoming}${held},${ticks}[in];[out][in]xfade=transition=${name}:duration=${secondsOf(length, rate)}:offset=0${taken}`;
}

/** Where a segment goes: the canvas and encoder of its group. `framing`: how all pictures that fill the canvas lie on it instead of their own way. */
export interface SegmentPlace {
  canvas: CanvasSize;
  encoder: string[];
  framing?: FullFrame;
  /** Of the film's colours; default BT.709. */
  matrix?: 'bt601';
  /** Of a film with copied pictures: key frames are known. */
  fromEntries?: boolean;
}

/** Frames of a source as they are coded; `plain` is what would be encoded for them. */
export function copiedSegment(plain: PlanSegment, copy: { sourceFrame: number }): PlanSegment {
  const { clipId, sha256, from, frames } = plain;
  const hash = createHash('sha256')
    .update(JSON.stringify({ v: 1, sha256, copy, frames }))
    .digest('hex');
  return { clipId, sha256, from, frames, seekUs: null, over: [], graph: '', ass: null, masks: [], copy, hash };
}

/** A span as a segment, with what lies and is written over it. */
export function segmentOf(
  span: Span,
  group: SegmentPlace,
  script: Pick<AssScript, 'ass' | 'events'>,
  overlays: readonly PlacedOverlay[],
  input: Pick<PlanInput, 'timeline' | 'tool'>,
): PlanSegment {
  const written = script.events > 0 ? script.ass : null;
  const ass = written !== null && input.tool.drawsByBt601 === true ? assForBt601(written) : written;
  const sought = ({ source, zeroUs }: Piece): number | null =>
    source.kind === 'image'
      ? null
      : ((group.fromEntries ? seekToEntry(source, zeroUs) : null) ?? seekTo(source, zeroUs));
  const ontoOf = (piece: Piece, tag: string) => {
    const { canvas } = group;
    const framing = group.framing ?? framingOf(piece.clip, input.timeline.fit, canvas);
    const kept = group.matrix ? { matrix: group.matrix } : {};
    return { canvas, ...framing, tool: input.tool, tag, ...kept };
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
    { canvas: group.canvas, tool: input.tool, ...(group.framing ? { framing: group.framing } : {}) },
    { firstInput: 1 + come.length, firstMask: shown.length },
  );
  const masks = [...shown, ...above.scripts];
  const over = [...come, ...above.over];
  const captions = ass === null ? '' : ',ass=filename=@ass@:fontsdir=@fonts@';
  const picture = joined(span, `${chain}${fadeFilters(span.fades, span.frames, piece.rate)}`, incoming?.chain ?? '');
  const out = span.ending ? fadeFilters([span.ending], span.frames, piece.rate) : '';
  const graph = `${picture}${above.graph}${captions}${out},format=yuv420p[v]`;
  const { sha256 } = piece.source;
  const seekUs = sought(piece);
  const covered = { ...(masks.length === 0 ? {} : { masks }), ...(over.length === 0 ? {} : { over }) };
  const named = { v: 1, ffmpeg: input.tool.version, sha256, seekUs, graph, ass, ...covered, encoder: group.encoder };
  const hash = createHash('sha256').update(JSON.stringify(named)).digest('hex');
  const shows = group.fromEntries && !next ? shownFrames({ ...piece, frames: span.frames }) : undefined;
  const read = { seekUs, ...(shows ? { shows } : {}) };
  return { clipId: span.clipId, sha256, from: span.from, frames: span.frames, ...read, over, graph, ass, masks, hash };
}
