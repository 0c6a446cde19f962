/** What a canvas must be drawn anew for, though nothing it shows has changed: the look of the page and the screen's fineness. */
import { useSyncExternalStore } from 'react';

const lookNow = (): string =>
  `${document.documentElement.getAttribute('data-mantine-color-scheme') ?? ''} ${String(window.devicePixelRatio)}`;

const listeners = new Set<() => void>();
const tell = (): void => listeners.forEach((listener) => listener());
let stop: (() => void) | null = null;

function watch(): () => void {
  const observer = new MutationObserver(tell);
  observer.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] });
  // A window moved to another screen, or zoomed, is told of as a change of size.
  window.addEventListener('resize', tell);
  return () => {
    observer.disconnect();
    window.removeEventListener('resize', tell);
  };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  stop ??= watch();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stop?.();
    stop = null;
  };
}

/** Changes with the look of the page and the pixels of the screen. */
export const useLook = (): string => useSyncExternalStore(subscribe, lookNow);
