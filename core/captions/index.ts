/** Caption files: read from bytes in whatever state, written cleanly. */
import { StudioError } from '../model/errors.ts';
import type { CaptionFormat, Cue } from '../model/captions/index.ts';
import type { Repair } from '../model/contract/index.ts';
import { decodeText, visibleCharacters } from '../text/index.ts';
import { readAss, writeAss } from './ass.ts';
import { finishCues, type RawCue } from './finish.ts';
import { readLrc, writeLrc } from './lrc.ts';
import { RepairList } from './repairs.ts';
import { readSrt, writeSrt } from './srt.ts';
import { SRT_TIME, readTiming } from './timing.ts';
import { readTtml } from './ttml.ts';
import { writeTtml } from './ttml-write.ts';
import { readTxt, writeTxt } from './txt.ts';
import { readVtt, writeVtt } from './vtt.ts';

/** Largest file, bytes. A two-hour film has about 100 KB of captions. */
export const MAX_CAPTION_BYTES = 50 * 1024 * 1024;
/** Formats as the sentence of `unsupported_format` lists them. */
const NAMES = 'srt vtt ass ssa ttml txt lrc';

const EXTENSIONS: Readonly<Record<string, CaptionFormat>> = {
  srt: 'srt',
  vtt: 'vtt',
  ass: 'ass',
  ssa: 'ass',
  ttml: 'ttml',
  dfxp: 'ttml',
  txt: 'txt',
  lrc: 'lrc',
};

const READERS: Readonly<Record<CaptionFormat, (text: string, repairs: RepairList) => RawCue[] | null>> = {
  srt: readSrt,
  vtt: readVtt,
  ass: readAss,
  ttml: readTtml,
  txt: readTxt,
  lrc: readLrc,
};

const WRITERS: Readonly<Record<CaptionFormat, (cues: readonly Cue[], repairs: RepairList) => string>> = {
  srt: writeSrt,
  vtt: writeVtt,
  ass: writeAss,
  ttml: writeTtml,
  txt: writeTxt,
  lrc: writeLrc,
};

const baseName = (name: string): string => name.split(/[\\/]/).at(-1) ?? name;

/** The format of a file by its extension. Errors: unsupported_format {file, supported}. */
export function captionFormatOf(name: string): CaptionFormat {
  const file = baseName(name);
  const extension = /\.([^.]+)$/.exec(file)?.[1]?.toLowerCase() ?? '';
  const format = Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : undefined;
  if (!format) throw new StudioError('unsupported_format', { file, supported: NAMES });
  return format;
}

/** Lines looked at to tell what a file really is. */
const SNIFFED_LINES = 50;

/** What is inside, where the content leaves no doubt; files are often renamed instead of converted. */
function formatInside(text: string, named: CaptionFormat): CaptionFormat {
  const head = text.slice(0, 2000).trimStart();
  if (/^WEBVTT(?=\s|$)/.test(head)) return 'vtt';
  if (/^\[Script Info\]/i.test(head)) return 'ass';
  if (/^<(?:\?xml|!|tt[\s>]|[\w-]+:tt[\s>])/.test(head) && /<(?:[\w-]+:)?tt[\s>]/.test(head)) return 'ttml';
  if (named === 'srt' || named === 'txt') {
    if (/^(?:\[[a-z]{2}:[^\]\n]*\]\s*)*\[\d{1,3}:\d{2}(?:[.:]\d{1,3})?\]/.test(head)) return 'lrc';
  }
  if (named === 'srt' || named === 'vtt') return named;
  const lines = text.split('\n', SNIFFED_LINES);
  return lines.some((line) => typeof readTiming(line, SRT_TIME) === 'object' && readTiming(line, SRT_TIME))
    ? 'srt'
    : named;
}

/** Text of the file with one kind of line end and no invisible characters. */
function readText(bytes: Uint8Array, file: string, repairs: RepairList): string {
  const decoded = decodeText(bytes, { html: false });
  if (!decoded) throw new StudioError('not_captions', { file });
  if (decoded.mark) repairs.add('byte_order_mark');
  if (decoded.guessed) repairs.add('encoding_guessed', 1, decoded.encoding);
  else if (decoded.encoding !== 'UTF-8') repairs.add('encoding_converted', 1, decoded.encoding);
  // Before the control characters go: old Mac files end lines with a carriage return alone.
  repairs.add('line_ends', decoded.text.match(/\r\n?/g)?.length ?? 0);
  const clean = visibleCharacters(decoded.text.replace(/\r\n?/g, '\n'));
  repairs.add('control_characters_dropped', clean.dropped);
  repairs.add('characters_unreadable', decoded.unreadable + clean.unreadable);
  return clean.text.replace(/[\t\f]/g, ' ');
}

export interface ReadCaptions {
  /** Passes `captionTable`; empty for a file of the format that has no cues. */
  cues: Cue[];
  /** What the content is, which may differ from the extension. */
  format: CaptionFormat;
  /** Everything that was not as the format asks, or could not be kept. */
  repairs: Repair[];
}

/**
 * Reads a caption file (.srt, .vtt, .ass, .ssa, .ttml, .dfxp, .txt, .lrc) in UTF-8, UTF-16, GB 18030 or Big5.
 *
 * Repaired and noted: marks and line ends; numbers, blank lines and arrows of SRT; times with the wrong marks, digits or
 * widths; reversed, negative and absent times; order. Kept: whole-cue bold, italic, underline and place, speakers,
 * WebVTT's cue names. Noted as left out: everything else. Overlapping cues stay as they are.
 *
 * @param name file name or path; its extension says the format.
 * @throws StudioError unsupported_format {file, supported}; too_large {file, limit}; empty_file {file}; not_captions
 *   {file}: bytes that are no text, or text without captions.
 */
export function readCaptions(bytes: Uint8Array, name: string): ReadCaptions {
  const file = baseName(name);
  const named = captionFormatOf(file);
  if (bytes.length > MAX_CAPTION_BYTES) throw new StudioError('too_large', { file, limit: '50 MB' });
  if (bytes.length === 0) throw new StudioError('empty_file', { file });
  const repairs = new RepairList();
  const text = readText(bytes, file, repairs);
  if (text.trim() === '') throw new StudioError('empty_file', { file });
  const format = formatInside(text, named);
  if (format !== named) repairs.add('format_differs', 1, format.toUpperCase());
  const raw = READERS[format](text, repairs);
  if (!raw) throw new StudioError('not_captions', { file });
  return { cues: finishCues(raw, repairs), format, repairs: repairs.toArray() };
}

/**
 * The text of a caption file: UTF-8 without a byte order mark when encoded, `\n` line ends. `cues` is a caption table.
 * `repairs` names what the format has no place for.
 */
export function writeCaptions(cues: readonly Cue[], format: CaptionFormat): { text: string; repairs: Repair[] } {
  const repairs = new RepairList();
  const text = WRITERS[format](cues, repairs);
  return { text, repairs: repairs.toArray() };
}
