/** Plain text a person is glad of: blocks parted by an empty line, headings and lists marked by signs, no markup. */
import { NOTES_LABEL } from '../article/labels.ts';
import type { ArticleNodeJson } from '../article/types.ts';
import { DRAFT_MARK } from './draft-mark.ts';
import { isBlank } from './html.ts';
import { piecesOf, wordsOf, type InlineTools } from './inline.ts';
import { groupOf, lowered } from './lower.ts';
import { pictureWords } from './picture-words.ts';
import { Notes, Report } from './report.ts';
import type { TargetRules } from './rules.ts';
import type { TargetInput } from './types.ts';

/** Lists inside lists step in by this much. */
const STEP = '　';

interface PlainOptions {
  /** Whether a line stands where a picture is. A note on 小红书 has its pictures beside the text. */
  pictures: boolean;
}

export class PlainWriter {
  readonly report = new Report();
  readonly notes = new Notes();
  readonly #rules: TargetRules;
  readonly #input: TargetInput;
  readonly #tools: InlineTools;
  readonly #options: PlainOptions;

  constructor(rules: TargetRules, input: TargetInput, options: PlainOptions) {
    this.#rules = rules;
    this.#input = input;
    this.#options = options;
    this.#tools = { rules, report: this.report, notes: this.notes };
  }

  /** Text of each top-level block that leaves any, without the title. */
  blocks(): string[] {
    const films = this.#input.films ?? new Map<string, string>();
    const tools = { rules: this.#rules, report: this.report, films };
    const written = this.#input.doc.content.map((node) => {
      this.report.enter(node);
      return this.#blocks(lowered(node, tools), '\n\n');
    });
    const { texts } = this.notes;
    const notes = texts.length === 0 ? [] : [[NOTES_LABEL, ...texts.map((t, i) => `［${i + 1}］${t}`)].join('\n')];
    return [...written, ...notes].filter((text) => text !== '');
  }

  /** The whole file: title, text, marks of a draft. */
  file(): string {
    const mark = this.#input.draft === true ? [`【${DRAFT_MARK}】`] : [];
    const parts = [...mark, this.#input.title, ...this.blocks(), ...mark];
    return `${parts.filter((part) => part.trim() !== '').join('\n\n')}\n`;
  }

  #blocks(nodes: readonly ArticleNodeJson[], between: string): string {
    return nodes
      .filter((node) => !isBlank(node))
      .map((node) => this.#block(node))
      .filter((text) => text !== '')
      .join(between);
  }

  #line(node: ArticleNodeJson): string {
    return wordsOf(piecesOf(node.content ?? [], this.#tools)).trim();
  }

  #block(node: ArticleNodeJson): string {
    const children = node.content ?? [];
    switch (node.type) {
      case 'paragraph':
        return this.#line(node);
      case 'heading':
        return this.#heading(node);
      case 'blockquote':
        return this.#quote(children);
      case 'bulletList':
        return this.#items(children, () => '· ');
      case 'orderedList': {
        const start = Number(node.attrs?.['start'] ?? 1);
        return this.#items(children, (i) => `${start + i}. `);
      }
      case 'image':
        return this.#image(node);
      case 'horizontalRule':
        return '——————';
      case 'table':
        return children.map((row) => (row.content ?? []).map((cell) => this.#cell(cell)).join(' | ')).join('\n');
      case 'group':
        return this.#group(node);
      default:
        return this.#blocks(children, '\n\n');
    }
  }

  #heading(node: ArticleNodeJson): string {
    const words = this.#line(node).replaceAll('\n', ' ');
    const level = Number(node.attrs?.['level'] ?? 1);
    return level === 1 ? `【${words}】` : level === 2 ? `■ ${words}` : `● ${words}`;
  }

  #quote(children: readonly ArticleNodeJson[]): string {
    return this.#blocks(children, '\n').replace(/^/gm, '｜');
  }

  #items(items: readonly ArticleNodeJson[], sign: (i: number) => string): string {
    return items
      .map((item, i) => {
        const [first = '', ...rest] = this.#blocks(item.content ?? [], '\n').split('\n');
        return [`${sign(i)}${first}`, ...rest.map((line) => `${STEP}${line}`)].join('\n');
      })
      .join('\n');
  }

  #cell(cell: ArticleNodeJson): string {
    return this.#blocks(cell.content ?? [], ' ').replace(/\s+/gu, ' ');
  }

  /** The picture itself is not in a text: what it shows is, and that it was left out is told. */
  #image(node: ArticleNodeJson): string {
    const { alt, line, ai } = pictureWords(node);
    const words = [line === '' || (ai && line.length < 6) ? alt : '', line].filter((part) => part !== '').join('　');
    if (!this.#options.pictures) {
      const id = node.attrs?.['assetId'];
      if (typeof id !== 'string' || !this.#input.images.has(id)) this.report.lose('image', words);
      return '';
    }
    this.report.lose('image', words);
    return words === '' ? '［图］' : `［图：${words}］`;
  }

  #group(node: ArticleNodeJson): string {
    const tight = groupOf(node) === 'qaList' || groupOf(node) === 'personCard' ? '\n' : '\n\n';
    const inner = this.#blocks(node.content ?? [], groupOf(node) === 'noticeBox' ? '\n' : tight);
    if (groupOf(node) === 'qaList') return inner.replaceAll('\n问：', '\n\n问：');
    return groupOf(node) === 'noticeBox' ? inner.replace(/^/gm, '｜') : inner;
  }
}
