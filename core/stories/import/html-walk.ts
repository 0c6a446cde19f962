/**
 * Walks a parsed HTML tree and tells the builder what it means. An allow-list: only what is named here has a
 * meaning, every other element is looked through, scripts and the like are dropped with all they hold.
 */
import { MAX_CAPTION, isAllowedHref } from '../../model/article/index.ts';
import { PLAIN_LINE } from './builder.ts';
import type { ArticleBuilder, Line, Marks } from './builder.ts';
import type { Container } from './builder-frame.ts';
import { cleanCharacters } from './characters.ts';
import { attr, backwards, captionOf, isElement, styleOf, textOf } from './html-dom.ts';
import type { HtmlElement, HtmlNode, HtmlParent } from './html-dom.ts';
import { NOTE_TAG } from './markdown-notes.ts';
import type { PictureList } from './pictures.ts';
import type { RepairCode, RepairList } from './repairs.ts';

interface Context {
  marks: Marks;
  line: Line;
  /** Inside `pre`: line feeds are breaks. */
  pre: boolean;
}

interface Target {
  builder: ArticleBuilder;
  pictures: PictureList;
  repairs: RepairList;
}

/** Dropped with everything inside; null where nobody misses it. */
const DROPPED: Readonly<Record<string, RepairCode | null>> = {
  head: null,
  title: null,
  meta: null,
  link: null,
  base: null,
  style: null,
  template: null,
  noscript: null,
  script: 'script_left_out',
  iframe: 'media_left_out',
  object: 'media_left_out',
  embed: 'media_left_out',
  applet: 'media_left_out',
  frame: 'media_left_out',
  frameset: 'media_left_out',
  video: 'media_left_out',
  audio: 'media_left_out',
  mpvoice: 'media_left_out',
  'mp-common-mpaudio': 'media_left_out',
  'mp-common-videosnap': 'media_left_out',
  input: 'form_left_out',
  button: 'form_left_out',
  select: 'form_left_out',
  textarea: 'form_left_out',
  datalist: 'form_left_out',
  svg: 'drawing_left_out',
  canvas: 'drawing_left_out',
  map: null,
  math: 'formula_left_out',
  rp: null,
  colgroup: null,
  col: null,
  source: null,
  track: null,
  wbr: null,
};

const BLOCKS = new Set(
  (
    'address article aside body center dd details dialog dir div dl dt fieldset figcaption figure footer form header ' +
    'hgroup html legend main menu nav p section summary caption pre h1 h2 h3 h4 h5 h6 li optgroup option'
  ).split(' '),
);

const CONTAINERS: Readonly<Record<string, Container>> = {
  blockquote: 'blockquote',
  ul: 'bulletList',
  menu: 'bulletList',
  dir: 'bulletList',
  ol: 'orderedList',
  li: 'listItem',
  table: 'table',
  tr: 'tableRow',
  td: 'tableCell',
  th: 'tableHeader',
};

const MARK_TAGS: Readonly<Record<string, Marks>> = {
  b: { bold: true },
  strong: { bold: true },
  i: { italic: true },
  em: { italic: true },
  cite: { italic: true },
  u: { underline: true },
  ins: { underline: true },
  s: { strike: true },
  strike: { strike: true },
  del: { strike: true },
  sub: { script: 'subscript' },
  sup: { script: 'superscript' },
};

function styledMarks(marks: Marks, style: Map<string, string>): Marks {
  const out = { ...marks };
  const weight = style.get('font-weight');
  if (weight !== undefined) {
    // CSS: bold is 700; 600 already looks bold in the Chinese faces that have two weights.
    if (/^bold/.test(weight) || Number(weight) >= 600) out.bold = true;
    else if (weight === 'normal' || Number(weight) < 600) out.bold = false;
  }
  const slant = style.get('font-style');
  if (slant !== undefined) out.italic = /italic|oblique/.test(slant);
  const lines = `${style.get('text-decoration') ?? ''} ${style.get('text-decoration-line') ?? ''}`;
  if (lines.includes('underline')) out.underline = true;
  if (lines.includes('line-through')) out.strike = true;
  const raised = style.get('vertical-align');
  if (raised === 'sub') out.script = 'subscript';
  if (raised === 'super') out.script = 'superscript';
  return out;
}

/** Only centred and right-aligned lines are told apart; left and justified are the theme's matter. */
function alignOf(element: HtmlElement, style: Map<string, string>, inherited: Line['align']): Line['align'] {
  const value = style.get('text-align') ?? attr(element, 'align')?.toLowerCase();
  if (element.tagName === 'center') return 'center';
  if (value === undefined || element.tagName === 'table' || element.tagName === 'img') return inherited;
  if (value.includes('center')) return 'center';
  if (value === 'right' || value === 'end') return 'right';
  return value === 'inherit' ? inherited : null;
}

/** The address a link keeps, or null: completed with https: where it starts with //, escaped where it must be. */
export function safeHref(raw: string): string | null {
  const text = raw.trim();
  const href = text.startsWith('//') ? `https:${text}` : text;
  if (isAllowedHref(href)) return href;
  if (!/^(?:https?:|mailto:)/i.test(href)) return null;
  const escaped = URL.canParse(href) ? new URL(href).href : '';
  return isAllowedHref(escaped) ? escaped : null;
}

const whole = (text: string | null, fallback: number, max: number): number => {
  const value = Number.parseInt(text ?? '', 10);
  return Number.isInteger(value) && value >= 0 ? Math.min(value, max) : fallback;
};

