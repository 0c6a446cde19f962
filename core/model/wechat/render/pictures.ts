/** Pictures, rows and sliders of them, videos, codes. */
import type { ArticleNodeJson } from '../../article/types.ts';
import { attrText, el, isEmptyLine, st, type Build } from './build.ts';
import { escapeHtml } from '../../text-form.ts';
import { keepSpaces } from './inline.ts';

const WHOLE = 'display:block;max-width:100%;margin:0 auto';

/** White space at the ends and line feeds would be lost or become a gap. */
const oneLine = (text: string): string => keepSpaces(text.trim());

function captionText(b: Build, node: ArticleNodeJson): string {
  const label = [attrText(node, 'caption'), attrText(node, 'credit')]
    .map(oneLine)
    .filter((t) => t !== '')
    .join('　');
  const ai = node.attrs?.['ai'] === true ? b.aiLabel() : '';
  return escapeHtml(label) + (label && ai ? '　' : '') + ai;
}

/** Reports a picture that is not there. */
function missing(b: Build, node: ArticleNodeJson): string {
  const where = [attrText(node, 'caption'), attrText(node, 'credit')].filter((t) => t !== '').join(' ');
  b.lost.push({ what: 'image', where: where || attrText(node, 'alt') });
  return '';
}

export function figure(b: Build, node: ArticleNodeJson): string {
  const picture = b.picture(node);
  if (!picture) return missing(b, node);
  const piece = b.theme.figure;
  const { palette } = b;
  const width = typeof node.attrs?.['width'] === 'number' ? `width:${String(node.attrs['width'])}%` : '';
  const img = b.img(picture, attrText(node, 'alt'), st(WHOLE, width));
  const words = captionText(b, node);
  const caption = (style: string, sign = ''): string =>
    words === ''
      ? ''
      : el('p', `${style};font-size:${String(piece.size ?? 14)}px;color:${palette.muted}`, sign + words);
  const box = (style: string, inner: string): string => el('section', st(style, b.css(piece)), inner);
  // The box is centred already.
  const align = piece.align === undefined || piece.align === 'center' ? '' : `text-align:${piece.align}`;
  switch (piece.as) {
    case 'plain':
      return box('margin:24px 0;text-align:center', img + caption(st('margin:8px 0 0', align)));
    case 'framed':
      return box(
        `margin:24px 0;padding:6px 6px 8px;border:1px solid ${palette.line};text-align:center`,
        img + caption(st('margin:8px 0 0', align)),
      );
    case 'strip':
      return box(
        'margin:24px 0;text-align:center',
        img + caption(st('margin:0;padding:6px 10px', align, `background-color:${palette.tint}`)),
      );
    case 'side':
      return box(
        'margin:24px 0;text-align:center',
        img + caption(`margin:8px 0 0;padding-left:8px;border-left:2px solid ${b.main(piece)};text-align:left`),
      );
    case 'sign': {
      const sign = el('span', `margin-right:4px;color:${b.main(piece)}`, escapeHtml(piece.mark ?? '▲'));
      return box('margin:24px 0;text-align:center', img + caption('margin:8px 0 0;text-align:left', sign));
    }
  }
}

const SLIDE_HINT = '← 左右滑动查看 →';

/** Pictures side by side, up to three in a row, or one long row to be pushed sideways. */
export function gallery(b: Build, node: ArticleNodeJson): string {
  const piece = b.theme.gallery;
  const { palette } = b;
  const shown = (node.content ?? []).flatMap((image) => {
    const picture = b.picture(image);
    if (!picture) missing(b, image);
    return picture ? [{ image, picture }] : [];
  });
  if (shown.length === 0) return '';
  const slider = node.attrs?.['layout'] === 'slider';
  const columns = slider ? 1 : shown.length === 4 ? 2 : Math.min(shown.length, 3);
  const gap = piece.as === 'joined' || columns === 1 ? 0 : 1;
  const width = slider ? 80 : Math.floor((100 - gap * 2 * columns) / columns);
  const cells = shown.map(({ image, picture }) => {
    const words = captionText(b, image);
    const caption =
      words &&
      el(
        'p',
        `margin:4px 0 0;font-size:13px;line-height:1.5;white-space:normal;text-align:center;color:${palette.muted}`,
        words,
      );
    const side = slider ? 'margin:0 8px 0 0' : gap > 0 ? `margin:0 ${String(gap)}% 8px` : '';
    const cell = st('display:inline-block', `width:${String(width)}%`, side, 'vertical-align:top');
    return el('section', cell, b.img(picture, attrText(image, 'alt'), 'display:block;width:100%') + caption);
  });
  const frame = piece.as === 'framed' ? `padding:8px 4px ${slider ? '8px' : '0'};border:1px solid ${palette.line}` : '';
  const space = slider ? 'margin:24px 0 0' : 'margin:24px 0';
  const flow = slider ? 'overflow-x:scroll;white-space:nowrap;text-align:left' : 'text-align:center';
  const row = el('section', st(space, frame, flow, b.css(piece)), cells.join(''));
  return slider
    ? row + el('p', `margin:6px 0 24px;font-size:13px;text-align:center;color:${palette.muted}`, SLIDE_HINT)
    : row;
}

