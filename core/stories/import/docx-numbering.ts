/**
 * Word's automatic numbers. They are not part of a document's text, and what stands before a paragraph
 * («一、», «（二）», «3.») follows from numbering.xml and every numbered paragraph before it. Here they are
 * worked out in document order and left as a mark at the paragraph's beginning, where the converter finds them.
 * Source: ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (number formats).
 */
import { formatNumber } from './docx-number-format.ts';

interface Level {
  format: string;
  /** Level text: `%1、`. */
  text: string;
  start: number;
  styleId: string | null;
}

interface Num {
  abstractId: string;
  startOverrides: Map<number, number>;
}

export interface Numbering {
  nums: Map<string, Num>;
  levels: Map<string, Map<number, Level>>;
  /** Numbering that paragraph styles bring along, inherited from their base styles. */
  styles: Map<string, { numId: string; level: number }>;
}

/** The number of one paragraph. */
export interface ParagraphNumber {
  level: number;
  /** `ordered`: a plain 1. a. i. list; `text`: anything else, its label has to be written out. */
  kind: 'bullet' | 'ordered' | 'text';
  value: number;
  label: string;
}

// Private-use characters: documents do not hold them, and a stray one is not taken for a mark (see MARK).
const MARK_START = '\uE0F0';
const MARK_END = '\uE0F1';
const MARK = /\uE0F0(\d{1,2})\|(bullet|ordered|text)\|(-?\d+)\|([^\uE0F1]*)\uE0F1/g;

interface Tag {
  name: string;
  attributes: string;
  closing: boolean;
  empty: boolean;
  start: number;
  end: number;
}

