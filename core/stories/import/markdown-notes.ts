/** Footnotes of Markdown (`[^1]` and `[^1]: …`), and other forms that CommonMark itself does not have. */
import type MarkdownItClass from 'markdown-it';

type MarkdownIt = InstanceType<typeof MarkdownItClass>;

/** Element the walker knows a footnote by; no page has it. */
export const NOTE_TAG = 'tx-note';

const DEFINITION = /^ {0,3}\[\^([^\]\s]{1,100})\]:[ \t]*(.*)$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/**
 * Takes the notes that are referred to out of a text. A definition nobody refers to stays where it is, as the words it
 * is made of; so does one inside a block of code.
 */
export function takeNotes(text: string): { body: string; notes: Map<string, string> } {
  const notes = new Map<string, string>();
  const kept: string[] = [];
  let fence = '';
  let open: string | null = null;
  for (const line of text.split('\n')) {
    const mark = FENCE.exec(line)?.[1] ?? '';
    if (mark !== '' && (fence === '' || mark.startsWith(fence))) fence = fence === '' ? mark : '';
    const found = fence === '' ? DEFINITION.exec(line) : null;
    const [, id, words = ''] = found ?? [];
    if (id !== undefined && !notes.has(id) && text.split(`[^${id}]`).length > 2) {
      notes.set(id, words);
      open = id;
    } else if (open !== null && /^(?: {2,}|\t)\S/.test(line)) {
      notes.set(open, `${notes.get(open) ?? ''} ${line.trim()}`);
    } else {
      open = null;
      kept.push(line);
    }
  }
  return { body: kept.join('\n'), notes };
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** The words of a note: Markdown inside it is read, and its marks are dropped. */
function wordsOf(md: MarkdownIt, text: string): string {
  const tokens = md.parseInline(text, {})[0]?.children ?? [];
  return tokens
    .map((token) => (token.type === 'softbreak' || token.type === 'hardbreak' ? ' ' : token.content))
    .join('');
}

/** References become elements that hold their note. */
export function readNotes(md: MarkdownIt, notes: ReadonlyMap<string, string>): void {
  const words = new Map([...notes].map(([id, text]) => [id, wordsOf(md, text).trim()]));
  md.inline.ruler.before('link', 'note', (state, silent) => {
    const match = /^\[\^([^\]\s]{1,100})\]/.exec(state.src.slice(state.pos, state.pos + 104));
    const note = match?.[1] === undefined ? undefined : words.get(match[1]);
    if (!match || note === undefined) return false;
    if (!silent) {
      state.push('html_inline', '', 0).content = `<${NOTE_TAG} data-text="${escaped(note)}"></${NOTE_TAG}>`;
    }
    state.pos += match[0].length;
    return true;
  });
}

type Tokens = ReturnType<MarkdownIt['parse']>;

/** `![](a.jpg)` with a line in italics right under it is a picture with its caption. */
function markCaptions(tokens: Tokens): void {
  tokens.forEach((token, i) => {
    const [image, gap, start, ...rest] = token.children ?? [];
    const end = rest.pop();
    const [before, after] = [tokens[i - 1], tokens[i + 1]];
    const plain = rest.every((child) => child.type === 'text');
    if (token.type !== 'inline' || before?.type !== 'paragraph_open' || !after || !plain) return;
    if (image?.type !== 'image' || gap?.type !== 'softbreak' || start?.type !== 'em_open' || end?.type !== 'em_close')
      return;
    for (const outer of [before, after]) Object.assign(outer, { tag: 'figure', hidden: false });
    for (const inner of [start, end]) inner.tag = 'figcaption';
  });
}

/** A table has to have a head in Markdown; one that is empty was none. */
function dropEmptyHeads(tokens: Tokens): Tokens {
  const kept: Tokens = [];
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i]?.type === 'thead_open') {
      const end = tokens.findIndex((token, at) => at > i && token.type === 'thead_close');
      const filled = tokens.slice(i, end).some((token) => token.type === 'inline' && token.content.trim() !== '');
      if (end > i && !filled) {
        i = end;
        continue;
      }
    }
    const token = tokens[i];
    if (token) kept.push(token);
  }
  return kept;
}

export function readForms(md: MarkdownIt): void {
  md.core.ruler.push('forms', (state) => {
    markCaptions(state.tokens);
    state.tokens = dropEmptyHeads(state.tokens);
  });
}
