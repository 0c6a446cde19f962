/** Boxes around the text: notices, the line that asks to follow, sources, the notes at the end, the draft's mark. */
import { NOTES_LABEL, SOURCE_LABELS } from '../../article/labels.ts';
import type { ArticleNodeJson } from '../../article/types.ts';
import { attrText, el, isEmptyLine, st, type Build } from './build.ts';
import { escapeHtml } from '../../text-form.ts';

const KIND_COLOURS = { info: 'blue', tip: 'green', warning: 'red' } as const;

export function noticeBox(b: Build, node: ArticleNodeJson): string {
  const piece = b.theme.notice;
  const { palette } = b;
  const kind = attrText(node, 'kind');
  const main = palette[kind === 'warning' || kind === 'tip' ? KIND_COLOURS[kind] : KIND_COLOURS.info];
  const [first, ...rest] = node.content ?? [];
  const text = b.within({ ink: palette.ink, gap: 8 }, () => b.blocks(rest));
  const title = (style: string): string => b.line('p', `font-weight:bold;text-align:left;${style}`, first);
  const box = (style: string, inner: string): string => el('section', st(style, b.css(piece)), inner);
  switch (piece.as) {
    case 'box':
      return box(
        `margin:20px 0;padding:12px 14px 4px;border:1px solid ${main};background-color:${palette.tint}`,
        title(`margin:0 0 6px;color:${main}`) + text,
      );
    case 'bar':
      return box(
        `margin:20px 0;padding:10px 0 2px 14px;border-left:4px solid ${main}`,
        title(`margin:0 0 4px;color:${main}`) + text,
      );
    case 'head': {
      const band = b.within({ inverse: true }, () =>
        title(`margin:0;padding:5px 14px;background-color:${main};color:${onColour(b)}`),
      );
      return box(`margin:20px 0;border:1px solid ${main}`, band + el('section', 'padding:10px 14px 2px', text));
    }
    case 'label': {
      const tag = b.within({ inverse: true }, () =>
        b.line(
          'span',
          `display:inline-block;padding:2px 10px;font-size:14px;background-color:${main};color:${onColour(b)}`,
          first,
        ),
      );
      const head = tag && el('p', 'margin:0 0 6px;text-align:left;line-height:1.5', tag);
      return box(`margin:20px 0;padding:0 0 4px;border-bottom:2px solid ${main}`, head + text);
    }
  }
}

/** Text on the palette's red, green and blue: they are all made to be read on the page, so the page's colour reads on them. */
function onColour(b: Build): string {
  return b.palette.paper ?? '#fff';
}

export function leadGuide(b: Build, node: ArticleNodeJson): string {
  const piece = b.theme.lead;
  const { palette } = b;
  const main = b.main(piece);
  const small = `font-size:${String(piece.size ?? 14)}px;line-height:1.6;text-align:center`;
  const lines = (color: string): string =>
    (node.content ?? [])
      .filter((p) => !isEmptyLine(p))
      .map((p) => el('p', `margin:0;${small};color:${color}`, b.inline(p)))
      .join('');
  const box = (style: string, inner: string): string =>
    inner === '' ? '' : el('section', st(style, b.css(piece)), inner);
  switch (piece.as) {
    case 'pill':
      return box(`margin:0 0 24px;padding:8px 20px;border-radius:20px;background-color:${palette.tint}`, lines(main));
    case 'lines':
      return box(
        `margin:0 0 24px;padding:8px 0;border-top:1px solid ${palette.line};border-bottom:1px solid ${palette.line}`,
        lines(main),
      );
    case 'arrow': {
      const text = lines(main);
      return box(
        'margin:0 0 24px',
        text &&
          el(
            'p',
            `margin:0;font-size:12px;line-height:1.4;text-align:center;color:${main}`,
            escapeHtml(piece.mark ?? '▲'),
          ) + text,
      );
    }
    case 'band':
      return b.within({ inverse: true }, () =>
        box(`margin:0 0 24px;padding:8px 14px;background-color:${main}`, lines(palette.onAccent)),
      );
  }
}

