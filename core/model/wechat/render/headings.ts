/** Headings: eleven constructions, each for any level. */
import type { ArticleNodeJson } from '../../article/types.ts';
import { attrText, el, st, type Build } from './build.ts';
import { escapeHtml } from '../../text-form.ts';

/** Size and space above and below by level, px, where the theme gives no size. */
const MEASURES = [
  { size: 21, above: 36, below: 16 },
  { size: 18, above: 32, below: 14 },
  { size: 16, above: 24, below: 10 },
] as const;
/** Numbers of a seal, as old books write them. */
const FORMAL = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖', '拾'] as const;

const twoDigits = (n: number): string => String(n).padStart(2, '0');

export function heading(b: Build, node: ArticleNodeJson): string {
  const level = Math.min(Math.max(Number(node.attrs?.['level'] ?? 1), 1), 3);
  const at = level - 1;
  const piece = [b.theme.heading1, b.theme.heading2, b.theme.heading3][at] ?? b.theme.heading3;
  const measure = MEASURES[at] ?? MEASURES[2];
  const number = (b.numbers[at as 0 | 1 | 2] += 1);
  const size = piece.size ?? measure.size;
  const main = b.main(piece);
  const tag = `h${String(level)}`;
  const align =
    attrText(node, 'textAlign') || piece.align || (/^(?:lines|rules|box)$/.test(piece.as) ? 'center' : 'left');
  const space = `margin:${String(measure.above)}px 0 ${String(measure.below)}px`;
  const type = `font-size:${String(size)}px;line-height:1.4;font-weight:bold`;
  const whole = (...style: string[]): string =>
    el(tag, st(space, type, `text-align:${align}`, ...style, b.css(piece)), b.inline(node));
  /** The line of the heading in a span of its own, which is as wide as its words. */
  const worded = (outer: string, inner: string, before = ''): string =>
    el(tag, st(space, type, `text-align:${align}`, outer, b.css(piece)), before + el('span', inner, b.inline(node)));
  const onAccent = `background-color:${main};color:${b.palette.onAccent}`;
  switch (piece.as) {
    case 'plain':
      return whole(`color:${main}`);
    case 'bar':
      // The bar belongs to the words, wherever they stand.
      if (align !== 'left' && align !== 'justify')
        return worded(
          '',
          `display:inline-block;padding-left:10px;border-left:4px solid ${main};color:${b.palette.ink}`,
        );
      return whole(`padding-left:10px;border-left:4px solid ${main};color:${b.palette.ink}`);
    case 'underline':
      return whole(`padding-bottom:6px;border-bottom:2px solid ${main};color:${b.palette.ink}`);
    case 'box':
      return whole(`padding:8px 12px;border:1px solid ${main};color:${main}`);
    case 'rules':
      return whole(
        `padding:8px 0;border-top:1px solid ${main};border-bottom:3px double ${main};color:${b.palette.ink}`,
      );
    case 'band':
      return b.within({ inverse: true }, () => whole(`padding:8px 14px;${onAccent}`));
    case 'tag':
      return b.within({ inverse: true }, () => worded('', `display:inline-block;padding:3px 14px;${onAccent}`));
    case 'lines':
      return worded(
        '',
        `display:inline-block;padding:6px 18px;border-top:1px solid ${main};border-bottom:1px solid ${main};color:${main}`,
      );
    case 'sign':
      return worded(
        '',
        `color:${b.palette.ink}`,
        el('span', `margin-right:8px;color:${main}`, escapeHtml(piece.mark ?? '◆')),
      );
    case 'seal': {
      const square = `display:inline-block;width:1.7em;margin-right:10px;font-size:${String(size - 3)}px;line-height:1.7;text-align:center;${onAccent}`;
      return worded('', `color:${b.palette.ink}`, el('span', square, FORMAL[number] ?? String(number)));
    }
    case 'number': {
      const digits = `font-size:${String(size + 10)}px;line-height:1.1;letter-spacing:1px;color:${main}`;
      const line = `margin:4px 0 0;${type};color:${b.palette.ink}`;
      const inner = el('p', `margin:0;${digits}`, twoDigits(number)) + el(tag, line, b.inline(node));
      return el('section', st(space, `text-align:${align}`, b.css(piece)), inner);
    }
  }
}
