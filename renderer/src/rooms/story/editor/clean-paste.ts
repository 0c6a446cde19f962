/**
 * What is pasted is cleaned before it is parsed: a picture that would be fetched from somewhere is never
 * loaded, headings deeper than the article's are lifted. The schema does the rest.
 */
import { MAX_HEADING_LEVEL } from '../../../../../core/model/article/describe.ts';

/** Pictures written into the page itself larger than this are left out (the desktop bridge's limit too). */
const MAX_INLINE_BYTES = 64 * 1024 * 1024;

export interface CleanPaste {
  html: string;
  /** Pictures that came with the text itself (data: addresses), in order. */
  pictures: File[];
  /** Pictures elsewhere (web, mail, other files): how many were left out. */
  dropped: number;
}

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

/** Cleans the HTML of a paste or drop. The document it is read into loads nothing and runs nothing. */
export function cleanPaste(html: string): CleanPaste {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const pictures: File[] = [];
  let dropped = 0;
  for (const img of page.querySelectorAll('img, picture, svg, video, audio, object, embed, iframe')) {
    const source = img.getAttribute('src') ?? '';
    const file = source.startsWith('data:') ? fileOfDataUrl(source, `picture-${String(pictures.length + 1)}`) : null;
    if (file) pictures.push(file);
    // A tracking pixel is not a picture somebody would miss.
    else if (img.localName === 'img' && img.getAttribute('width') !== '1') dropped += 1;
    img.remove();
  }
  for (const heading of page.querySelectorAll('h4, h5, h6')) {
    const lifted = page.createElement(`h${String(MAX_HEADING_LEVEL)}`);
    lifted.append(...heading.childNodes);
    heading.replaceWith(lifted);
  }
  return { html: page.body.innerHTML, pictures, dropped };
}
