import { createSpotlight } from '@mantine/spotlight';

/** The palette's own store, and how to open and close it from anywhere. */
export const [paletteStore, palette] = createSpotlight();

/**
 * Marks the first line as the one Enter takes. Mantine does so when the query changes, but the answers of
 * the core come later and put new lines on top; `data-selected` and `selected` are how it keeps the mark.
 */
export function markFirst(): void {
  const list = document.getElementById(paletteStore.getState().listId);
  list?.querySelector('[data-selected]')?.removeAttribute('data-selected');
  list?.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
  paletteStore.updateState((state) => ({ ...state, selected: 0 }));
}

/** What had the focus when the palette opened. Mantine looks for it only after the search field has taken it. */
let before: Element | null = null;
let wasOpen = false;
paletteStore.subscribe(({ opened }) => {
  if (opened === wasOpen) return;
  wasOpen = opened;
  if (opened) {
    before = document.activeElement;
    // The browser tells of a moved cursor later, when the text no longer has the focus: told now, a command acts where it is.
    document.dispatchEvent(new Event('selectionchange'));
    return;
  }
  const back = before;
  // Once the palette is gone, and before the command that was chosen runs, which may move the focus on.
  setTimeout(() => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (lost && back instanceof HTMLElement && back.isConnected) back.focus({ preventScroll: true });
  });
});
