/**
 * Which part of the timeline stands in the page: what is in view and a margin on both sides. Scrolling moves it lane by lane, one of
 * them a frame, so that a turn of the wheel that brings new clips, captions and sounds into view is spread over frames instead of
 * making one of them late.
 */

/** Left edge and width of a part, pixels of the whole strip. */
export interface Part {
  left: number;
  width: number;
}

/** Whose turn it is: those of one name are drawn in the same frame. */
export const TURNS = ['clips', 'cues', 'beside'] as const;
export type Turn = (typeof TURNS)[number];

/** The part moves in such steps, so that a smooth scroll does not draw anything for every pixel. */
export const STEP_PX = 64;
/** So much is drawn beside the view where it is going to: what a quick wheel goes in the frames until the last lane has had its turn. */
export const AHEAD_PX = 448;
/** And where it comes from. */
export const BEHIND_PX = 64;

/** The part drawn for a view that goes to the right, or to the left. */
export function partFor(scrollLeft: number, viewWidth: number, toLeft = false): Part {
  const left = Math.floor(scrollLeft / STEP_PX) * STEP_PX - (toLeft ? AHEAD_PX : BEHIND_PX);
  return { left, width: viewWidth + STEP_PX + AHEAD_PX + BEHIND_PX };
}

const same = (a: Part, b: Part): boolean => a.left === b.left && a.width === b.width;

/** A store of what each lane draws. */
export class Seen {
  readonly #parts = new Map<Turn, Part>(TURNS.map((turn) => [turn, partFor(0, 1200)]));
  readonly #listeners = new Map<Turn, Set<() => void>>(TURNS.map((turn) => [turn, new Set()]));
  #wanted: Part = partFor(0, 1200);
  #at = 0;
  #toLeft = false;
  #frame = 0;

  readonly part = (turn: Turn): Part => this.#parts.get(turn) ?? this.#wanted;

  readonly subscribe = (turn: Turn, listener: () => void): (() => void) => {
    this.#listeners.get(turn)?.add(listener);
    return () => this.#listeners.get(turn)?.delete(listener);
  };

  /** The view is there now. Lanes that do not fill it follow at once, the others in their turn. Pixels. */
  look(scrollLeft: number, viewWidth: number): void {
    if (scrollLeft !== this.#at) this.#toLeft = scrollLeft < this.#at;
    this.#at = scrollLeft;
    this.#wanted = partFor(scrollLeft, viewWidth, this.#toLeft);
    for (const turn of TURNS) {
      const { left, width } = this.part(turn);
      // A jump, or a wheel that is quicker than the turns: nothing empty is shown.
      if (left > scrollLeft || left + width < scrollLeft + viewWidth) this.#tell(turn);
    }
    this.#goOn();
  }

  /** Nothing is waited for any more. */
  rest(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  #tell(turn: Turn): void {
    if (same(this.part(turn), this.#wanted)) return;
    this.#parts.set(turn, this.#wanted);
    this.#listeners.get(turn)?.forEach((listener) => listener());
  }

  #goOn(): void {
    if (this.#frame !== 0 || TURNS.every((turn) => same(this.part(turn), this.#wanted))) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      const behind = TURNS.filter((turn) => !same(this.part(turn), this.#wanted));
      // The one that is furthest behind: none waits for ever while somebody scrolls on and on.
      behind.sort((a, b) => this.#lag(b) - this.#lag(a));
      if (behind[0]) this.#tell(behind[0]);
      this.#goOn();
    });
  }

  #lag(turn: Turn): number {
    return Math.abs(this.part(turn).left - this.#wanted.left);
  }
}
