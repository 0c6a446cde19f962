/** The last step of every reader: from what the file says to a table that holds what `captionTable` asks. */
import { MAX_CUE_ID, MAX_SPEAKER, cueText, readingTimeUs } from '../model/captions/index.ts';
import type { Cue, CueStyle } from '../model/captions/index.ts';
import type { RepairList } from './repairs.ts';

/** A cue as a file has it: perhaps empty, reversed, before 0, without an end. */
export interface RawCue {
  id?: string | undefined;
  startUs: number;
  /** Null: the file names no end. */
  endUs: number | null;
  text: string;
  style?: CueStyle | undefined;
  speaker?: string | undefined;
}

function label(raw: string | undefined, max: number, repairs: RepairList): string | undefined {
  const name = cueText(raw ?? '').replaceAll('\n', ' ');
  if (name === '') return undefined;
  const short = name.length > max ? cueText([...name.slice(0, max)].filter((c) => !/\p{Cs}/u.test(c)).join('')) : name;
  repairs.add('names_shortened', short === name ? 0 : 1);
  return short;
}

/** Negative times are moved to 0; null for a cue that ends before it. */
function fromZero(cue: RawCue, repairs: RepairList): RawCue | null {
  if (cue.startUs >= 0 && (cue.endUs ?? 0) >= 0) return cue;
  if (cue.endUs !== null && cue.endUs <= 0 && cue.startUs < 0) {
    repairs.add('before_start_dropped');
    return null;
  }
  repairs.add('negative_time');
  return { ...cue, startUs: Math.max(0, cue.startUs), endUs: cue.endUs === null ? null : Math.max(0, cue.endUs) };
}

function sortByStart(cues: RawCue[], repairs: RepairList): RawCue[] {
  let latest = -1;
  let moved = 0;
  for (const { startUs } of cues) {
    if (startUs < latest) moved += 1;
    latest = Math.max(latest, startUs);
  }
  if (moved === 0) return cues;
  repairs.add('sorted', moved);
  return cues.toSorted((a, b) => a.startUs - b.startUs);
}

/** Start of the first later cue that does not start together with this one. */
function nextStarts(cues: readonly RawCue[]): (number | null)[] {
  const next: (number | null)[] = [];
  for (let i = cues.length - 1; i >= 0; i--) {
    const following = cues[i + 1];
    const same = following?.startUs === cues[i]?.startUs;
    next[i] = following === undefined ? null : same ? (next[i + 1] ?? null) : following.startUs;
  }
  return next;
}

/**
 * Drops empty cues, sorts by start, gives every cue an end after its start, and notes all of it. A reversed or absent
 * end becomes the reading time of the text, but not later than the next cue's start. Overlaps stay: two people may speak
 * at once, and `captions check` names them.
 */
export function finishCues(raw: readonly RawCue[], repairs: RepairList): Cue[] {
  const kept: RawCue[] = [];
  for (const one of raw) {
    const text = cueText(one.text);
    if (text === '') {
      repairs.add('empty_cue_dropped');
      continue;
    }
    const cue = fromZero({ ...one, text }, repairs);
    if (cue) kept.push(cue);
  }
  const sorted = sortByStart(kept, repairs);
  const next = nextStarts(sorted);
  return sorted.map((cue, i) => {
    let { endUs } = cue;
    if (endUs === null || endUs <= cue.startUs) {
      repairs.add(endUs === null ? 'end_estimated' : 'end_repaired');
      endUs = Math.min(cue.startUs + readingTimeUs(cue.text), next[i] ?? Number.MAX_SAFE_INTEGER);
    }
    const id = label(cue.id, MAX_CUE_ID, repairs);
    const speaker = label(cue.speaker, MAX_SPEAKER, repairs);
    const styled = cue.style !== undefined && Object.keys(cue.style).length > 0;
    return {
      ...(id === undefined || id.includes('-->') ? {} : { id }),
      startUs: cue.startUs,
      endUs,
      text: cue.text,
      ...(styled ? { style: cue.style } : {}),
      ...(speaker === undefined ? {} : { speaker }),
    };
  });
}
