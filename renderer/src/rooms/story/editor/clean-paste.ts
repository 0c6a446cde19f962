/**
 * What is pasted is cleaned before it is parsed: a picture that would be fetched from somewhere is never loaded, lists
 * of Word and WPS (paragraphs that only look like lists) become lists, colours become those of the palette, headings
 * deeper than the article's are lifted, empty paragraphs of page builders go. The schema, an allow-list, does the rest.
 */
import { MAX_HEADING_LEVEL } from '../../../../../core/model/article/describe.ts';
import { paletteColour, paletteHighlight } from './paste/palette.ts';
import { wordLists } from './paste/word-lists.ts';

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

const MEDIA = 'img, picture, svg, video, audio, object, embed, iframe, canvas';

/** Takes every picture and film out of the page. */
function takeMedia(page: Document): Pick<CleanPaste, 'pictures' | 'dropped'> {
  const pictures: File[] = [];
  let dropped = 0;
  for (const img of page.querySelectorAll(MEDIA)) {
    const source = img.getAttribute('src') ?? '';
    const file = source.startsWith('data:') ? fileOfDataUrl(source, `picture-${String(pictures.length + 1)}`) : null;
    if (file) pictures.push(file);
    // A tracking pixel is not a picture somebody would miss.
    else if (img.localName === 'img' && img.getAttribute('width') !== '1') dropped += 1;
    img.remove();
  }
  return { pictures, dropped };
}

function liftHeadings(page: Document): void {
  for (const heading of page.querySelectorAll('h4, h5, h6')) {
    const lifted = page.createElement(`h${String(MAX_HEADING_LEVEL)}`);
    lifted.append(...heading.childNodes);
    heading.replaceWith(lifted);
  }
}

/** Colours by style or `font` become marks of the palette; near black, grey and white say nothing. */
function mapColours(page: Document): void {
  for (const element of page.querySelectorAll<HTMLElement>('[style], font[color]')) {
    if (element.dataset['mark'] !== undefined || element.closest('a')) continue;
    const wrap = (tag: string, attributes: Record<string, string>) => {
      const mark = page.createElement(tag);
      for (const [name, value] of Object.entries(attributes)) mark.setAttribute(name, value);
      mark.append(...element.childNodes);
      element.append(mark);
    };
    // Only where the text itself is coloured: a coloured block holds blocks.
    if (element.querySelector('p, div, section, ul, ol, table, h1, h2, h3, blockquote')) continue;
    const colour = paletteColour(element.style.color || (element.getAttribute('color') ?? ''));
    if (colour) wrap('span', { 'data-mark': 'textColor', 'data-color': colour });
    const highlight = paletteHighlight(element.style.backgroundColor || element.style.background);
    if (highlight && element.localName === 'span') wrap('mark', { 'data-color': highlight });
  }
}

/** What an element may keep besides the `data-` attributes this editor itself writes. Handlers and addresses never. */
const KEPT = new Set(['style', 'href', 'colspan', 'rowspan', 'start', 'color']);

function dropAttributes(page: Document): void {
  for (const element of page.body.querySelectorAll('*')) {
    for (const { name } of [...element.attributes]) {
      if (!KEPT.has(name) && !name.startsWith('data-')) element.removeAttribute(name);
    }
  }
}

/** Page builders part everything by empty paragraphs; the article has its own distances. */
function dropEmpty(page: Document): void {
  for (const block of page.querySelectorAll('p, section, div, h1, h2, h3')) {
    const empty = block.textContent.replace(/[\s\u00a0\u200b\ufeff]/g, '') === '';
    if (empty && !block.querySelector('hr, table, figure, [data-card]') && !block.closest('td, th, li, [data-card]')) {
      block.remove();
    }
  }
}

/** Cleans the HTML of a paste or drop. The document it is read into loads nothing and runs nothing. */
export function cleanPaste(html: string): CleanPaste {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const gone of page.querySelectorAll('script, style, meta, link, title, template, noscript')) gone.remove();
  const taken = takeMedia(page);
  dropAttributes(page);
  wordLists(page);
  liftHeadings(page);
  mapColours(page);
  dropEmpty(page);
  return { html: page.body.innerHTML, ...taken };
}
