/** The corner mark of a pack: words as a title, a picture as an overlay. */
import { safeAreaOf } from '../timeline/safe-areas.ts';
import type { Overlay, Timeline, TimelineAsset, Title } from '../timeline/timeline.ts';
import type { Kit } from './kit.ts';
import type { PackMark } from './shape.ts';

/** Over everything that a person lays over the film. */
const LAYER = 99;

type PictureMark = Extract<PackMark, { kind: 'picture' }>;

/** Place and width on the canvas, in thousandths: within the safe area; at the top, beside the column of buttons. */
function placeOf(mark: PictureMark, asset: TimelineAsset, { canvas, targets }: Timeline) {
  const shorter = Math.min(canvas.width, canvas.height);
  const width = Math.max(1, Math.round((mark.size * 10 * shorter) / canvas.width));
  const ratio = (asset.height ?? 1) / (asset.width ?? 1);
  const height = Math.round((width * canvas.width * ratio) / canvas.height);
  const safe = safeAreaOf(targets[0] ?? null, canvas);
  const top = mark.corner.startsWith('top');
  const x = mark.corner.endsWith('Left') ? safe.left : 1000 - (top ? safe.left : safe.right) - width;
  return { x, y: top ? safe.top : Math.max(0, 1000 - safe.bottom - height), width };
}

export function markOf(kit: Kit, timeline: Timeline, filmUs: number): { titles: Title[]; overlays: Overlay[] } {
  const { mark } = kit.supply.pack;
  if (!mark || !kit.supply.mark || filmUs === 0) return { titles: [], overlays: [] };
  const { corner, size, opacity } = mark;
  if (mark.kind === 'text') {
    const whole = { startUs: 0, endUs: filmUs, look: 'corner', texts: { text: kit.said(mark.text) } };
    return { titles: [{ id: kit.id('mark'), ...whole, corner, size, opacity }], overlays: [] };
  }
  const asset = kit.file(mark.file, 'mark/file');
  const overlay: Overlay = {
    ...{ id: kit.id('mark'), assetId: asset.assetId, startUs: 0, inUs: 0, outUs: filmUs },
    ...{ layer: LAYER, opacity, gainDb: 0, muted: true },
    ...placeOf(mark, asset, timeline),
  };
  return { titles: [], overlays: [overlay] };
}
