/**
 * Builds an article from the events of a reader (HTML walker, Word converter, lines of text), and keeps it
 * valid whatever the reader sends: what the schema does not allow in a place is flattened, never lost.
 */
import { MAX_ARTICLE_BYTES, MAX_ARTICLE_DEPTH, MAX_CAPTION, MAX_HEADING_LEVEL } from '../../model/article/index.ts';
import { StudioError } from '../../model/errors.ts';
import { isCjk } from '../../text/index.ts';
import type { ArticleDoc, ArticleMarkJson, ArticleNodeJson } from '../../model/article/index.ts';
import { captionParts } from './captions.ts';
import { Frame, closed, holds, isCell, isList } from './builder-frame.ts';
import type { Container } from './builder-frame.ts';
import type { RepairList } from './repairs.ts';
import { emptyParagraph } from './table.ts';

export interface Marks {
  bold?: boolean;
  italic?: boolean;
  underline?: boolean;
  strike?: boolean;
  script?: 'subscript' | 'superscript' | null;
  /** Address already checked by `isAllowedHref`. */
  link?: string | null;
}

/** The kind of line a piece of text belongs to; it opens one when none is open. */
export interface Line {
  /** 1 and more for a heading, 0 for a paragraph. */
  heading: number;
  align: 'center' | 'right' | null;
}

export const PLAIN_LINE: Line = { heading: 0, align: null };

/** Levels a container needs below itself until text: list → item → paragraph → text. */
const ROOM: Record<Container, number> = {
  blockquote: 2,
  bulletList: 3,
  orderedList: 3,
  listItem: 2,
  table: 4,
  tableRow: 3,
  tableCell: 2,
  tableHeader: 2,
};

const MARK_SETS = new Map<string, ArticleMarkJson[]>();

function marksJson(marks: Marks): { key: string; list: ArticleMarkJson[] } {
  const names = (['bold', 'italic', 'underline', 'strike'] as const).filter((name) => marks[name]);
  const script = marks.script ?? null;
  const key = `${marks.link ?? ''} ${names.join(' ')} ${script ?? ''}`;
  let list = MARK_SETS.get(key);
  if (!list) {
    list = [
      ...(marks.link ? [{ type: 'link', attrs: { href: marks.link } }] : []),
      ...names.map((type) => ({ type })),
      ...(script ? [{ type: script }] : []),
    ];
    if (marks.link === undefined || marks.link === null) MARK_SETS.set(key, list);
  }
  return { key, list };
}

interface OpenLine {
  line: Line;
  content: ArticleNodeJson[];
  /** Marks of the last text piece, to join pieces. */
  key: string | null;
  /** White space seen but not yet written. */
  gap: { newline: boolean; marks: Marks } | null;
}

export class ArticleBuilder {
  readonly #repairs: RepairList;
  readonly #file: string;
  readonly #document: Frame = new Frame('doc', 0, {}, null);
  /** Containers open now, the document not among them. */
  readonly #frames: Frame[] = [];
  #line: OpenLine | null = null;
  #size = 0;

  /** @param file name for the sentence of `too_large`. */
  constructor(repairs: RepairList, file: string) {
    this.#repairs = repairs;
    this.#file = file;
  }

  /** Opens a container; every `open` needs its `close`, also when the container turned out not to fit. */
  open(type: Container, attrs: Record<string, unknown> = {}): void {
    this.endLine();
    const around = this.#target();
    // In a list, anything but an item gets an item around it.
    const depth = around.depth + (isList(around.type) && type !== 'listItem' ? 2 : 1);
    this.#frames.push(new Frame(this.#fitting(type, depth, around), depth, attrs, around));
  }

  close(): void {
    this.endLine();
    const ended = this.#frames.pop();
    if (!ended || ended.type === 'doc' || ended.type === 'pass') return;
    const node = closed(ended.type, ended);
    if (node) this.#add(node);
  }

