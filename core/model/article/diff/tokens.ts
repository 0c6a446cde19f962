/** A block as the row of tokens two blocks are compared by: its nodes, and its words. */
import type { Mark, Node } from 'prosemirror-model';

export interface Token {
  /** Two tokens are the same when their keys are. Marks are not in it: they are compared afterwards. */
  key: string;
  /** Position from just before the block, and how many positions it takes. */
  pos: number;
  size: number;
  /** What it adds to the block's plain text, and where. */
  text: string;
  at: number;
  /** Marks of each UTF-16 unit of a word; empty for everything else. */
  marks: readonly string[];
}

export interface BlockTokens {
  tokens: Token[];
  /** The texts of the tokens, joined. */
  text: string;
}

/** Chinese has no spaces: the dictionary of the Unicode library says where a word ends. Made once, it is slow to make. */
const dictionary = new Intl.Segmenter('zh', { granularity: 'word' });

type Cut = (text: string) => Iterable<{ segment: string; index: number }>;
/** A sentence at a time: the segmenter slows down in long texts. */
const words: Cut = function* (text) {
  for (const sentence of text.matchAll(/[^。！？；\n]*[。！？；\n]?/gu)) {
    for (const { segment, index } of dictionary.segment(sentence[0])) yield { segment, index: sentence.index + index };
  }
};
/** For the text alone: looking words up takes far longer than everything else here. */
const whole: Cut = (text) => (text === '' ? [] : [{ segment: text, index: 0 }]);

const marksKey = (marks: readonly Mark[]): string =>
  marks.length === 0 ? '' : JSON.stringify(marks.map((mark) => [mark.type.name, mark.attrs]));

const attr = (node: Node, name: string): string => {
  const value: unknown = node.attrs[name];
  return typeof value === 'string' ? value : '';
};

/** What a leaf says in plain text: pictures their caption, else what is seen on them; a footnote its note. */
function leafText(node: Node): string {
  switch (node.type.name) {
    case 'hardBreak':
      return '\n';
    case 'horizontalRule':
      return '———';
    case 'footnote':
      return `［注：${attr(node, 'text')}］`;
    case 'image':
      return attr(node, 'caption') || attr(node, 'alt') || '［图片］';
    case 'videoCard':
      return attr(node, 'caption') || '［视频］';
    default:
      return '';
  }
}

/** The attributes that `leafText` does not show. */
function leafAttrs(node: Node): string {
  const { caption, text, ...rest } = node.attrs as Record<string, unknown>;
  return JSON.stringify(rest) + (caption === '' ? ' no caption' : '') + (text === '' ? ' no text' : '');
}

class Tokenizer {
  readonly tokens: Token[] = [];
  text = '';
  /** What parts the next line from the text so far. */
  #separator: '' | '\n' | '\t' = '';
  #anything = false;
  readonly #cut: Cut;

  constructor(cut: Cut) {
    this.#cut = cut;
  }

  #push(key: string, pos: number, size: number, text: string, marks: readonly string[] = []): void {
    this.tokens.push({ key, pos, size, text, at: this.text.length, marks });
    this.text += text;
  }

  /** The line feed (or, in a table, the tab) before a new line. */
  #startLine(): string {
    const separator = this.#separator || (this.#anything ? '\n' : '');
    this.#separator = '';
    this.#anything = true;
    return separator;
  }

  /** A leaf is one position; its words are tokens of the same position, so that a changed word shows the leaf. */
  #leaf(node: Node, pos: number): void {
    const separator = node.isInline ? '' : this.#startLine();
    this.#push(`<${node.type.name} ${leafAttrs(node)}`, pos, 1, separator);
    for (const { segment } of this.#cut(leafText(node))) this.#push(`=${segment}`, pos, 1, segment);
  }

  /** Text between two leaves of a line is cut into words across its marks. */
  #run(children: readonly Node[], pos: number): void {
    const text = children.map((child) => child.text ?? '').join('');
    const marks = children.flatMap((child) => {
      const key = marksKey(child.marks);
      return Array.from({ length: child.nodeSize }, () => key);
    });
    for (const { segment, index } of this.#cut(text)) {
      const { length } = segment;
      this.#push(`=${segment}`, pos + index, length, segment, marks.slice(index, index + length));
    }
  }

  #line(node: Node, start: number): void {
    let run: Node[] = [];
    let from = start;
    node.forEach((child, offset) => {
      if (child.isText) {
        if (run.length === 0) from = start + offset;
        run.push(child);
        return;
      }
      this.#run(run, from);
      run = [];
      this.#leaf(child, start + offset);
    });
    this.#run(run, from);
  }

  node(node: Node, pos: number): void {
    if (node.isLeaf) {
      this.#leaf(node, pos);
      return;
    }
    const separator = node.inlineContent ? this.#startLine() : '';
    this.#push(`<${node.type.name} ${JSON.stringify(node.attrs)}`, pos, 1, separator);
    if (node.inlineContent) this.#line(node, pos + 1);
    else {
      node.forEach((child, offset, index) => {
        if (node.type.name === 'tableRow' && index > 0) this.#separator = '\t';
        this.node(child, pos + 1 + offset);
      });
    }
    this.#push(`>${node.type.name}`, pos + node.nodeSize - 1, 1, '');
  }
}

function tokenize(node: Node, cut: Cut): BlockTokens {
  const tokenizer = new Tokenizer(cut);
  tokenizer.node(node, 0);
  return { tokens: tokenizer.tokens, text: tokenizer.text };
}

/** Tokens of a block, in order; `text` is its plain text. */
export function blockTokens(node: Node): BlockTokens {
  return tokenize(node, words);
}

/** Plain text of a block: one line a line, cells of a row parted by tabs, captions and footnotes where they stand. */
export function blockText(node: Node): string {
  return tokenize(node, whole).text;
}
