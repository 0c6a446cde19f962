/**
 * Putting an office pack into a timeline: opening, closing, corner mark and music come, name bars and captions get its look.
 * What it brought before goes first, so that applying again changes nothing or brings up to date; what a person made stays.
 */
import { CAPTION_PRESETS } from '../timeline/caption-presets.ts';
import type { Operation } from '../timeline/operation.ts';
import { durationUs } from '../timeline/layout.ts';
import { sameJson } from '../timeline/same-json.ts';
import type { CaptionStyle, Clip, PackUse, Timeline, Title } from '../timeline/timeline.ts';
import { operationsBetween } from './difference.ts';
import { Kit, type PackSupply } from './kit.ts';
import { markOf } from './mark.ts';
import { musicBed } from './music.ts';
import { settled } from './settle.ts';
import { NAME_BARS, type PackPart } from './shape.ts';
import { dressOf, stripped, wearing, type SomeStyle } from './strip.ts';

function clipOf(kit: Kit, part: PackPart, role: 'opening' | 'closing'): Clip {
  const asset = part.kind === 'card' ? kit.card(part.colour) : kit.file(part.file, `${role}/file`);
  return {
    id: kit.id(role),
    assetId: asset.assetId,
    inUs: 0,
    outUs: asset.durationUs ?? part.lastsUs,
    speed: '1/1',
    gainDb: 0,
    muted: false,
    // A card is one colour to the edges whatever the canvas.
    fit: part.kind === 'card' ? 'crop' : null,
  };
}

function wordsOf(kit: Kit, part: PackPart | null, role: 'opening' | 'closing', startUs: number): Title[] {
  if (part?.kind !== 'card') return [];
  const { look, texts } = part.title;
  const said = Object.fromEntries(Object.entries(texts).map(([field, text]) => [field, kit.said(text)]));
  return [{ id: kit.id(`${role}-words`), startUs, endUs: startUs + part.lastsUs, look, texts: said }];
}

type NameBars = PackUse['nameBars'];

/** Titles with their name bars in the pack's look; one that somebody has changed since it got it is left alone. */
function withNameBars(before: Timeline, bare: Timeline, { pack }: PackSupply): { titles: Title[]; nameBars: NameBars } {
  const { nameBar, accent } = pack;
  const worn = new Map(before.titles.map((title) => [title.id, dressOf(title)]));
  const nameBars: NameBars = [];
  const titles = bare.titles.map((title) => {
    if (nameBar === null || !NAME_BARS.includes(title.look)) return title;
    const now = { look: nameBar, accent };
    const note = before.pack?.nameBars.find(({ titleId }) => titleId === title.id);
    const changed = note && !sameJson(worn.get(title.id), note.now);
    if (changed) nameBars.push(note);
    if (changed || sameJson(dressOf(title), now)) return title;
    nameBars.push({ titleId: title.id, was: dressOf(title), now });
    return wearing(title, now);
  });
  return { titles, nameBars };
}

/** The captions' style as the pack wants it; a field that somebody has changed since the pack set it is left alone. */
function withCaptions(before: Timeline, bare: Timeline, { pack }: PackSupply) {
  const { style } = bare.captions;
  const wanted: SomeStyle = CAPTION_PRESETS.find(({ id }) => id === pack.captions)?.style ?? {};
  const noted = before.pack?.captions;
  const changed = (field: keyof SomeStyle): boolean =>
    noted !== undefined && field in noted.now && !sameJson(before.captions.style[field], noted.now[field]);
  const fields = Object.keys(wanted) as (keyof SomeStyle)[];
  if (fields.length === 0) return { style, note: {} };
  const some = (keep: readonly (keyof SomeStyle)[], valueOf: (field: keyof SomeStyle) => unknown): SomeStyle =>
    Object.fromEntries(keep.map((field) => [field, valueOf(field)]));
  // Noted also where they are alike: what is changed later was changed after the pack.
  const was = some(fields, (field) => (changed(field) ? noted?.was[field] : style[field]));
  const now = some(fields, (field) => (changed(field) ? noted?.now[field] : wanted[field]));
  const set = some(
    fields.filter((field) => !changed(field)),
    (field) => wanted[field],
  );
  return { style: { ...style, ...set } as CaptionStyle, note: { captions: { was, now } } };
}

/** The timeline with the pack in it, its own items at their new times. */
function packed(before: Timeline, bare: Timeline, supply: PackSupply): Timeline {
  const kit = new Kit(bare, before, supply);
  const { opening, closing } = supply.pack;
  const first = opening ? [clipOf(kit, opening, 'opening')] : [];
  const last = closing ? [clipOf(kit, closing, 'closing')] : [];
  const storyline = [...first, ...bare.storyline, ...last];
  const filmUs = durationUs({ ...bare, storyline });
  const closesUs = filmUs - durationUs({ ...bare, storyline: last });
  const { titles, nameBars } = withNameBars(before, bare, supply);
  const words = [...wordsOf(kit, opening, 'opening', 0), ...wordsOf(kit, closing, 'closing', closesUs)];
  const mark = markOf(kit, bare, filmUs);
  const heard = { first: first[0] ?? null, last: last[0] ?? null };
  const music = musicBed(kit, { filmUs, ...heard });
  const { style, note } = withCaptions(before, bare, supply);
  const listed = new Set(bare.assets.map(({ assetId }) => assetId));
  return {
    ...bare,
    storyline,
    overlays: [...bare.overlays, ...mark.overlays],
    titles: [...titles, ...words, ...mark.titles],
    music: [...bare.music, ...music],
    captions: { ...bare.captions, style },
    assets: kit.assets,
    pack: {
      packId: supply.packId,
      name: supply.name,
      items: kit.items,
      assets: kit.assets.flatMap(({ assetId }) => (listed.has(assetId) ? [] : [assetId])),
      nameBars,
      ...note,
    },
  };
}

function theirs(...timelines: readonly Timeline[]): ReadonlySet<string> {
  return new Set(timelines.flatMap(({ pack }) => pack?.items ?? []));
}

/**
 * What applies a pack: to be done as one step. Empty where it is applied already and nothing has changed since.
 *
 * @throws StudioError pack_file_missing {place, name} when a file of the pack is not among the supply's.
 */
export function applyPack(timeline: Timeline, supply: PackSupply): Operation[] {
  const next = packed(timeline, stripped(timeline), supply);
  return operationsBetween(timeline, settled(timeline, next, theirs(timeline, next)));
}

/** What takes the applied pack out again, and nothing else. Empty where none was applied. */
export function removePack(timeline: Timeline): Operation[] {
  if (!timeline.pack) return [];
  return operationsBetween(timeline, settled(timeline, stripped(timeline), theirs(timeline)));
}
