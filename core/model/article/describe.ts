/**
 * The article's nodes and marks as a table, the one place that says what an article may hold.
 * `schema.ts` builds the validating ProseMirror schema from it; the editor's TipTap schema is compared with it.
 */

import { coverProblem } from '../cover/cover.ts';

/** Returns a complaint, or null when the value fits. */
export type AttrRule = (value: unknown) => string | null;

export interface AttrDescription {
  /** Value taken when the attribute is absent; every attribute has one. */
  default: string | number | boolean | null;
  rule: AttrRule;
}

export interface NodeDescription {
  /** ProseMirror content expression; absent for leaves. */
  content?: string;
  group?: string;
  inline?: boolean;
  tableRole?: 'table' | 'row' | 'cell' | 'header_cell';
  attrs: Readonly<Record<string, AttrDescription>>;
}

export interface MarkDescription {
  attrs: Readonly<Record<string, AttrDescription>>;
  /** Marks that cannot stand on the same text. */
  excludes?: string;
}

/** Heading levels an article has; deeper ones are lifted to the last by imports. */
export const MAX_HEADING_LEVEL = 3;
/** Longest address that is kept as a link, in UTF-16 units (browsers accept more, mail gateways do not). */
export const MAX_HREF = 4096;
/** Longest alt text, caption or credit, in UTF-16 units. */
export const MAX_CAPTION = 2000;

const integer =
  (min: number, max: number): AttrRule =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
      ? null
      : `must be an integer from ${min} to ${max}`;

const text: AttrRule = (value) =>
  typeof value === 'string' && value.length <= MAX_CAPTION ? null : `must be text of at most ${MAX_CAPTION} characters`;

const orNull =
  (rule: AttrRule): AttrRule =>
  (value) =>
    value === null ? null : rule(value);

const oneOf =
  (...allowed: string[]): AttrRule =>
  (value) =>
    typeof value === 'string' && allowed.includes(value) ? null : `must be one of ${allowed.join(', ')}`;

const yesNo: AttrRule = (value) => (typeof value === 'boolean' ? null : 'must be true or false');

const assetId: AttrRule = (value) =>
  typeof value === 'string' && value.length >= 1 && value.length <= 64 ? null : 'must be an id of 1 to 64 characters';

const themeId: AttrRule = (value) =>
  typeof value === 'string' && /^[a-z0-9][a-z0-9-]{0,63}$/.test(value)
    ? null
    : 'must be 1 to 64 small letters, digits and hyphens';

const colwidth: AttrRule = (value) =>
  Array.isArray(value) && value.length <= 100 && value.every((w) => integer(0, 10_000)(w) === null)
    ? null
    : 'must be a list of widths in pixels';

/**
 * Whether an address may stand in a link: http, https or mailto, no white space, no control character.
 * The scheme has to stand at the very start, so a disguised `java\nscript:` does not pass.
 */
export function isAllowedHref(href: unknown): href is string {
  return typeof href === 'string' && href.length <= MAX_HREF && /^(?:https?:\/\/|mailto:)[^\s\p{Cc}]+$/iu.test(href);
}

/** Colours of text an article may ask for: names of the theme's palette, never values, so that every theme can answer. */
export const TEXT_COLORS = ['accent', 'muted', 'red', 'amber', 'green', 'blue'] as const;
/** Colours text may be marked with, names of the palette as above. */
export const HIGHLIGHT_COLORS = ['yellow', 'red', 'green', 'blue'] as const;
/** What a notice is: something to know, to do, or to beware of. */
export const NOTICE_KINDS = ['info', 'tip', 'warning'] as const;
/** How pictures of a gallery stand: side by side, or one after another to be pushed sideways. */
export const GALLERY_LAYOUTS = ['row', 'slider'] as const;
/** Whom a line of sources names: 来源, 作者, 通讯员, 摄影, 编辑, 审核. */
export const SOURCE_ROLES = ['source', 'author', 'correspondent', 'photographer', 'editor', 'reviewer'] as const;
/** Longest reading over a character or word (ruby), UTF-16 units. */
export const MAX_RUBY = 100;

