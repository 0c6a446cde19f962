/** Small helpers over the tree that parse5 makes. */
import type { DefaultTreeAdapterTypes } from 'parse5';

export type HtmlElement = DefaultTreeAdapterTypes.Element;
export type HtmlNode = DefaultTreeAdapterTypes.ChildNode;
export type HtmlParent = DefaultTreeAdapterTypes.ParentNode;

export const attr = (element: HtmlElement, name: string): string | null =>
  element.attrs.find((a) => a.name === name)?.value ?? null;

export const isElement = (node: HtmlNode | HtmlParent): node is HtmlElement => 'tagName' in node;

/** Elements and texts below a node, in document order; without recursion, hostile files nest deeply. */
export function* descendants(root: HtmlParent): Generator<HtmlNode> {
  const stack: HtmlNode[] = [...backwards(root)];
  for (let node = stack.pop(); node; node = stack.pop()) {
    yield node;
    if ('childNodes' in node) for (const child of backwards(node)) stack.push(child);
  }
}

/** Children from last to first, as a stack wants them. */
export function* backwards(node: HtmlParent): Generator<HtmlNode> {
  for (let i = node.childNodes.length - 1; i >= 0; i--) {
    const child = node.childNodes[i];
    if (child) yield child;
  }
}

/** All text below a node, white space folded. */
export function textOf(root: HtmlParent): string {
  let text = '';
  for (const node of descendants(root)) if (node.nodeName === '#text' && 'value' in node) text += node.value;
  return text.replace(/\s+/gu, ' ').trim();
}

/** As `textOf`, with wide spaces kept: they part a caption from who took the picture. */
export function captionOf(root: HtmlParent): string {
  let text = '';
  for (const node of descendants(root)) if (node.nodeName === '#text' && 'value' in node) text += node.value;
  return text.replace(/[ \t\n\r\f]+/g, ' ').trim();
}

/** Declarations of a style attribute, names and values in lower case. */
export function styleOf(element: HtmlElement): Map<string, string> {
  const declarations = new Map<string, string>();
  for (const part of (attr(element, 'style') ?? '').split(';')) {
    const colon = part.indexOf(':');
    if (colon > 0) {
      const value = part.slice(colon + 1).replace(/!\s*important/i, '');
      declarations.set(part.slice(0, colon).trim().toLowerCase(), value.trim().toLowerCase());
    }
  }
  return declarations;
}
