/** Tags and entities in the text of SRT and WebVTT cues, turned into plain text and the style of the whole cue. */
import type { CueStyle } from '../model/captions/index.ts';
import type { RepairCode } from './repairs.ts';

export interface ReadText {
  text: string;
  style: CueStyle;
  speaker: string | null;
  odd: ReadonlySet<RepairCode>;
}

export const FLAGS = ['bold', 'italic', 'underline', 'strike'] as const;
export type Flag = (typeof FLAGS)[number];

const FLAG_TAGS: Readonly<Record<string, Flag>> = {
  i: 'italic',
  em: 'italic',
  b: 'bold',
  strong: 'bold',
  u: 'underline',
  s: 'strike',
  strike: 'strike',
  del: 'strike',
};
/** Tags that only say how something looks or is pronounced. */
const PLAIN_TAGS = new Set(['c', 'lang', 'font', 'span', 'p', 'div', 'ruby', 'rt', 'rp']);

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00A0',
  lrm: '\u200E',
  rlm: '\u200F',
};
const ENTITY = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-z]{2,4}));/g;

function character(code: number): string | null {
  const ordinary = code > 31 && !(code >= 0x7f && code <= 0x9f) && !(code >= 0xd800 && code <= 0xdfff);
  return ordinary && code <= 0x10ffff ? String.fromCodePoint(code) : null;
}

/** Character references that both formats know; what is none stays as it stands. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(ENTITY, (whole, dec?: string, hex?: string, name?: string) => {
    if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] ?? whole) : whole;
    return character(dec === undefined ? parseInt(hex ?? '', 16) : Number(dec)) ?? whole;
  });
}

/** Which parts of a cue's text have a flag: a flag on every visible character belongs to the cue. */
export class Emphasis {
  readonly #on = new Set<Flag>();
  readonly #off = new Set<Flag>();

  note(text: string, has: (flag: Flag) => boolean): void {
    if (text.trim() === '') return;
    for (const flag of FLAGS) (has(flag) ? this.#on : this.#off).add(flag);
  }

  /** Flags of the whole cue; `partly` when a flag stood on some characters only. */
  result(): { style: CueStyle; partly: boolean } {
    const whole = FLAGS.filter((flag) => this.#on.has(flag) && !this.#off.has(flag));
    return {
      style: Object.fromEntries(whole.map((flag) => [flag, true])),
      partly: FLAGS.some((flag) => this.#on.has(flag) && this.#off.has(flag)),
    };
  }
}

/** Places of the old `\a` tag, as `\an` counts them. */
export function alignOfA(a: number): number | null {
  const row = a >= 9 ? 4 : a >= 5 ? 7 : 1;
  const column = (a % 4) - 1;
  return a >= 1 && a <= 11 && column >= 0 ? row + column : null;
}

// Each scan ends at the next bracket, so that a file of nothing but `<` is still read in one pass.
const MARKUP = /<[^<>\n]*>|\{\\[^{}\n]*\}|\{[yYcC]:[^{}\n]*\}|\\[Nh]/g;

class Reader {
  readonly odd = new Set<RepairCode>();
  readonly #vtt: boolean;
  readonly #depth: Record<Flag, number> = { bold: 0, italic: 0, underline: 0, strike: 0 };
  readonly #emphasis = new Emphasis();
  readonly #voices: { name: string; text: string }[] = [{ name: '', text: '' }];
  #align: number | null = null;

  constructor(vtt: boolean) {
    this.#vtt = vtt;
  }

  text(raw: string): void {
    if (raw === '') return;
    const text = decodeEntities(raw);
    if (text !== raw && !this.#vtt) this.odd.add('entities_decoded');
    this.#emphasis.note(text, (flag) => this.#depth[flag] > 0);
    this.#append(text);
  }

  #append(text: string): void {
    const last = this.#voices.at(-1);
    if (last) last.text += text;
  }

  token(token: string): void {
    if (token.startsWith('<')) this.#tag(token);
    else if (token.startsWith('{')) this.#override(token);
    else this.#escape(token);
  }

  #escape(token: string): void {
    if (this.#vtt) {
      this.text(token);
      return;
    }
    this.odd.add('line_breaks');
    this.#append(token === '\\N' ? '\n' : '\u00A0');
  }

  #tag(token: string): void {
    const found = /^<\s*(\/?)\s*([a-zA-Z]+)/.exec(token);
    const name = found?.[2]?.toLowerCase() ?? '';
    const closing = found?.[1] === '/';
    const flag = Object.hasOwn(FLAG_TAGS, name) ? FLAG_TAGS[name] : undefined;
    if (flag) this.#depth[flag] = Math.max(0, this.#depth[flag] + (closing ? -1 : 1));
    else if (name === 'br') this.#break();
    else if (name === 'v') this.#voice(token, closing);
    else if (/^<\s*\d[\d:.,]*\s*>$/.test(token)) this.odd.add('word_times_dropped');
    else if (PLAIN_TAGS.has(name)) this.#plain(name, closing);
    else this.text(token);
  }

  #break(): void {
    this.odd.add('line_breaks');
    this.#append('\n');
  }

  #plain(name: string, closing: boolean): void {
    this.odd.add('tags_dropped');
    // The reading of a character stands in brackets where it cannot stand above it.
    if (name === 'rt') this.#append(closing ? '）' : '（');
  }

  #voice(token: string, closing: boolean): void {
    const name = closing ? '' : decodeEntities(token.slice(1, -1).replace(/^\s*[vV](?:\.[^\s]*)?/, '')).trim();
    this.#voices.push({ name, text: '' });
  }

  #override(token: string): void {
    if (this.#vtt) {
      this.text(token);
      return;
    }
    const an = /\\an([1-9])(?!\d)/.exec(token)?.[1];
    const a = /\\a(\d{1,2})(?!\d)/.exec(token)?.[1];
    const align = an === undefined ? (a === undefined ? null : alignOfA(Number(a))) : Number(an);
    this.#align ??= align;
    if (align === null || token.split('\\').length > 2) this.odd.add('tags_dropped');
  }

  result(): ReadText {
    const voices = this.#voices.filter(({ text }) => text.trim() !== '');
    const names = new Set(voices.map(({ name }) => name));
    const { style, partly } = this.#emphasis.result();
    if (partly) this.odd.add('inline_style_dropped');
    if (this.#align !== null && this.#align !== 2) style.align = this.#align;
    const [only] = names;
    if (names.size <= 1) {
      const text = voices.map((voice) => voice.text).join('');
      return { text, style, speaker: only === undefined || only === '' ? null : only, odd: this.odd };
    }
    this.odd.add('several_voices');
    const text = voices.map((v) => (v.name === '' ? v.text.trim() : `${v.name}：${v.text.trim()}`)).join('\n');
    return { text, style, speaker: null, odd: this.odd };
  }
}

/** Plain text of a cue. Tags that neither format knows stay as text, so that nothing said is lost. */
export function readMarkup(raw: string, format: 'srt' | 'vtt'): ReadText {
  const reader = new Reader(format === 'vtt');
  let at = 0;
  for (const found of raw.matchAll(MARKUP)) {
    reader.text(raw.slice(at, found.index));
    reader.token(found[0]);
    at = found.index + found[0].length;
  }
  reader.text(raw.slice(at));
  return reader.result();
}
