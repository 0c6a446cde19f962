/** Overlays: videos and pictures over a clip, each an input of its segment's graph. */
import { StudioError } from '../../model/errors.ts';
import { frameTime, nearestFrame, overlayAsClip, overlayEndUs, shownSize } from '../../model/timeline/index.ts';
import type { CanvasSize, Overlay, Rational, Timeline } from '../../model/timeline/index.ts';
import type { FilmSource, FilmTool, PlanOver } from '../../ports/video.ts';
import { isPlain, pictureOf } from './picture.ts';
import type { FullFrame } from './picture.ts';
import { FILM_RATE } from './piece.ts';
import type { Piece } from './piece.ts';
import { seekTo, zeroOf } from './seek.ts';

/** An overlay on the grid of output frames. */
export interface PlacedOverlay {
  overlay: Overlay;
  piece: Piece;
  /** First frame in the film; `piece.frames` of them. */
  from: number;
}

/** All overlays, lowest first, on the grid of `rate`. Error: source_vanished. */
export function placeOverlays(
  timeline: Timeline,
  sources: ReadonlyMap<string, FilmSource>,
  rate: Rational = FILM_RATE,
): PlacedOverlay[] {
  const assets = new Map(timeline.assets.map((asset) => [asset.assetId, asset]));
  const lowestFirst = [...timeline.overlays].sort((a, b) => a.layer - b.layer);
  return lowestFirst.flatMap((overlay) => {
    const asset = assets.get(overlay.assetId);
    if (!asset) throw new StudioError('bad_timeline', { what: `asset ${overlay.assetId}` });
    const source = sources.get(asset.sha256);
    if (!source) throw new StudioError('source_vanished', { file: asset.name });
    const from = nearestFrame(overlay.startUs, rate);
    const frames = nearestFrame(overlayEndUs(overlay), rate) - from;
    const clip = overlayAsClip(overlay);
    const zeroUs = zeroOf(clip, asset, source);
    return frames > 0
      ? [{ overlay, from, piece: { clip, asset, source, rate, zeroUs, frames, offset: 0, total: frames } }]
      : [];
  });
}

const even = (value: number): number => Math.max(2, Math.round(value / 2) * 2);

/** Size on the canvas of an overlay that does not fill it. */
function sizeOf(overlay: Overlay, piece: Piece, canvas: CanvasSize): CanvasSize {
  const { width: w, height: h } = piece.source.picture;
  const shape = shownSize({ width: w, height: h }, piece.clip);
  const width = even((canvas.width * overlay.width) / 1000);
  return { width, height: even((width * shape.height) / shape.width) };
}

/** The part of an overlay that is on in a window of frames. */
function within({ piece, from }: PlacedOverlay, window: { from: number; frames: number }) {
  const first = Math.max(from, window.from);
  const frames = Math.min(from + piece.frames, window.from + window.frames) - first;
  const skipped = first - from;
  const still = piece.source.kind === 'image';
  const zeroUs = piece.zeroUs + (still ? 0 : frameTime(skipped, piece.rate));
  return { part: { ...piece, zeroUs, frames, offset: skipped }, at: first - window.from };
}

interface Onto {
  canvas: CanvasSize;
  tool: FilmTool;
  /** Of those that fill the canvas, instead of their own way. */
  framing?: FullFrame;
}

/** What lies over a segment: its inputs (from `firstInput` on), its mask scripts, and the graph from one open end to the next. */
export function laidOver(
  placed: readonly PlacedOverlay[],
  window: { from: number; frames: number },
  onto: Onto,
  { firstInput, firstMask }: { firstInput: number; firstMask: number },
): { over: PlanOver[]; scripts: string[]; graph: string } {
  const over: PlanOver[] = [];
  const scripts: string[] = [];
  let graph = '';
  for (const one of placed) {
    const { part, at } = within(one, window);
    if (part.frames <= 0) continue;
    const { overlay } = one;
    const { num, den } = part.rate;
    const n = firstInput + over.length;
    const size = overlay.fit ? onto.canvas : sizeOf(overlay, part, onto.canvas);
    const alpha = part.source.kind === 'image' && !overlay.fit && isPlain(part);
    const { chain, scripts: own } = pictureOf(
      part,
      {
        ...{ canvas: size, fit: overlay.fit ?? 'contain', tool: onto.tool, tag: `o${n}`, alpha },
        ...(overlay.fit ? onto.framing : {}),
      },
      { input: n, first: firstMask + scripts.length },
    );
    const faded = overlay.opacity < 100 ? `,format=yuva420p,colorchannelmixer=aa=${overlay.opacity / 100}` : '';
    const x = overlay.fit ? 0 : Math.round((overlay.x * onto.canvas.width) / 1000);
    const y = overlay.fit ? 0 : Math.round((overlay.y * onto.canvas.height) / 1000);
    // It has just the frames it is on: `enable` would count those of both inputs as they come in.
    graph += [
      `[under${n}];${chain}${faded},setpts=PTS+${at}${den === 1 ? '' : `*${den}`}/${num}/TB[over${n}]`,
      `;[under${n}][over${n}]overlay=${x}:${y}:eof_action=pass:format=yuv420`,
    ].join('');
    const seekUs = part.source.kind === 'image' ? null : seekTo(part.source, part.zeroUs);
    over.push({ itemId: overlay.id, sha256: part.source.sha256, alpha, seekUs });
    scripts.push(...own);
  }
  return { over, scripts, graph };
}
