/**
 * The cards of an article (person, figures, steps, questions, notice …) as editor nodes. What they may hold stands in
 * core/model/article/describe.ts; here is only their form in the page. Plain elements, no node view: a long article
 * holds many of them.
 */
import { mergeAttributes, Node, type Attributes } from '@tiptap/core';
import { SOURCE_LABELS, nodeDescription, type NodeDescription } from '../../../../../../core/model/article/index.ts';

/** How a node behaves under the hand. */
interface Form {
  tag: 'section' | 'div' | 'p';
  draggable?: boolean;
  /** Selection and deletion do not cross its border by accident. */
  isolating?: boolean;
  /** Stays when all its text is replaced. */
  defining?: boolean;
}

const FORMS: Readonly<Record<string, Form>> = {
  pullQuote: { tag: 'section', draggable: true, defining: true },
  gallery: { tag: 'section', draggable: true, isolating: true },
  dataCard: { tag: 'section', draggable: true, isolating: true },
  dataItem: { tag: 'div', defining: true },
  stepList: { tag: 'section', draggable: true, isolating: true },
  stepItem: { tag: 'div', defining: true },
  qaList: { tag: 'section', draggable: true, isolating: true },
  qaItem: { tag: 'div', defining: true },
  noticeBox: { tag: 'section', draggable: true, isolating: true },
  leadGuide: { tag: 'section', draggable: true, defining: true },
  sourceLine: { tag: 'section', draggable: true, isolating: true },
  sourceItem: { tag: 'p', defining: true },
  cardTitle: { tag: 'p', defining: true },
  cardNote: { tag: 'p', defining: true },
};

/** Value of an attribute as it stands in a `data-` attribute of the page, and back. */
function readData(raw: string | null, fallback: unknown): unknown {
  if (raw === null) return fallback;
  if (typeof fallback === 'boolean') return raw === 'true';
  return raw;
}

const dataName = (name: string): string => `data-${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;

/** Attributes of the table, each as a `data-` attribute; a value the table refuses becomes the default. */
export function dataAttributes(description: NodeDescription): Attributes {
  return Object.fromEntries(
    Object.entries(description.attrs).map(([name, attr]) => [
      name,
      {
        default: attr.default,
        parseHTML: (element: HTMLElement) => {
          const value = readData(element.getAttribute(dataName(name)), attr.default);
          return attr.rule(value) === null ? value : attr.default;
        },
        renderHTML: (attributes: Record<string, unknown>) => {
          const value = attributes[name];
          return value === attr.default || value === null
            ? {}
            : { [dataName(name)]: typeof value === 'string' ? value : JSON.stringify(value) };
        },
      },
    ]),
  );
}

/** The TipTap options a row of the table gives. */
export function fromTable(name: string) {
  const description = nodeDescription(name);
  if (!description) throw new Error(`${name} is no node of an article`);
  const { content, group, inline } = description;
  return {
    ...(content === undefined ? {} : { content }),
    ...(group === undefined ? {} : { group }),
    ...(inline === undefined ? {} : { inline }),
    addAttributes: () => dataAttributes(description),
  };
}

const cardNode = (name: string, { tag, ...form }: Form) =>
  Node.create({
    name,
    ...fromTable(name),
    ...form,
    parseHTML: () => [{ tag: `${tag}[data-card="${name}"]`, priority: 60 }],
    renderHTML: ({ node, HTMLAttributes }) => {
      const role = node.attrs['role'] as keyof typeof SOURCE_LABELS | undefined;
      const label = role === undefined ? {} : { 'data-label': SOURCE_LABELS[role] };
      return [tag, mergeAttributes(HTMLAttributes, label, { 'data-card': name, class: `card-${name}` }), 0];
    },
  });

export const cardNodes = Object.entries(FORMS).map(([name, form]) => cardNode(name, form));