const clock = (us: number): string => {
  const seconds = Math.round(us / 1_000_000);
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`;
};

/** The interface takes no films: the poster, and a line that says where the film is put in. */
export function videoCard(b: Build, node: ArticleNodeJson): string {
  const piece = b.theme.video;
  const { palette } = b;
  const video = b.options.videos?.get(attrText(node, 'projectId'));
  const caption = oneLine(attrText(node, 'caption')) || oneLine(video?.title ?? '');
  const poster = video?.poster ? b.img(video.poster, caption, WHOLE) : '';
  const name = [oneLine(video?.title ?? '') || caption, video && video.durationUs > 0 ? clock(video.durationUs) : ''];
  const which = name.filter((t) => t !== '').join(' · ');
  const order = `【此处插入视频${which && `：${escapeHtml(which)}`}。请在公众号后台插入后删去本行】`;
  const line = (style: string, text: string): string => (text === '' ? '' : el('p', style, text));
  const words = escapeHtml(caption);
  const todo = line(`margin:6px 0 0;font-size:14px;line-height:1.6;text-align:center;color:${palette.red}`, order);
  switch (piece.as) {
    case 'poster': {
      const text = line(
        `margin:8px 0 0;font-size:14px;line-height:1.6;text-align:center;color:${palette.muted}`,
        words,
      );
      return el('section', st('margin:24px 0;text-align:center', b.css(piece)), poster + text + todo);
    }
    case 'card': {
      const text = line(`margin:10px 0 0;font-weight:bold;text-align:center;color:${palette.ink}`, words);
      return el(
        'section',
        st(`margin:24px 0;padding:10px;border:1px solid ${palette.line};text-align:center`, b.css(piece)),
        poster + text + todo,
      );
    }
    case 'strip': {
      const text = line(
        `margin:0;padding:8px 12px;font-size:14px;text-align:left;background-color:${b.main(piece)};color:${palette.onAccent}`,
        words,
      );
      return el('section', st('margin:24px 0', b.css(piece)), poster + text + todo);
    }
  }
}

export function qrBlock(b: Build, node: ArticleNodeJson): string {
  const piece = b.theme.qr;
  const { palette } = b;
  const href = attrText(node, 'href');
  const picture = b.picture(node) ?? (href === '' ? undefined : b.options.codes?.get(href));
  const note = node.content?.find((child) => child.type === 'cardNote');
  const words = note && !isEmptyLine(note) ? b.inline(note) : '';
  if (!picture)
    b.lost.push({ what: 'code', where: note ? (note.content ?? []).map((c) => c.text ?? '').join('') : href });
  if (!picture && words === '') return '';
  const img = (style: string): string => (picture ? b.img(picture, '二维码', style) : '');
  const line = (style: string): string => (words === '' ? '' : el('p', style, words));
  switch (piece.as) {
    case 'plain':
      return el(
        'section',
        st('margin:28px 0;text-align:center', b.css(piece)),
        img('display:block;width:160px;margin:0 auto') +
          line(`margin:8px 0 0;font-size:14px;text-align:center;color:${palette.muted}`),
      );
    case 'card': {
      const box = `margin:28px auto;padding:16px;width:200px;border:1px solid ${b.main(piece)};text-align:center`;
      return el(
        'section',
        st(box, b.css(piece)),
        img('display:block;width:160px;margin:0 auto') +
          line(`margin:10px 0 0;font-size:14px;text-align:center;color:${palette.ink}`),
      );
    }
    case 'side': {
      const left = el(
        'section',
        'display:inline-block;width:34%;vertical-align:middle',
        img('display:block;width:100%'),
      );
      const right = line(
        `display:inline-block;width:58%;margin:0 0 0 4%;vertical-align:middle;text-align:left;color:${palette.ink}`,
      );
      return el(
        'section',
        st(`margin:28px 0;padding:12px;background-color:${palette.tint};text-align:left`, b.css(piece)),
        left + right,
      );
    }
  }
}
