/**
 * A model of what an official account does to pasted or sent HTML. Its rules are data, each with a source; most are
 * inferred, since no official list is public and no real account was at hand.
 */
import { parseFragment, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { readStyle, writeStyle, type Declaration } from '../css.ts';
import { RULES, named, type SanitizerRule } from './rules.ts';

export { WECHAT_RULES, sanitizerFile, type SanitizerRule } from './rules.ts';

export interface Loss {
  /** Id of the rule, as in `templates/targets/wechat-sanitizer.json`. */
  rule: string;
  effect: SanitizerRule['effect'];
  /** The part: `<div>`, `class`, `position:absolute`, an address … */
  what: string;
  /** Words it stands at, for people; may be empty. */
  where: string;
  /** UTF-16 offset in the input. */
  offset: number;
  /** No official page says so. */
  inferred: boolean;
}

export interface SanitizeOptions {
  /** Addresses of pictures that whoever sends the article puts into the account first. */
  own?: ReadonlySet<string>;
}

type Element = Tree.Element;
type Child = Tree.ChildNode;

const VOID = new Set(['br', 'hr', 'img', 'input', 'col', 'link', 'meta', 'base', 'embed', 'source', 'track', 'wbr']);
const CONTAINERS = new Set('section blockquote ul ol table thead tbody tfoot tr colgroup dl figure'.split(' '));
const PARTS = new Set('ul ol table thead tbody tfoot tr colgroup dl'.split(' '));
const BLOCKS = new Set(
  'section div p h1 h2 h3 h4 h5 h6 blockquote ul ol li table figure figcaption hr pre dl dt dd article'.split(' '),
);
/** What may move inside a drawing (blog.iooioio.com and doocs' skill, see the rule `svg_animation`). */
const MOVING: Readonly<Record<string, RegExp>> = {
  animate: /^(?:x|y|width|height|cx|cy|opacity|d|points|stroke-width|stroke-linecap|stroke-dashoffset|fill)$/,
  set: /^visibility$/,
  animatetransform: /^transform$/,
};
const SVG = 'http://www.w3.org/2000/svg';
const MAX_WORDS = 24;

const isElement = (node: Tree.Node): node is Element => 'tagName' in node;
const isText = (node: Tree.Node): node is Tree.TextNode => node.nodeName === '#text';
const isDrawing = (element: Element): boolean => (element.namespaceURI as string) === SVG;
const isBlock = (node: Child): boolean => isElement(node) && BLOCKS.has(node.tagName);
const isBlank = (text: string): boolean => /^[ \t\r\n\f]+$/.test(text);
const escapeAttribute = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
const escapeText = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

function textOf(node: Tree.Node): string {
  if (isText(node)) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

/** Names a rule may be asked for an element by: its own, and `svg:name` inside drawings. */
function asked(list: readonly string[] | undefined, element: Element, tag: string): boolean {
  return list !== undefined && (named(list, tag) || (isDrawing(element) && named(list, `svg:${tag}`)));
}

class Sanitizer {
  readonly lost: Loss[] = [];
  readonly #html: string;
  readonly #own: ReadonlySet<string>;

  constructor(html: string, options: SanitizeOptions) {
    this.#html = html;
    this.#own = options.own ?? new Set();
  }

  run(): string {
    const root = parseFragment(this.#html, { sourceCodeLocationInfo: true });
    return this.#children(root.childNodes, null, root.childNodes.filter(isElement).length === 1);
  }

  #lose(rule: SanitizerRule, what: string, node: Child, offset?: number): void {
    const words = textOf(node).replace(/\s+/g, ' ').trim();
    const beside = words !== '' || !node.parentNode ? words : textOf(node.parentNode).replace(/\s+/g, ' ').trim();
    this.lost.push({
      ...{ rule: rule.id, effect: rule.effect, what: what.length > 80 ? `${what.slice(0, 79)}…` : what },
      where: beside.slice(0, MAX_WORDS),
      offset: offset ?? this.#at(node),
      inferred: rule.inferred,
    });
  }

  /** Where a node stands in the input; one that the parser added stands where its first child does. */
  #at(node: Child): number {
    const at = node.sourceCodeLocation?.startOffset;
    if (at !== undefined) return at;
    const first = 'childNodes' in node ? node.childNodes[0] : undefined;
    return first ? this.#at(first) : 0;
  }

  #children(nodes: readonly Child[], parent: Element | null, root = false): string {
    return nodes.map((node) => this.#node(node, nodes, parent, root)).join('');
  }

  #node(node: Child, siblings: readonly Child[], parent: Element | null, root: boolean): string {
    if (isText(node)) return this.#text(node, siblings, parent);
    if (isElement(node)) return this.#element(node, root);
    const rule = RULES.structure.get('comment');
    if (rule && node.nodeName === '#comment') this.#lose(rule, '<!-- -->', node);
    return '';
  }

  #text(node: Tree.TextNode, siblings: readonly Child[], parent: Element | null): string {
    const tag = parent?.tagName;
    if (isBlank(node.value) && !(parent && isDrawing(parent))) {
      if (tag !== undefined && PARTS.has(tag)) return '';
      const between = (tag === undefined || CONTAINERS.has(tag) || tag === 'div') && siblings.some(isBlock);
      const rule = RULES.structure.get(between ? 'white_space' : 'lone_space');
      const alone = between || (siblings.length > 1 && tag !== 'pre');
      if (rule && alone) {
        this.#lose(rule, JSON.stringify(node.value), node);
        return between ? '<p><br></p>' : '';
      }
    }
    const place = node.sourceCodeLocation;
    const raw = place ? this.#html.slice(place.startOffset, place.endOffset) : '<';
    // The source as it stands, unless the parser put it together from several places.
    return raw.includes('<') ? escapeText(node.value) : raw;
  }

  #element(node: Element, root: boolean): string {
    const tag = node.tagName.toLowerCase();
    const content = (): string => this.#children(node.childNodes, node);
    for (const rule of RULES.tag) {
      if (!named(rule.tags, tag)) continue;
      this.#lose(rule, `<${tag}>`, node);
      if (rule.effect === 'dropped') return '';
      if (rule.effect === 'unwrapped') return content();
      return this.#written(node, rule.to ?? tag, root, rule.without);
    }
    for (const rule of RULES.unknownTag) {
      if (named(rule.tags, tag)) continue;
      this.#lose(rule, `<${tag}>`, node);
      return content();
    }
    const gone = this.#address(node, tag) ?? this.#drawing(node, tag);
    if (gone === 'dropped') return '';
    return gone === 'unwrapped' ? content() : this.#written(node, tag, root);
  }

  #address(node: Element, tag: string): SanitizerRule['effect'] | null {
    for (const rule of RULES.url) {
      if (rule.tags && !named(rule.tags, tag)) continue;
      for (const { name, value } of node.attrs) {
        if (!named(rule.attributes, name) || !rule.test.test(value) || this.#own.has(value)) continue;
        this.#lose(rule, value, node, node.sourceCodeLocation?.attrs?.[name]?.startOffset);
        return rule.effect;
      }
    }
    return null;
  }

  #drawing(node: Element, tag: string): SanitizerRule['effect'] | null {
    const foreign = RULES.structure.get('svg_foreign');
    if (foreign && tag === 'foreignobject') {
      const other = node.childNodes.find((child) => isElement(child) && child.tagName !== 'section');
      if (other) {
        this.#lose(foreign, `<${other.nodeName}>`, node);
        return foreign.effect;
      }
    }
    const animation = RULES.structure.get('svg_animation');
    const moved = MOVING[tag];
    const target = node.attrs.find((a) => a.name === 'attributeName')?.value ?? '';
    if (animation && moved && !moved.test(target)) {
      this.#lose(animation, `${tag} ${target}`, node);
      return animation.effect;
    }
    return null;
  }

  /** The element with what is left of its attributes and children. */
  #written(node: Element, tag: string, root: boolean, without: readonly string[] = []): string {
    const kept = node.attrs.flatMap((attr) => this.#attribute(node, tag, attr, without));
    const same =
      tag === node.tagName.toLowerCase() &&
      kept.every((a, i) => a === node.attrs[i]) &&
      kept.length === node.attrs.length;
    const finished = this.#finished(node, tag, kept, root);
    const open = this.#openTag(node, tag, finished, same && finished === kept);
    if (VOID.has(tag)) return open;
    const hoisted = tag === 'li' ? node.childNodes.filter((c) => isElement(c) && /^[uo]l$/.test(c.tagName)) : [];
    const rule = RULES.structure.get('nested_list');
    if (!rule || hoisted.length === 0)
      return `${open}${this.#children(node.childNodes, node)}${this.#closeTag(node, tag)}`;
    for (const list of hoisted) this.#lose(rule, `<${list.nodeName}>`, list);
    const own = node.childNodes.filter((child) => !hoisted.includes(child));
    return `${open}${this.#children(own, node)}</${tag}>${this.#children(hoisted, node)}`;
  }

  #openTag(node: Element, tag: string, attrs: readonly { name: string; value: string }[], same: boolean): string {
    const place = node.sourceCodeLocation?.startTag ?? (VOID.has(tag) ? node.sourceCodeLocation : undefined);
    if (same && place) return this.#html.slice(place.startOffset, place.endOffset);
    const name = isDrawing(node) ? node.tagName : tag;
    return `<${name}${attrs.map((a) => ` ${a.name}="${escapeAttribute(a.value)}"`).join('')}>`;
  }

  #closeTag(node: Element, tag: string): string {
    const place = node.sourceCodeLocation?.endTag;
    if (place && tag === node.tagName.toLowerCase()) return this.#html.slice(place.startOffset, place.endOffset);
    const open = node.sourceCodeLocation?.startTag;
    // A drawing's empty element closes itself in its opening tag.
    if (open && !place && this.#html[open.endOffset - 2] === '/') return '';
    return `</${isDrawing(node) ? node.tagName : tag}>`;
  }

  #attribute(node: Element, tag: string, attr: Element['attrs'][number], without: readonly string[]): Element['attrs'] {
    if (without.includes(attr.name)) return [];
    const at = node.sourceCodeLocation?.attrs?.[attr.name]?.startOffset;
    for (const rule of RULES.attribute) {
      if (!named(rule.names, attr.name) || asked(rule.not, node, tag)) continue;
      if (rule.on && !asked(rule.on, node, tag)) continue;
      this.#lose(rule, attr.name, node, at);
      return [];
    }
    for (const rule of RULES.unknownAttribute) {
      if (named(rule.names, attr.name) || asked(rule.not, node, tag)) continue;
      this.#lose(rule, attr.name, node, at);
      return [];
    }
    return attr.name === 'style' ? this.#style(node, attr, at) : [attr];
  }

  #style(node: Element, attr: Element['attrs'][number], at: number | undefined): Element['attrs'] {
    const all = readStyle(attr.value);
    const kept = all.filter((d) => {
      const rule = RULES.property.find((r) => named(r.names, d.name)) ?? RULES.value.find((r) => r.test.test(d.value));
      if (rule) this.#lose(rule, `${d.name}:${d.value}`, node, at);
      return !rule;
    });
    if (kept.length === all.length) return [attr];
    return kept.length === 0 ? [] : [{ name: 'style', value: writeStyle(kept) }];
  }

  /** What an element's place does to its style: the outermost background, cells without their own border. */
  #finished(node: Element, tag: string, attrs: Element['attrs'], root: boolean): Element['attrs'] {
    const style = readStyle(attrs.find((a) => a.name === 'style')?.value ?? '');
    let next: readonly Declaration[] = style;
    const background = RULES.structure.get('root_background');
    if (root && background && style.some((d) => d.name.startsWith('background'))) {
      this.#lose(background, 'background', node);
      next = next.filter((d) => !d.name.startsWith('background'));
    }
    const cell = RULES.structure.get('bare_cell');
    if (cell && (tag === 'td' || tag === 'th')) {
      const has = (name: string): boolean => style.some((d) => d.name.startsWith(name));
      const added = [
        ...(has('border') ? [] : [{ name: 'border', value: '1px solid #ddd' }]),
        ...(has('text-align') ? [] : [{ name: 'text-align', value: 'left' }]),
      ];
      if (added.length > 0) this.#lose(cell, added.map((d) => d.name).join(', '), node);
      next = added.length > 0 ? [...next, ...added] : next;
    }
    if (next === style) return attrs;
    const others = attrs.filter((a) => a.name !== 'style');
    return next.length === 0 ? others : [...others, { name: 'style', value: writeStyle(next) }];
  }
}

/** What would be left of `html` in an official account, and everything it would lose, in the order met. */
export function sanitizeWechat(html: string, options: SanitizeOptions = {}): { html: string; lost: Loss[] } {
  const sanitizer = new Sanitizer(html, options);
  const left = sanitizer.run();
  return { html: left, lost: sanitizer.lost };
}
