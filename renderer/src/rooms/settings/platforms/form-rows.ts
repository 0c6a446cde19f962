/** A platform's profile as rows of a form: what is said where, in which unit, and what may be added or taken away. Pure. */
import type { Grade } from '../../../../../core/model/platforms/profile.ts';
import { COUNTING } from '../../../../../core/model/targets/rules.ts';

export type Json = Record<string, unknown>;

export const GROUPS = ['canvas', 'film', 'limits', 'covers', 'post', 'schedule'] as const;
export type Group = (typeof GROUPS)[number];

/** Kinds of limits of a finished film, in the order of the form. */
export const LIMIT_KINDS = [
  ...(['durationUs', 'bytes', 'shortSide', 'longSide', 'frameRate', 'videoKbit', 'peakKbit', 'keyFrameUs'] as const),
  ...(['audioKbit', 'audioRate', 'audioChannels', 'container', 'codec', 'pixelFormat'] as const),
] as const;
export const POST_FIELDS = ['title', 'shortTitle', 'text', 'topics'] as const;
const WORDS_OF = new Set(['container', 'codec', 'pixelFormat']);

export type Unit =
  'px' | 'seconds' | 'mb' | 'kbit' | 'hz' | 'fps' | 'frames' | 'minutes' | 'thousandths' | 'count' | 'none';
/** What one shown unit is in the file. */
const SCALE: Partial<Record<Unit, number>> = { seconds: 1_000_000, mb: 1_000_000 };
const UNIT_OF: Record<string, Unit> = {
  ...{ durationUs: 'seconds', keyFrameUs: 'seconds', bytes: 'mb', maxBytes: 'mb' },
  ...{ shortSide: 'px', longSide: 'px', width: 'px', height: 'px', minWidth: 'px', minHeight: 'px' },
  ...{ frameRate: 'fps', videoKbit: 'kbit', peakKbit: 'kbit', audioKbit: 'kbit', maxRateKbit: 'kbit' },
  ...{ audioRate: 'hz', audioChannels: 'none', keyFrameFrames: 'frames' },
  ...{ earliestMinutes: 'minutes', latestMinutes: 'minutes' },
  ...{ top: 'thousandths', right: 'thousandths', bottom: 'thousandths', left: 'thousandths' },
};

/** One input. `label`: its key in the catalogue. */
export interface Field {
  key: string;
  label: string;
  kind: 'number' | 'words' | 'text' | 'choice';
  unit: Unit;
  choices?: readonly string[];
  /** It can be left empty. */
  optional?: true;
}

/** What stands together, with where it is from. */
export interface Row {
  /** Where in the profile. */
  place: string;
  group: Group;
  /** Key of its name in the catalogue, and which of several of that name. */
  name: string;
  nth: number | null;
  fields: Field[];
  /** `none`: nothing is said of where it is from (the canvas). `source`: no grade. */
  proof: 'none' | 'source' | 'full';
  removable: boolean;
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const number = (key: string, unit: Unit = UNIT_OF[key] ?? 'none', optional = false): Field => ({
  ...{ key, label: key, kind: 'number', unit },
  ...(optional ? { optional: true } : {}),
});

export function valueAt(json: unknown, place: string): unknown {
  return place.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], json);
}

/** A copy with another value at a place; undefined takes it away, with what is empty without it (a list; a field of words). */
export function withValue(json: Json, place: string, value: unknown): Json {
  const copy = structuredClone(json);
  const keys = place.split('.');
  const last = keys.pop() ?? '';
  let at = copy;
  for (const key of keys) at = (at[key] ??= {}) as Json;
  if (value !== undefined) at[last] = value;
  else if (Array.isArray(at)) at.splice(Number(last), 1);
  else Reflect.deleteProperty(at, last);
  const above = keys.join('.');
  if (value !== undefined || !Array.isArray(at) || at.length > 0 || above === 'covers') return copy;
  // A list of limits without any: its field goes too (`post.title` is nothing but its limits).
  const field = above.startsWith('post.') ? keys.slice(0, -1).join('.') : above;
  return withValue(copy, field, undefined);
}

function limitFields(kind: string): Field[] {
  if (WORDS_OF.has(kind)) return [{ key: 'anyOf', label: 'anyOf', kind: 'words', unit: 'none' }];
  const unit = UNIT_OF[kind] ?? 'count';
  return [number('min', unit, true), number('max', unit, true)];
}

function limitRows(json: Json, place: string, about: { group: Group; name: string; kind: string }): Row[] {
  const list = valueAt(json, place);
  if (!Array.isArray(list)) return [];
  const words = list.some((one) => isObject(one) && 'anyOf' in one);
  return list.map((_, i) => ({
    ...{ place: `${place}.${i}`, group: about.group, name: about.name, nth: list.length > 1 ? i + 1 : null },
    ...{ fields: limitFields(words ? 'container' : about.kind), proof: 'full', removable: true },
  }));
}

