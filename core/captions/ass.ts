/** ASS and SSA, in: sections, styles and events by ass-compiler, times and text by our own rules. */
import { parse } from 'ass-compiler';
import type { ParsedASS } from 'ass-compiler';
import { assStyleLine, captionsToAss } from '../model/captions/index.ts';
import type { Cue, CueStyle } from '../model/captions/index.ts';
import { maskBraces, readEventText } from './ass-text.ts';
import type { RawCue } from './finish.ts';
import { alignOfA } from './markup.ts';
import type { RepairList } from './repairs.ts';
import { ASS_TIME, readTime } from './timing.ts';
import { noteUnwritten } from './unwritten.ts';

/** Events handed to the parser at once: it keeps every fragment of them in memory. */
const CHUNK_CHARS = 256 * 1024;
/** A longer line is no event that a player would draw. */
const MAX_LINE = 64 * 1024;

const EVENT_FORMAT = {
  v4: 'Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
  'v4+': 'Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
};
const STYLE_FORMAT = {
  v4: 'Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, TertiaryColour, BackColour, Bold, Italic, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, AlphaLevel, Encoding',
  'v4+':
    'Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding',
};

/** A script sorted into what the parser is given piece by piece. */
interface Script {
  version: keyof typeof EVENT_FORMAT;
  head: string[];
  eventFormat: string | null;
  events: string[];
  sections: boolean;
}

type Section = 'info' | 'styles' | 'events' | 'other';

function sectionOf(line: string): Section | null {
  const name = /^\[([^\]]*)\]/.exec(line)?.[1]?.trim().toLowerCase();
  if (name === undefined) return null;
  if (name === 'script info') return 'info';
  if (/^v4\+? styles\+?$/.test(name)) return 'styles';
  return name === 'events' ? 'events' : 'other';
}

/**
 * The parser turns times into numbers and loses their sign; under other names it leaves them as they stand. Its name
 * for the speaker of some scripts is Actor.
 */
function renamed(format: string): string {
  return format
    .split(',')
    .map((raw) => {
      const name = raw.trim().toLowerCase();
      if (name === 'start' || name === 'end') return `Raw${name}`;
      return name === 'actor' ? 'Name' : raw.trim();
    })
    .join(',');
}

function sortLines(text: string, repairs: RepairList): Script {
  const script: Script = { version: 'v4+', head: [], eventFormat: null, events: [], sections: false };
  let section: Section = 'other';
  for (const raw of text.split('\n')) {
    // Runs of white space make the parser's patterns slow, and mean nothing there.
    const line = raw.trim().replace(/ {65,}/g, ' ');
    if (line === '' || line.startsWith(';') || line.startsWith('!')) continue;
    const begins = sectionOf(line);
    if (begins) {
      section = begins;
      script.sections ||= begins !== 'other';
      if (/^\[v4 styles\]/i.test(line)) script.version = 'v4';
      if (begins === 'styles') script.head.push('[V4+ Styles]');
      else if (begins === 'info') script.head.push('[Script Info]');
    } else if (line.length > MAX_LINE) repairs.add('broken_lines_dropped');
    else if (section === 'info' || section === 'styles') script.head.push(line);
    else if (section === 'events') sortEvent(line, script, repairs);
  }
  return script;
}

function sortEvent(line: string, script: Script, repairs: RepairList): void {
  const [, kind = '', value = ''] = /^([a-z]{1,20}) *:(.*)$/i.exec(line) ?? [];
  switch (kind.toLowerCase()) {
    case 'format':
      // A second Format line would hold for the events after it only; no program writes one.
      script.eventFormat ??= renamed(value);
      break;
    case 'dialogue':
      script.events.push(value.trim());
      break;
    case 'comment':
      repairs.add('notes_dropped');
      break;
    case 'picture':
    case 'sound':
    case 'movie':
    case 'command':
      repairs.add('drawing_dropped');
      break;
    default:
      repairs.add('broken_lines_dropped');
  }
}

/** Styles with the list of their columns, which some scripts leave out. */
function parseHead(script: Script, repairs: RepairList): ParsedASS {
  const hasStyles = script.head.some((line) => /^Style *:/i.test(line));
  if (hasStyles && !script.head.some((line) => /^Format *:/i.test(line))) {
    repairs.add('missing_format_line');
    const at = script.head.indexOf('[V4+ Styles]');
    script.head.splice(at + 1, 0, `Format: ${STYLE_FORMAT[script.version]}`);
  }
  const ours = assStyleLine();
  repairs.add('look_dropped', script.head.filter((line) => /^Style *:/i.test(line) && line !== ours).length);
  return parse(script.head.join('\n'));
}

