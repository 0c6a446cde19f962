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