/** A link's address, or null for none. */
const hrefOrNull: AttrRule = (value) =>
  value === null || isAllowedHref(value) ? null : 'must be an http, https or mailto address';

const ruby: AttrRule = (value) =>
  typeof value === 'string' && value.trim() !== '' && value.length <= MAX_RUBY
    ? null
    : `must be 1 to ${MAX_RUBY} characters`;

const align = { textAlign: { default: null, rule: orNull(oneOf('left', 'center', 'right', 'justify')) } };

/** Made or changed by an AI: every target shows it and writes it into the picture's file (GB 45438-2025). */
const ai = { default: false, rule: yesNo };

const cell = {
  colspan: { default: 1, rule: integer(1, 100) },
  rowspan: { default: 1, rule: integer(1, 1000) },
  colwidth: { default: null, rule: orNull(colwidth) },
};

/** Nodes in schema order: `paragraph` first among the blocks, because ProseMirror fills gaps with the first. */
export const ARTICLE_NODES = {
  doc: {
    content: '(block | card)+',
    attrs: {
      /** Id of the theme it is set in for an official account; null for the default. Part of what is approved. */
      theme: { default: null, rule: orNull(themeId) },
      /** The cover (core/model/cover); null for none. Part of what is approved. */
      cover: { default: null, rule: orNull(coverProblem) },
    },
  },
  paragraph: { content: 'inline*', group: 'block', attrs: align },
  heading: {
    content: 'inline*',
    group: 'block',
    attrs: { level: { default: 1, rule: integer(1, MAX_HEADING_LEVEL) }, ...align },
  },
  blockquote: { content: 'block+', group: 'block', attrs: {} },
  bulletList: { content: 'listItem+', group: 'block list', attrs: {} },
  orderedList: {
    content: 'listItem+',
    group: 'block list',
    attrs: { start: { default: 1, rule: integer(0, 999_999) } },
  },
  listItem: { content: 'paragraph block*', attrs: {} },
  image: {
    group: 'block',
    attrs: {
      assetId: { default: null, rule: orNull(assetId) },
      alt: { default: '', rule: text },
      caption: { default: '', rule: text },
      credit: { default: '', rule: text },
      /** Percent of the column; null is the picture's natural width, at most the column. */
      width: { default: null, rule: orNull(integer(1, 100)) },
      ai,
    },
  },
  horizontalRule: { group: 'block', attrs: {} },
  hardBreak: { inline: true, group: 'inline', attrs: {} },
  table: { content: 'tableRow+', group: 'block', tableRole: 'table', attrs: {} },
  tableRow: { content: '(tableCell | tableHeader)*', tableRole: 'row', attrs: {} },
  tableCell: { content: 'block+', tableRole: 'cell', attrs: cell },
  tableHeader: { content: 'block+', tableRole: 'header_cell', attrs: cell },
  /** A sentence of the text, or of somebody, set large. The note says who said it; it may be empty. */
  pullQuote: { content: 'paragraph+ cardNote', group: 'card', attrs: {} },
  gallery: { content: 'image+', group: 'card', attrs: { layout: { default: 'row', rule: oneOf(...GALLERY_LAYOUTS) } } },
  /** A video project of the same story. */
  videoCard: {
    group: 'card',
    attrs: { projectId: { default: null, rule: orNull(assetId) }, caption: { default: '', rule: text } },
  },
  /** Title: the name. Note: who that is. Then what there is to say. `assetId` is the portrait. */
  personCard: {
    content: 'cardTitle cardNote paragraph+',
    group: 'card',
    attrs: { assetId: { default: null, rule: orNull(assetId) }, alt: { default: '', rule: text }, ai },
  },
  dataCard: { content: 'dataItem+', group: 'card', attrs: {} },
  /** Title: the figure with its unit. Note: what it counts. */
  dataItem: { content: 'cardTitle cardNote', attrs: {} },
  stepList: { content: 'stepItem+', group: 'card', attrs: {} },
  /** Title: what is done. Then how. */
  stepItem: { content: 'cardTitle (paragraph | list | image)+', attrs: {} },
  qaList: { content: 'qaItem+', group: 'card', attrs: {} },
  /** Title: the question. Then the answer. */
  qaItem: { content: 'cardTitle (paragraph | list)+', attrs: {} },
  /** Title may be empty. */
  noticeBox: {
    content: 'cardTitle (paragraph | list)+',
    group: 'card',
    attrs: { kind: { default: 'info', rule: oneOf(...NOTICE_KINDS) } },
  },
  /** 引导关注: asks the reader to follow the account. */
  leadGuide: { content: 'paragraph+', group: 'card', attrs: {} },
  /** A code to scan: the picture `assetId`, or, without one, made from `href`. The note says what it leads to. */
  qrBlock: {
    content: 'cardNote',
    group: 'card',
    attrs: { assetId: { default: null, rule: orNull(assetId) }, href: { default: null, rule: hrefOrNull } },
  },
  sourceLine: { content: 'sourceItem+', group: 'card', attrs: {} },
  /** One of 来源, 作者 … and its name; the label is written by whoever shows it. */
  sourceItem: { content: 'text*', attrs: { role: { default: 'source', rule: oneOf(...SOURCE_ROLES) } } },
  /** First line of a card; what it says depends on the card. */
  cardTitle: { content: 'inline*', attrs: {} },
  /** Small line of a card; it may be empty. */
  cardNote: { content: 'inline*', attrs: {} },
  /** Stands behind the word it belongs to; numbered by whoever shows it, with the notes at the end. */
  footnote: { inline: true, group: 'inline', attrs: { text: { default: '', rule: text } } },
  text: { group: 'inline', attrs: {} },
} as const satisfies Record<string, NodeDescription>;

