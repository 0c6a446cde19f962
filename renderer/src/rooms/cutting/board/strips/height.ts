/** The height of many elements, watched by one observer: blocks come and go while one scrolls. */

const told = new Map<Element, (px: number) => void>();
let observer: ResizeObserver | null = null;

/** Calls `tell` with the height of `element` (CSS pixels) in the next frame and whenever it changes; answers how to stop that. */
export function watchHeight(element: Element, tell: (px: number) => void): () => void {
  observer ??= new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) told.get(target)?.(contentRect.height);
  });
  told.set(element, tell);
  observer.observe(element);
  return () => {
    told.delete(element);
    observer?.unobserve(element);
  };
}
