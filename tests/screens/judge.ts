/** Looks at a page as a picky designer would, by measuring: what is cut off, what lies on what, what nobody translated. */
import type { Page } from 'playwright/test';
import { axe } from '../e2e/axe.ts';

/** Runs in the page; returns one line for each fault. */
function faults(): string[] {
  const found: string[] = [];
  const visible = (element: Element): boolean =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && element.getClientRects().length > 0;
  const name = (element: Element): string => {
    const text = (element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 30);
    return `<${element.tagName.toLowerCase()} class="${(element.getAttribute('class') ?? '').slice(0, 40)}"> ${text}`;
  };
  const ownText = (element: Element): string =>
    [...element.childNodes]
      .filter((n) => n.nodeType === Node.TEXT_NODE)
      .map((n) => n.textContent ?? '')
      .join('')
      .trim();
  const scrolls = (element: Element | null): boolean => {
    for (let e = element; e; e = e.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(e);
      if (/auto|scroll/.test(overflowX + overflowY)) return true;
    }
    return false;
  };

  /** The part of a control that its scrolling ancestors leave in sight. */
  const inSight = (element: Element): { left: number; top: number; right: number; bottom: number } => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const box = { left, top, right, bottom };
    for (let e = element.parentElement; e; e = e.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(e);
      if (!/auto|scroll|hidden|clip/.test(overflowX + overflowY)) continue;
      const frame = e.getBoundingClientRect();
      box.left = Math.max(box.left, frame.left);
      box.top = Math.max(box.top, frame.top);
      box.right = Math.min(box.right, frame.right);
      box.bottom = Math.min(box.bottom, frame.bottom);
    }
    return box;
  };

  for (const element of document.querySelectorAll('body *')) {
    const text = ownText(element);
    if (text === '' || !visible(element) || element.closest('[aria-hidden="true"], svg')) continue;
    if (/^[a-z][A-Za-z]*(\.[a-zA-Z]+){1,4}$/.test(text) && !/\.(jpe?g|png|mp4|docx|html|md|txt|local)$/i.test(text)) {
      found.push(`untranslated key: ${text}`);
    }
    const style = getComputedStyle(element);
    // An ellipsis is a choice; a hard edge through a word is a fault. 1 px is rounding.
    const hides = /hidden|clip/.test(style.overflowX) && style.textOverflow !== 'ellipsis' && style.clipPath === 'none';
    if (hides && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1)
      found.push(`clipped: ${name(element)}`);
    const box = element.getBoundingClientRect();
    const outside = box.right > innerWidth + 1 || box.left < -1 || box.bottom > innerHeight + 1;
    if (outside && style.clipPath === 'none' && box.width > 1 && !scrolls(element))
      found.push(`outside the window: ${name(element)}`);
  }

  // Under an open dialog nothing can be pressed: only the dialog's own controls are looked at.
  const dialog = [...document.querySelectorAll('[role="dialog"][aria-modal="true"]')].find(visible);
  const controls = [
    ...(dialog ?? document).querySelectorAll(
      'button, a[href], input, select, textarea, [role="button"], [role="tab"], [role="radio"]',
    ),
  ]
    .filter(
      (c) => visible(c) && c.getBoundingClientRect().width > 2 && !(c instanceof HTMLInputElement && c.type === 'file'),
    )
    .map((c) => ({ c, box: inSight(c) }));
  for (const [i, a] of controls.entries()) {
    for (const b of controls.slice(i + 1)) {
      if (a.c.contains(b.c) || b.c.contains(a.c)) continue;
      const width = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const height = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      if (width <= 2 || height <= 2) continue;
      const x = Math.max(a.box.left, b.box.left) + width / 2;
      const y = Math.max(a.box.top, b.box.top) + height / 2;
      const top = document.elementFromPoint(x, y);
      // Scrolled away under a bar, or an input with its own button inside its frame, is no overlap for the hand.
      const both = top !== null && (a.c.contains(top) || b.c.contains(top));
      const inField =
        a.c.closest('.mantine-Input-wrapper') !== null &&
        a.c.closest('.mantine-Input-wrapper') === b.c.closest('.mantine-Input-wrapper');
      const layered =
        a.c.closest('[data-overlay]') !== b.c.closest('[data-overlay]') ||
        getComputedStyle(a.c).position === 'absolute' ||
        getComputedStyle(b.c).position === 'absolute';
      if (both && !inField && !layered) found.push(`overlapping: ${name(a.c)} / ${name(b.c)}`);
    }
  }

  const primary = [...document.querySelectorAll('.mantine-Button-root[data-variant="filled"]')].filter(visible);
  if (primary.length > 1) found.push(`${String(primary.length)} primary buttons: ${primary.map(name).join(' | ')}`);
  return [...new Set(found)];
}

/** Every fault of the page as it stands, contrast included. */
export async function judge(page: Page): Promise<string[]> {
  const measured = await page.evaluate(faults);
  return [...measured, ...(await axe(page, ['color-contrast']))];
}
