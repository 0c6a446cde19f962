/** Moving many captions in time. Pure; times in microseconds. */
import type { Operation } from '../../../../../core/model/timeline/operation.ts';
import { MAX_TIME_US, type Cue } from '../../../../../core/model/timeline/timeline.ts';

export type Scope = 'one' | 'from' | 'all';

/** The captions that are meant: the selected one, that one and all behind it, all. Nothing selected: all, or none. */
export function cuesIn(cues: readonly Cue[], scope: Scope, selectedId: string | null): readonly Cue[] {
  if (scope === 'all') return cues;
  const at = cues.findIndex(({ id }) => id === selectedId);
  if (at === -1) return [];
  return scope === 'one' ? cues.slice(at, at + 1) : cues.slice(at);
}

const idsOf = (cues: readonly Cue[]): string[] => cues.map(({ id }) => id);

/** Moves captions by a time, no further than the start of the film; null where nothing moves. */
export function shiftBy(cues: readonly Cue[], byUs: number): { operation: Operation; byUs: number } | null {
  const earliest = cues.reduce((least, { startUs }) => Math.min(least, startUs), Infinity);
  const latest = cues.reduce((most, { endUs }) => Math.max(most, endUs), 0);
  const allowed = Math.max(-earliest, Math.min(byUs, MAX_TIME_US - latest));
  if (cues.length === 0 || allowed === 0) return null;
  return { operation: { type: 'shiftCues', cueIds: idsOf(cues), byUs: allowed }, byUs: allowed };
}

/** The two points of a stretch: where the first and the last caption begin. Null: there are no two such points. */
export function pointsOf(cues: readonly Cue[]): readonly [number, number] | null {
  const [first, last] = [cues[0], cues.at(-1)];
  return first && last && last.startUs > first.startUs ? [first.startUs, last.startUs] : null;
}

/**
 * Stretches captions so that the first one begins at `to[0]` and the last one at `to[1]`, all others in proportion. Null
 * where that cannot be.
 */
export function stretchTo(cues: readonly Cue[], to: readonly [number, number]): Operation | null {
  const from = pointsOf(cues);
  if (!from || to[1] <= to[0] || (from[0] === to[0] && from[1] === to[1])) return null;
  return { type: 'stretchCues', cueIds: idsOf(cues), from: [...from], to: [...to] };
}

const two = (n: number): string => String(n).padStart(2, '0');

/** `00:29.040`: minutes, seconds and milliseconds, as a field shows them. Minutes go on beyond 59. */
export function exactTime(us: number): string {
  const ms = Math.round(us / 1000);
  return `${two(Math.floor(ms / 60_000))}:${two(Math.floor(ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`;
}

/** Reads `1:02:03.4`, `02:03,45`, `12.5` and the like, also with the marks of a Chinese keyboard; null for anything else. */
export function parseTime(text: string): number | null {
  const plain = text
    .trim()
    .replace(/：/g, ':')
    .replace(/[，。,]/g, '.');
  const found = /^(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,5})(?:\.(\d{1,6}))?$/.exec(plain);
  if (!found) return null;
  const [, h = '0', m = '0', s = '0', part = ''] = found;
  if ((found[2] !== undefined && Number(s) > 59) || (found[1] !== undefined && Number(m) > 59)) return null;
  const us = (Number(h) * 3600 + Number(m) * 60 + Number(s)) * 1_000_000 + Number(part.padEnd(6, '0'));
  return us <= MAX_TIME_US ? us : null;
}
