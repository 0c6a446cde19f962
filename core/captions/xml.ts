/**
 * A reader of XML for documents from strangers: one pass, no nesting limit to run into, no external or declared
 * entities, nothing fetched. Names are given without their namespace prefix.
 */
export type XmlToken =
  | { type: 'open'; name: string; attributes: ReadonlyMap<string, string>; empty: boolean }
  | { type: 'close'; name: string }
  | { type: 'text'; text: string; unknownEntities: number };

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const REFERENCE = /&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|([\w.:-]{1,40}));/g;

/** Characters XML allows (1.0, production 2). */
function isXmlCharacter(code: number): boolean {
  if (code < 0x20) return code === 9 || code === 10 || code === 13;
  return code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
}

function expand(text: string): { text: string; unknown: number } {
  let unknown = 0;
  const expanded = text.replace(REFERENCE, (whole, dec?: string, hex?: string, name?: string) => {
    if (name !== undefined && Object.hasOwn(NAMED, name)) return NAMED[name] ?? whole;
    const code = dec === undefined ? parseInt(hex ?? '', 16) : Number(dec);
    if (name === undefined && isXmlCharacter(code)) return String.fromCodePoint(code);
    unknown += 1;
    return whole;
  });
  return { text: expanded, unknown };
}

const local = (name: string): string => name.slice(name.lastIndexOf(':') + 1);

/** Position of the `>` that ends the tag begun before `from`, past quoted values; -1 when there is none. */
function tagEnd(source: string, from: number): number {
  let at = from;
  for (;;) {
    const found = /["'>]/g;
    found.lastIndex = at;
    const stop = found.exec(source);
    if (!stop) return -1;
    if (stop[0] === '>') return stop.index;
    const quote = source.indexOf(stop[0], stop.index + 1);
    if (quote < 0) return -1;
    at = quote + 1;
  }
}

const SPACE = /[\s/]*/y;
const NAME = /[^\s=/"'<>]+/y;
const VALUE = /\s*=\s*(?:"([^"]*)"|'([^']*)')/y;

/** Attributes of a tag's inside; sticky patterns only, so that each character is looked at once. */
function attributesOf(inside: string, from: number): Map<string, string> {
  const attributes = new Map<string, string>();
  let at = from;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(inside);
    if (found) at = pattern.lastIndex;
    return found;
  };
  while (at < inside.length) {
    take(SPACE);
    const name = take(NAME)?.[0];
    if (name === undefined) {
      at += 1;
      continue;
    }
    const value = take(VALUE);
    // Namespace declarations are no attributes of ours, and `xmlns:style` must not pass for one.
    if (value && !name.startsWith('xmlns')) attributes.set(local(name), expand(value[1] ?? value[2] ?? '').text);
  }
  return attributes;
}

/** End of a document type with its internal subset, the position after its `>`. */
function doctypeEnd(source: string, from: number): number {
  const close = source.indexOf('>', from);
  const subset = source.indexOf('[', from);
  if (close < 0) return source.length;
  if (subset < 0 || subset > close) return close + 1;
  const subsetEnd = source.indexOf(']', subset);
  const end = subsetEnd < 0 ? -1 : source.indexOf('>', subsetEnd);
  return end < 0 ? source.length : end + 1;
}

function after(source: string, mark: string, from: number): number {
  const end = source.indexOf(mark, from);
  return end < 0 ? source.length : end + mark.length;
}

function textToken(raw: string): XmlToken {
  const { text, unknown } = expand(raw);
  return { type: 'text', text, unknownEntities: unknown };
}

function tagToken(inside: string): XmlToken | null {
  if (inside.startsWith('/')) return { type: 'close', name: local(inside.slice(1).trim()) };
  NAME.lastIndex = 0;
  const name = NAME.exec(inside)?.[0];
  if (name === undefined) return null;
  return {
    type: 'open',
    name: local(name),
    attributes: attributesOf(inside, name.length),
    empty: inside.endsWith('/'),
  };
}

/** Tokens of a document in order. Never throws; damaged markup is passed over. */
export function* xmlTokens(source: string): Generator<XmlToken> {
  let at = 0;
  while (at < source.length) {
    const open = source.indexOf('<', at);
    const until = open < 0 ? source.length : open;
    if (until > at) yield textToken(source.slice(at, until));
    if (open < 0) return;
    if (source.startsWith('<!--', open)) at = after(source, '-->', open + 4);
    else if (source.startsWith('<![CDATA[', open)) {
      at = after(source, ']]>', open + 9);
      const text = source.slice(open + 9, source.startsWith(']]>', at - 3) ? at - 3 : at);
      yield { type: 'text', text, unknownEntities: 0 };
    } else if (source.startsWith('<?', open)) at = after(source, '?>', open + 2);
    else if (source.startsWith('<!', open)) at = doctypeEnd(source, open + 2);
    else {
      const end = tagEnd(source, open + 1);
      if (end < 0) return;
      const token = tagToken(source.slice(open + 1, end));
      if (token) yield token;
      at = end + 1;
    }
  }
}

/** Text for an element or an attribute in double quotes. */
export function xmlText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\uFFFE\uFFFF]/g, '');
}
