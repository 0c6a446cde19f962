/** The Text field of an ASS event: escapes, override blocks, drawings. */
import type { CueStyle } from '../model/captions/index.ts';
import { Emphasis, alignOfA, type Flag } from './markup.ts';
import type { RepairCode } from './repairs.ts';

/** Stand-ins for braces that are text. Noncharacters: they cannot come in with the file. */
const OPEN = '\uFDD0';
const CLOSE = '\uFDD1';

/**
 * Marks the braces that are text, as libass reads them: `\{` and `\}` outside override blocks, and a `{` that no `}`
 * follows. What is left are override blocks and nothing else, so that the parser's pattern runs once over the line.
 */
export function maskBraces(line: string): string {
  const last = line.lastIndexOf('}');
  let out = '';
  let at = 0;
  while (at < line.length) {
    const brace = line.slice(at).search(/[{}]/);
    if (brace < 0) break;
    const here = at + brace;
    const before = line.slice(at, here);
    const char = line[here];
    if (before.endsWith('\\')) out += before.slice(0, -1) + (char === '{' ? OPEN : CLOSE);
    else if (char === '}' || here > last) out += before + (char === '{' ? OPEN : CLOSE);
    else {
      const end = line.indexOf('}', here);
      out += before + `{${line.slice(here + 1, end).replaceAll('{', '')}}`;
      at = end + 1;
      continue;
    }
    at = here + 1;
  }
  return out + line.slice(at);
}

interface EventText {
  parsed: readonly { tags: readonly object[]; text: string }[];
}

export interface ReadEventText {
  text: string;
  style: CueStyle;
  align: number | null;
  odd: ReadonlySet<RepairCode>;
}

const FLAG_TAGS: Readonly<Record<string, Flag>> = { b: 'bold', i: 'italic', u: 'underline', s: 'strike' };

/** Escapes of plain text. `\n` breaks the line only where the script wraps no lines itself (WrapStyle 2). */
function unescape(text: string, breakAtN: boolean): string {
  return text
    .replace(/\\([Nnh\u2060])/g, (_whole, letter: string) => {
      if (letter === 'N') return '\n';
      if (letter === 'n') return breakAtN ? '\n' : ' ';
      return letter === 'h' ? '\u00A0' : '\\';
    })
    .replaceAll(OPEN, '{')
    .replaceAll(CLOSE, '}');
}

class Overrides {
  readonly odd = new Set<RepairCode>();
  readonly on = new Set<Flag>();
  align: number | null = null;
  /** Between `\\p1` and `\\p0` the text is a drawing; the parser forgets it at the next block. */
  drawing = false;
  readonly #italic: boolean;

  constructor(italic: boolean) {
    this.#italic = italic;
    this.reset();
  }

  /** Back to the style of the event. */
  reset(): void {
    this.on.clear();
    if (this.#italic) this.on.add('italic');
  }

  apply(tag: object): void {
    for (const [name, value] of Object.entries(tag) as [string, unknown][]) {
      const flag = Object.hasOwn(FLAG_TAGS, name) ? FLAG_TAGS[name] : undefined;
      if (flag) this.#flag(flag, Number(value));
      // The first place of an event holds.
      else if (name === 'an' && Number(value) >= 1 && Number(value) <= 9) this.align ??= Number(value);
      else if (name === 'a') this.align ??= alignOfA(Number(value));
      else if (name === 'r') this.reset();
      else if (name === 'p') this.drawing = Number(value) > 0;
      else if (name !== 'q') this.odd.add('overrides_dropped');
    }
  }

  /** Weights from 700 on are bold. */
  #flag(flag: Flag, value: number): void {
    const on = flag === 'bold' ? value === 1 || value === -1 || value >= 700 : value !== 0;
    if (on) this.on.add(flag);
    else this.on.delete(flag);
  }
}

/** Plain text of an event as the parser took it apart, and the style that holds for all of it. */
export function readEventText(text: EventText, options: { italic: boolean; breakAtN: boolean }): ReadEventText {
  const overrides = new Overrides(options.italic);
  const emphasis = new Emphasis();
  let plain = '';
  for (const { tags, text: words } of text.parsed) {
    for (const tag of tags) overrides.apply(tag);
    if (overrides.drawing) {
      overrides.odd.add('drawing_dropped');
      continue;
    }
    const part = unescape(words, options.breakAtN);
    emphasis.note(part, (flag) => overrides.on.has(flag));
    plain += part;
  }
  const { style, partly } = emphasis.result();
  if (partly) overrides.odd.add('inline_style_dropped');
  return { text: plain, style, align: overrides.align, odd: overrides.odd };
}
