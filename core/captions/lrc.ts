/** LRC (lyrics), in and out. */
import { lyricsTime, rounded } from '../model/captions/index.ts';
import type { Cue } from '../model/captions/index.ts';
import { isCjk } from '../text/index.ts';
import type { RawCue } from './finish.ts';
import type { RepairList } from './repairs.ts';
import { noteUnwritten } from './unwritten.ts';

const TIME_TAG = /\[(\d{1,6}):(\d{1,3})(?:[.:](\d{1,6}))?\]/y;
const WORD_TIME = /<\d{1,6}:\d{1,3}(?:[.:]\d{1,6})?>/g;
const OFFSET = /^\[offset:\s*([+-]?\d{1,9})\s*\]$/i;
const ABOUT = /^\[[a-z#][\w ]{0,30}:[^\]]*\]$/i;

interface Line {
  us: number;
  text: string;
}

/** The times at the beginning of a line, and what follows them. */
function timesOf(line: string): { times: number[]; text: string } {
  const times: number[] = [];
  let at = 0;
  for (;;) {
    TIME_TAG.lastIndex = at;
    const found = TIME_TAG.exec(line);
    if (!found) return { times, text: line.slice(at).trim() };
    const [whole, minutes, seconds, fraction = ''] = found;
    times.push((Number(minutes) * 60 + Number(seconds)) * 1_000_000 + Number(fraction.padEnd(6, '0')));
    at += whole.length;
  }
}

/** Each line lasts until the next time; a time without text ends the line before it. */
function withEnds(lines: readonly Line[], repairs: RepairList): RawCue[] {
  const cues: RawCue[] = [];
  let next: number | null = null;
  let after: { us: number; empty: boolean } | null = null;
  for (const line of lines.toReversed()) {
    const same = after?.us === line.us;
    const endsAt: number | null = same ? next : (after?.us ?? null);
    if (!same) next = after?.us ?? null;
    const told = after !== null && !same && after.empty;
    if (line.text !== '') {
      if (endsAt !== null && !told) repairs.add('end_from_next');
      cues.push({ startUs: line.us, endUs: endsAt, text: line.text });
    }
    after = { us: line.us, empty: line.text === '' };
  }
  return cues.reverse();
}

/** Cues of an LRC file's text, `\n` line ends; null when no line has a time. */
export function readLrc(text: string, repairs: RepairList): RawCue[] | null {
  const found: Line[] = [];
  let offsetMs = 0;
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    const { times, text: rest } = timesOf(line);
    const offset = times.length === 0 ? OFFSET.exec(line)?.[1] : undefined;
    if (offset !== undefined) offsetMs = Number(offset);
    else if (times.length === 0 && line !== '')
      repairs.add(ABOUT.test(line) ? 'header_dropped' : 'broken_lines_dropped');
    const plain = rest.replace(WORD_TIME, '');
    if (plain !== rest && times.length > 0) repairs.add('word_times_dropped');
    for (const us of times) found.push({ us, text: plain.trim() });
  }
  if (found.length === 0) return null;
  if (offsetMs !== 0) repairs.add('offset_applied', 1, String(-offsetMs));
  // A positive offset shows the words earlier.
  const moved = found.map(({ us, text: words }) => ({ us: us - offsetMs * 1000, text: words }));
  return withEnds(
    moved.toSorted((a, b) => a.us - b.us),
    repairs,
  );
}

/** Several lines as one: Chinese needs no space between them. */
export function joinLines(text: string): string {
  return text.replace(/(?<=(.))\n(?=(.))/gsu, (_whole, left: string, right: string) =>
    isCjk(left) && isCjk(right) ? '' : ' ',
  );
}

/** The LRC file of a caption table: hundredths of a second, an empty line where nothing is shown. */
export function writeLrc(cues: readonly Cue[], repairs: RepairList): string {
  noteUnwritten(cues, 'LRC', ['id', 'speaker', 'style'], repairs);
  repairs.add('lines_joined', cues.filter((cue) => cue.text.includes('\n')).length);
  const lines: string[] = [];
  cues.forEach((cue, i) => {
    const [start, end] = rounded(cue, 10_000);
    const following = cues[i + 1];
    const next = following ? rounded(following, 10_000)[0] : null;
    const joined = joinLines(cue.text);
    // There is no escape for what would be read as the time of a word.
    const text = joined.replace(WORD_TIME, (time) => `＜${time.slice(1, -1)}＞`);
    if (text !== joined) repairs.add('brackets_replaced');
    lines.push(`[${lyricsTime(start)}]${text.startsWith('[') ? ' ' : ''}${text}`);
    if (next !== null && following && following.startUs < cue.endUs) repairs.add('overlaps_cut');
    if (next === null || next > end) lines.push(`[${lyricsTime(end)}]`);
  });
  return lines.map((line) => `${line}\n`).join('');
}
