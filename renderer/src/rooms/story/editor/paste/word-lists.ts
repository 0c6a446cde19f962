/**
 * Word and WPS put lists on the clipboard as paragraphs with a hand-made marker: `mso-list:l0 level2 lfo1` on the
 * paragraph, the marker in a span `mso-list:Ignore`. They become real lists, nested by their level.
 */

interface Item {
  element: HTMLElement;
  level: number;
  ordered: boolean;
  /** List it belongs to: `l0 lfo1`. */
  list: string;
}

/** "1." "(2)" "a)" "一、" "（三）" "Ⅳ." "①": numbers of any kind; everything else is a bullet. */
const NUMBER = /^[（(]?(?:\d+|[a-zA-Z]{1,4}|[一二三四五六七八九十百]+|[ⅰ-ⅿⅠ-Ⅿ]+|[①-⑳])[.．、)）]?$/u;

function styleText(element: Element): string {
  return element.getAttribute('style') ?? '';
}

function itemOf(element: Element): Item | null {
  if (!(element instanceof HTMLElement) || !/^(?:p|div|h[1-6])$/.test(element.localName)) return null;
  const found = /mso-list:\s*(l\d+)\s+level(\d+)\s+(lfo\d+)/i.exec(styleText(element));
  if (!found) return null;
  const marker = [...element.querySelectorAll('span')].find((span) => /mso-list:\s*ignore/i.test(styleText(span)));
  const text = (marker?.textContent ?? '').replace(/[\s\u00a0]/g, '');
  marker?.remove();
  return {
    element,
    level: Math.min(9, Math.max(1, Number(found[2]))),
    // Wingdings bullets are single letters in a symbol font.
    ordered: NUMBER.test(text) && !/symbol|wingdings/i.test(marker?.innerHTML ?? ''),
    list: `${found[1] ?? ''} ${found[3] ?? ''}`,
  };
}

/** Builds one list from neighbouring items. */
function build(page: Document, items: readonly Item[]): HTMLElement {
  const root = page.createElement(items[0]?.ordered ? 'ol' : 'ul');
  const open: { level: number; list: HTMLElement }[] = [{ level: items[0]?.level ?? 1, list: root }];
  for (const item of items) {
    while (open.length > 1 && (open.at(-1)?.level ?? 1) > item.level) open.pop();
    const top = open.at(-1);
    if (!top) continue;
    let target = top.list;
    if (item.level > top.level && target.lastElementChild) {
      const nested = page.createElement(item.ordered ? 'ol' : 'ul');
      target.lastElementChild.append(nested);
      open.push({ level: item.level, list: nested });
      target = nested;
    }
    const li = page.createElement('li');
    const paragraph = page.createElement('p');
    paragraph.append(...item.element.childNodes);
    li.append(paragraph);
    target.append(li);
  }
  return root;
}

/** Turns runs of such paragraphs into lists, in place. */
export function wordLists(page: Document): void {
  const candidates = [...page.querySelectorAll('[style*="mso-list"]')].filter((e) => e.localName !== 'span');
  const done = new Set<Element>();
  for (const start of candidates) {
    if (done.has(start)) continue;
    const items: Item[] = [];
    for (let next: Element | null = start; next; next = next.nextElementSibling) {
      const item: Item | null = itemOf(next);
      if (!item || (items[0] && items[0].list !== item.list && item.level === 1)) break;
      items.push(item);
      done.add(next);
    }
    const [first] = items;
    if (!first) continue;
    const list = page.createElement('div');
    first.element.before(list);
    for (const { element } of items) element.remove();
    list.replaceWith(build(page, items));
  }
}
