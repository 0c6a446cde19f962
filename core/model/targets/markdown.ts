/** CommonMark with tables and footnotes, for people and for the importer, which reads it back. */
import type { ArticleNodeJson } from '../article/types.ts';
import { DRAFT_MARK } from './draft-mark.ts';
import { isBlank } from './html.ts';
import { piecesOf, type InlineTools } from './inline.ts';
import { groupOf, lowered } from './lower.ts';
import { markdownLine } from './markdown-inline.ts';
import { pictureOf, pictureWords } from './picture-words.ts';
import { Notes, Report } from './report.ts';
import type { TargetRules } from './rules.ts';
import type { TargetInput } from './types.ts';

/** Notices as GitHub, Obsidian and others show them: a quote that begins with its kind. */
export const NOTICE_SIGNS: Readonly<Record<string, string>> = { info: 'NOTE', tip: 'TIP', warning: 'WARNING' };

const indent = (text: string, by: string, first = by): string =>
  text
    .split('\n')
    .map((line, i) => (i === 0 ? first + line : line === '' ? '' : by + line))
    .join('\n');

const quoted = (text: string): string => text.replace(/^/gm, '> ').replace(/^> $/gm, '>');

export class MarkdownWriter {
  readonly report = new Report();
  readonly notes = new Notes();
  readonly #rules: TargetRules;
  readonly #input: TargetInput;
  readonly #tools: InlineTools;

  constructor(rules: TargetRules, input: TargetInput) {
    this.#rules = rules;
    this.#input = input;
    this.#tools = { rules, report: this.report, notes: this.notes };
  }

  /** The whole file. */
  file(): string {
    const { title, doc, films = new Map<string, string>(), draft } = this.#input;
    const tools = { rules: this.#rules, report: this.report, films };
    const body = doc.content.map((node) => {
      this.report.enter(node);
      return this.#blocks(lowered(node, tools));
    });
    const mark = draft === true ? [`**${DRAFT_MARK}**`] : [];
    const head = title.trim() === '' ? [] : [`# ${this.#plain(title)}`];
    const notes = this.notes.texts.map((text, i) => `[^${i + 1}]: ${this.#plain(text)}`);
    const parts = [...mark, ...head, ...body, ...mark, notes.join('\n')];
    return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
  }

  #plain(text: string): string {
    return markdownLine(piecesOf([{ type: 'text', text }], this.#tools));
  }

  #line(node: ArticleNodeJson): string {
    const align = node.attrs?.['textAlign'];
    if (align === 'center' || align === 'right' || align === 'justify') this.report.lose('textAlign');
    return markdownLine(piecesOf(node.content ?? [], this.#tools));
  }

  #blocks(nodes: readonly ArticleNodeJson[], between = '\n\n'): string {
    let type = '';
    let other = false;
    const parts: string[] = [];
    for (const node of nodes) {
      if (isBlank(node)) continue;
      // Two lists one after the other would read as one: the second takes the other sign.
      other = type === node.type && !other;
      ({ type } = node);
      const written = this.#block(node, other);
      if (written !== '') parts.push(written);
    }
    return parts.join(between);
  }

  #block(node: ArticleNodeJson, other: boolean): string {
    const children = node.content ?? [];
    switch (node.type) {
      case 'paragraph':
        return this.#line(node);
      case 'heading':
        return `${'#'.repeat(Number(node.attrs?.['level'] ?? 1))} ${this.#line(node).replaceAll('\\\n', ' ')}`;
      case 'blockquote':
        return quoted(this.#blocks(children));
      case 'bulletList':
        return this.#items(children, () => (other ? '* ' : '- '));
      case 'orderedList': {
        const start = Number(node.attrs?.['start'] ?? 1);
        return this.#items(children, (i) => `${start + i}${other ? ')' : '.'} `);
      }
      case 'image':
        return this.#image(node);
      case 'horizontalRule':
        return '---';
      case 'table':
        return this.#table(node);
      case 'group':
        return this.#group(node);
      default:
        return this.#blocks(children);
    }
  }

  #items(items: readonly ArticleNodeJson[], sign: (i: number) => string): string {
    // Items of one paragraph stand close; longer ones are parted, and then the whole list is.
    const loose = !items.every(onlyNestedList);
    const written = items.map((item, i) => {
      const mark = sign(i);
      return indent(this.#blocks(item.content ?? [], loose ? '\n\n' : '\n'), ' '.repeat(mark.length), mark);
    });
    return written.join(loose ? '\n\n' : '\n');
  }

  #image(node: ArticleNodeJson): string {
    const picture = pictureOf(node, this.#input.images, this.report);
    const { alt, line } = pictureWords(node);
    if (!picture) return '';
    if (typeof node.attrs?.['width'] === 'number' && node.attrs['portrait'] === undefined) this.report.lose('width');
    const image = `![${this.#plain(alt)}](${picture.src})`;
    return line === '' ? image : `${image}\n*${this.#plain(line)}*`;
  }

  #table(node: ArticleNodeJson): string {
    const rows = (node.content ?? []).map((row) => ({
      head: (row.content ?? []).every((cell) => cell.type === 'tableHeader'),
      cells: (row.content ?? []).flatMap((cell) => this.#cell(cell)),
    }));
    const width = Math.max(1, ...rows.map((row) => row.cells.length));
    const written = (cells: readonly string[]): string =>
      `| ${Array.from({ length: width }, (_, i) => cells[i] ?? '').join(' | ')} |`;
    const headed = rows[0]?.head === true;
    const head = headed ? (rows[0]?.cells ?? []) : [];
    const body = rows.slice(headed ? 1 : 0).map((row) => written(row.cells));
    return [written(head), `| ${Array.from({ length: width }, () => '---').join(' | ')} |`, ...body].join('\n');
  }

  /** A cell that reaches over others is followed by empty ones: Markdown has no spans. */
  #cell(cell: ArticleNodeJson): string[] {
    const { colspan, rowspan } = cell.attrs ?? {};
    if (Number(colspan) > 1) this.report.lose('colspan');
    if (Number(rowspan) > 1) this.report.lose('rowspan');
    const children = cell.content ?? [];
    if (children.some((child) => child.type !== 'paragraph')) this.report.lose('blocks in a cell');
    const text = children.map((child) => this.#block(child, false)).join(' ');
    return [text.replace(/\\?\n/g, ' '), ...Array.from({ length: Number(colspan ?? 1) - 1 }, () => '')];
  }

  #group(node: ArticleNodeJson): string {
    const inner = this.#blocks(node.content ?? []);
    if (groupOf(node) !== 'noticeBox') return inner;
    const sign = NOTICE_SIGNS[String(node.attrs?.['kind'])] ?? 'NOTE';
    return quoted(`[!${sign}]\n\n${inner}`);
  }
}

const onlyNestedList = (item: ArticleNodeJson): boolean =>
  (item.content ?? []).slice(1).every((child) => child.type === 'bulletList' || child.type === 'orderedList');
