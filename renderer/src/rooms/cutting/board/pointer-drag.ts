/** A drag with the pointer: from the press to the release, or to Escape. */

/** Less than this is a click, pixels. */
const SLOP_PX = 3;

interface DragHandlers {
  /** Once, when it turns out to be a drag. */
  begin?: () => void;
  /** `dx`: pixels from where it began. */
  move: (dx: number, event: PointerEvent) => void;
  /** It was released where it was pressed. */
  click?: () => void;
  /** `keep`: false after Escape or when the pointer was taken away. Not called for a click. */
  end: (keep: boolean) => void;
}

/** `both`: up and down count too. */
export function pointerDrag(press: React.PointerEvent, handlers: DragHandlers, both = false): void {
  if (press.button !== 0) return;
  const { pointerId, clientX: from, clientY: fromY } = press;
  let dragging = false;
  const onMove = (event: PointerEvent) => {
    if (event.pointerId !== pointerId) return;
    if (!dragging) {
      const [x, y] = [event.clientX - from, both ? event.clientY - fromY : 0];
      if (Math.hypot(x, y) < SLOP_PX) return;
      dragging = true;
      handlers.begin?.();
    }
    handlers.move(event.clientX - from, event);
  };
  const finish = (keep: boolean) => {
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    window.removeEventListener('pointercancel', onCancel);
    window.removeEventListener('keydown', onKey, true);
    if (dragging) handlers.end(keep);
    else if (keep) handlers.click?.();
  };
  const onUp = (event: PointerEvent) => {
    if (event.pointerId === pointerId) finish(true);
  };
  const onCancel = (event: PointerEvent) => {
    if (event.pointerId === pointerId) finish(false);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    finish(false);
  };
  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerup', onUp);
  window.addEventListener('pointercancel', onCancel);
  window.addEventListener('keydown', onKey, true);
}
