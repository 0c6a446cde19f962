/** What of a clip's picture is being set on the stage itself, and how the stage shows the clip meanwhile. Pure. */
import { roomOf } from '../../../../../core/model/timeline/ass-room.ts';
import { titlesOn } from '../../../../../core/model/timeline/ass-titles.ts';
import { maskAt, shownSize } from '../../../../../core/model/timeline/framing.ts';
import {
  WHOLE,
  WHOLE_VIEW,
  type Mask,
  type MaskKey,
  type PictureSettings,
} from '../../../../../core/model/timeline/look.ts';
import type { Layout, PlacedClip } from '../../../../../core/model/timeline/layout.ts';
import { overlayAsClip, overlayEndUs } from '../../../../../core/model/timeline/overlays.ts';
import type { SafeArea } from '../../../../../core/model/timeline/safe-areas.ts';
import type { CanvasSize } from '../../../../../core/model/timeline/targets.ts';
import type { Clip, Overlay, Timeline } from '../../../../../core/model/timeline/timeline.ts';

/** Something of a clip's picture. */
export type ClipEdit =
  | { kind: 'crop'; clipId: string }
  | { kind: 'zoom'; clipId: string; end: 'from' | 'to' }
  | { kind: 'mask'; clipId: string; maskId: string };
/** Or the place of a title or an overlay. */
export type StageEdit = ClipEdit | { kind: 'title'; titleId: string } | { kind: 'overlay'; overlayId: string };

/** Whether something of a picture is set, of a clip's or an overlay's. */
export const isClipEdit = (edit: StageEdit | null): edit is ClipEdit =>
  edit !== null && edit.kind !== 'title' && edit.kind !== 'overlay';

/** Whether what is set belongs to what is selected. */
export function isAbout(edit: StageEdit, selection: { kind: string; id: string } | null): boolean {
  if (edit.kind === 'title') return selection?.kind === 'title' && selection.id === edit.titleId;
  if (edit.kind === 'overlay') return selection?.kind === 'overlay' && selection.id === edit.overlayId;
  return (selection?.kind === 'clip' || selection?.kind === 'overlay') && selection.id === edit.clipId;
}

/** Thousandths of the picture as it lies on the stage. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The clip as it is shown while it is set: all of the picture that a box can be drawn on. */
function plain<T extends Clip | Overlay>(clip: T, edit: ClipEdit): T {
  const { zoom: _zoom, ...still } = clip;
  if (edit.kind === 'zoom') return { ...still, fit: 'contain' } as T;
  const { crop: _crop, ...uncut } = still;
  return { ...uncut, fit: 'contain' } as T;
}

/** The timeline that the stage shows. */
export function shownFor(timeline: Timeline, edit: StageEdit | null): Timeline {
  if (!isClipEdit(edit)) return timeline;
  const storyline = timeline.storyline.map((clip) => (clip.id === edit.clipId ? plain(clip, edit) : clip));
  const overlays = timeline.overlays.map((overlay) =>
    overlay.id === edit.clipId ? { ...plain(overlay, edit), opacity: 100 } : overlay,
  );
  return { ...timeline, storyline, overlays };
}

/** Where that picture lies on the film's canvas, in shares of it. */
export function pictureBox(clip: Clip, edit: ClipEdit, source: CanvasSize, film: CanvasSize): Box {
  const shape = shownSize(source, plain(clip, edit));
  const scale = Math.min(film.width / shape.width, film.height / shape.height);
  const [width, height] = [(shape.width * scale) / film.width, (shape.height * scale) / film.height];
  return { x: (1 - width) / 2, y: (1 - height) / 2, width, height };
}

type Turned = Pick<Clip, 'turn' | 'mirrored'>;

function turnedBy({ x, y, width, height }: Box, turn: 0 | 90 | 180 | 270): Box {
  if (turn === 90) return { x: 1000 - y - height, y: x, width: height, height: width };
  if (turn === 180) return { x: 1000 - x - width, y: 1000 - y - height, width, height };
  if (turn === 270) return { x: y, y: 1000 - x - width, width: height, height: width };
  return { x, y, width, height };
}

const mirroredBox = (box: Box): Box => ({ ...box, x: 1000 - box.x - box.width });

