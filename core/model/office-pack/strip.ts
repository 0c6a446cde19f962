/** A timeline without what an office pack put there. Times stay: what has to move is moved once all is in its place (settle.ts). */
import { usedAssetIds } from '../timeline/asset.ts';
import { sameJson } from '../timeline/same-json.ts';
import type { CaptionStyle, PackUse, Timeline, Title } from '../timeline/timeline.ts';

export type Dress = PackUse['nameBars'][number]['was'];
export type SomeStyle = NonNullable<PackUse['captions']>['was'];

export const dressOf = ({ look, accent }: Title): Dress => ({ look, ...(accent === undefined ? {} : { accent }) });

export function wearing(title: Title, dress: Dress): Title {
  const { look: _look, accent: _accent, ...rest } = title;
  return { ...rest, ...dress };
}

/** A name bar as it was before the pack, unless somebody has changed it since. */
function undressed(title: Title, pack: PackUse): Title {
  const note = pack.nameBars.find(({ titleId }) => titleId === title.id);
  return note && sameJson(dressOf(title), note.now) ? wearing(title, note.was) : title;
}

const fieldsOf = (style: SomeStyle) => Object.keys(style) as (keyof SomeStyle)[];

/** Fields of the captions' style that the pack set and nobody has changed since, as they were. */
function styleBefore(style: CaptionStyle, { was, now }: { was: SomeStyle; now: SomeStyle }): CaptionStyle {
  const back = fieldsOf(now).filter((field) => sameJson(style[field], now[field]));
  return { ...style, ...Object.fromEntries(back.map((field) => [field, was[field]])) };
}

/** Without the clips, overlays, titles, sounds and files of the pack; name bars and captions as they were before it. */
export function stripped(timeline: Timeline): Timeline {
  const { pack, ...rest } = timeline;
  if (!pack) return timeline;
  const theirs = new Set(pack.items);
  const own = <T extends { id: string }>(items: readonly T[]): T[] => items.filter(({ id }) => !theirs.has(id));
  const { style } = rest.captions;
  const bare: Timeline = {
    ...rest,
    storyline: own(rest.storyline),
    overlays: own(rest.overlays),
    titles: own(rest.titles).map((title) => undressed(title, pack)),
    music: own(rest.music),
    voice: own(rest.voice),
    effects: own(rest.effects),
    captions: { ...rest.captions, style: pack.captions ? styleBefore(style, pack.captions) : style },
  };
  const came = new Set(pack.assets);
  const used = new Set(usedAssetIds(bare));
  return { ...bare, assets: bare.assets.filter(({ assetId }) => !came.has(assetId) || used.has(assetId)) };
}
