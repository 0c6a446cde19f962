/** Text and marks to compact inline-styled HTML. */
import type { ArticleMarkJson, ArticleNodeJson } from '../article/types.ts';
import type { WechatLook } from './look.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ENTITIES[c] ?? c);
}

/** Runs of spaces, and single ones at an edge, would fold away: they become no-break spaces. */
function keepSpaces(text: string): string {
  return text
    .replace(/\t/g, '    ')
    .replace(/^ | $/g, '\u00a0')
    .replace(/ {2,}/g, (run) => '\u00a0'.repeat(run.length));
}

/** Links to other places are not followed in an official account: they become numbered notes at the end. */
export class Notes {
  readonly #hrefs: string[] = [];

  /** Number of the note for an address, from 1. */
  numberOf(href: string): number {
    const at = this.#hrefs.indexOf(href);
    if (at >= 0) return at + 1;
    this.#hrefs.push(href);
    return this.#hrefs.length;
  }

  get hrefs(): readonly string[] {
    return this.#hrefs;
  }
}

/** Articles of official accounts are the only addresses that stay links. */
export function staysLink(href: string): boolean {
  return /^https?:\/\/mp\.weixin\.qq\.com(?:[/?#]|$)/i.test(href);
}

const WRAPS: Readonly<Record<string, readonly [open: string, close: string]>> = {
  bold: ['<strong>', '</strong>'],
  italic: ['<em>', '</em>'],
  underline: ['<span style="text-decoration:underline">', '</span>'],
  strike: ['<span style="text-decoration:line-through">', '</span>'],
  subscript: ['<sub>', '</sub>'],
  superscript: ['<sup>', '</sup>'],
};

const hrefOf = (marks: readonly ArticleMarkJson[] | undefined): string | null => {
  const href = marks?.find((mark) => mark.type === 'link')?.attrs?.['href'];
  return typeof href === 'string' ? href : null;
};

function marked(node: ArticleNodeJson): string {
  const inner = escapeHtml(keepSpaces(node.text ?? ''));
  const wraps = (node.marks ?? []).flatMap((mark) => {
    const wrap = WRAPS[mark.type];
    return wrap ? [wrap] : [];
  });
  return wraps.reduceRight((html, [open, close]) => `${open}${html}${close}`, inner);
}

/** The inline content of a paragraph, heading or cell. Pieces of one link stay together. */
export function inlineHtml(nodes: readonly ArticleNodeJson[], look: WechatLook, notes: Notes): string {
  let html = '';
  for (let i = 0; i < nodes.length;) {
    const href = hrefOf(nodes[i]?.marks);
    let piece = '';
    do {
      const node = nodes[i] as ArticleNodeJson;
      piece += node.type === 'hardBreak' ? '<br>' : marked(node);
      i += 1;
    } while (href !== null && i < nodes.length && hrefOf(nodes[i]?.marks) === href);
    if (href === null) html += piece;
    else if (staysLink(href)) html += `<a href="${escapeHtml(href)}" style="${look.link}">${piece}</a>`;
    else html += `${piece}<sup style="${look.noteMark}">[${notes.numberOf(href)}]</sup>`;
  }
  return html;
}
