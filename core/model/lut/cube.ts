/**
 * Colour tables of the .cube format (Adobe, "Cube LUT Specification" 1.0, 2013): read, mixed with the picture as it is, written.
 * Values are those of full-range R′G′B′, 0 to 1; red changes fastest.
 */
import { StudioError } from '../errors.ts';

/** A table: of every channel by itself (`dimensions` 1, `size` entries) or of colours (3, `size`³ entries). */
export interface Lut {
  title: string;
  dimensions: 1 | 3;
  size: number;
  /** Red, green, blue of each entry. */
  values: Float32Array;
}

/** Nodes a side: what cameras and colourists hand out goes up to 65. */
export const MAX_CUBE_SIDE = 65;
/** Entries of a table of single channels, by the specification. */
export const MAX_CURVE = 65_536;
/** A table of 65³ with twelve digits a number is 12 MB. */
export const MAX_LUT_BYTES = 32 * 1024 * 1024;
/** Longest line that is looked at, by the specification 250. */
const MAX_LINE = 4_000;
const MAX_TITLE = 120;
/** Beyond this a value is no colour: scene-linear tables stay below 100. */
const LARGEST = 1_000;

interface Reading {
  file: string;
  title: string;
  dimensions: 1 | 3 | 0;
  size: number;
  values: Float32Array;
  count: number;
}

const broken = (file: string, line: number, what: string): StudioError =>
  new StudioError('lut_broken', { file, line: String(line), what }, { details: { line, what } });

const unsupported = (file: string, line: number, what: string): StudioError =>
  new StudioError('lut_unsupported', { file, line: String(line), what }, { details: { line, what } });

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** Three numbers and nothing else. */
function triple(words: readonly string[], file: string, line: number): [number, number, number] {
  if (words.length !== 3) throw broken(file, line, words.slice(0, 4).join(' '));
  return words.map((word) => {
    const value = NUMBER.test(word) ? Number(word) : Number.NaN;
    if (!Number.isFinite(value) || Math.abs(value) > LARGEST) throw broken(file, line, word.slice(0, 40));
    return value;
  }) as [number, number, number];
}

/** How many entries come. The specification has one table a file; tables before a table (shapers) are told apart here. */
function sized(reading: Reading, name: string, words: readonly string[], line: number): void {
  const { file } = reading;
  const dimensions = name === 'LUT_3D_SIZE' ? 3 : 1;
  const [word = ''] = words;
  const size = /^\d{1,6}$/.test(word) ? Number(word) : 0;
  if (words.length !== 1 || size < 2) throw broken(file, line, `${name} ${words.join(' ')}`.slice(0, 40));
  if (reading.dimensions !== 0) throw unsupported(file, line, `${name} ${size}`);
  const most = dimensions === 3 ? MAX_CUBE_SIDE : MAX_CURVE;
  if (size > most) throw unsupported(file, line, `${name} ${size} > ${most}`);
  reading.dimensions = dimensions;
  reading.size = size;
  reading.values = new Float32Array(3 * size ** dimensions);
}

/** Tables for another range than 0 to 1 are for scene-linear or camera pictures, which a film's pictures are not. */
function ranged(reading: Reading, name: string, words: readonly string[], line: number): void {
  const pair = name.endsWith('_RANGE');
  const numbers = words.map(Number);
  const low = name.endsWith('_MIN') || pair ? [numbers[0]] : [];
  const fits = pair
    ? numbers.length === 2 && numbers[0] === 0 && numbers[1] === 1
    : numbers.length === 3 && numbers.every((value) => value === (low.length > 0 ? 0 : 1));
  if (!fits) throw unsupported(reading.file, line, `${name} ${words.join(' ')}`.slice(0, 60));
}

const RANGES = new Set(['DOMAIN_MIN', 'DOMAIN_MAX', 'LUT_1D_INPUT_RANGE', 'LUT_3D_INPUT_RANGE']);

function readLine(reading: Reading, text: string, line: number): void {
  const { file } = reading;
  if (text.length > MAX_LINE) throw broken(file, line, `${text.slice(0, 20)}…`);
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.startsWith('#')) return;
  const words = trimmed.split(/\s+/);
  const [name = ''] = words;
  if (!/^[A-Za-z]\w*$/.test(name) || /^(?:nan|inf(?:inity)?)$/i.test(name)) entry(reading, words, line);
  else if (name === 'TITLE') {
    reading.title = trimmed
      .slice(5)
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .replace(/\p{Cc}/gu, '')
      .slice(0, MAX_TITLE);
  } else if (name === 'LUT_3D_SIZE' || name === 'LUT_1D_SIZE') sized(reading, name, words.slice(1), line);
  else if (RANGES.has(name)) ranged(reading, name, words.slice(1), line);
  else if (reading.dimensions === 0 && reading.count === 0 && !/^[A-Z][A-Z0-9_]+$/.test(name)) notALut(file);
  // Other words in capitals are makers' own remarks, which the specification lets a reader pass over.
  else if (!/^[A-Z][A-Z0-9_]+$/.test(name)) throw broken(file, line, name.slice(0, 40));
}

function entry(reading: Reading, words: readonly string[], line: number): void {
  const { file, values, count } = reading;
  if (reading.dimensions === 0) return notALut(file);
  const three = triple(words, file, line);
  if (3 * count >= values.length) throw broken(file, line, `${count + 1} > ${values.length / 3}`);
  values.set(three, 3 * count);
  reading.count += 1;
}

function notALut(file: string): never {
  throw new StudioError('not_a_lut', { file });
}

/**
 * Reads the text of a .cube file.
 *
 * @throws StudioError not_a_lut {file}; lut_broken {file, line, what} (no number, not three of them, too many or too few
 *   entries); lut_unsupported {file, line, what} (too large, a range other than 0 to 1, two tables in one).
 */
export function parseCube(text: string, file: string): Lut {
  const reading: Reading = { file, title: '', dimensions: 0, size: 0, values: new Float32Array(0), count: 0 };
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  lines.forEach((line, i) => readLine(reading, line, i + 1));
  const { title, dimensions, size, values, count } = reading;
  if (dimensions === 0) return notALut(file);
  if (3 * count < values.length) throw broken(file, lines.length, `${count} < ${values.length / 3}`);
  return { title, dimensions, size, values };
}

/** What an entry would be if the table changed nothing. */
function plain({ dimensions, size }: Lut, index: number): [number, number, number] {
  const last = size - 1;
  if (dimensions === 1) return [index / last, index / last, index / last];
  return [(index % size) / last, (Math.floor(index / size) % size) / last, Math.floor(index / size ** 2) / last];
}

/**
 * The table that does a part of what `lut` does: 0 nothing, 1 all of it. Mixing at the nodes is mixing the pictures, since
 * between nodes both go straight.
 */
export function mixed(lut: Lut, strength: number): Lut {
  if (strength === 1) return lut;
  const values = new Float32Array(lut.values.length);
  for (let i = 0; i < values.length / 3; i += 1) {
    plain(lut, i).forEach((own, channel) => {
      const at = 3 * i + channel;
      values[at] = own + ((lut.values[at] ?? 0) - own) * strength;
    });
  }
  return { ...lut, values };
}

/** The table as text of a .cube file, six digits behind the point: a 4,000th of a step of eight bits. */
export function cubeText({ dimensions, size, values }: Lut): string {
  const lines = [`LUT_${dimensions}D_SIZE ${size}`];
  for (let at = 0; at < values.length; at += 3) {
    lines.push([0, 1, 2].map((channel) => (values[at + channel] ?? 0).toFixed(6)).join(' '));
  }
  return `${lines.join('\n')}\n`;
}
