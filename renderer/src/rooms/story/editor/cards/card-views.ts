/** What a person card, a code and a video card show in the page. Plain elements: no React inside the text. */
import type { NodeViewRenderer } from '@tiptap/core';
import type { Node as PmNode } from '@tiptap/pm/model';
import { AI_LABEL, qrMatrix } from '../../../../../../core/model/article/index.ts';
import { api, queryClient } from '../../../../client/client.ts';
import { mediaUrl } from '../../../../client/media-url.ts';
import { formatDuration } from '../../../../format/format.ts';
import { i18n } from '../../../../i18n/index.ts';
import { ICON_PATHS, type IconName } from '../../../../ui/icon-paths.ts';

const SVG = 'http://www.w3.org/2000/svg';

function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('class', 'i');
  svg.setAttribute('aria-hidden', 'true');
  svg.innerHTML = ICON_PATHS[name];
  return svg;
}

const textOf = (node: PmNode, name: string): string => {
  const value: unknown = node.attrs[name];
  return typeof value === 'string' ? value : '';
};

function picture(assetId: string, alt: string): HTMLImageElement {
  const img = document.createElement('img');
  img.src = mediaUrl(assetId, 'poster');
  img.alt = alt;
  img.draggable = false;
  // The poster is made by a job; until then, and for small pictures, the original will do.
  img.addEventListener('error', () => (img.src = mediaUrl(assetId, 'original')), { once: true });
  return img;
}

function portrait(node: PmNode): Node[] {
  const assetId = textOf(node, 'assetId');
  const shown: Node = assetId === '' ? icon('person') : picture(assetId, textOf(node, 'alt'));
  if (node.attrs['ai'] !== true) return [shown];
  const label = document.createElement('span');
  label.className = 'ai-label';
  label.textContent = AI_LABEL;
  return [shown, label];
}

function code(node: PmNode): Node[] {
  const assetId = textOf(node, 'assetId');
  if (assetId !== '') return [picture(assetId, '')];
  const href = textOf(node, 'href');
  if (href === '') return [icon('qr')];
  const { size, path } = qrMatrix(href);
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${String(size)} ${String(size)}`);
  svg.setAttribute('class', 'qr-code');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', href);
  const dark = document.createElementNS(SVG, 'path');
  dark.setAttribute('d', path);
  svg.append(dark);
  return [svg];
}

/** A card with a picture of its own beside its lines; only the picture is drawn again when an attribute changes. */
const withPicture =
  (name: 'personCard' | 'qrBlock', draw: (node: PmNode) => Node[]): NodeViewRenderer =>
  ({ node }) => {
    const dom = document.createElement('section');
    dom.dataset['card'] = name;
    dom.className = `card-${name}`;
    const frame = document.createElement('div');
    frame.className = 'card-picture';
    frame.contentEditable = 'false';
    frame.dataset['dragHandle'] = '';
    const contentDOM = document.createElement('div');
    contentDOM.className = 'card-lines';
    dom.append(frame, contentDOM);
    let shown = '';
    const show = (next: PmNode) => {
      const now = JSON.stringify(next.attrs);
      if (now === shown) return;
      shown = now;
      frame.replaceChildren(...draw(next));
    };
    show(node);
    return {
      dom,
      contentDOM,
      update: (next) => {
        if (next.type.name !== name) return false;
        show(next);
        return true;
      },
      ignoreMutation: (mutation) => !contentDOM.contains(mutation.target),
    };
  };

export const personView = withPicture('personCard', portrait);
export const qrView = withPicture('qrBlock', code);

/** Poster, title and length of a film; the caption below. */
function drawVideo(dom: HTMLElement, node: PmNode): void {
  const frame = document.createElement('div');
  frame.className = 'card-picture';
  const words = document.createElement('p');
  words.className = 'video-words';
  const caption = document.createElement('p');
  caption.className = 'video-caption';
  caption.textContent = textOf(node, 'caption');
  frame.append(icon('video'));
  words.textContent = i18n.t('editor.card.video.choose');
  dom.replaceChildren(frame, words, caption);
  const projectId = textOf(node, 'projectId');
  if (projectId === '') return;
  words.textContent = '';
  queryClient
    .query(api.videos.get.queryOptions({ input: { projectId }, staleTime: 30_000 }))
    .then((film) => {
      words.textContent = [film.title || i18n.t('cutting.untitled'), formatDuration(film.durationUs)].join('  ');
      if (film.coverAssetId !== null) frame.replaceChildren(picture(film.coverAssetId, ''), icon('play'));
    })
    .catch(() => (words.textContent = i18n.t('editor.card.video.gone')));
}

export const videoView: NodeViewRenderer = ({ node }) => {
  const dom = document.createElement('section');
  dom.dataset['card'] = 'videoCard';
  dom.className = 'card-videoCard';
  dom.contentEditable = 'false';
  let shown = JSON.stringify(node.attrs);
  drawVideo(dom, node);
  return {
    dom,
    update: (next) => {
      if (next.type.name !== 'videoCard') return false;
      const now = JSON.stringify(next.attrs);
      if (now !== shown) drawVideo(dom, next);
      shown = now;
      return true;
    },
    ignoreMutation: () => true,
    selectNode: () => dom.classList.add('ProseMirror-selectednode'),
    deselectNode: () => dom.classList.remove('ProseMirror-selectednode'),
  };
};