interface Look {
  align: number | null;
  italic: boolean;
}

function looksOf(head: ParsedASS, version: Script['version']): Map<string, Look> {
  return new Map(
    head.styles.style.map((style) => {
      // Fields are absent where a line has fewer values than there are columns.
      const { Name, Alignment, Italic } = style as Partial<typeof style>;
      const number = Number(Alignment ?? 2);
      const align = version === 'v4' ? alignOfA(number) : number >= 1 && number <= 9 ? number : null;
      return [plainName(Name ?? ''), { align, italic: Number(Italic ?? 0) !== 0 }];
    }),
  );
}

/** Style names may begin with stars; `Default` is the same as `*Default`. */
const plainName = (name: string): string => name.trim().replace(/^\*+/, '');

/** The event with the braces of its text marked; names and effects may hold braces too, which mean nothing there. */
function masked(event: string, columns: readonly string[]): string {
  let at = 0;
  if (columns.at(-1)?.toLowerCase() === 'text') {
    for (let i = 1; i < columns.length && at >= 0; i++) at = event.indexOf(',', at) + 1 || -1;
  }
  return at < 0 ? event : event.slice(0, at) + maskBraces(event.slice(at));
}

function* eventsOf(script: Script, format: string): Generator<Record<string, unknown>> {
  let chunk: string[] = [];
  let size = 0;
  const parseChunk = (): Record<string, unknown>[] =>
    parse(['[Events]', `Format: ${format}`, ...chunk].join('\n')).events.dialogue as unknown as Record<
      string,
      unknown
    >[];
  const columns = format.split(',').map((name) => name.trim());
  for (const event of script.events) {
    chunk.push(`Dialogue: ${masked(event, columns)}`);
    size += event.length;
    if (size < CHUNK_CHARS) continue;
    yield* parseChunk();
    chunk = [];
    size = 0;
  }
  if (chunk.length > 0) yield* parseChunk();
}

const asString = (value: unknown): string => (typeof value === 'string' ? value : '');

function cueOf(
  event: Record<string, unknown>,
  looks: ReadonlyMap<string, Look>,
  breakAtN: boolean,
  repairs: RepairList,
): RawCue | null {
  const text = event.Text;
  if (typeof text !== 'object' || text === null) {
    repairs.add('broken_lines_dropped');
    return null;
  }
  const start = readTime(asString(event.Rawstart), ASS_TIME);
  const end = readTime(asString(event.Rawend), ASS_TIME);
  if (!start || !end) {
    repairs.add('unreadable_time');
    return null;
  }
  for (const code of new Set([...start.odd, ...end.odd])) repairs.add(code);
  const look = looks.get(plainName(asString(event.Style)));
  const read = readEventText(text as Parameters<typeof readEventText>[0], { italic: look?.italic ?? false, breakAtN });
  for (const code of read.odd) repairs.add(code);
  const align = read.align ?? look?.align ?? 2;
  const style: CueStyle = align === 2 ? read.style : { ...read.style, align };
  const speaker = asString(event.Name);
  return { startUs: start.us, endUs: end.us, text: read.text, style, speaker };
}

/** Cues of an ASS or SSA script's text, `\n` line ends; null when it has none of the sections of a script. */
export function readAss(source: string, repairs: RepairList): RawCue[] | null {
  // Noncharacters stand for escaped braces on the way through the parser, which also stops at U+2028.
  const text = source.replace(/[\uFDD0-\uFDEF]/g, '').replace(/[\u2028\u2029]/g, ' ');
  const script = sortLines(text, repairs);
  if (!script.sections) return null;
  const head = parseHead(script, repairs);
  const looks = looksOf(head, script.version);
  if (script.eventFormat === null && script.events.length > 0) repairs.add('missing_format_line');
  const format = script.eventFormat ?? renamed(EVENT_FORMAT[script.version]);
  const breakAtN = (head.info as Partial<typeof head.info>).WrapStyle?.trim() === '2';
  const cues: RawCue[] = [];
  for (const event of eventsOf(script, format)) {
    const cue = cueOf(event, looks, breakAtN, repairs);
    if (cue) cues.push(cue);
  }
  return cues;
}

/** The ASS file of a caption table, in the style the studio draws captions with. */
export function writeAss(cues: readonly Cue[], repairs: RepairList): string {
  noteUnwritten(cues, 'ASS', ['id'], repairs);
  repairs.add('names_changed', cues.filter((cue) => cue.speaker?.includes(',')).length);
  return captionsToAss(cues);
}