/** A box of the source as it lies on the turned and mirrored picture. */
export function turnedBox(box: Box, clip: Turned): Box {
  const turned = turnedBy(box, clip.turn ?? 0);
  return clip.mirrored === true ? mirroredBox(turned) : turned;
}

/** The other way round. */
export function uprightBox(box: Box, clip: Turned): Box {
  const back = { 0: 0, 90: 270, 180: 180, 270: 90 } as const;
  return turnedBy(clip.mirrored === true ? mirroredBox(box) : box, back[clip.turn ?? 0]);
}

const whole = (box: Box): Box => ({
  x: Math.round(box.x),
  y: Math.round(box.y),
  width: Math.round(box.width),
  height: Math.round(box.height),
});

/** Keys nearer to each other than this are one: less than a frame at 60 a second. */
const SAME_US = 15_000;

/** The mask with `box` at a moment: one key is moved as it is; of several the one there, or a new one. */
export function maskMoved(mask: Mask, box: Box, sourceUs: number, always = false): Mask {
  const rounded = whole(box);
  const [only] = mask.keys;
  if (mask.keys.length === 1 && only && !always) return { ...mask, keys: [{ ...only, ...rounded }] };
  const rest = mask.keys.filter(({ atUs }) => Math.abs(atUs - sourceUs) > SAME_US);
  const key: MaskKey = { atUs: Math.max(0, sourceUs), ...rounded };
  return { ...mask, keys: [...rest, key].sort((a, b) => a.atUs - b.atUs) };
}

/** The key at a moment; null where the mask only passes by. */
export const keyAt = (mask: Mask, sourceUs: number): MaskKey | null =>
  mask.keys.find(({ atUs }) => Math.abs(atUs - sourceUs) <= SAME_US) ?? null;

/** How a box may be changed. */
export interface Rules {
  /** Height over width that is kept; null: both sides change by themselves. */
  ratio: number | null;
  min: number;
  /** It may reach beyond the picture. */
  free: boolean;
}

/** The box that is drawn, and what an operation sets when it is another. */
export interface Drawn extends Rules {
  box: Box;
  set: (box: Box) => PictureSettings;
}

/** What is drawn for `edit` at a moment of the source; null when its mask is gone. */
export function drawnFor(clip: Clip, edit: ClipEdit, sourceUs: number): Drawn | null {
  if (edit.kind === 'crop') {
    return { box: clip.crop ?? WHOLE, ratio: null, min: 50, free: false, set: (box) => ({ crop: whole(box) }) };
  }
  if (edit.kind === 'zoom') {
    const zoom = clip.zoom ?? { from: WHOLE_VIEW, to: WHOLE_VIEW };
    const { x, y, size } = zoom[edit.end];
    const set = (box: Box): PictureSettings => {
      const at = whole(box);
      const view = { x: Math.min(at.x, 1000 - at.width), y: Math.min(at.y, 1000 - at.width), size: at.width };
      return { zoom: { ...zoom, [edit.end]: view } };
    };
    return { box: { x, y, width: size, height: size }, ratio: 1, min: 200, free: false, set };
  }
  const mask = clip.masks?.find(({ id }) => id === edit.maskId);
  if (!mask) return null;
  const set = (box: Box): PictureSettings => {
    const moved = maskMoved(mask, uprightBox(box, clip), sourceUs);
    return { masks: (clip.masks ?? []).map((each) => (each.id === mask.id ? moved : each)) };
  };
  return { box: turnedBox(maskAt(mask, sourceUs), clip), ratio: null, min: 20, free: true, set };
}

/** Part of the box a handle moves. */
export type Grip = 'move' | `${'n' | 's' | ''}${'w' | 'e' | ''}`;

