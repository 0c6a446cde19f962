/**
 * Cards in the words of a target that has none: paragraphs, lists, quotes, tables. What belongs together stays together
 * in a `group`, so that a writer may draw a frame around it.
 */
import { SOURCE_LABELS } from '../article/labels.ts';
import { inlineText } from '../article/text.ts';
import type { ArticleDoc, ArticleNodeJson } from '../article/types.ts';
import type { Report } from './report.ts';
import type { TargetRules } from './rules.ts';

export type CardName = keyof TargetRules['cards'];

const text = (value: string, marks: string[] = []): ArticleNodeJson => ({
  type: 'text',
  text: value,
  ...(marks.length > 0 ? { marks: marks.map((type) => ({ type })) } : {}),
});

function paragraph(content: ArticleNodeJson[]): ArticleNodeJson {
  return { type: 'paragraph', attrs: { textAlign: null }, content };
}

function group(card: CardName, content: ArticleNodeJson[], attrs: Record<string, unknown> = {}): ArticleNodeJson[] {
  return content.length > 0 ? [{ type: 'group', attrs: { card, ...attrs }, content }] : [];
}

/** The name of the card a group was made of, null for other nodes. */
export function groupOf(node: ArticleNodeJson): CardName | null {
  return node.type === 'group' ? (node.attrs?.['card'] as CardName) : null;
}

const isEmpty = (node: ArticleNodeJson | undefined): boolean => (node?.content ?? []).length === 0;

/** Columns of a table of figures: more would be too narrow for their notes. */
const DATA_COLUMNS = 4;

interface Tools {
  rules: TargetRules;
  report: Report;
  films: ReadonlyMap<string, string>;
}

