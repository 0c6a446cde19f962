/** What the caption operations come down to. */
import { StudioError } from '../errors.ts';
import { mulDivRound } from './rational.ts';
import { refuse } from './check.ts';
import type { OperationOf } from './operation.ts';
import type { Patch, TableEdit } from './patch.ts';
import { MAX_CUE_TEXT } from './timeline.ts';
import type { Cue, Timeline } from './timeline.ts';
import { wordEdgeAt } from './two-languages.ts';

export const NO_CHANGE: Patch = { type: 'patch', tables: {}, set: {} };

/** An object without the fields that are undefined, so that spreading it over another removes nothing. */
export function given<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

export const unknownId = (id: string): never => {
  throw new StudioError('unknown_id', { id });
};

/**
 * Takes `leaving` out of the table and brings `fresh` in, by start; of equal starts the lower rank comes first. The
 * rank of a cue in the table is its place there.
 */
export function placeCues(
  cues: readonly Cue[],
  leaving: ReadonlySet<string>,
  fresh: readonly { cue: Cue; rank: number }[],
): TableEdit<Cue> {
  const all = [
    ...cues.map((cue, rank) => ({ cue, rank, isNew: false })).filter(({ cue }) => !leaving.has(cue.id)),
    ...fresh.map((entry) => ({ ...entry, isNew: true })),
  ];
  all.sort((a, b) => a.cue.startUs - b.cue.startUs || a.rank - b.rank);
  const put = all.flatMap(({ cue, isNew }, at) => (isNew ? [{ at, item: cue }] : []));
  return { remove: [...leaving], put };
}

const change = (timeline: Timeline, leaving: string[], fresh: { cue: Cue; rank: number }[]): Patch => ({
  type: 'patch',
  tables: { cues: placeCues(timeline.captions.cues, new Set(leaving), fresh) },
  set: {},
});

function find(timeline: Timeline, id: string): { cue: Cue; rank: number } {
  const rank = timeline.captions.cues.findIndex((cue) => cue.id === id);
  const cue = timeline.captions.cues[rank];
  return cue ? { cue, rank } : unknownId(id);
}

export function addCue(timeline: Timeline, op: OperationOf<'addCue'>): Patch {
  return change(timeline, [], [{ cue: given(op.cue), rank: Infinity }]);
}

export function removeCue(timeline: Timeline, op: OperationOf<'removeCue'>): Patch {
  return change(timeline, [find(timeline, op.cueId).cue.id], []);
}

/** What a cue may be without: null takes it away, undefined leaves it as it is. */
const MAY_GO = ['translation', 'speaker', 'position'] as const;

export function editCue(timeline: Timeline, op: OperationOf<'editCue'>): Patch {
  const { cue, rank } = find(timeline, op.cueId);
  const { type: _type, cueId: _cueId, ...fields } = op;
  const asked = { ...cue, ...given(fields) };
  const gone: ReadonlySet<string> = new Set(MAY_GO.filter((key) => asked[key] === null));
  const next = Object.fromEntries(Object.entries(asked).filter(([key]) => !gone.has(key))) as Cue;
  const same = (['startUs', 'endUs', 'text', ...MAY_GO] as const).every((key) => next[key] === cue[key]);
  return same ? NO_CHANGE : change(timeline, [cue.id], [{ cue: next, rank }]);
}

/** Place between two UTF-16 units that does not halve a character. */
const isBoundary = (text: string, offset: number): boolean =>
  !/[\uD800-\uDBFF]$/.test(text.slice(0, offset)) || !/^[\uDC00-\uDFFF]/.test(text.slice(offset));

/** A cue with this translation; without one where nothing is said. */
function translated({ translation: _was, ...cue }: Cue, translation: string): Cue {
  return translation === '' ? cue : { ...cue, translation };
}

