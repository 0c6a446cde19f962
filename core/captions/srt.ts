/** SRT, in and out. */
import { clockMs, rounded } from '../model/captions/index.ts';
import type { Cue, CueStyle } from '../model/captions/index.ts';
import { readBlocks } from './blocks.ts';
import type { RawCue } from './finish.ts';
import { decodeEntities, readMarkup } from './markup.ts';
import type { RepairList } from './repairs.ts';
import { SRT_TIME, readTiming } from './timing.ts';
import { noteUnwritten } from './unwritten.ts';

/** Cues of an SRT file's text, `\n` line ends; null when it has no line with times. */
export function readSrt(text: string, repairs: RepairList): RawCue[] | null {
  const blocks = readBlocks(text.split('\n'), { format: 'srt', times: SRT_TIME }, repairs);
  if (blocks.length === 0) return null;
  return blocks.map(({ timing, text: raw }) => {
    const { odd, speaker, ...read } = readMarkup(raw, 'srt');
    for (const code of odd) repairs.add(code);
    if (timing.rest !== '')
      repairs.add(/^[XY]\d?\s*:/i.test(timing.rest) ? 'coordinates_dropped' : 'cue_settings_dropped');
    return { startUs: timing.startUs, endUs: timing.endUs, ...read, speaker: speaker ?? undefined };
  });
}

/** Text that would be read as times is told apart by writing its first digit as a reference. */
export function guardTimes(line: string): string {
  return readTiming(line, SRT_TIME) === null
    ? line
    : line.replace(/\p{Nd}/u, (digit) => `&#${digit.codePointAt(0) ?? 0};`);
}

function srtText(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      // SRT has no escapes of its own; references are used only where a player would see a tag.
      const guarded = decodeEntities(line) === line ? line : line.replaceAll('&', '&amp;');
      const tagged = /<[^<>]*>/.test(guarded) ? guarded.replaceAll('<', '&lt;') : guarded;
      return guardTimes(tagged.replace(/\{(?=\\|[yYcC]:)/g, '&#123;').replace(/\\(?=[Nh])/g, '&#92;'));
    })
    .join('\n');
}

/** Tags around a cue's text, outermost first. */
export function wrapStyle(text: string, style: CueStyle | undefined, tags: Readonly<Record<string, string>>): string {
  return Object.entries(tags).reduce(
    (inner, [flag, tag]) => (style?.[flag as 'bold'] ? `<${tag}>${inner}</${tag}>` : inner),
    text,
  );
}

const TAGS = { strike: 's', underline: 'u', italic: 'i', bold: 'b' } as const;

/** The SRT file of a caption table. Times are rounded to milliseconds. */
export function writeSrt(cues: readonly Cue[], repairs: RepairList): string {
  noteUnwritten(cues, 'SRT', ['id', 'speaker'], repairs);
  const blocks = cues.map((cue, i) => {
    const [start, end] = rounded(cue, 1000);
    const align = cue.style?.align === undefined ? '' : `{\\an${cue.style.align}}`;
    const text = align + wrapStyle(srtText(cue.text), cue.style, TAGS);
    return `${i + 1}\n${clockMs(start, ',')} --> ${clockMs(end, ',')}\n${text}\n`;
  });
  return blocks.join('\n');
}