  /**
   * Adds text to the open line, opening one of the kind `line` if there is none.
   *
   * @param mode `collapse` folds white space as HTML does, and drops a line break between two Chinese
   *   characters; `keep` takes spaces and tabs as they are.
   */
  text(text: string, marks: Marks, line: Line, mode: 'collapse' | 'keep'): void {
    if (mode === 'keep') {
      if (text !== '') this.#push(text, marks, line);
      return;
    }
    for (const piece of text.match(/[ \t\n\r\f]+|[^ \t\n\r\f]+/g) ?? []) {
      if (/^[ \t\n\r\f]/.test(piece)) {
        if (this.#line) this.#line.gap = { newline: piece.includes('\n') || (this.#line.gap?.newline ?? false), marks };
      } else {
        this.#writeGap(piece);
        this.#push(piece, marks, line);
      }
    }
  }

  /** A line break inside a paragraph; the second in a row parts the paragraph. */
  hardBreak(): void {
    const open = this.#line;
    if (!open || open.content.length === 0) return;
    open.gap = null;
    if (open.content.at(-1)?.type === 'hardBreak') {
      const { line } = open;
      this.endLine();
      this.#startLine(line);
    } else {
      open.content.push({ type: 'hardBreak' });
      open.key = null;
    }
  }

  /** A note that belongs to the word before it. */
  footnote(text: string, line: Line): void {
    const note = text.replace(/\s+/gu, ' ').trim();
    if (note === '') return;
    this.#writeGap('');
    this.#size += note.length;
    const open = this.#line ?? this.#startLine(line);
    open.content.push({ type: 'footnote', attrs: { text: note } });
    open.key = null;
  }

  image(assetId: string, alt: string): void {
    const line = this.#line?.line;
    this.endLine();
    const attrs = { assetId, alt: alt.trim().slice(0, MAX_CAPTION), caption: '', credit: '', width: null, ai: false };
    this.#add({ type: 'image', attrs });
    // Text after a picture in the middle of a line stays the same kind of line.
    if (line) this.#startLine(line);
  }

  rule(): void {
    this.endLine();
    this.#add({ type: 'horizontalRule' });
  }

  /** Gives the picture just added its caption; false when the last block is not a picture without one. */
  caption(text: string): boolean {
    if (this.#line?.content.some((node) => node.type === 'text')) return false;
    const last = this.#target().content.at(-1);
    if (last?.type !== 'image' || last.attrs?.['caption'] !== '' || text.length > MAX_CAPTION) return false;
    this.endLine();
    last.attrs = { ...last.attrs, ...captionParts(text) };
    return true;
  }

  /** Ends the open line; lines without visible text leave nothing. */
  endLine(): void {
    const open = this.#line;
    if (!open) return;
    this.#line = null;
    if (this.#trim(open.content)) this.#repairs.add('indent_dropped');
    if (open.content.length === 0) return;
    const { heading, align } = open.line;
    if (heading > MAX_HEADING_LEVEL) this.#repairs.add('heading_level_lowered');
    const attrs =
      heading > 0 ? { level: Math.min(heading, MAX_HEADING_LEVEL), textAlign: align } : { textAlign: align };
    this.#add({ type: heading > 0 ? 'heading' : 'paragraph', attrs, content: open.content });
  }

  /** Closes everything and returns the article; one empty paragraph when nothing came. */
  finish(): ArticleDoc {
    while (this.#frames.length > 0) this.close();
    this.endLine();
    const { content } = this.#document;
    return { type: 'doc', content: content.length > 0 ? content : [emptyParagraph()] };
  }

  #startLine(line: Line): OpenLine {
    const open = { line, content: [], key: null, gap: null };
    this.#line = open;
    return open;
  }

  #writeGap(next: string): void {
    const open = this.#line;
    if (!open?.gap) return;
    const { gap } = open;
    open.gap = null;
    const last = open.content.at(-1);
    if (last?.text === undefined && last?.type !== 'footnote') return;
    const before = [...(last.text ?? '').slice(-2)].at(-1);
    if (gap.newline && isCjk(before) && isCjk([...next.slice(0, 2)][0])) return;
    this.#push(' ', gap.marks, open.line);
  }

  #push(text: string, marks: Marks, line: Line): void {
    this.#size += text.length;
    // The stored form is never shorter than its text, so what is too long already need not be read on.
    if (this.#size > MAX_ARTICLE_BYTES) throw new StudioError('too_large', { file: this.#file, limit: '5 MB' });
    const open = this.#line ?? this.#startLine(line);
    const { key, list } = marksJson(marks);
    const last = open.content.at(-1);
    if (last?.text !== undefined && open.key === key) last.text += text;
    else open.content.push(list.length > 0 ? { type: 'text', text, marks: list } : { type: 'text', text });
    open.key = key;
  }

  /** Removes white space and breaks around a line; true when an indent made of wide spaces was among it. */
  #trim(content: ArticleNodeJson[]): boolean {
    let indent = '';
    for (let first = content[0]; first && first.type !== 'footnote'; first = content[0]) {
      const text = first.text?.trimStart() ?? '';
      indent += first.text?.slice(0, first.text.length - text.length) ?? '';
      if (text !== '') {
        first.text = text;
        break;
      }
      content.shift();
    }
    for (let last = content.at(-1); last && last.type !== 'footnote'; last = content.at(-1)) {
      const text = last.text?.trimEnd() ?? '';
      if (text !== '') {
        last.text = text;
        break;
      }
      content.pop();
    }
    return content.length > 0 && /[\u3000\u00A0]/.test(indent);
  }

  #target(): Frame {
    return this.#frames.at(-1)?.target ?? this.#document;
  }

  #fitting(type: Container, depth: number, around: Frame): Frame['type'] {
    if (type === 'listItem') return isList(around.type) ? type : 'pass';
    if (type === 'tableRow') return around.type === 'table' ? type : 'pass';
    if (isCell(type)) return around.type === 'tableRow' ? type : 'pass';
    if (type === 'table' && around.inCell) {
      this.#repairs.add('nested_table_flattened');
      return 'pass';
    }
    if (depth + ROOM[type] > MAX_ARTICLE_DEPTH) {
      this.#repairs.add('nesting_flattened');
      return 'pass';
    }
    return type;
  }

  #add(node: ArticleNodeJson): void {
    this.#size += 40; // at least so much is written around every block
    let target = this.#target();
    // A table's caption, or stray text between its cells: before the table, where it can be read.
    while (!holds(target.type, node.type) && target.outer) target = target.outer;
    if (!isList(target.type) || node.type === 'listItem') {
      target.content.push(node);
      return;
    }
    const last = target.content.at(-1);
    if (last) (last.content ??= []).push(node);
    else target.content.push(closed('listItem', { content: [node], attrs: {} }) ?? node);
  }
}
