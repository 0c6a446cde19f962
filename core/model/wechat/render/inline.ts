/** Text and marks to compact inline-styled HTML. */
import { isAllowedHref, type HIGHLIGHT_COLORS, type TEXT_COLORS } from '../../article/describe.ts';
import type { ArticleMarkJson, ArticleNodeJson } from '../../article/types.ts';
import { escapeHtml } from '../../text-form.ts';
import type { Palette } from '../theme/shape.ts';

/** Runs of spaces, and single ones at an edge, would fold away: they become no-break spaces. */
export function keepSpaces(text: string): string {
  return text
    .replace(/\t/g, '    ')
    .replace(/\n/g, ' ')
    .replace(/^ | $/g, '\u00a0')
    .replace(/ {2,}/g, (run) => '\u00a0'.repeat(run.length));
}

/** Links to other places and the article's footnotes: one row of numbers, the same note once. */
export class Notes {
  readonly #texts: string[] = [];

  /** Number of a note, from 1. */
  numberOf(text: string): number {
    const at = this.#texts.indexOf(text);
    if (at >= 0) return at + 1;
    this.#texts.push(text);
    return this.#texts.length;
  }

  get texts(): readonly string[] {
    return this.#texts;
  }
}

/** Articles of official accounts are the only addresses that stay links. */
export function staysLink(href: string): boolean {
  return /^https?:\/\/mp\.weixin\.qq\.com(?:[/?#]|$)/i.test(href);
}

/** What inline text needs of the renderer. */
export interface InlineContext {
  palette: Palette;
  notes: Notes;
  inverse: boolean;
  aiLabel(): string;
}

const markOf = (node: ArticleNodeJson | undefined, type: string): ArticleMarkJson | undefined =>
  node?.marks?.find((mark) => mark.type === type);

const TAGS: Readonly<Record<string, readonly [open: string, close: string]>> = {
  bold: ['<strong>', '</strong>'],
  italic: ['<em>', '</em>'],
  subscript: ['<sub>', '</sub>'],
  superscript: ['<sup>', '</sup>'],
};

/** One style for all marks that are only a style: fewer tags, fewer characters. */
function styleOf(marks: readonly ArticleMarkJson[], { palette, inverse }: InlineContext): string {
  const lines = marks.flatMap(({ type }) =>
    type === 'underline' ? ['underline'] : type === 'strike' ? ['line-through'] : [],
  );
  const value = (type: string): unknown => marks.find((mark) => mark.type === type)?.attrs?.['color'];
  const color = value('textColor') as (typeof TEXT_COLORS)[number] | undefined;
  const highlight = value('highlight') as (typeof HIGHLIGHT_COLORS)[number] | undefined;
  const parts = lines.length > 0 ? [`text-decoration:${lines.join(' ')}`] : [];
  // Without its own colour the text would keep one that was chosen for another surface.
  if (highlight !== undefined)
    parts.push(`background-color:${palette.highlight[highlight]}`, `color:${palette[color ?? 'ink']}`);
  else if (color !== undefined && !inverse) parts.push(`color:${palette[color]}`);
  return parts.join(';');
}

function piece(node: ArticleNodeJson, context: InlineContext): string {
  if (node.type === 'hardBreak') return '<br>';
  if (node.type === 'footnote') {
    const text = node.attrs?.['text'];
    return typeof text === 'string' && text.trim() !== '' ? mark(context, text) : '';
  }
  const marks = node.marks ?? [];
  const style = styleOf(marks, context);
  const text = escapeHtml(keepSpaces(node.text ?? ''));
  const wraps = marks.flatMap(({ type }) => (TAGS[type] ? [TAGS[type]] : []));
  const inner = style === '' ? text : `<span style="${style}">${text}</span>`;
  return wraps.reduceRight((html, [open, close]) => `${open}${html}${close}`, inner);
}

function mark(context: InlineContext, note: string): string {
  const color = context.inverse ? '' : `;color:${context.palette.muted}`;
  return `<sup style="font-size:12px;line-height:1${color}">[${context.notes.numberOf(note)}]</sup>`;
}

/** Neighbours with the same value of a mark, together. A footnote stands by itself; it belongs to the word before it. */
function* groups(
  nodes: readonly ArticleNodeJson[],
  keyOf: (node: ArticleNodeJson) => string | null,
): Generator<{ key: string | null; nodes: ArticleNodeJson[] }> {
  for (let i = 0; i < nodes.length;) {
    const key = keyOf(nodes[i] as ArticleNodeJson);
    const start = i;
    while (i < nodes.length && keyOf(nodes[i] as ArticleNodeJson) === key) i += 1;
    yield { key, nodes: nodes.slice(start, i) };
  }
}

const attrOf =
  (type: string, attr: string) =>
  (node: ArticleNodeJson): string | null => {
    const value = markOf(node, type)?.attrs?.[attr];
    return typeof value === 'string' ? value : null;
  };

function rubied(nodes: readonly ArticleNodeJson[], context: InlineContext): string {
  let html = '';
  for (const run of groups(nodes, attrOf('ruby', 'reading'))) {
    const inner = run.nodes.map((node) => piece(node, context)).join('');
    html += run.key === null ? inner : `<ruby>${inner}<rt>${escapeHtml(run.key)}</rt></ruby>`;
  }
  return html;
}

function linked(nodes: readonly ArticleNodeJson[], context: InlineContext): string {
  let html = '';
  for (const { key: href, nodes: run } of groups(nodes, attrOf('link', 'href'))) {
    const inner = rubied(run, context);
    if (href === null || !isAllowedHref(href)) html += inner;
    else if (staysLink(href)) html += `<a href="${escapeHtml(href)}" style="${linkStyle(context)}">${inner}</a>`;
    else html += `${inner}${mark(context, href)}`;
  }
  return html;
}

const linkStyle = ({ inverse, palette }: InlineContext): string =>
  inverse ? 'text-decoration:underline' : `color:${palette.blue};text-decoration:none`;

/** The inline content of a line; a passage an AI made is followed by its label. A line without text holds a break. */
export function inlineHtml(nodes: readonly ArticleNodeJson[], context: InlineContext): string {
  let html = '';
  for (const run of groups(nodes, (node) => (markOf(node, 'aiMade') ? 'ai' : null))) {
    html += linked(run.nodes, context) + (run.key === null ? '' : context.aiLabel());
  }
  return html === '' ? '<br>' : html;
}
