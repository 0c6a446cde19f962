/** Ways to make an article take less room, each with what it saves: found by rendering it again, not by estimate. */
import type { ArticleDoc, ArticleNodeJson } from '../article/types.ts';
import { renderWechat } from './render/index.ts';
import type { WechatOptions } from './render/types.ts';
import { DEFAULT_THEME } from './theme/builtin.ts';
import { THEME_KINDS, type WechatTheme } from './theme/shape.ts';

export type SlimWhat =
  'empty_paragraphs' | 'trailing_breaks' | 'equal_marks' | 'plain_galleries' | 'colour_marks' | 'light_theme';

export interface SlimOffer {
  what: SlimWhat;
  /** UTF-16 units and UTF-8 bytes of the final HTML. */
  saves: { chars: number; bytes: number };
  /** The article and options after it. Neither input is changed. */
  apply(): { doc: ArticleDoc; options: WechatOptions };
}

/** The construction of each kind that takes the least markup. */
const LIGHTEST: Readonly<Partial<Record<(typeof THEME_KINDS)[number], string>>> = {
  ...{ heading1: 'plain', heading2: 'plain', heading3: 'plain', quote: 'bar', pullQuote: 'bar', divider: 'line' },
  ...{ table: 'rows', figure: 'plain', gallery: 'joined', person: 'rule', data: 'ruled', steps: 'line', qa: 'bar' },
  ...{ notice: 'bar', lead: 'lines', qr: 'plain', video: 'poster', source: 'inline', notes: 'rule', ai: 'bracket' },
};

/** A theme's colours and text with the plainest constructions and none of its decorations. */
export function lightTheme(theme: WechatTheme): WechatTheme {
  const pieces = THEME_KINDS.map((kind) => [kind, { as: LIGHTEST[kind] ?? theme[kind].as }] as const);
  return { ...theme, ...(Object.fromEntries(pieces) as object) };
}

type Change = (nodes: ArticleNodeJson[]) => ArticleNodeJson[];

/** Changes lists of children from the innermost outwards. */
function changed(doc: ArticleDoc, change: Change): ArticleDoc {
  const inside = (nodes: readonly ArticleNodeJson[]): ArticleNodeJson[] =>
    change(nodes.map((node) => (node.content ? { ...node, content: inside(node.content) } : node)));
  return { type: 'doc', content: inside(doc.content) };
}

const isEmpty = (node: ArticleNodeJson): boolean =>
  node.type === 'paragraph' &&
  (node.content ?? []).every((c) => c.type === 'hardBreak' || (c.type === 'text' && (c.text ?? '').trim() === ''));

/** Only between the article's own blocks: cards and cells need their paragraph. The last one left stays. */
function withoutEmpty(doc: ArticleDoc): ArticleDoc {
  const content = doc.content.filter((node) => !isEmpty(node));
  return content.length > 0 ? { type: 'doc', content } : doc;
}

const withoutTrailing: Change = (nodes) => {
  const last = nodes.findLastIndex(
    (n) => !(n.type === 'hardBreak' || (n.type === 'text' && (n.text ?? '').trim() === '')),
  );
  return nodes.some((n) => n.type === 'hardBreak') ? nodes.slice(0, last + 1) : nodes;
};

const sameMarks = (a: ArticleNodeJson, b: ArticleNodeJson): boolean =>
  a.type === 'text' && b.type === 'text' && JSON.stringify(a.marks ?? []) === JSON.stringify(b.marks ?? []);

const merged: Change = (nodes) => {
  const out: ArticleNodeJson[] = [];
  for (const node of nodes) {
    const last = out.at(-1);
    if (last && sameMarks(last, node)) out[out.length - 1] = { ...last, text: (last.text ?? '') + (node.text ?? '') };
    else out.push(node);
  }
  return out;
};

const withoutColours: Change = (nodes) =>
  merged(
    nodes.map((node) =>
      node.marks
        ? { ...node, marks: node.marks.filter((m) => m.type !== 'textColor' && m.type !== 'highlight') }
        : node,
    ),
  );

/** Pictures of a row one below the other, as the text's own. */
const withoutGalleries: Change = (nodes) => nodes.flatMap((n) => (n.type === 'gallery' ? (n.content ?? []) : [n]));

/** Offers that save anything, the largest saving first. Each stands for itself: savings do not add up exactly. */
export function slim(doc: ArticleDoc, options: WechatOptions): SlimOffer[] {
  const now = renderWechat(doc, options);
  const theme = options.theme ?? DEFAULT_THEME;
  const ways: Readonly<Record<SlimWhat, () => { doc: ArticleDoc; options: WechatOptions }>> = {
    empty_paragraphs: () => ({ doc: withoutEmpty(doc), options }),
    trailing_breaks: () => ({ doc: changed(doc, withoutTrailing), options }),
    equal_marks: () => ({ doc: changed(doc, merged), options }),
    plain_galleries: () => ({ doc: changed(doc, withoutGalleries), options }),
    colour_marks: () => ({ doc: changed(doc, withoutColours), options }),
    light_theme: () => ({ doc, options: { ...options, theme: lightTheme(theme) } }),
  };
  return Object.entries(ways)
    .map(([what, apply]) => {
      const next = apply();
      const { chars, bytes } = renderWechat(next.doc, next.options);
      return { what: what as SlimWhat, saves: { chars: now.chars - chars, bytes: now.bytes - bytes }, apply };
    })
    .filter((offer) => offer.saves.chars > 0)
    .sort((a, b) => b.saves.chars - a.saves.chars);
}
