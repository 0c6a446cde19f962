/** F6: the regions of the frame in reading order (rail, top, work, side panel, status). */
const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [contenteditable="true"], [tabindex]:not([tabindex="-1"])';

/** Moves the focus into the next (1) or previous (-1) region that is on the page, round at the ends. */
export function focusRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')];
  if (regions.length === 0) return;
  const here = regions.findIndex((r) => r.contains(document.activeElement));
  const next = regions[(here + step + regions.length) % regions.length] ?? regions[0];
  if (!next) return;
  const inner = next.querySelector<HTMLElement>('[data-region-start]') ?? next.querySelector<HTMLElement>(FOCUSABLE);
  if (inner) {
    inner.focus();
    return;
  }
  next.tabIndex = -1;
  next.focus();
}