const one = (place: string, group: Group, name: string, fields: Field[], more: Partial<Row> = {}): Row => ({
  ...{ place, group, name, nth: null, fields, proof: 'full', removable: false },
  ...more,
});

const EDGES = ['top', 'right', 'bottom', 'left'].map((key) => number(key));

function canvasRows(json: Json): Row[] {
  const canvas = isObject(json['canvas'])
    ? [one('canvas', 'canvas', 'canvas', [number('width'), number('height')], { proof: 'none' })]
    : [];
  const safe = isObject(json['safeArea']) ? [one('safeArea', 'canvas', 'safeArea', EDGES, { proof: 'source' })] : [];
  return [...canvas, ...safe];
}

/** Without what every film is made with and nobody can change: codec, pixel format, sound. */
function filmRows(json: Json): Row[] {
  const film = isObject(json['film']) ? json['film'] : {};
  const profile: Field = { key: 'value', label: 'profile', kind: 'choice', unit: 'none', choices: ['high', 'main'] };
  const value = (unit: Unit): Field => ({ ...number('value', unit), label: 'value' });
  return [
    ...('profile' in film ? [one('film.profile', 'film', 'profile', [profile])] : []),
    ...('maxRateKbit' in film ? [one('film.maxRateKbit', 'film', 'maxRateKbit', [value('kbit')])] : []),
    one('film.keyFrameFrames', 'film', 'keyFrameFrames', [value('frames')]),
  ];
}

const COVER_FIELDS: Field[] = [
  { key: 'ratio', label: 'ratio', kind: 'text', unit: 'none', optional: true },
  ...['width', 'height', 'minWidth', 'minHeight', 'maxBytes'].map((key) => number(key, UNIT_OF[key], true)),
];

function coverRows(json: Json): Row[] {
  const covers = Array.isArray(json['covers']) ? json['covers'] : [];
  return covers.flatMap((cover: unknown, i) => {
    const nth = i + 1;
    const safe = isObject(cover) && 'safe' in cover;
    return [
      one(`covers.${i}`, 'covers', 'cover', COVER_FIELDS, { nth, removable: true }),
      ...(safe
        ? [one(`covers.${i}.safe`, 'covers', 'coverSafe', EDGES, { nth, proof: 'source', removable: true })]
        : []),
    ];
  });
}

const COUNT: Field = { key: 'count', label: 'count', kind: 'choice', unit: 'none', choices: COUNTING };

function postRows(json: Json): Row[] {
  return POST_FIELDS.flatMap((field) => {
    const rows = limitRows(json, `post.${field}.limits`, { group: 'post', name: field, kind: field });
    const counted = rows.length > 0 && field !== 'topics';
    const together = limitRows(json, `post.${field}.together.limits`, { group: 'post', name: 'together', kind: field });
    const how = one(`post.${field}`, 'post', `${field}Count`, [COUNT], { proof: 'none' });
    return [...(counted ? [how] : []), ...rows, ...together];
  });
}

/** Every row, in the order of the form. */
export function rowsOf(json: Json): Row[] {
  const limits = LIMIT_KINDS.flatMap((kind) =>
    limitRows(json, `limits.${kind}`, { group: 'limits', name: kind, kind }),
  );
  const times = [number('earliestMinutes'), number('latestMinutes')];
  const schedule = 'schedule' in json ? [one('schedule', 'schedule', 'schedule', times, { removable: true })] : [];
  return [...canvasRows(json), ...filmRows(json), ...limits, ...coverRows(json), ...postRows(json), ...schedule];
}

/** Sizes of files that platforms give in powers of two, and how they are written. */
const [MIB, GIB] = [1024 ** 2, 1024 ** 3];
const SIZE: Readonly<Record<string, number>> = { mb: 1_000_000, gb: 1_000_000_000, mib: MIB, gib: GIB };

/** "4 GiB" for what MB say with more than two decimals and powers of two say plainly; null: MB do. */
function inPowersOfTwo(bytes: number): string | null {
  if (bytes % 10_000 === 0 || bytes % MIB !== 0) return null;
  return bytes >= GIB && bytes % (GIB / 4) === 0 ? `${bytes / GIB} GiB` : `${bytes / MIB} MiB`;
}

/** Bytes of a size that is written with its unit; null: it is not. */
function sizeIn(text: string): number | null {
  const [, number = '', unit = ''] = /^(\d*\.?\d+)\s*([a-z]+)$/i.exec(text) ?? [];
  const by = SIZE[unit.toLowerCase()];
  return by === undefined ? null : Math.round(Number(number) * by);
}

