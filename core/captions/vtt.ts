/** WebVTT, in and out. */
import { clockMs, rounded } from '../model/captions/index.ts';
import type { Cue, CueStyle } from '../model/captions/index.ts';
import { readBlocks } from './blocks.ts';
import type { RawCue } from './finish.ts';
import { readMarkup } from './markup.ts';
import type { RepairList } from './repairs.ts';
import { guardTimes, wrapStyle } from './srt.ts';
import { VTT_TIME, readTiming } from './timing.ts';
import { noteUnwritten } from './unwritten.ts';

const HEADER = /^WEBVTT(?=\s|$)/;
const NOTE = /^(?:NOTE|STYLE|REGION)(?=\s|$)/;

const isTiming = (line: string | undefined): boolean => line !== undefined && readTiming(line, VTT_TIME) !== null;

/** Lines after the file's header. */
function withoutHeader(lines: readonly string[], repairs: RepairList): string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first < 0 || !HEADER.test(lines[first] ?? '')) {
    repairs.add('missing_header');
    return [...lines];
  }
  let at = first + 1;
  while (at < lines.length && lines[at]?.trim() !== '' && !isTiming(lines[at])) at += 1;
  repairs.add('header_dropped', at - first - 1);
  return lines.slice(at);
}

/** Blanks out comments, style sheets and regions: from their word at the head of a block to the next blank line. */
function withoutNotes(lines: string[], repairs: RepairList): string[] {
  let inNote = false;
  let headOfBlock = true;
  return lines.map((line, i) => {
    if (line.trim() === '') {
      inNote = false;
      headOfBlock = true;
      return line;
    }
    if (isTiming(line)) inNote = false;
    // Right above times it is the name of a cue.
    else if (headOfBlock && NOTE.test(line) && !isTiming(lines[i + 1])) {
      inNote = true;
      repairs.add('notes_dropped');
    }
    headOfBlock = false;
    return inNote ? '' : line;
  });
}

const COLUMNS: Readonly<Record<string, number>> = { start: 0, left: 0, center: 1, middle: 1, end: 2, right: 2 };

/** Row of the nine places: 0 bottom, 1 middle, 2 top. Line numbers count from the top, negative ones from below. */
function rowOf(value: string): number | null {
  const found = /^(-?\d{1,6}(?:\.\d{1,6})?)(%?)(?:,(?:start|center|end))?$/.exec(value);
  if (!found) return null;
  const n = Number(found[1]);
  if (found[2] === '') return n < 0 ? 0 : n < 5 ? 2 : n < 10 ? 1 : 0;
  return n < 34 ? 2 : n <= 66 ? 1 : 0;
}

/** The place that cue settings ask for; what has no place in the nine is noted. */
function placeOf(rest: string, repairs: RepairList): number | undefined {
  let row = 0;
  let column = 1;
  let dropped = false;
  for (const setting of rest.split(/\s+/).filter((part) => part !== '')) {
    const [name = '', value = ''] = setting.split(/:(.*)/s);
    const asked = name === 'line' ? rowOf(value) : name === 'align' ? (COLUMNS[value] ?? null) : null;
    if (asked === null) dropped = true;
    else if (name === 'line') row = asked;
    else column = asked;
  }
  if (dropped) repairs.add('cue_settings_dropped');
  const align = row * 3 + column + 1;
  return align === 2 ? undefined : align;
}

/** Cues of a WebVTT file's text, `\n` line ends; null when it has neither header nor times. */
export function readVtt(text: string, repairs: RepairList): RawCue[] | null {
  const lines = text.split('\n');
  const headed = HEADER.test(lines.find((line) => line.trim() !== '') ?? '');
  const body = withoutNotes(withoutHeader(lines, repairs), repairs);
  const blocks = readBlocks(body, { format: 'vtt', times: VTT_TIME }, repairs);
  if (blocks.length === 0 && !headed) return null;
  return blocks.map(({ timing, id, text: raw }) => {
    const { odd, style, speaker, text: plain } = readMarkup(raw, 'vtt');
    for (const code of odd) repairs.add(code);
    const align = placeOf(timing.rest, repairs);
    return {
      id: id ?? undefined,
      startUs: timing.startUs,
      endUs: timing.endUs,
      text: plain,
      style: align === undefined ? style : { ...style, align },
      speaker: speaker ?? undefined,
    };
  });
}

const TAGS = { underline: 'u', italic: 'i', bold: 'b' } as const;
const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\u00A0', '&nbsp;');

function settings(style: CueStyle | undefined): string {
  const place = (style?.align ?? 2) - 1;
  const row = ['', ' line:50%', ' line:0'][Math.floor(place / 3)] ?? '';
  return row + (['align:start', '', 'align:end'][place % 3] ?? '').replace(/^(?=.)/, ' ');
}

function nameLine(id: string | undefined): string {
  return id === undefined || isTiming(id) ? '' : `${id}\n`;
}

function block(cue: Cue): string {
  const [start, end] = rounded(cue, 1000);
  const lines = cue.text.split('\n').map((line) => guardTimes(escape(line)));
  const text = wrapStyle(lines.join('\n'), cue.style, TAGS);
  const voice = cue.speaker === undefined ? '' : `<v ${escape(cue.speaker)}>`;
  const times = `${clockMs(start, '.')} --> ${clockMs(end, '.')}`;
  return `${nameLine(cue.id)}${times}${settings(cue.style)}\n${voice}${text}\n`;
}

/** The WebVTT file of a caption table. Times are rounded to milliseconds. */
export function writeVtt(cues: readonly Cue[], repairs: RepairList): string {
  repairs.add('styles_not_written', cues.filter((cue) => cue.style?.strike).length, 'VTT');
  noteUnwritten(
    cues.filter((cue) => nameLine(cue.id) === ''),
    'VTT',
    ['id'],
    repairs,
  );
  return ['WEBVTT\n', ...cues.map(block)].join('\n');
}
