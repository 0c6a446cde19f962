/** A picture of the workspace in the page: its poster at once, the original in its place when it comes near the screen. */
import { QueryObserver } from '@tanstack/react-query';
import { api, queryClient } from '../../../../client/client.ts';
import { mediaUrl } from '../../../../client/media-url.ts';
import { i18n } from '../../../../i18n/index.ts';

/** How far from the screen an original is already fetched, pixels: a good screen ahead of the scrolling. */
const AHEAD_PX = 1000;

let watcher: IntersectionObserver | null = null;
const near = new WeakMap<Element, () => void>();

/** Calls `then` once, when `element` comes near the screen. The answer stops the waiting. */
function onceNear(element: Element, then: () => void): () => void {
  watcher ??= new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) near.get(target)?.();
    },
    { rootMargin: `${String(AHEAD_PX)}px 0px` },
  );
  const stop = () => {
    near.delete(element);
    watcher?.unobserve(element);
  };
  near.set(element, () => {
    stop();
    then();
  });
  watcher.observe(element);
  return stop;
}

function waiting(alt: string, gone: boolean): HTMLElement {
  const words = i18n.t(gone ? 'story.image.missing' : 'story.image.preparing');
  const element = document.createElement('span');
  element.className = 'figure-wait';
  element.textContent = words;
  element.setAttribute('role', 'img');
  element.setAttribute('aria-label', alt || words);
  return element;
}

export interface ShownPicture {
  /** The words for those who cannot see it changed. */
  setAlt(alt: string): void;
  destroy(): void;
}

/**
 * Keeps the picture `assetId` in `host`. Until there is something to show (its poster is made by a job) a sentence
 * stands there; the poster stays when the original cannot be shown.
 */
export function showPicture(host: HTMLElement, assetId: string, firstAlt: string): ShownPicture {
  let alt = firstAlt;
  let original = false;
  let failed = false;
  let loader: HTMLImageElement | null = null;
  const asset = new QueryObserver(queryClient, api.media.get.queryOptions({ input: { assetId } }));
  const draw = () => {
    const { data, isError } = asset.getCurrentResult();
    if (!original && (data?.poster !== true || failed)) {
      host.replaceChildren(waiting(alt, isError));
      return;
    }
    const img = host.firstElementChild instanceof HTMLImageElement ? host.firstElementChild : new Image();
    const src = mediaUrl(assetId, original ? 'original' : 'poster');
    img.alt = alt;
    img.draggable = false;
    img.decoding = 'async';
    if (data?.width && data.height) Object.assign(img, { width: data.width, height: data.height });
    img.onerror = () => {
      failed = true;
      draw();
    };
    if (img.getAttribute('src') !== src) img.src = src;
    if (img.parentElement !== host) host.replaceChildren(img);
  };
  const stopWaiting = onceNear(host, () => {
    loader = new Image();
    loader.onload = () => {
      original = true;
      draw();
    };
    loader.src = mediaUrl(assetId, 'original');
  });
  const stopAsking = asset.subscribe(draw);
  draw();
  return {
    setAlt: (next) => {
      alt = next;
      draw();
    },
    destroy: () => {
      stopWaiting();
      stopAsking();
      if (loader) loader.onload = null;
    },
  };
}