export function splitCue(timeline: Timeline, op: OperationOf<'splitCue'>): Patch {
  const { cue, rank } = find(timeline, op.cueId);
  const { text, startUs, endUs, translation = '' } = cue;
  if (op.offset > text.length || !isBoundary(text, op.offset)) refuse(`${cue.id}: cannot be split at ${op.offset}`);
  const at = op.translationOffset ?? wordEdgeAt(translation, op.offset / Math.max(1, text.length));
  if (at > translation.length || !isBoundary(translation, at)) refuse(`${cue.id}: cannot be split at ${at}`);
  // Without a time the cue is shared out by its text.
  const atUs = op.atUs ?? startUs + mulDivRound(endUs - startUs, op.offset, Math.max(1, text.length));
  if (atUs <= startUs || atUs >= endUs) refuse(`${cue.id}: nothing to split at its edge`);
  const first: Cue = { ...cue, endUs: atUs, text: text.slice(0, op.offset).trimEnd() };
  const second: Cue = { ...cue, id: op.newId, startUs: atUs, text: text.slice(op.offset).trimStart() };
  const parts = [first, second].map((part, i) =>
    translated(part, (i === 0 ? translation.slice(0, at) : translation.slice(at)).trim()),
  );
  const fresh = parts.map((part, i) => ({ cue: part, rank: rank + i / 2 }));
  return change(timeline, [cue.id], fresh);
}

export function mergeCues(timeline: Timeline, op: OperationOf<'mergeCues'>): Patch {
  const { cues } = timeline.captions;
  const wanted = new Set(op.cueIds);
  for (const id of wanted) find(timeline, id);
  const rank = cues.findIndex((cue) => wanted.has(cue.id));
  const merged = cues.slice(rank, rank + wanted.size);
  const first = merged[0];
  if (!first || wanted.size < 2) return refuse('merging takes two cues or more');
  if (!merged.every((cue) => wanted.has(cue.id))) refuse('only neighbouring cues are merged');
  const joined = (texts: readonly string[], joiner: string): string => texts.filter((text) => text !== '').join(joiner);
  const { joiner = '\n' } = op;
  const speaker = merged.find((cue) => cue.speaker !== undefined)?.speaker;
  const whole: Cue = {
    ...first,
    // Whoever is named first speaks: a name that stood in a later part is not lost.
    ...given({ speaker }),
    endUs: Math.max(...merged.map(({ endUs }) => endUs)),
    text: joined(
      merged.map(({ text }) => text),
      joiner,
    ),
  };
  // What stands between two words of Chinese may be nothing; of most other languages it is a space.
  const cue = translated(
    whole,
    joined(
      merged.map(({ translation = '' }) => translation),
      joiner === '' ? ' ' : joiner,
    ),
  );
  if (Math.max(cue.text.length, cue.translation?.length ?? 0) > MAX_CUE_TEXT)
    refuse(`${cue.id}: its text would be longer than ${MAX_CUE_TEXT}`);
  return change(timeline, [...wanted], [{ cue, rank }]);
}

/** New times for some cues; those that stay as they are stay the same objects. */
function retime(timeline: Timeline, cueIds: readonly string[], time: (us: number) => number): Patch {
  const missing = new Set(cueIds);
  const moved = timeline.captions.cues.flatMap((cue, rank) => {
    if (!missing.delete(cue.id)) return [];
    const [startUs, endUs] = [time(cue.startUs), time(cue.endUs)];
    return startUs === cue.startUs && endUs === cue.endUs ? [] : [{ cue: { ...cue, startUs, endUs }, rank }];
  });
  for (const id of missing) unknownId(id);
  const ids = moved.map(({ cue }) => cue.id);
  return moved.length === 0 ? NO_CHANGE : change(timeline, ids, moved);
}

export function shiftCues(timeline: Timeline, op: OperationOf<'shiftCues'>): Patch {
  return retime(timeline, op.cueIds, (us) => us + op.byUs);
}

export function stretchCues(timeline: Timeline, op: OperationOf<'stretchCues'>): Patch {
  const [a, b] = op.from;
  const [c, d] = op.to;
  if (b <= a || d <= c) refuse('stretching takes two times, the earlier first');
  return retime(timeline, op.cueIds, (us) => c + mulDivRound(us - a, d - c, b - a));
}

export function importCues(timeline: Timeline, op: OperationOf<'importCues'>): Patch {
  const leaving = op.mode === 'append' ? [] : timeline.captions.cues.map((cue) => cue.id);
  const fresh = op.cues.map((cue, i) => ({ cue: given(cue), rank: timeline.captions.cues.length + i }));
  return leaving.length + fresh.length === 0 ? NO_CHANGE : change(timeline, leaving, fresh);
}

export function setCaptionStyle(timeline: Timeline, op: OperationOf<'setCaptionStyle'>): Patch {
  const captionStyle = { ...timeline.captions.style, ...given(op.style) };
  const same = JSON.stringify(captionStyle) === JSON.stringify(timeline.captions.style);
  return same ? NO_CHANGE : { ...NO_CHANGE, set: { captionStyle } };
}
