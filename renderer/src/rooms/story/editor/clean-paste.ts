/**
 * What is pasted is cleaned before it is parsed: a picture that would be fetched from somewhere is never loaded (its
 * place is kept, and asks for the file), lists of Word and WPS (paragraphs that only look like lists) become lists, colours become those of the palette, headings
 * deeper than the article's are lifted, empty paragraphs of page builders go. The schema, an allow-list, does the rest.
 */
import { MAX_HEADING_LEVEL } from '../../../../../core/model/article/describe.ts';
import { paletteColour, paletteHighlight } from './paste/palette.ts';
import { takePictures } from './paste/pictures.ts';
import { wordLists } from './paste/word-lists.ts';

export interface CleanPaste {
  html: string;
  /** One entry a picture, in order: its file when it came with the text (data: addresses), else null. */
  pictures: (File | null)[];
}

/** What is never taken: what runs, plays, or would be fetched. */
const MEDIA = 'picture > source, svg, video, audio, object, embed, iframe, canvas';

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
  for (const gone of page.querySelectorAll(MEDIA)) gone.remove();
  const pictures = takePictures(page);
  dropAttributes(page);
  wordLists(page);
  liftHeadings(page);
  mapColours(page);
  dropEmpty(page);
  return { html: page.body.innerHTML, pictures };
}