const TOKEN =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(\/?)([A-Za-z_][\w.:-]*)((?:[^<>"']|"[^"]*"|'[^']*')*?)(\/?)>/g;

function* tags(xml: string): Generator<Tag> {
  for (const match of xml.matchAll(TOKEN)) {
    const [whole, slash, name, attributes, empty] = match;
    if (name === undefined) continue;
    yield {
      name,
      attributes: attributes ?? '',
      closing: slash === '/',
      empty: empty === '/',
      start: match.index,
      end: match.index + whole.length,
    };
  }
}

function value(tag: Tag, name: string): string | null {
  const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag.attributes);
  return match ? unescapeXml(match[1] ?? match[2] ?? '') : null;
}

const unescapeXml = (text: string): string =>
  text
    .replace(/&#x([0-9a-f]+);/gi, (whole, hex: string) => codePoint(parseInt(hex, 16), whole))
    .replace(/&#(\d+);/g, (whole, number: string) => codePoint(Number(number), whole))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, '&');

const codePoint = (code: number, fallback: string): string =>
  code <= 0x10ffff ? String.fromCodePoint(code) : fallback;

const escapeXml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

const whole = (text: string | null, fallback: number): number => {
  const number = Number.parseInt(text ?? '', 10);
  return Number.isSafeInteger(number) ? number : fallback;
};

/** Reads numbering.xml and the numbering of styles.xml. Missing parts are given as ''. */
export function readNumbering(numberingXml: string, stylesXml: string): Numbering {
  const numbering: Numbering = { nums: new Map(), levels: new Map(), styles: new Map() };
  readLists(numberingXml, numbering);
  readStyles(stylesXml, numbering);
  return numbering;
}

function readLists(xml: string, numbering: Numbering): void {
  let levels: Map<number, Level> | null = null;
  let level: Level | null = null;
  let num: Num | null = null;
  let override = 0;
  for (const tag of tags(xml)) {
    if (tag.closing) {
      if (tag.name === 'w:abstractNum') levels = null;
      if (tag.name === 'w:num') num = null;
      if (tag.name === 'w:lvl') level = null;
      continue;
    }
    const val = value(tag, 'w:val');
    if (tag.name === 'w:abstractNum') {
      levels = new Map<number, Level>();
      numbering.levels.set(value(tag, 'w:abstractNumId') ?? '', levels);
    } else if (tag.name === 'w:lvl' && levels) {
      level = { format: 'decimal', text: '', start: 1, styleId: null };
      levels.set(whole(value(tag, 'w:ilvl'), 0), level);
    } else if (tag.name === 'w:num') {
      num = { abstractId: '', startOverrides: new Map() };
      numbering.nums.set(value(tag, 'w:numId') ?? '', num);
    } else if (tag.name === 'w:abstractNumId' && num) num.abstractId = val ?? '';
    else if (tag.name === 'w:lvlOverride') override = whole(value(tag, 'w:ilvl'), 0);
    else if (tag.name === 'w:startOverride' && num) num.startOverrides.set(override, whole(val, 1));
    else if (level && tag.name === 'w:numFmt') level.format = val ?? 'decimal';
    else if (level && tag.name === 'w:lvlText') level.text = val ?? '';
    else if (level && tag.name === 'w:start') level.start = whole(val, 1);
    else if (level && tag.name === 'w:pStyle') level.styleId = val;
  }
}

function readStyles(xml: string, numbering: Numbering): void {
  const own = new Map<string, { numId: string | null; level: number | null; base: string | null }>();
  let style: { numId: string | null; level: number | null; base: string | null } | null = null;
  for (const tag of tags(xml)) {
    if (tag.name === 'w:style') {
      style = tag.closing || tag.empty ? null : { numId: null, level: null, base: null };
      if (style) own.set(value(tag, 'w:styleId') ?? '', style);
    } else if (style && tag.name === 'w:numId') style.numId = value(tag, 'w:val');
    else if (style && tag.name === 'w:ilvl') style.level = whole(value(tag, 'w:val'), 0);
    else if (style && tag.name === 'w:basedOn') style.base = value(tag, 'w:val');
  }
  for (const id of own.keys()) {
    const seen = new Set<string>();
    for (let at: string | null = id; at !== null && !seen.has(at); at = own.get(at)?.base ?? null) {
      seen.add(at);
      const found = own.get(at);
      if (found === undefined || found.numId === null) continue;
      const levels = numbering.levels.get(numbering.nums.get(found.numId)?.abstractId ?? '');
      // A list level may name the style it belongs to; that level wins.
      const linked = [...(levels ?? [])].find(([, l]) => l.styleId === id)?.[0];
      numbering.styles.set(id, { numId: found.numId, level: linked ?? found.level ?? 0 });
      break;
    }
  }
}

const PLAIN_FORMATS = new Set(['decimal', 'decimalZero', 'lowerLetter', 'upperLetter', 'lowerRoman', 'upperRoman']);

/** Keeps the counters of every list while the document is gone through. */
class Counter {
  readonly #numbering: Numbering;
  readonly #counts = new Map<string, Map<number, number>>();
  readonly #overridden = new Set<string>();

  constructor(numbering: Numbering) {
    this.#numbering = numbering;
  }

  next(numId: string, level: number): ParagraphNumber | null {
    const num = this.#numbering.nums.get(numId);
    const levels = num && this.#numbering.levels.get(num.abstractId);
    const own = levels?.get(level);
    if (!num || !levels || !own) return null;
    if (own.format === 'bullet') return { level, kind: 'bullet', value: 0, label: '' };
    const counts = this.#counts.get(num.abstractId) ?? new Map<number, number>();
    this.#counts.set(num.abstractId, counts);
    const override = num.startOverrides.get(level);
    if (override !== undefined && !this.#overridden.has(`${numId}/${level}`)) {
      this.#overridden.add(`${numId}/${level}`);
      counts.set(level, override);
    } else {
      const last = counts.get(level);
      counts.set(level, last === undefined ? own.start : last + 1);
    }
    for (const deeper of [...counts.keys()]) if (deeper > level) counts.delete(deeper);
    const label = own.text.replace(/%([1-9])/g, (_, digit: string) => {
      const at = Number(digit) - 1;
      const other = levels.get(at);
      return formatNumber(counts.get(at) ?? other?.start ?? 1, other?.format ?? 'decimal');
    });
    const plain = PLAIN_FORMATS.has(own.format) && /^\(?%[1-9][.．、)]?$/.test(own.text);
    return { level, kind: plain ? 'ordered' : 'text', value: counts.get(level) ?? 1, label };
  }
}

interface OpenParagraph {
  numId: string | null;
  level: number | null;
  style: string | null;
  /** Inside the paragraph's own properties, and not inside the record of what they were before. */
  properties: boolean;
}

/**
 * document.xml with a mark at the beginning of every numbered paragraph. Alternative content that Word keeps
 * for other programs (mc:Choice beside mc:Fallback) is counted once.
 */
export function markNumbers(xml: string, numbering: Numbering): string {
  if (numbering.nums.size === 0) return xml;
  const counter = new Counter(numbering);
  const open: OpenParagraph[] = [];
  const out: string[] = [];
  let written = 0;
  let skipping = 0;
  for (const tag of tags(xml)) {
    if (tag.name === 'mc:Choice' || tag.name === 'w:pPrChange') {
      if (!tag.empty) skipping += tag.closing ? -1 : 1;
      continue;
    }
    if (skipping > 0) continue;
    const paragraph = open.at(-1);
    if (tag.name === 'w:p') {
      if (tag.closing) open.pop();
      else if (!tag.empty) open.push({ numId: null, level: null, style: null, properties: false });
    } else if (!paragraph) continue;
    else if (tag.name === 'w:pPr') {
      if (!tag.closing && !tag.empty) paragraph.properties = true;
      else if (tag.closing && paragraph.properties) {
        paragraph.properties = false;
        const mark = markOf(paragraph, numbering, counter);
        if (mark === '') continue;
        out.push(xml.slice(written, tag.end), mark);
        written = tag.end;
      }
    } else if (paragraph.properties) {
      if (tag.name === 'w:numId') paragraph.numId = value(tag, 'w:val');
      else if (tag.name === 'w:ilvl') paragraph.level = whole(value(tag, 'w:val'), 0);
      else if (tag.name === 'w:pStyle') paragraph.style = value(tag, 'w:val');
    }
  }
  out.push(xml.slice(written));
  return out.join('');
}

function markOf(paragraph: OpenParagraph, numbering: Numbering, counter: Counter): string {
  const styled = paragraph.style === null ? undefined : numbering.styles.get(paragraph.style);
  const numId = paragraph.numId ?? styled?.numId;
  if (numId === undefined || numId === '0') return '';
  const number = counter.next(numId, paragraph.level ?? styled?.level ?? 0);
  if (!number) return '';
  const mark = `${MARK_START}${number.level}|${number.kind}|${number.value}|${number.label}${MARK_END}`;
  return `<w:r><w:t xml:space="preserve">${escapeXml(mark)}</w:t></w:r>`;
}

/** Text without marks, and the first mark that was in it. */
export function takeMark(text: string): { text: string; number: ParagraphNumber | null } {
  let number: ParagraphNumber | null = null;
  const rest = text.replace(MARK, (_, level: string, kind: ParagraphNumber['kind'], count: string, label: string) => {
    number ??= { level: Number(level), kind, value: Number(count), label };
    return '';
  });
  return { text: rest, number };
}
