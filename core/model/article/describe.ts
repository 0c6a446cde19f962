/**
 * The article's nodes and marks as a table, the one place that says what an article may hold.
 * `schema.ts` builds the validating ProseMirror schema from it; the editor's TipTap schema is compared with it.
 */

/** Returns a complaint, or null when the value fits. */
export type AttrRule = (value: unknown) => string | null;

export interface AttrDescription {
  /** Value taken when the attribute is absent; every attribute has one. */
  default: string | number | null;
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

const assetId: AttrRule = (value) =>
  typeof value === 'string' && value.length >= 1 && value.length <= 64 ? null : 'must be an id of 1 to 64 characters';

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

const align = { textAlign: { default: null, rule: orNull(oneOf('left', 'center', 'right', 'justify')) } };

const cell = {
  colspan: { default: 1, rule: integer(1, 100) },
  rowspan: { default: 1, rule: integer(1, 1000) },
  colwidth: { default: null, rule: orNull(colwidth) },
};

/** Nodes in schema order: `paragraph` first among the blocks, because ProseMirror fills gaps with the first. */
export const ARTICLE_NODES = {
  doc: { content: 'block+', attrs: {} },
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
    },
  },
  horizontalRule: { group: 'block', attrs: {} },
  hardBreak: { inline: true, group: 'inline', attrs: {} },
  table: { content: 'tableRow+', group: 'block', tableRole: 'table', attrs: {} },
  tableRow: { content: '(tableCell | tableHeader)*', tableRole: 'row', attrs: {} },
  tableCell: { content: 'block+', tableRole: 'cell', attrs: cell },
  tableHeader: { content: 'block+', tableRole: 'header_cell', attrs: cell },
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