function containerAttrs(element: HtmlElement, type: Container): Record<string, unknown> {
  if (type === 'orderedList') return { start: whole(attr(element, 'start'), 1, 999_999) };
  if (type !== 'tableCell' && type !== 'tableHeader') return {};
  return {
    colspan: Math.max(whole(attr(element, 'colspan'), 1, 100), 1),
    rowspan: Math.max(whole(attr(element, 'rowspan'), 1, 1000), 1),
  };
}

function takeImage(element: HtmlElement, { builder, pictures, repairs }: Target): void {
  const src = attr(element, 'src')?.trim() ?? '';
  const lazy = attr(element, 'data-src') ?? attr(element, 'data-original') ?? '';
  const alt = cleanCharacters(attr(element, 'alt') ?? '', repairs);
  // Lazy loading puts a tiny stand-in into src; the real address is beside it.
  const standIn = lazy !== '' && (src === '' || (src.startsWith('data:') && src.length < 400));
  const source = standIn ? lazy.trim() : src;
  if (/^data:/i.test(source)) {
    const placeholder = pictures.addDataUri(source, alt);
    if (placeholder !== null) builder.image(placeholder, alt);
  } else if (/^(?:https?:)?\/\//i.test(source) || /^https?:\/\//i.test(lazy)) {
    repairs.add('remote_image_left_out');
  } else if (source !== '') {
    const placeholder = pictures.addBeside(source, alt);
    if (placeholder !== null) builder.image(placeholder, alt);
    if (placeholder !== null || pictures.isBeside(source)) return;
    repairs.add('local_image_left_out', 1, fileName(source));
  }
}

function fileName(address: string): string {
  const name = address.split(/[?#]/)[0]?.split(/[\\/]/).at(-1) ?? address;
  try {
    return decodeURIComponent(name).slice(0, 80);
  } catch {
    return name.slice(0, 80); // not percent-encoded after all
  }
}

/** What an element means: the context of its children and what to do after them; null to leave it out. */
function enter(
  element: HtmlElement,
  context: Context,
  target: Target,
): { context: Context; leave: (() => void) | null } | null {
  const { builder, repairs } = target;
  const tag = element.tagName;
  if (Object.hasOwn(DROPPED, tag)) {
    const code = DROPPED[tag];
    if (code) repairs.add(code);
    return null;
  }
  const style = styleOf(element);
  if (style.get('display') === 'none' || attr(element, 'hidden') !== null) {
    if (textOf(element) !== '') repairs.add('hidden_left_out');
    return null;
  }
  if (tag === 'br') builder.hardBreak();
  else if (tag === 'hr') builder.rule();
  else if (tag === 'img') takeImage(element, target);
  else if (tag === NOTE_TAG)
    builder.footnote(cleanCharacters(attr(element, 'data-text') ?? '', repairs).slice(0, MAX_CAPTION), context.line);
  if (tag === 'br' || tag === 'hr' || tag === 'img' || tag === NOTE_TAG) return null;
  if (tag === 'figcaption' && builder.caption(cleanCharacters(captionOf(element), repairs))) return null;

  const marks = styledMarks({ ...context.marks, ...(Object.hasOwn(MARK_TAGS, tag) ? MARK_TAGS[tag] : {}) }, style);
  if (tag === 'a') Object.assign(marks, linkOf(element, repairs, context.marks));
  const heading = /^h([1-6])$/.exec(tag);
  const next: Context = {
    marks,
    line: {
      heading: heading ? Number(heading[1]) : context.line.heading,
      align: alignOf(element, style, context.line.align),
    },
    pre: context.pre || tag === 'pre',
  };
  if (tag === 'pre') repairs.add('code_as_text');
  const container = Object.hasOwn(CONTAINERS, tag) ? CONTAINERS[tag] : undefined;
  if (container) {
    builder.open(container, containerAttrs(element, container));
    return { context: { ...next, line: { ...next.line, heading: 0 } }, leave: () => builder.close() };
  }
  if (!BLOCKS.has(tag)) return { context: next, leave: null };
  builder.endLine();
  return { context: next, leave: () => builder.endLine() };
}

function linkOf(element: HtmlElement, repairs: RepairList, outer: Marks): Marks {
  const raw = attr(element, 'href');
  if (raw === null || raw.trim() === '' || raw.trim().startsWith('#')) return { link: outer.link ?? null };
  const href = safeHref(raw);
  if (href === null) repairs.add('link_left_out');
  return { link: href };
}

function addText(value: string, context: Context, { builder, repairs }: Target): void {
  const text = cleanCharacters(value, repairs);
  if (!context.pre) {
    builder.text(text, context.marks, context.line, 'collapse');
    return;
  }
  text.split(/\r\n|[\n\r\f]/).forEach((line, i) => {
    if (i > 0) builder.hardBreak();
    builder.text(line, context.marks, context.line, 'keep');
  });
}

/** Sends everything below `root` to the builder. Depth does not matter: there is no recursion. */
export function walkHtml(root: HtmlParent, target: Target): void {
  type Step = { node: HtmlNode; context: Context } | { leave: () => void };
  const start: Context = { marks: {}, line: PLAIN_LINE, pre: false };
  const steps: Step[] = [];
  const schedule = (parent: HtmlParent, context: Context): void => {
    for (const node of backwards(parent)) steps.push({ node, context });
  };
  schedule(root, start);
  for (let step = steps.pop(); step; step = steps.pop()) {
    if ('leave' in step) {
      step.leave();
    } else if (isElement(step.node)) {
      const inside = enter(step.node, step.context, target);
      if (!inside) continue;
      if (inside.leave) steps.push({ leave: inside.leave });
      schedule(step.node, inside.context);
    } else if (step.node.nodeName === '#text' && 'value' in step.node) {
      addText(step.node.value, step.context, target);
    }
  }
  target.builder.endLine();
}