export type ArticleNodeName = keyof typeof ARTICLE_NODES;

/** Marks in schema order, which is also their order on a piece of text. */
export const ARTICLE_MARKS = {
  link: {
    attrs: {
      // The default only keeps the editor's schema equal; null does not pass the rule.
      href: {
        default: null,
        rule: (value: unknown) => (isAllowedHref(value) ? null : 'must be an http, https or mailto address'),
      },
    },
  },
  bold: { attrs: {} },
  italic: { attrs: {} },
  underline: { attrs: {} },
  strike: { attrs: {} },
  subscript: { attrs: {}, excludes: 'subscript superscript' },
  superscript: { attrs: {}, excludes: 'subscript superscript' },
  textColor: { attrs: { color: { default: 'accent', rule: oneOf(...TEXT_COLORS) } } },
  highlight: { attrs: { color: { default: 'yellow', rule: oneOf(...HIGHLIGHT_COLORS) } } },
  /** 注音: the reading over the text it stands on. */
  ruby: { attrs: { reading: { default: null, rule: ruby } } },
  /** Written by an AI: every target shows it (GB 45438-2025). */
  aiMade: { attrs: {} },
} as const satisfies Record<string, MarkDescription>;

export type ArticleMarkName = keyof typeof ARTICLE_MARKS;

/** Description of a node type, or null for a name the article does not know. */
export function nodeDescription(name: string): NodeDescription | null {
  return Object.hasOwn(ARTICLE_NODES, name) ? ARTICLE_NODES[name as ArticleNodeName] : null;
}

/** Description of a mark type, or null for a name the article does not know. */
export function markDescription(name: string): MarkDescription | null {
  return Object.hasOwn(ARTICLE_MARKS, name) ? ARTICLE_MARKS[name as ArticleMarkName] : null;
}

/** Whether a node is a line of text (paragraph, heading, title of a card …): it holds inline content. */
export function isLine(name: string): boolean {
  return /^(?:inline|text)\b/.test(nodeDescription(name)?.content ?? '');
}

/** Whether a node holds nothing (picture, divider, break …). Text is not asked about. */
export function isLeaf(name: string): boolean {
  return nodeDescription(name)?.content === undefined;
}