class Lowering {
  readonly #tools: Tools;

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  card(node: ArticleNodeJson): ArticleNodeJson[] {
    const children = node.content ?? [];
    switch (node.type as CardName) {
      case 'pullQuote':
        return this.#pullQuote(children);
      case 'gallery':
        return group('gallery', children, { layout: node.attrs?.['layout'] });
      case 'videoCard':
        return this.#video(node);
      case 'personCard':
        return this.#person(node);
      case 'dataCard':
        return this.#tools.rules.data === 'table' ? this.#dataTables(children) : [this.#dataList(children)];
      case 'stepList':
        return [{ type: 'orderedList', attrs: { start: 1 }, content: children.map((item) => this.#step(item)) }];
      case 'qaList':
        return group(
          'qaList',
          children.flatMap((item) => this.#answer(item)),
        );
      case 'noticeBox':
        return group('noticeBox', this.#titled(children), { kind: node.attrs?.['kind'] });
      case 'leadGuide':
        return group('leadGuide', children);
      case 'qrBlock':
        return this.#code(node);
      case 'sourceLine':
        return this.#sources(children);
    }
  }

  /** Heavier where the target has that; where not, the words alone. */
  #bold(nodes: readonly ArticleNodeJson[]): ArticleNodeJson[] {
    if (this.#tools.rules.marks.bold !== 'keep') return [...nodes];
    return nodes.map((node) => {
      const marks = node.marks ?? [];
      if (node.type !== 'text' || marks.some((mark) => mark.type === 'bold')) return node;
      return { ...node, marks: [...marks, { type: 'bold' }] };
    });
  }

  #strong(value: string): ArticleNodeJson {
    return text(value, this.#tools.rules.marks.bold === 'keep' ? ['bold'] : []);
  }

  #pullQuote(children: readonly ArticleNodeJson[]): ArticleNodeJson[] {
    const note = children.at(-1);
    const by = isEmpty(note) ? [] : [paragraph([text('—— '), ...(note?.content ?? [])])];
    return [{ type: 'blockquote', content: [...children.slice(0, -1), ...by] }];
  }

  #video(node: ArticleNodeJson): ArticleNodeJson[] {
    const { report, films } = this.#tools;
    const { caption, projectId } = node.attrs ?? {};
    const named = typeof projectId === 'string' ? (films.get(projectId) ?? '') : '';
    const words = typeof caption === 'string' && caption !== '' ? caption : named;
    report.lose('videoCard', words);
    return [paragraph([text(`［视频］${words}`)])];
  }

  #person(node: ArticleNodeJson): ArticleNodeJson[] {
    const [name, who, ...rest] = node.content ?? [];
    const { assetId, alt, ai } = node.attrs ?? {};
    const portrait: ArticleNodeJson = {
      type: 'image',
      attrs: { assetId, alt, ai, caption: '', credit: '', width: 40, portrait: true },
    };
    const line = [
      ...this.#bold(name?.content ?? []),
      ...(isEmpty(name) || isEmpty(who) ? [] : [text('　')]),
      ...(who?.content ?? []),
    ];
    return group('personCard', [
      ...(typeof assetId === 'string' ? [portrait] : []),
      ...(line.length > 0 ? [paragraph(line)] : []),
      ...rest,
    ]);
  }

  #dataList(items: readonly ArticleNodeJson[]): ArticleNodeJson {
    const content = items.map((item) => {
      const [figure, note] = item.content ?? [];
      const gap = isEmpty(figure) || isEmpty(note) ? [] : [text('　')];
      const line = [...this.#bold(figure?.content ?? []), ...gap, ...(note?.content ?? [])];
      return { type: 'listItem', content: [paragraph(line)] };
    });
    return { type: 'bulletList', content };
  }

  /** Figures over what they count, up to four side by side. */
  #dataTables(items: readonly ArticleNodeJson[]): ArticleNodeJson[] {
    const rows = Math.ceil(items.length / DATA_COLUMNS);
    const columns = Math.ceil(items.length / rows);
    const content: ArticleNodeJson[] = [];
    for (let at = 0; at < items.length; at += columns) {
      const part = Array.from({ length: columns }, (_, i) => items[at + i]?.content ?? []);
      const cells = (type: string, which: number, bold: boolean): ArticleNodeJson => ({
        type: 'tableRow',
        content: part.map((item) => {
          const line = item[which]?.content ?? [];
          const centred = { ...paragraph(bold ? this.#bold(line) : [...line]), attrs: { textAlign: 'center' } };
          return { type, attrs: { colspan: 1, rowspan: 1, colwidth: null }, content: [centred] };
        }),
      });
      content.push(cells('tableCell', 0, true), cells('tableCell', 1, false));
    }
    return group('dataCard', [{ type: 'table', content }]);
  }

  #step(item: ArticleNodeJson): ArticleNodeJson {
    return { type: 'listItem', content: this.#titled(item.content ?? []) };
  }

  /** Title as a heavy paragraph, then the rest; an empty title leaves nothing. */
  #titled([title, ...rest]: readonly ArticleNodeJson[]): ArticleNodeJson[] {
    return isEmpty(title) ? rest : [paragraph(this.#bold(title?.content ?? [])), ...rest];
  }

  #answer(item: ArticleNodeJson): ArticleNodeJson[] {
    const [question, ...answer] = item.content ?? [];
    const [first, ...rest] = answer;
    const head = paragraph([this.#strong('问：'), ...this.#bold(question?.content ?? [])]);
    if (first?.type !== 'paragraph') return [head, paragraph([text('答：')]), ...answer];
    return [head, { ...first, content: [text('答：'), ...(first.content ?? [])] }, ...rest];
  }

  #code(node: ArticleNodeJson): ArticleNodeJson[] {
    const { assetId, href } = node.attrs ?? {};
    const note = node.content?.[0]?.content ?? [];
    const address = typeof href === 'string' ? href : null;
    const link = address === null ? [] : [{ ...text(address), marks: [{ type: 'link', attrs: { href: address } }] }];
    const line = [...note, ...(note.length > 0 && link.length > 0 ? [text('：')] : []), ...link];
    const picture = {
      assetId,
      alt: inlineText({ type: 'cardNote', content: note }),
      caption: '',
      credit: '',
      width: 30,
    };
    if (typeof assetId !== 'string' && address === null) this.#tools.report.lose('qrBlock');
    return group(
      'qrBlock',
      [
        ...(typeof assetId === 'string' ? [{ type: 'image', attrs: { ...picture, ai: false } }] : []),
        ...(line.length > 0 ? [paragraph(line)] : []),
      ],
      { href: typeof assetId === 'string' ? null : address },
    );
  }

  #sources(items: readonly ArticleNodeJson[]): ArticleNodeJson[] {
    const named = items.filter((item) => inlineText(item).trim() !== '');
    const line = named.flatMap((item, i) => {
      const role = item.attrs?.['role'] as keyof typeof SOURCE_LABELS;
      return [text(`${i > 0 ? '　' : ''}${SOURCE_LABELS[role]}：`), ...(item.content ?? [])];
    });
    return line.length > 0 ? group('sourceLine', [paragraph(line)]) : [];
  }
}

/** One top-level block as the target has it: itself, plainer blocks, or nothing. Called once a block, after `report.enter`. */
export function lowered(node: ArticleNodeJson, tools: Tools): ArticleNodeJson[] {
  if (!Object.hasOwn(tools.rules.cards, node.type)) return [node];
  const rule = tools.rules.cards[node.type as CardName];
  if (rule === 'keep') return [node];
  if (rule === 'plain') return new Lowering(tools).card(node);
  tools.report.lose(node.type);
  return [];
}

/** Every name of a line of sources under a role, in order. */
export function namesUnder(doc: ArticleDoc, ...roles: string[]): string[] {
  return doc.content
    .filter((node) => node.type === 'sourceLine')
    .flatMap((line) => line.content ?? [])
    .filter((item) => roles.includes(String(item.attrs?.['role'])))
    .map((item) => inlineText(item).trim())
    .filter((name) => name !== '');
}
