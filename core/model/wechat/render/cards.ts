/** Cards about people, figures, steps, questions. */
import type { ArticleNodeJson } from '../../article/types.ts';
import { attrText, el, st, type Build } from './build.ts';

const partOf = (node: ArticleNodeJson, type: string): ArticleNodeJson | undefined =>
  node.content?.find((child) => child.type === type);
const restOf = (node: ArticleNodeJson): ArticleNodeJson[] =>
  (node.content ?? []).filter((child) => child.type !== 'cardTitle' && child.type !== 'cardNote');

function portrait(b: Build, node: ArticleNodeJson, style: string): string {
  const picture = b.picture(node);
  if (!picture && attrText(node, 'assetId') !== '') b.lost.push({ what: 'image', where: attrText(node, 'alt') });
  if (!picture) return '';
  const label =
    node.attrs?.['ai'] === true
      ? el('p', `margin:2px 0 0;text-align:center;line-height:1.5;color:${b.palette.muted}`, b.aiLabel())
      : '';
  return b.img(picture, attrText(node, 'alt'), style) + label;
}

export function personCard(b: Build, node: ArticleNodeJson): string {
  const piece = b.theme.person;
  const { palette } = b;
  const main = b.main(piece);
  const name = (style: string): string => b.line('p', style, partOf(node, 'cardTitle'));
  const who = (style: string): string => b.line('p', style, partOf(node, 'cardNote'));
  const text = (): string => b.within({ ink: palette.ink, gap: 8 }, () => b.blocks(restOf(node)));
  const bold = `font-size:${String(piece.size ?? 18)}px;line-height:1.4;font-weight:bold`;
  const small = `font-size:14px;line-height:1.6;color:${palette.muted}`;
  const box = (style: string, inner: string): string => el('section', st(style, b.css(piece)), inner);
  switch (piece.as) {
    case 'side': {
      const photo = portrait(b, node, 'display:block;width:100%');
      const words =
        name(`margin:0;${bold};text-align:left;color:${palette.ink}`) +
        who(`margin:2px 0 8px;${small};text-align:left`) +
        text();
      if (photo === '') return box(`margin:24px 0;padding:14px 14px 6px;background-color:${palette.tint}`, words);
      const cells =
        el('section', 'display:inline-block;width:30%;vertical-align:top', photo) +
        el('section', 'display:inline-block;width:66%;margin:0 0 0 4%;vertical-align:top', words);
      return box(`margin:24px 0;padding:14px 14px 6px;background-color:${palette.tint};text-align:left`, cells);
    }
    case 'round': {
      const photo = portrait(
        b,
        node,
        `display:block;width:88px;height:88px;margin:0 auto;border-radius:44px;border:2px solid ${main}`,
      );
      const head =
        name(`margin:10px 0 0;${bold};text-align:center;color:${main}`) +
        who(`margin:2px 0 10px;${small};text-align:center`);
      return box(`margin:24px 0;padding:18px 16px 8px;border:1px solid ${palette.line}`, photo + head + text());
    }
    case 'head': {
      const band = b.within({ inverse: true }, () =>
        name(`margin:0;padding:6px 14px;${bold};text-align:left;background-color:${main};color:${palette.onAccent}`),
      );
      const photo = portrait(b, node, 'display:block;width:100%;margin:0 0 8px');
      const inner = el(
        'section',
        'padding:12px 14px 4px',
        photo + who(`margin:0 0 8px;${small};text-align:left`) + text(),
      );
      return box(`margin:24px 0;border:1px solid ${main}`, band + inner);
    }
    case 'rule': {
      const photo = portrait(b, node, 'display:block;width:44%;margin:0 0 10px');
      const head =
        name(`margin:0;${bold};text-align:left;color:${palette.ink}`) + who(`margin:0 0 8px;${small};text-align:left`);
      return box(
        `margin:28px 0;padding:14px 0 0;border-top:2px solid ${main};border-bottom:1px solid ${palette.line}`,
        photo + head + text(),
      );
    }
  }
}

export function dataCard(b: Build, node: ArticleNodeJson): string {
  const piece = b.theme.data;
  const { palette } = b;
  const main = b.main(piece);
  const items = node.content ?? [];
  const size = String(piece.size ?? 24);
  const number = (item: ArticleNodeJson, style: string): string =>
    b.line(
      'p',
      `margin:0;font-size:${size}px;line-height:1.3;font-weight:bold;${style};color:${main}`,
      partOf(item, 'cardTitle'),
    );
  const what = (item: ArticleNodeJson, style: string): string =>
    b.line(
      'p',
      `margin:2px 0 0;font-size:13px;line-height:1.5;${style};color:${palette.muted}`,
      partOf(item, 'cardNote'),
    );
  const columns = items.length === 4 ? 2 : Math.min(items.length, 3);
  const cells = (width: number, style: string): string =>
    items
      .map((item) =>
        el(
          'section',
          st(`display:inline-block;width:${String(width)}%`, style, 'vertical-align:top'),
          number(item, 'text-align:center') + what(item, 'text-align:center'),
        ),
      )
      .join('');
  const box = (style: string, inner: string): string => el('section', st(style, b.css(piece)), inner);
  switch (piece.as) {
    case 'columns':
      return box(
        `margin:24px 0;padding:16px 0;background-color:${palette.tint};text-align:center`,
        cells(Math.floor(100 / columns), ''),
      );
    case 'boxes':
      return box(
        'margin:24px 0;text-align:center',
        cells(Math.floor(100 / columns) - 2, `margin:0 1% 8px;padding:10px 0;border:1px solid ${palette.line}`),
      );
    case 'ruled':
      return box(
        `margin:24px 0;padding:14px 0;border-top:1px solid ${main};border-bottom:1px solid ${main};text-align:center`,
        cells(Math.floor(100 / columns), ''),
      );
    case 'rows': {
      const cell = (width: number, inner: string): string =>
        `<td style="width:${String(width)}%;padding:8px 6px;border:0;border-bottom:1px solid ${palette.line};text-align:left;vertical-align:middle">${inner}</td>`;
      const rows = items.map(
        (item) => `<tr>${cell(44, number(item, 'text-align:left'))}${cell(56, what(item, 'text-align:left'))}</tr>`,
      );
      return `<table style="${st('margin:24px 0;width:100%;border-collapse:collapse', b.css(piece))}"><tbody>${rows.join('')}</tbody></table>`;
    }
  }
}

