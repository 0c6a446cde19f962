/** The text and its preview scroll together: what is at the top of one is at the top of the other. */
import type { Editor } from '@tiptap/core';
import { useEffect, type RefObject } from 'react';
import { blockElements } from './ArticleShadow.tsx';

interface Place {
  block: number;
  /** How far into the block, 0 to 1. */
  into: number;
}

/** How long the other side does not answer while one is scrolled, milliseconds. */
const HOLD_MS = 160;

function placeIn(elements: Iterable<readonly [number, Element]>, top: number): Place | null {
  let last: Place | null = null;
  for (const [block, element] of elements) {
    const rect = element.getBoundingClientRect();
    if (rect.height === 0) continue;
    if (rect.top > top) return last ?? { block, into: 0 };
    last = { block, into: Math.min(1, (top - rect.top) / rect.height) };
  }
  return last;
}

function scrollTo(scroller: HTMLElement, element: Element, into: number): void {
  const rect = element.getBoundingClientRect();
  const top = scroller.getBoundingClientRect().top;
  scroller.scrollBy({ top: rect.top + rect.height * into - top });
}

function editorBlocks(editor: Editor): (readonly [number, Element])[] {
  return [...editor.view.dom.children]
    .filter((child) => !child.classList.contains('import-marker'))
    .map((child, i) => [i, child] as const);
}

/** `screen`: the phone's scrolling part; `host`: the element whose shadow holds the article. */
export function useScrollSync(
  editor: Editor,
  screen: RefObject<HTMLElement | null>,
  host: RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    const paper = editor.view.dom.closest<HTMLElement>('.paper');
    const phone = screen.current;
    if (!paper || !phone) return;
    let held: 'paper' | 'phone' | null = null;
    let release: ReturnType<typeof setTimeout> | undefined;
    const hold = (side: 'paper' | 'phone') => {
      held = side;
      clearTimeout(release);
      release = setTimeout(() => (held = null), HOLD_MS);
    };
    const preview = () =>
      host.current?.shadowRoot ? blockElements(host.current.shadowRoot) : new Map<number, HTMLElement>();
    const fromPaper = () => {
      if (held === 'phone' || editor.isDestroyed) return;
      hold('paper');
      if (paper.scrollTop === 0) phone.scrollTo({ top: 0 });
      const place = placeIn(editorBlocks(editor), paper.getBoundingClientRect().top);
      const element = place && preview().get(place.block);
      if (element && paper.scrollTop > 0) scrollTo(phone, element, place.into);
    };
    const fromPhone = () => {
      if (held === 'paper' || editor.isDestroyed) return;
      hold('phone');
      const place = placeIn(preview(), phone.getBoundingClientRect().top);
      const element = place && editor.view.dom.children[place.block];
      if (element) scrollTo(paper, element, place.into);
    };
    let frame = 0;
    const onFrame = (act: () => void) => () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(act);
    };
    const onPaper = onFrame(fromPaper);
    const onPhone = onFrame(fromPhone);
    paper.addEventListener('scroll', onPaper, { passive: true });
    phone.addEventListener('scroll', onPhone, { passive: true });
    fromPaper();
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(release);
      paper.removeEventListener('scroll', onPaper);
      phone.removeEventListener('scroll', onPhone);
    };
  }, [editor, screen, host]);
}
