/** What a player tells: the playhead's time for every frame, and a state of its own for what changes seldom. */

export interface PlayState {
  playing: boolean;
  /** 1, 2, 4 forwards; −1, −2, −4 backwards. */
  rate: number;
  /** Nothing of the film is heard: somebody speaks into a microphone. */
  quiet: boolean;
  /** What the stage cannot show now, and why; null: it shows the frame at the playhead. */
  waiting: { assetId: string; why: 'preparing' | 'loading' | 'broken' } | null;
}

export class PlayStore {
  #timeUs = 0;
  #state: PlayState = { playing: false, rate: 1, quiet: false, waiting: null };
  readonly #timeListeners = new Set<(us: number) => void>();
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly getState = (): PlayState => this.#state;
  readonly onTime = (listener: (us: number) => void): (() => void) => {
    this.#timeListeners.add(listener);
    return () => this.#timeListeners.delete(listener);
  };
  readonly getTime = (): number => this.#timeUs;

  moveTo(us: number): void {
    if (us === this.#timeUs) return;
    this.#timeUs = us;
    for (const listener of this.#timeListeners) listener(us);
  }

  set(patch: Partial<PlayState>): void {
    const now = this.#state;
    const next = { ...now, ...patch };
    const same =
      next.playing === now.playing &&
      next.rate === now.rate &&
      next.quiet === now.quiet &&
      next.waiting?.assetId === now.waiting?.assetId &&
      next.waiting?.why === now.waiting?.why;
    if (same) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }
}
