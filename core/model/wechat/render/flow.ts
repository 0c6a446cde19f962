/** Running text: paragraphs, quotes, lists, tables, dividers. */
import type { ArticleNodeJson } from '../../article/types.ts';
import { contrast, fromHsl, readColour, toHsl, writeColour, type Rgb } from '../colour.ts';
import { attrText, el, isEmptyLine, st, type Build } from './build.ts';
import { escapeHtml } from '../../text-form.ts';

/** Letters without a place to break among them, as many as half a line of a phone: a web address, mostly. */
const UNBROKEN = /[!-~]{22}/;

/** Whether a line of it ends far before the edge, because what comes next does not break. */
const leavesHoles = (node: ArticleNodeJson): boolean =>
  UNBROKEN.test((node.content ?? []).map(({ text }) => text ?? ' ').join(''));

export function paragraph(b: Build, node: ArticleNodeJson): string {
  const own = attrText(node, 'textAlign');
  // Set to both edges, the line before a long address would have its few characters pulled apart over its whole width.
  const align = own === '' && b.theme.text.align === 'justify' && leavesHoles(node) ? 'left' : own;
  const indent = b.theme.text.indent && b.gap === b.theme.text.gap && own === '';
  const style = st(
    b.gap === 0 ? 'margin:0' : `margin:0 0 ${String(b.gap)}px`,
    indent && 'text-indent:2em',
    align !== '' && `text-align:${align}`,
    // Without a colour of its own WeChat's dark mode cannot recolour a line well.
    `color:${b.ink}`,
  );
  return el('p', style, b.inline(node));
}

export function quote(b: Build, node: ArticleNodeJson): string {
  const piece = b.theme.quote;
  const { palette } = b;
  const main = b.main(piece);
  const content = (): string => b.within({ ink: palette.ink, gap: 8 }, () => b.blocks(node.content ?? []));
  const box = (...style: string[]): string =>
    el(
      'blockquote',
      st(...style, piece.size !== undefined && `font-size:${String(piece.size)}px`, b.css(piece)),
      content(),
    );
  switch (piece.as) {
    case 'bar':
      return box(`margin:0 0 20px;padding:2px 0 1px 14px;border-left:3px solid ${main}`);
    case 'tint':
      return box(`margin:0 0 20px;padding:14px 16px 6px;background-color:${palette.tint}`);
    case 'rules':
      return box(`margin:20px 0;padding:14px 4px 6px;border-top:1px solid ${main};border-bottom:1px solid ${main}`);
    case 'inset':
      return box('margin:20px 0;padding:0 24px');
    case 'mark': {
      const sign = el(
        'p',
        `margin:0;font-size:36px;line-height:.8;font-family:Georgia,serif;color:${main}`,
        piece.mark ?? '“',
      );
      return el('section', st('margin:20px 0;padding:0 8px 0 16px', b.css(piece)), sign + content());
    }
  }
}