/** Entries without a name are not shown. */
export function sourceLine(b: Build, node: ArticleNodeJson): string {
  const piece = b.theme.source;
  const { palette } = b;
  const items = (node.content ?? []).filter((item) => !isEmptyLine(item));
  if (items.length === 0) return '';
  const labelOf = (item: ArticleNodeJson): string =>
    SOURCE_LABELS[(attrText(item, 'role') || 'source') as keyof typeof SOURCE_LABELS];
  const small = `font-size:${String(piece.size ?? 14)}px;line-height:1.8`;
  const entry = (item: ArticleNodeJson): string => `${labelOf(item)}：${b.inline(item)}`;
  switch (piece.as) {
    case 'lines':
    case 'right': {
      const align = piece.as === 'right' ? 'right' : 'left';
      const lines = items.map((item) =>
        el('p', `margin:0;${small};text-align:${align};color:${palette.muted}`, entry(item)),
      );
      const rule = piece.as === 'lines' ? `padding:12px 0 0;border-top:1px solid ${palette.line}` : '';
      return el('section', st('margin:28px 0 0', rule, b.css(piece)), lines.join(''));
    }
    case 'inline': {
      const style = st(`margin:28px 0 0;${small};text-align:left;color:${palette.muted}`, b.css(piece));
      const entries = items.map((item) => el('span', 'display:inline-block;margin-right:16px', entry(item)));
      return el('p', style, entries.join(''));
    }
    case 'table': {
      const cell = (inner: string, style: string): string =>
        `<td style="padding:3px 8px;border:0;${style};text-align:left;vertical-align:top">${inner}</td>`;
      const rows = items.map(
        (item) =>
          `<tr>${cell(labelOf(item), `width:20%;border-right:2px solid ${b.main(piece)};color:${palette.muted}`)}${cell(b.inline(item), `color:${palette.ink}`)}</tr>`,
      );
      return `<table style="${st(`margin:28px 0 0;width:100%;border-collapse:collapse;${small}`, b.css(piece))}"><tbody>${rows.join('')}</tbody></table>`;
    }
  }
}

/** The article's footnotes and the addresses its links led to, numbered as in the text; '' for none. */
export function notesBox(b: Build): string {
  const { texts } = b.notes;
  if (texts.length === 0) return '';
  const piece = b.theme.notes;
  const { palette } = b;
  const lines = texts.map((text, i) =>
    el(
      'p',
      `margin:0 0 4px;word-break:break-all;color:${palette.muted}`,
      `[${String(i + 1)}] ${escapeHtml(text.replace(/\s+/g, ' ').trim())}`,
    ),
  );
  const small = `font-size:${String(piece.size ?? 13)}px;line-height:1.6;text-align:left`;
  switch (piece.as) {
    case 'rule':
      return el(
        'section',
        st(`margin:32px 0 0;padding:12px 0 0;border-top:1px solid ${palette.line};${small}`, b.css(piece)),
        lines.join(''),
      );
    case 'box':
      return el(
        'section',
        st(`margin:32px 0 0;padding:12px 14px 8px;background-color:${palette.tint};${small}`, b.css(piece)),
        lines.join(''),
      );
    case 'head': {
      const head = el('p', `margin:0 0 8px;font-weight:bold;color:${b.main(piece)}`, NOTES_LABEL);
      return el('section', st(`margin:32px 0 0;${small}`, b.css(piece)), head + lines.join(''));
    }
  }
}

const DRAFT_MARK = '草稿 · 未经审核，不得发布';

export function draftMark(b: Build): string {
  const { red } = b.palette;
  return el(
    'p',
    `margin:0 0 16px;padding:8px 12px;border:2px solid ${red};font-weight:bold;text-align:center;color:${red}`,
    DRAFT_MARK,
  );
}
