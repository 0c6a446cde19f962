/**
 * Pictures of a pasted text keep their places. What came with the text (data: addresses) is imported; what lies elsewhere is never
 * fetched: a picture without a file stands there and asks for it.
 */
import type { Fragment, Node as PmNode } from '@tiptap/pm/model';
import { MAX_CAPTION } from '../../../../../../core/model/article/describe.ts';

/** Pictures written into the page itself larger than this are left out (the desktop bridge's limit too). */
const MAX_INLINE_BYTES = 64 * 1024 * 1024;
/** Alternative texts that programs write when nobody did. */
const NO_WORDS = /^(?:图片|圖片|image|img|picture|undefined|null)?$/i;

/** A `data:` picture as a file; null when it is none. */
export function fileOfDataUrl(url: string, name: string): File | null {
  const [, mime, body] = /^data:(image\/(?:png|jpe?g|gif|webp|bmp|avif));base64,([A-Za-z0-9+/=\s]+)$/i.exec(url) ?? [];
  if (!mime || !body || body.length > (MAX_INLINE_BYTES * 4) / 3) return null;
  try {
    const bytes = Uint8Array.from(atob(body.replace(/\s+/g, '')), (c) => c.charCodeAt(0));
    return new File([bytes], `${name}.${(mime.split('/')[1] ?? 'png').toLowerCase().replace('jpeg', 'jpg')}`, {
      type: mime,
    });
  } catch {
    return null;
  }
}

const oneLine = (text: string): string => [...text.replace(/\s+/g, ' ').trim()].slice(0, MAX_CAPTION).join('');

/** The caption of the figure a picture stands alone in; it goes with the picture. */
function takeCaption(img: Element): string {
  const figure = img.closest('figure');
  const caption = figure?.querySelector('figcaption');
  if (!figure || !caption || figure.querySelectorAll('img').length > 1) return '';
  const words = oneLine(caption.textContent);
  caption.remove();
  return words;
}

/** A picture is a block: what stood beside it in its paragraph becomes a paragraph before and one after. */
function standAlone(place: Element): void {
  const line = place.closest('p, h1, h2, h3, h4, h5, h6');
  if (!line) return;
  let rest: Element | null = null;
  let before: Element = place;
  for (let parent = place.parentElement; parent && before !== line; parent = parent.parentElement) {
    const copy = parent.cloneNode(false) as Element;
    if (rest) copy.append(rest);
    while (before.nextSibling) copy.append(before.nextSibling);
    rest = copy;
    before = parent;
  }
  line.after(place, ...(rest ? [rest] : []));
}

/**
 * Puts an empty picture of the article where each picture of the page was. A tracking pixel is not a picture somebody would miss.
 *
 * @returns one entry a picture, in order: its file when it came with the text, else null.
 */
export function takePictures(page: Document): (File | null)[] {
  const pictures: (File | null)[] = [];
  for (const img of page.querySelectorAll('img')) {
    if (img.getAttribute('width') === '1' || img.getAttribute('height') === '1') {
      img.remove();
      continue;
    }
    const source = img.getAttribute('src') ?? '';
    const place = page.createElement('figure');
    const alt = oneLine(img.getAttribute('alt') ?? '');
    place.setAttribute('data-asset-id', '');
    place.setAttribute('data-alt', NO_WORDS.test(alt) ? '' : alt);
    place.setAttribute('data-caption', takeCaption(img));
    img.replaceWith(place);
    standAlone(place);
    pictures.push(source.startsWith('data:') ? fileOfDataUrl(source, `picture-${String(pictures.length + 1)}`) : null);
  }
  return pictures;
}

/** Whether a node is a picture whose file is still asked for. */
export const isAwaiting = (node: PmNode | null | undefined): node is PmNode =>
  node?.type.name === 'image' && node.attrs['assetId'] === null;

/** The pictures of a piece of an article that ask for their file, in order. */
export function awaitingIn(content: Fragment): PmNode[] {
  const found: PmNode[] = [];
  content.descendants((node) => {
    if (isAwaiting(node)) found.push(node);
  });
  return found;
}

/** Where nodes stand, in their order; null when one of them is not in the document. */
export function placesOf(doc: PmNode, nodes: readonly PmNode[]): number[] | null {
  const places = new Map<PmNode, number>();
  doc.descendants((node, pos) => {
    if (nodes.includes(node)) places.set(node, pos);
  });
  const found = nodes.flatMap((node) => places.get(node) ?? []);
  return found.length === nodes.length ? found : null;
}