/** The sentence set large; whose it is below. */
export function pullQuote(b: Build, node: ArticleNodeJson): string {
  const piece = b.theme.pullQuote;
  const { palette } = b;
  const main = b.main(piece);
  const children = node.content ?? [];
  const size = `font-size:${String(piece.size ?? 20)}px;line-height:1.6;font-weight:bold`;
  const align = piece.align ?? (piece.as === 'bar' ? 'left' : 'center');
  const content = (ink: string, noteInk: string): string => {
    const said = children.filter((c) => c.type === 'paragraph' && !isEmptyLine(c));
    const lines = said.map((p) => el('p', `margin:0;${size};text-align:${align};color:${ink}`, b.inline(p))).join('');
    const note = children.find((c) => c.type === 'cardNote');
    const who = note && !isEmptyLine(note) ? `—— ${b.inline(note)}` : '';
    return lines + (who && el('p', `margin:8px 0 0;font-size:14px;text-align:${align};color:${noteInk}`, who));
  };
  const box = (style: string, before = '', after = ''): string =>
    el('section', st(style, b.css(piece)), before + content(main, palette.muted) + after);
  switch (piece.as) {
    case 'rules':
      return box(`margin:28px 0;padding:18px 8px;border-top:3px double ${main};border-bottom:3px double ${main}`);
    case 'bar':
      return box(`margin:28px 0;padding:4px 0 4px 18px;border-left:6px solid ${main}`);
    case 'card':
      return box(`margin:28px 0;padding:22px 18px;border-top:3px solid ${main};background-color:${palette.tint}`);
    case 'marks': {
      const sign = (text: string, side: string): string =>
        el(
          'p',
          `margin:0;font-size:40px;line-height:1;font-family:Georgia,serif;text-align:${side};color:${main}`,
          text,
        );
      return box('margin:28px 0;padding:0 12px', sign('“', 'left'), sign('”', 'right'));
    }
    case 'band': {
      const style = `margin:28px 0;padding:22px 18px;background-color:${main}`;
      const { onAccent } = palette;
      return el(
        'section',
        st(style, b.css(piece)),
        b.within({ inverse: true }, () => content(onAccent, onAccent)),
      );
    }
  }
}

/** Ornaments as drawings without ids, references and gradients. They carry no text. */
const ORNAMENTS: Readonly<Record<'leaf' | 'fret' | 'wheat', (color: string) => string>> = {
  leaf: (c) =>
    `<svg width="120" height="16" viewBox="0 0 120 16"><path d="M0 8h44M76 8h44" stroke="${c}" stroke-width="1" fill="none"/><path d="M50 8c4-7 12-7 18-4c-3 6-11 8-18 4z" fill="${c}"/></svg>`,
  fret: (c) =>
    `<svg width="120" height="16" viewBox="0 0 120 16"><path d="M0 8h36M84 8h36M58 14v-12h-14v12h8v-7h-4M62 14v-12h14v12h-8v-7h4" stroke="${c}" stroke-width="1.5" fill="none"/></svg>`,
  wheat: (c) =>
    `<svg width="120" height="18" viewBox="0 0 120 18"><path d="M0 9h38M82 9h38M46 9h28" stroke="${c}" stroke-width="1" fill="none"/><path d="M48 9c2-5 6-6 8-6c0 3-3 6-8 6zM48 9c2 5 6 6 8 6c0-3-3-6-8-6zM57 9c2-5 6-6 8-6c0 3-3 6-8 6zM57 9c2 5 6 6 8 6c0-3-3-6-8-6zM66 9c2-3 5-4 8 0c-3 4-6 3-8 0z" fill="${c}"/></svg>`,
};

/** Contrast with white; with the dark page it is then about 5. */
const MID_CONTRAST = 3.5;

/** WeChat does not recolour drawings: a colour that is seen on white paper and on the dark page. */
function midTone(colour: string): string {
  const rgb = readColour(colour);
  const [h, s] = rgb ? toHsl(rgb) : [0, 0];
  let lightness = 60;
  const mid = (): Rgb => fromHsl([h, Math.min(s, 55), lightness]);
  while (contrast(mid(), [255, 255, 255]) < MID_CONTRAST) lightness -= 2;
  return writeColour(mid());
}

export function divider(b: Build): string {
  const piece = b.theme.divider;
  const main = b.main(piece);
  const sign = (text: string): string =>
    el('p', st(`margin:28px 0;text-align:center;letter-spacing:8px;color:${main}`, b.css(piece)), text);
  switch (piece.as) {
    case 'line':
      return `<hr style="${st(`margin:28px 0;border:0;border-top:1px solid ${b.palette.line}`, b.css(piece))}">`;
    case 'short':
      return `<hr style="${st(`margin:28px auto;width:48px;border:0;border-top:3px solid ${main}`, b.css(piece))}">`;
    case 'double':
      return `<hr style="${st(`margin:28px 0;height:3px;border:0;border-top:1px solid ${main};border-bottom:1px solid ${main}`, b.css(piece))}">`;
    case 'dots':
      return sign('···');
    case 'sign':
      return sign(escapeHtml(piece.mark ?? '※'));
    default:
      return el(
        'section',
        st('margin:28px 0;line-height:1;text-align:center', b.css(piece)),
        ORNAMENTS[piece.as](midTone(main)),
      );
  }
}

