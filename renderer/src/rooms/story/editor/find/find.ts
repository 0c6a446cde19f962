/**
 * Finding text in an article, across marks, line by line. Pure but for the document: every line (paragraph, title,
 * note …) is searched as one string, whatever marks part it; a picture or break inside counts as one character.
 */
import type { Node as PmNode } from '@tiptap/pm/model';
import { RE2JS } from 're2js';

export interface FindOptions {
  query: string;
  matchCase: boolean;
  regex: boolean;
}

export interface Found {
  from: number;
  to: number;
  /** What the whole expression and its groups matched; for `$1` in the replacement. */
  groups: string[];
}

/** More hits than this are not counted: nobody steps through them. */
export const MAX_FOUND = 5000;

/** Hits of a query in one line: offsets in UTF-16 units, and what the expression's groups matched. */
type Pattern = (line: string) => { index: number; groups: string[] }[];

function plainPattern({ query, matchCase }: FindOptions): Pattern {
  const fold = (text: string): string => {
    const folded = text.toLowerCase();
    // A few letters change their length (İ); then the case is left alone, so that offsets stay true.
    return matchCase || folded.length !== text.length ? text : folded;
  };
  const wanted = fold(query);
  return (line) => {
    const hits = [];
    const text = fold(line);
    for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + wanted.length)) {
      hits.push({ index: at, groups: [line.slice(at, at + wanted.length)] });
    }
    return hits;
  };
}

/** RE2: its time grows with the text, whatever the expression. JavaScript's own can take minutes on `(a+)+$`. */
function regexPattern({ query, matchCase }: FindOptions): Pattern {
  const compiled = RE2JS.compile(query, matchCase ? 0 : RE2JS.CASE_INSENSITIVE);
  return (line) => {
    const hits = [];
    const matcher = compiled.matcher(line);
    while (matcher.find()) {
      const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, i) => matcher.group(i) ?? '');
      hits.push({ index: matcher.start(), groups });
    }
    return hits;
  };
}

/**
 * What a query means; null for an empty one. Plain text is matched as it stands.
 *
 * @throws Error (of re2js) when a regular expression is not one; look-around and back references are none there.
 */
export function patternOf(options: FindOptions): Pattern | null {
  if (options.query === '') return null;
  return options.regex ? regexPattern(options) : plainPattern(options);
}

function lineText(line: PmNode): string {
  return line.textBetween(0, line.content.size, '', '\ufffc');
}

/** Every hit, in order. Empty matches (`a*`) are passed over. */
export function findAll(doc: PmNode, pattern: Pattern | null): Found[] {
  const found: Found[] = [];
  if (!pattern) return found;
  doc.descendants((node, pos) => {
    if (!node.isTextblock) return found.length < MAX_FOUND;
    for (const { index, groups } of pattern(lineText(node))) {
      const length = groups[0]?.length ?? 0;
      if (length === 0) continue;
      // Every inline leaf is one position and one character, so offsets are positions.
      const from = pos + 1 + index;
      found.push({ from, to: from + length, groups });
      if (found.length >= MAX_FOUND) break;
    }
    return false;
  });
  return found;
}

/** The replacement of one hit: with regular expressions `$1` … `$9` and `$&` stand for what was matched, `$$` for a $. */
export function replacementOf(found: Found, replacement: string, regex: boolean): string {
  if (!regex) return replacement;
  return replacement.replace(/\$(\$|&|\d)/g, (_, what: string) => {
    if (what === '$') return '$';
    return found.groups[what === '&' ? 0 : Number(what)] ?? '';
  });
}

/** The first hit at or behind a position, or the first of all; -1 when there is none. */
export function nearest(found: readonly Found[], pos: number): number {
  if (found.length === 0) return -1;
  const at = found.findIndex((hit) => hit.from >= pos);
  return at < 0 ? 0 : at;
}
