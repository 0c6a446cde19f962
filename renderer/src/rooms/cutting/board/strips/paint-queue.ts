/** Drawing in its turn: once a frame, a few milliseconds of it, the rest in the next frame. */

/** Of the 16 ms of a frame; scrolling and React have the rest. */
const BUDGET_MS = 4;

const waiting = new Set<() => void>();
let frame = 0;

function run(): void {
  frame = 0;
  const until = performance.now() + BUDGET_MS;
  for (const paint of waiting) {
    waiting.delete(paint);
    paint();
    if (performance.now() >= until) break;
  }
  if (waiting.size > 0) frame = requestAnimationFrame(run);
}

/** Calls `paint` in a coming frame, once however often it is asked. */
export function paintSoon(paint: () => void): void {
  waiting.add(paint);
  if (frame === 0) frame = requestAnimationFrame(run);
}

export function neverPaint(paint: () => void): void {
  waiting.delete(paint);
}