/** The box after its grip went by so many thousandths. */
export function gripped(box: Box, grip: Grip, by: { x: number; y: number }, rules: Rules): Box {
  const low = rules.free ? -box.width / 2 : 0;
  const lowY = rules.free ? -box.height / 2 : 0;
  const clamp = (value: number, min: number, max: number): number => Math.min(Math.max(value, min), Math.max(min, max));
  if (grip === 'move') {
    const x = clamp(box.x + by.x, low, rules.free ? 1000 - box.width / 2 : 1000 - box.width);
    const y = clamp(box.y + by.y, lowY, rules.free ? 1000 - box.height / 2 : 1000 - box.height);
    return { ...box, x, y };
  }
  const edges = { left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height };
  const [least, most] = rules.free ? [-500, 1500] : [0, 1000];
  if (grip.includes('w')) edges.left = clamp(edges.left + by.x, least, edges.right - rules.min);
  if (grip.includes('e')) edges.right = clamp(edges.right + by.x, edges.left + rules.min, most);
  if (grip.includes('n')) edges.top = clamp(edges.top + by.y, least, edges.bottom - rules.min);
  if (grip.includes('s')) edges.bottom = clamp(edges.bottom + by.y, edges.top + rules.min, most);
  const next = { x: edges.left, y: edges.top, width: edges.right - edges.left, height: edges.bottom - edges.top };
  const { ratio } = rules;
  if (ratio === null) return next;
  // The corner opposite stays; the larger change counts, as far as there is room.
  const room = {
    x: grip.includes('w') ? box.x + box.width : 1000 - box.x,
    y: grip.includes('n') ? box.y + box.height : 1000 - box.y,
  };
  const byWidth = Math.abs(next.width - box.width) * ratio > Math.abs(next.height - box.height);
  const width = clamp(byWidth ? next.width : next.height / ratio, rules.min, Math.min(room.x, room.y / ratio));
  const height = width * ratio;
  return {
    x: grip.includes('w') ? box.x + box.width - width : box.x,
    y: grip.includes('n') ? box.y + box.height - height : box.y,
    width,
    height,
  };
}

/** Where a title lies, thousandths of the canvas; null when it says nothing. */
export function titleBox(timeline: Timeline, titleId: string, safe: SafeArea): Box | null {
  const { width, height } = timeline.canvas;
  const title = timeline.titles.filter(({ id }) => id === titleId);
  const [laid] = titlesOn({ ...timeline, titles: title }, roomOf(timeline, { width, height, safe }));
  if (!laid) return null;
  const { box } = laid;
  return {
    ...{ x: (box.x / width) * 1000, y: (box.y / height) * 1000 },
    ...{ width: (box.width / width) * 1000, height: (box.height / height) * 1000 },
  };
}

/** Where a small overlay lies, thousandths of the canvas; null when it is gone or fills it. */
export function overlayBox(timeline: Timeline, overlayId: string): Box | null {
  const overlay = timeline.overlays.find(({ id }) => id === overlayId);
  const asset = timeline.assets.find(({ assetId }) => assetId === overlay?.assetId);
  if (!overlay || overlay.fit || !asset?.width || !asset.height) return null;
  const shape = shownSize({ width: asset.width, height: asset.height }, overlayAsClip(overlay));
  const { width, height } = timeline.canvas;
  const { x, y } = overlay;
  return { x, y, width: overlay.width, height: (overlay.width * width * shape.height) / shape.width / height };
}

/** The clip or overlay of that id, as a clip at its place; undefined when it is gone. */
export function pictureItem(timeline: Timeline, places: Layout, id: string): PlacedClip | undefined {
  const placed = places.byId.get(id);
  const overlay = placed ? undefined : timeline.overlays.find((one) => one.id === id);
  if (!overlay) return placed;
  return { clip: overlayAsClip(overlay), index: -1, startUs: overlay.startUs, endUs: overlayEndUs(overlay) };
}

/** The middle of a box, as a title keeps it. */
export const middleOf = (box: Box): { x: number; y: number } => ({
  x: Math.round(Math.min(1000, Math.max(0, box.x + box.width / 2))),
  y: Math.round(Math.min(1000, Math.max(0, box.y + box.height / 2))),
});

/** Width and height a new mask begins with, as shares of the picture's shorter side: a face; a plate or a paper. */
const FIRST = { ellipse: [0.3, 0.4], rectangle: [0.4, 0.3] } as const;

/** Where a new mask begins: in the middle of the source, upright and of its own shape whatever the picture's is (thousandths). */
export function firstMaskBox(shape: Mask['shape'], source: CanvasSize, turn: Clip['turn']): Box {
  const shorter = Math.min(source.width, source.height);
  const [across, up] = FIRST[shape];
  const [w, h] = turn === 90 || turn === 270 ? [up, across] : [across, up];
  const width = Math.round((w * shorter * 1000) / source.width);
  const height = Math.round((h * shorter * 1000) / source.height);
  return { x: Math.round((1000 - width) / 2), y: Math.round((1000 - height) / 2), width, height };
}
