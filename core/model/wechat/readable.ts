/** Text of a piece of inline-styled HTML with the colours it is read in. */
import { parseFragment, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { contrast, readColour, type Rgb } from './colour.ts';
import { readStyle } from './css.ts';

export interface TextRun {
  text: string;
  color: Rgb;
  background: Rgb;
  /** px */
  size: number;
  bold: boolean;
  contrast: number;
  /** The block the text stands in says the colour itself. */
  ownColor: boolean;
}

interface Place {
  color: Rgb;
  background: Rgb;
  size: number;
  bold: boolean;
  ownColor: boolean;
}

const INLINE = new Set('strong b em i u s sub sup a ruby rt span'.split(' '));
const DEFAULT_SIZE = 17;

function sizeOf(value: string, parent: number): number {
  const number = Number.parseFloat(value);
  if (!Number.isFinite(number)) return parent;
  if (value.endsWith('px')) return number;
  return /em$/.test(value) ? number * parent : value.endsWith('%') ? (number * parent) / 100 : parent;
}

function inside(element: Tree.Element, place: Place): Place {
  const next = { ...place };
  if (/^(?:strong|b|th)$/.test(element.tagName)) next.bold = true;
  if (!INLINE.has(element.tagName)) next.ownColor = false;
  for (const { name, value } of readStyle(element.attrs.find((a) => a.name === 'style')?.value ?? '')) {
    const colour = /^(?:color|background(?:-color)?)$/.test(name) ? readColour(value) : null;
    if (name === 'color' && colour) Object.assign(next, { color: colour, ownColor: true });
    else if (colour) next.background = colour;
    else if (name === 'font-size') next.size = sizeOf(value, place.size);
    else if (name === 'font-weight') next.bold = value === 'bold' || Number(value) >= 600;
  }
  return next;
}

/** Every text of `html` that is not only white space; drawings are left out. `page` is what lies beneath it. */
export function textRuns(html: string, page: { page: string; text: string }): TextRun[] {
  const runs: TextRun[] = [];
  const walk = (node: Tree.Node, place: Place): void => {
    if (node.nodeName === '#text' && 'value' in node && node.value.trim() !== '')
      runs.push({ text: node.value, ...place, contrast: contrast(place.color, place.background) });
    if ('tagName' in node && node.tagName === 'svg') return;
    const here = 'tagName' in node ? inside(node, place) : place;
    if ('childNodes' in node) for (const child of node.childNodes) walk(child, here);
  };
  const color = readColour(page.text) ?? [0, 0, 0];
  const background = readColour(page.page) ?? [255, 255, 255];
  walk(parseFragment(html), { color, background, size: DEFAULT_SIZE, bold: false, ownColor: false });
  return runs;
}

/** WCAG 2.2, 1.4.3: 4.5, and 3 for large text (24 px, or 18.66 px and bold). */
export function isReadable(run: Pick<TextRun, 'contrast' | 'size' | 'bold'>): boolean {
  const large = run.size >= 24 || (run.bold && run.size >= 18.66);
  return run.contrast >= (large ? 3 : 4.5);
}