/** What a number reads as in the form; what is no number (yet) stands as it was typed. */
export function shown(value: unknown, unit: Unit): string {
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value !== 'number') return typeof value === 'string' ? value : '';
  return (unit === 'mb' ? inPowersOfTwo(value) : null) ?? String(value / (SCALE[unit] ?? 1));
}

/** The other way round; undefined: left empty. What is no number stays text, and is refused at its place. */
export function typed(text: string, field: Field): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return field.optional ? undefined : '';
  if (field.kind === 'words') return trimmed.split(/[\s,，、;；]+/).filter((word) => word !== '');
  if (field.kind !== 'number') return trimmed;
  const size = field.unit === 'mb' ? sizeIn(trimmed) : null;
  if (size !== null) return size;
  const value = Number(trimmed);
  if (!/^[-+]?\d*\.?\d+$/.test(trimmed) || !Number.isFinite(value)) return text;
  const scale = SCALE[field.unit] ?? 1;
  return scale === 1 ? value : Math.round(value * scale);
}

export interface Addable {
  group: Group;
  name: string;
  place: string;
  value: unknown;
}

/** What can be added to a group: an empty entry, whose source and number the person gives. */
export function addables(json: Json, group: Group, today: string): Addable[] {
  const proof = { source: '', checked: today, grade: 'own' satisfies Grade };
  const next = (place: string): string => {
    const list = valueAt(json, place);
    return `${place}.${Array.isArray(list) ? list.length : 0}`;
  };
  const listed = (place: string): unknown => (Array.isArray(valueAt(json, place)) ? undefined : []);
  const entry = (name: string, place: string, value: Json): Addable => {
    const empty = listed(place) !== undefined;
    return { group, name, place: empty ? place : next(place), value: empty ? [value] : value };
  };
  switch (group) {
    case 'limits':
      return LIMIT_KINDS.map((kind) =>
        entry(kind, `limits.${kind}`, { ...(WORDS_OF.has(kind) ? { anyOf: [] } : {}), ...proof }),
      );
    case 'covers':
      return [entry('cover', 'covers', { ratio: '', ...proof })];
    case 'post':
      return POST_FIELDS.map((name) => {
        if (isObject(valueAt(json, `post.${name}`))) return entry(name, `post.${name}.limits`, { ...proof });
        const value = { ...(name === 'topics' ? {} : { count: 'characters' }), limits: [{ ...proof }] };
        return { group, name, place: `post.${name}`, value };
      });
    case 'schedule':
      return 'schedule' in json ? [] : [{ group, name: 'schedule', place: 'schedule', value: { ...proof } }];
    default:
      return [];
  }
}

const PROOF = ['source', 'checked', 'grade'];

/** Whether a row says something else than in another profile, where it is from included. */
export function isChanged(row: Row, json: Json, before: Json): boolean {
  const says = (of: Json): string => {
    const at = valueAt(of, row.place);
    const keys = [...row.fields.map(({ key }) => key), ...(row.proof === 'none' ? [] : PROOF)];
    return JSON.stringify(keys.map((key) => (isObject(at) ? (at[key] ?? null) : null)));
  };
  return says(json) !== says(before);
}

/**
 * A field's new value. A number that is changed is no longer what its source says: until somebody writes where the new one is from,
 * there is none, and it is the office's own of today.
 */
export function edited(json: Json, row: Row, key: string, value: unknown, of: { before: Json; today: string }): Json {
  const next = withValue(json, `${row.place}.${key}`, value);
  if (row.proof === 'none' || PROOF.includes(key)) return next;
  const [was, now] = [valueAt(of.before, row.place), valueAt(json, row.place)];
  if (!isObject(was) || !isObject(now) || was['source'] !== now['source'] || was['checked'] !== now['checked'])
    return next;
  const sourced = withValue(withValue(next, `${row.place}.source`, ''), `${row.place}.checked`, of.today);
  return row.proof === 'full' ? withValue(sourced, `${row.place}.grade`, 'own') : sourced;
}

/** What a place of a profile is called: keys of its row and field in the catalogue, and the unit of its value. */
export function placeNames(place: string): { name: string; label: string; unit: Unit } {
  const keys = place.split('.');
  const [group = '', inner = ''] = keys;
  const last = keys.at(-1) ?? '';
  const name = group === 'covers' ? 'cover' : ['limits', 'post', 'film'].includes(group) ? inner : group;
  const ofKind = group === 'limits' ? (UNIT_OF[inner] ?? 'none') : 'none';
  const unit = ['min', 'max'].includes(last) ? ofKind : last === 'value' ? (UNIT_OF[inner] ?? 'none') : UNIT_OF[last];
  return { name, label: last, unit: unit ?? 'none' };
}
