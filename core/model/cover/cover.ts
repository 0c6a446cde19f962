/**
 * A cover: one picture, seen through the frames that platforms ask for, with a title drawn on it. It is an attribute of the article,
 * so that versions and approvals cover it. Light on purpose: the editor's schema needs this file and no fonts.
 */
import ratioData from '../../../templates/covers/ratios.json' with { type: 'json' };
import styleData from '../../../templates/covers/styles.json' with { type: 'json' };

export const COVER_RATIO_IDS = ['2.35x1', '1x1', '16x9', '3x4', '4x3'] as const;
export type CoverRatioId = (typeof COVER_RATIO_IDS)[number];
export const COVER_STYLE_IDS = ['shade', 'bar', 'band', 'paper'] as const;
export type CoverStyleId = (typeof COVER_STYLE_IDS)[number];
export const COVER_PLACES = ['top', 'middle', 'bottom'] as const;
export type CoverPlace = (typeof COVER_PLACES)[number];
export const COVER_SIZES = ['small', 'medium', 'large'] as const;
export type CoverSize = (typeof COVER_SIZES)[number];

interface Named {
  name: { zh: string; en: string };
}

/** A frame: pixels of the file that is made, and the parts of it (shares of its sides) that a platform lays things over. */
export interface CoverRatio extends Named {
  id: CoverRatioId;
  width: number;
  height: number;
  /** Targets of an article whose cover has this frame. */
  targets: readonly string[];
  source: string;
  checked: string;
  safe: { top: number; right: number; bottom: number; left: number; why: string; verified: boolean };
}

/** How a title is drawn: colours as hex. `ground.wide`: from edge to edge. */
export interface CoverStyle extends Named {
  id: CoverStyleId;
  ink: string;
  align: 'left' | 'center';
  shade: string | null;
  ground: { color: string; opacity: number; wide: boolean } | null;
  bar: string | null;
}

/** Point of the picture (unit square, 0 0 top left) that stands in the middle of a frame, and how far it is gone in: 1 to 4. */
export interface CoverView {
  x: number;
  y: number;
  zoom: number;
}

export interface CoverText {
  /** At most {@link MAX_COVER_WORDS} UTF-16 units; line feeds are kept. */
  words: string;
  style: CoverStyleId;
  place: CoverPlace;
  size: CoverSize;
}

export interface Cover {
  /** Asset id of the picture. */
  image: string;
  /** The picture was made or changed by an AI: every cover shows and carries it (GB 45438-2025). */
  ai: boolean;
  /** The view of every linked frame. */
  view: CoverView;
  /** Frames with a view of their own. */
  own: Partial<Record<CoverRatioId, CoverView>>;
  text: CoverText | null;
}

export const MAX_ZOOM = 4;
export const MAX_COVER_WORDS = 60;

export const COVER_RATIOS: readonly CoverRatio[] = ratioData as CoverRatio[];
export const COVER_STYLES: readonly CoverStyle[] = styleData as CoverStyle[];

/** The entry of a table by its id; the tables hold every id of their types (see the test). */
function entry<Id extends string, Entry extends { id: Id }>(table: readonly Entry[], id: Id): Entry {
  const found = table.find((one) => one.id === id);
  if (!found) throw new RangeError(`no "${id}" in the table`);
  return found;
}

export const ratioById = (id: CoverRatioId): CoverRatio => entry(COVER_RATIOS, id);
export const styleById = (id: CoverStyleId): CoverStyle => entry(COVER_STYLES, id);

/** What a cover is made by besides itself: a part of what is approved, so that other frames or styles are another cover. */
export const COVER_RULES = { format: 'tongxin-cover/1', frames: COVER_RATIOS, styles: COVER_STYLES } as const;

/** A picture on its way to a cover: whole, seen at its middle, without words. */
export const coverOf = (image: string, ai = false): Cover => ({
  image,
  ai,
  view: { x: 0.5, y: 0.5, zoom: 1 },
  own: {},
  text: null,
});

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function only(value: Fields, names: readonly string[]): string | null {
  const other = Object.keys(value).find((name) => !names.includes(name));
  return other === undefined ? null : `has no field "${other}"`;
}

const inside = (value: unknown, least: number, most: number): boolean =>
  typeof value === 'number' && value >= least && value <= most;

function viewProblem(value: unknown): string | null {
  if (!isFields(value)) return 'must be a view';
  const unit = inside(value['x'], 0, 1) && inside(value['y'], 0, 1) && inside(value['zoom'], 1, MAX_ZOOM);
  return unit ? only(value, ['x', 'y', 'zoom']) : `must be x and y from 0 to 1 and zoom from 1 to ${MAX_ZOOM}`;
}

const among = (value: unknown, allowed: readonly string[]): boolean =>
  typeof value === 'string' && allowed.includes(value);

function textProblem(value: unknown): string | null {
  if (value === null) return null;
  if (!isFields(value)) return 'text must be words with their form, or null';
  const { words } = value;
  if (typeof words !== 'string' || words.length > MAX_COVER_WORDS || /(?!\n)\p{Cc}|\p{Cs}/u.test(words))
    return `text.words must be at most ${MAX_COVER_WORDS} characters`;
  if (!among(value['style'], COVER_STYLE_IDS)) return `text.style must be one of ${COVER_STYLE_IDS.join(', ')}`;
  if (!among(value['place'], COVER_PLACES)) return `text.place must be one of ${COVER_PLACES.join(', ')}`;
  if (!among(value['size'], COVER_SIZES)) return `text.size must be one of ${COVER_SIZES.join(', ')}`;
  return only(value, ['words', 'style', 'place', 'size']);
}

function ownProblem(value: unknown): string | null {
  if (!isFields(value)) return 'own must name frames';
  const unknown = only(value, COVER_RATIO_IDS);
  if (unknown !== null) return `own ${unknown}`;
  const bad = Object.entries(value).find(([, view]) => viewProblem(view) !== null);
  return bad ? `own.${bad[0]} ${viewProblem(bad[1]) ?? ''}` : null;
}

/** What is wrong with a value that is to be a cover, in English for the error's `what`; null for nothing. */
export function coverProblem(value: unknown): string | null {
  if (!isFields(value)) return 'must be a cover';
  const { image, ai, view } = value;
  if (typeof image !== 'string' || image.length < 1 || image.length > 64) return 'image must be an asset id';
  if (typeof ai !== 'boolean') return 'ai must be true or false';
  const seen = viewProblem(view);
  if (seen !== null) return `view ${seen}`;
  return ownProblem(value['own']) ?? textProblem(value['text']) ?? only(value, ['image', 'ai', 'view', 'own', 'text']);
}

/** Four places behind the point: a tenth of a pixel of a picture of 1,000; what two screens agree on. */
const rounded = (n: number): number => Math.round(n * 10_000) / 10_000;

const normalView = ({ x, y, zoom }: CoverView): CoverView => ({ x: rounded(x), y: rounded(y), zoom: rounded(zoom) });

/** The same cover always written the same way, so that equal covers have equal hashes. */
export function normalCover(cover: Cover): Cover {
  const own: Cover['own'] = {};
  for (const id of COVER_RATIO_IDS) {
    const view = cover.own[id];
    if (view) own[id] = normalView(view);
  }
  const { image, ai, text } = cover;
  return { image, ai, view: normalView(cover.view), own, text: text && { ...text } };
}

/** The view of one frame: its own, else the common one. */
export const viewOf = (cover: Cover, id: CoverRatioId): CoverView => cover.own[id] ?? cover.view;
