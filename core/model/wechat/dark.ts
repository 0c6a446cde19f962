/**
 * An article as WeChat shows it at night. WeChat recolours what it is given by the rules of its own public program
 * (github.com/wechatjs/mp-darkmode, MIT, read 2026-11-26); this is a model of those rules written anew, for inline styles
 * only. Known from there: the default colours, the brightness limits of surfaces, the least distance between text and
 * surface, that drawings (SVG) stay as they are and that near-white text is left alone. Not modelled: transparency,
 * gradients, pictures behind text, shadows. Whether the app in the reader's hand runs the same version is not known.
 */
import { parseFragment, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { brightness, fromHsl, readColour, toHsl, writeColour, type Rgb } from './colour.ts';
import { readStyle, writeStyle, type Declaration } from './css.ts';

/** What a page without colours of its own has in WeChat's dark mode. */
export const WECHAT_DARK = { page: '#191919', text: '#a3a3a3' } as const;
/** The same in the light. */
export const WECHAT_LIGHT = { page: '#fff', text: '#191919' } as const;

const PAGE: Rgb = [25, 25, 25];
const DEFAULT_TEXT: Rgb = [163, 163, 163];
const LIGHT_TEXT: Rgb = [25, 25, 25];
/** Lightness of the dark page, percent: white turns into it. */
const PAGE_LIGHTNESS = toHsl(PAGE)[2];
/** As bright as white to WeChat. */
const WHITE_LIKE = 250;
/** The brightest surface that is left at night. */
const MAX_SURFACE = 190;
/** A surface this bright carries dark text. */
const BRIGHT_SURFACE = 100;
/** Text and surface are at least so far apart in brightness. */
const MIN_DISTANCE = 65;
/** On the bare page they are not farther apart than the page's own text is. */
const MAX_DISTANCE = brightness(DEFAULT_TEXT) - brightness(PAGE);
/** Lightness, percent: greys above the first turn over, surfaces below the second are lifted to it. */
const TURNS_OVER = 40;
const DARKEST_SURFACE = 22;

/** A colour with another brightness, its hue kept as far as the numbers allow. */
function withBrightness(target: number, colour: Rgb): Rgb {
  const now = brightness(colour);
  if (now === 0) return [target, target, target];
  const scaled = colour.map((c) => Math.min(255, (c * target) / now)) as unknown as Rgb;
  // A channel that is full hands what it cannot carry to the others.
  const short = target - brightness(scaled);
  if (short < 1) return scaled;
  const room = 255 - brightness(scaled);
  return scaled.map((c) => c + ((255 - c) * short) / room) as unknown as Rgb;
}

export function darkSurface(colour: Rgb): Rgb {
  const [h, s, l] = toHsl(colour);
  const light = brightness(colour);
  if ((s === 0 && l > TURNS_OVER) || light > WHITE_LIKE)
    return fromHsl([0, 0, Math.min(100, 100 + PAGE_LIGHTNESS - l)]);
  if (light > MAX_SURFACE) return withBrightness(MAX_SURFACE, colour);
  return l < DARKEST_SURFACE ? fromHsl([h, s, DARKEST_SURFACE]) : colour;
}

/** Colour of text or of a line on a surface that was darkened before. */
export function darkText(colour: Rgb, surface: Rgb): Rgb {
  const [h, s, l] = toHsl(colour);
  const text = brightness(colour);
  const ground = brightness(surface);
  const distance = Math.abs(text - ground);
  if (text >= WHITE_LIKE) return colour;
  if (distance > MAX_DISTANCE && ground <= brightness(PAGE) + 2) return withBrightness(MAX_DISTANCE + ground, colour);
  if (distance >= MIN_DISTANCE) return colour;
  const bright = ground >= BRIGHT_SURFACE;
  // Turning the lightness over first keeps more of the hue.
  if (bright ? l > 90 - TURNS_OVER : l <= TURNS_OVER) return darkText(fromHsl([h, s, 90 - l]), surface);
  const target = bright ? Math.min(MAX_DISTANCE, ground - MIN_DISTANCE) : Math.min(MAX_DISTANCE, ground + MIN_DISTANCE);
  return withBrightness(target, colour);
}

interface Ground {
  /** The surface, darkened. */
  surface: Rgb;
  /** The text's colour by day. */
  text: Rgb;
}

const COLOUR = /#[\da-f]{6}\b|#[\da-f]{3}\b|rgba?\([^)]*\)/gi;

function recoloured(value: string, change: (colour: Rgb) => Rgb): string {
  return value.replace(COLOUR, (text) => {
    const colour = readColour(text);
    return colour ? writeColour(change(colour)) : text;
  });
}

/** Declarations of one element at night, and what its children stand on. */
function darken(style: Declaration[], ground: Ground): { style: Declaration[]; ground: Ground } {
  const find = (...names: string[]): Rgb | null =>
    style.map((d) => (names.includes(d.name) ? readColour(d.value) : null)).findLast((c) => c !== null) ?? null;
  const own = find('background-color', 'background');
  const surface = own ? darkSurface(own) : ground.surface;
  const text = find('color') ?? ground.text;
  const next = style.map((d) => {
    if (d.name === 'background-color' || d.name === 'background')
      return { ...d, value: recoloured(d.value, darkSurface) };
    if (d.name === 'color') return { ...d, value: recoloured(d.value, (c) => darkText(c, surface)) };
    if (/^(?:border|outline|text-decoration|column-rule)/.test(d.name))
      return { ...d, value: recoloured(d.value, (c) => darkText(c, PAGE)) };
    return d;
  });
  const bare = own !== null && !style.some((d) => d.name === 'color');
  if (bare) next.push({ name: 'color', value: writeColour(darkText(text, surface)) });
  return { style: next, ground: { surface, text } };
}

/** The same HTML in the colours of the night. Stands on a page of `WECHAT_DARK`. */
export function wechatDark(html: string): string {
  const edits: { start: number; end: number; text: string }[] = [];
  const walk = (node: Tree.Node, ground: Ground): void => {
    let here = ground;
    if ('tagName' in node) {
      if (node.tagName === 'svg') return;
      const style = node.attrs.find((a) => a.name === 'style');
      const place = node.sourceCodeLocation?.attrs?.['style'];
      if (style && place) {
        const done = darken(readStyle(style.value), ground);
        here = done.ground;
        const value = writeStyle(done.style).replace(/&/g, '&amp;').replace(/"/g, '&quot;');
        edits.push({ start: place.startOffset, end: place.endOffset, text: `style="${value}"` });
      }
    }
    if ('childNodes' in node) for (const child of node.childNodes) walk(child, here);
  };
  walk(parseFragment(html, { sourceCodeLocationInfo: true }), { surface: PAGE, text: LIGHT_TEXT });
  let dark = '';
  let from = 0;
  for (const edit of edits) {
    dark += html.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return dark + html.slice(from);
}