const isList = (node: ArticleNodeJson): boolean => node.type === 'bulletList' || node.type === 'orderedList';

/** A list inside an item is lost there: it follows the item inside the outer list instead. */
export function list(b: Build, node: ArticleNodeJson, inner = false): string {
  const piece = b.theme.list;
  const ordered = node.type === 'orderedList';
  const tag = ordered ? 'ol' : 'ul';
  const start = Number(node.attrs?.['start'] ?? 1);
  const from = ordered && start !== 1 ? ` start="${String(start)}"` : '';
  const items = (node.content ?? []).map((child) => item(b, child)).join('');
  const margin = inner ? 'margin:0' : `margin:0 0 ${String(Math.max(b.gap, 12))}px`;
  const style = st(
    margin,
    'padding-left:24px',
    `list-style-type:${ordered ? 'decimal' : piece.as}`,
    `color:${b.ink}`,
    b.css(piece),
  );
  return `<${tag}${from} style="${style}">${items}</${tag}>`;
}

function item(b: Build, node: ArticleNodeJson): string {
  const children = node.content ?? [];
  const own = children.filter((child) => !isList(child));
  // A single paragraph needs no tag of its own; more of them are parted by breaks, which every list keeps.
  const inner = own.map((child) => (child.type === 'paragraph' ? b.inline(child) : b.block(child))).join('<br>');
  const nested = children.filter(isList).map((child) => list(b, child, true));
  return el('li', `margin:0 0 4px;color:${b.ink}`, inner) + nested.join('');
}

export function table(b: Build, node: ArticleNodeJson): string {
  const rows = (node.content ?? []).map((row) => `<tr>${(row.content ?? []).map((c) => cell(b, c)).join('')}</tr>`);
  const style = `margin:0 0 ${String(Math.max(b.gap, 12))}px;width:100%;border-collapse:collapse;font-size:14px;line-height:1.6`;
  return `<table style="${st(style, b.css(b.theme.table))}"><tbody>${rows.join('')}</tbody></table>`;
}

/** Every cell says its border and alignment itself: the account's own would take their place. */
function cell(b: Build, node: ArticleNodeJson): string {
  const piece = b.theme.table;
  const { palette } = b;
  const header = node.type === 'tableHeader';
  const span = (name: 'colspan' | 'rowspan'): string => {
    const value = Number(node.attrs?.[name] ?? 1);
    return value > 1 ? ` ${name}="${String(value)}"` : '';
  };
  const band = header && piece.as === 'head';
  const border =
    piece.as === 'rows'
      ? `border:0;border-bottom:${header ? `2px solid ${b.main(piece)}` : `1px solid ${palette.line}`}`
      : `border:1px solid ${palette.line}`;
  const surface = band
    ? `font-weight:bold;background-color:${b.main(piece)};color:${palette.onAccent}`
    : `${header ? `font-weight:bold;${piece.as === 'grid' ? `background-color:${palette.tint};` : ''}` : ''}color:${palette.ink}`;
  const children = node.content ?? [];
  const plain = children.every((child) => child.type === 'paragraph');
  const align = (plain && children.length > 0 && attrText(children[0] as ArticleNodeJson, 'textAlign')) || 'left';
  const ink = band ? palette.onAccent : palette.ink;
  const inner = b.within({ ink, gap: 4, inverse: band }, () =>
    plain ? children.map((child) => b.inline(child)).join('<br>') : b.blocks(children),
  );
  const tag = header ? 'th' : 'td';
  const style = `padding:6px 8px;${border};text-align:${align};vertical-align:top;${surface}`;
  return `<${tag}${span('colspan')}${span('rowspan')} style="${style}">${inner}</${tag}>`;
}