const CHINESE = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'] as const;

export function stepList(b: Build, node: ArticleNodeJson): string {
  const piece = b.theme.steps;
  const { palette } = b;
  const main = b.main(piece);
  const bold = `font-size:${String(piece.size ?? 17)}px;line-height:1.5;font-weight:bold;text-align:left`;
  const text = (item: ArticleNodeJson): string => b.within({ ink: palette.ink, gap: 8 }, () => b.blocks(restOf(item)));
  const titled = (item: ArticleNodeJson, before: string): string => {
    const title = partOf(item, 'cardTitle');
    return el('p', `margin:0 0 4px;${bold};color:${palette.ink}`, before + (title ? b.inline(title) : ''));
  };
  const steps = (node.content ?? []).map((item, i) => {
    const n = String(i + 1);
    switch (piece.as) {
      case 'badge': {
        const badge = `display:inline-block;width:24px;margin-right:8px;border-radius:12px;font-size:14px;line-height:24px;text-align:center;background-color:${main};color:${palette.onAccent}`;
        return el('section', 'margin:0 0 16px', titled(item, el('span', badge, n)) + text(item));
      }
      case 'line': {
        const box = `margin:0;padding:0 0 8px 16px;border-left:2px solid ${palette.line}`;
        return el('section', box, titled(item, el('span', `margin-right:8px;color:${main}`, `${n}.`)) + text(item));
      }
      case 'label': {
        const label = `margin-right:8px;padding:1px 8px;font-size:14px;background-color:${main};color:${palette.onAccent}`;
        return el(
          'section',
          `margin:0 0 12px;padding:0 0 4px;border-bottom:1px solid ${palette.line}`,
          titled(item, el('span', label, `步骤${CHINESE[i] ?? n}`)) + text(item),
        );
      }
      case 'big': {
        const digits = el(
          'section',
          `display:inline-block;width:14%;vertical-align:top;font-size:30px;line-height:1.1;font-weight:bold;text-align:left;color:${main}`,
          n,
        );
        return el(
          'section',
          'margin:0 0 14px;text-align:left',
          digits + el('section', 'display:inline-block;width:84%;vertical-align:top', titled(item, '') + text(item)),
        );
      }
    }
  });
  return el('section', st('margin:20px 0', b.css(piece)), steps.join(''));
}

export function qaList(b: Build, node: ArticleNodeJson): string {
  const piece = b.theme.qa;
  const { palette } = b;
  const main = b.main(piece);
  const answer = (item: ArticleNodeJson): string =>
    b.within({ ink: palette.ink, gap: 8 }, () => b.blocks(restOf(item)));
  const asked = (item: ArticleNodeJson, style: string, before = ''): string => {
    const title = partOf(item, 'cardTitle');
    return el('p', `font-weight:bold;text-align:left;${style}`, before + (title ? b.inline(title) : ''));
  };
  const letter = (text: string, color: string): string =>
    el(
      'span',
      `display:inline-block;width:22px;margin-right:8px;font-size:14px;line-height:22px;text-align:center;background-color:${color};color:${palette.onAccent}`,
      text,
    );
  const items = (node.content ?? []).map((item) => {
    switch (piece.as) {
      case 'letters':
        return el(
          'section',
          'margin:0 0 16px',
          asked(item, `margin:0 0 6px;color:${palette.ink}`, letter('Q', main)) + answer(item),
        );
      case 'words': {
        const row = (word: string, inner: string): string =>
          el('section', `display:inline-block;width:12%;vertical-align:top;font-weight:bold;color:${main}`, word) +
          el('section', 'display:inline-block;width:88%;vertical-align:top', inner);
        const box = `margin:0 0 14px;padding:0 0 6px;border-bottom:1px solid ${palette.line};text-align:left`;
        return el(
          'section',
          box,
          row('问', asked(item, `margin:0 0 4px;color:${palette.ink}`)) + row('答', answer(item)),
        );
      }
      case 'card':
        return el(
          'section',
          `margin:0 0 14px;border:1px solid ${palette.line}`,
          asked(item, `margin:0;padding:8px 12px;background-color:${palette.tint};color:${main}`) +
            el('section', 'padding:10px 12px 2px', answer(item)),
        );
      case 'bar':
        return el(
          'section',
          `margin:0 0 16px;padding:0 0 0 12px;border-left:3px solid ${main}`,
          asked(item, `margin:0 0 4px;color:${main}`) + answer(item),
        );
    }
  });
  return el('section', st('margin:20px 0', b.css(piece)), items.join(''));
}
