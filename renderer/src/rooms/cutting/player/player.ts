/**
 * Plays a timeline on a stage, outside React. Two slots hand over at the cuts: while one plays, the other stands
 * paused on the first frame of what comes next. The playhead's time is told to listeners for every frame; everything
 * else (playing, waiting) changes seldom and is a state of its own.
 */
import { layout, type Layout, type PlacedClip } from '../../../../../core/model/timeline/layout.ts';
import type { Rational } from '../../../../../core/model/timeline/rational.ts';
import type { Fit, Timeline } from '../../../../../core/model/timeline/timeline.ts';
import { rateOf } from '../time/timecode.ts';
import { Backdrop } from './backdrop.ts';
import { filmTime, goesOn, nextClip, shownAt, stepped, tempoOf } from './schedule.ts';
import { Slot, type Source } from './slot.ts';

/** A cut is made when the playhead is this near: half a frame of the screen, so that neither side shows too long. */
const CUT_LEAD_US = 8000;
/**
 * The next clip is set going this long before the cut, unseen and unheard: a decoder takes about as long to start
 * (60 to 100 ms, measured with two cores), and the picture would stand still meanwhile.
 */
const HEAD_START_US = 70_000;
const FASTEST = 4;

export interface PlayState {
  playing: boolean;
  /** 1, 2, 4 forwards; −1, −2, −4 backwards. */
  rate: number;
  /** What the stage cannot show now, and why; null: it shows the frame at the playhead. */
  waiting: { assetId: string; why: 'preparing' | 'loading' | 'broken' } | null;
}

type Resolve = (assetId: string) => Source | null;

export class Player {
  #places: Layout;
  #rate: Rational;
  #fit: Fit;
  #film: { width: number; height: number };
  #timeUs = 0;
  #state: PlayState = { playing: false, rate: 1, waiting: null };
  #slots: [Slot, Slot] | null = null;
  #backdrop: Backdrop | null = null;
  /** Index of the slot that is seen. */
  #front = 0;
  /** What the front slot shows. */
  #current: PlacedClip | null = null;
  /** What is to be shown as soon as its slot is ready. */
  #target: { slot: number; placed: PlacedClip; sourceUs: number } | null = null;
  #resolve: Resolve = () => null;
  #audio: AudioContext | null = null;
  #raf = 0;
  #lastTick = 0;
  readonly #timeListeners = new Set<(us: number) => void>();
  readonly #listeners = new Set<() => void>();

  constructor(timeline: Timeline) {
    this.#places = layout(timeline);
    this.#rate = rateOf(timeline.canvas.frameRate);
    this.#fit = timeline.fit;
    this.#film = timeline.canvas;
  }

  // — what is told —
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly getState = (): PlayState => this.#state;
  /** Called with the playhead's time whenever it moves. */
  readonly onTime = (listener: (us: number) => void): (() => void) => {
    this.#timeListeners.add(listener);
    return () => this.#timeListeners.delete(listener);
  };
  readonly getTime = (): number => this.#timeUs;
  get durationUs(): number {
    return this.#places.durationUs;
  }

  // — the stage —
  /** Puts its elements into `stage`; the answer takes them out again. */
  attach(stage: HTMLElement): () => void {
    const audio = () => (this.#audio ??= new AudioContext());
    const changed = () => this.#settle();
    const slots: [Slot, Slot] = [new Slot(changed, audio), new Slot(changed, audio)];
    const backdrop = new Backdrop();
    backdrop.resize(this.#film);
    stage.prepend(backdrop.element, slots[0].element, slots[1].element);
    this.#slots = slots;
    this.#backdrop = backdrop;
    this.#front = 0;
    this.#current = null;
    this.#show();
    return () => {
      this.pause();
      for (const slot of slots) slot.destroy();
      backdrop.element.remove();
      this.#slots = null;
      this.#backdrop = null;
      void this.#audio?.close();
      this.#audio = null;
    };
  }

  /** Where pictures come from; null for what has no proxy yet. */
  setSources(resolve: Resolve): void {
    this.#resolve = resolve;
    this.#show();
  }

  setTimeline(timeline: Timeline): void {
    this.#places = layout(timeline);
    this.#rate = rateOf(timeline.canvas.frameRate);
    this.#fit = timeline.fit;
    this.#film = timeline.canvas;
    this.#backdrop?.resize(this.#film);
    this.#moveTo(Math.min(this.#timeUs, this.#places.durationUs));
    this.#show();
  }

  // — what a person does —
  seek(us: number): void {
    this.#moveTo(Math.max(0, Math.min(us, this.#places.durationUs)));
    this.#show();
  }

  /** Tries again what could not be shown. */
  retry(): void {
    for (const slot of this.#slots ?? []) slot.forget();
    this.#current = null;
    this.#show();
  }

  step(frames: number): void {
    this.pause();
    this.seek(stepped(this.#timeUs, frames, this.#rate, this.#places.durationUs));
  }

  toggle(): void {
    if (this.#state.playing) this.pause();
    else this.play(1);
  }

  /** L and J: starts, and doubles the speed each time they are pressed again. */
  shuttle(direction: 1 | -1): void {
    const { playing, rate } = this.#state;
    const faster = playing && Math.sign(rate) === direction ? rate * 2 : direction;
    this.play(Math.sign(faster) * Math.min(FASTEST, Math.abs(faster)));
  }

  play(rate: number): void {
    if (this.#places.durationUs === 0) return;
    if (rate > 0 && this.#timeUs >= this.#places.durationUs) this.seek(0);
    void this.#audio?.resume();
    this.#set({ playing: true, rate });
    this.#lastTick = performance.now();
    this.#run();
    cancelAnimationFrame(this.#raf);
    this.#raf = requestAnimationFrame(this.#tick);
  }

  pause(): void {
    cancelAnimationFrame(this.#raf);
    if (!this.#state.playing) return;
    this.#set({ playing: false, rate: 1 });
    for (const slot of this.#slots ?? []) slot.video.pause();
    // The picture stays on the frame the playhead names, to the frame.
    this.#show();
  }

  // — how it is done —
  #moveTo(us: number): void {
    if (us === this.#timeUs) return;
    this.#timeUs = us;
    for (const listener of this.#timeListeners) listener(us);
  }

  #set(patch: Partial<PlayState>): void {
    const next = { ...this.#state, ...patch };
    const same =
      next.playing === this.#state.playing &&
      next.rate === this.#state.rate &&
      next.waiting?.assetId === this.#state.waiting?.assetId &&
      next.waiting?.why === this.#state.waiting?.why;
    if (same) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }

  /** Brings the frame at the playhead onto the stage. */
  #show(): void {
    const slots = this.#slots;
    if (!slots) return;
    const shown = shownAt(this.#places, this.#timeUs, this.#rate);
    if (!shown) {
      this.#target = null;
      this.#current = null;
      this.#clear(slots);
      this.#set({ waiting: null });
      return;
    }
    const { assetId } = shown.placed.clip;
    const source = this.#resolve(assetId);
    if (!source) {
      this.#target = null;
      this.#current = null;
      this.#clear(slots);
      this.#set({ waiting: { assetId, why: 'preparing' } });
      return;
    }
    const front = slots[this.#front];
    const useFront = this.#current !== null && front?.source?.url === source.url;
    const slot = useFront ? this.#front : 1 - this.#front;
    this.#target = { slot, ...shown };
    slots[slot]?.load(source);
    if (slot !== this.#front) front?.video.pause();
    slots[slot]?.seek(shown.sourceUs);
    this.#settle();
  }

  /** Nothing is seen: better than the picture of another clip. */
  #clear(slots: readonly Slot[]): void {
    for (const slot of slots) {
      slot.video.pause();
      slot.element.classList.remove('on');
    }
    this.#backdrop?.hide();
  }

  /** Shows the target once its slot is ready, then gets the other one ready for what comes next. */
  #settle(): void {
    const slots = this.#slots;
    const target = this.#target;
    if (!slots || !target) return;
    const slot = slots[target.slot];
    if (!slot) return;
    const { assetId } = target.placed.clip;
    if (slot.broken) {
      this.#set({ waiting: { assetId, why: 'broken' } });
      return;
    }
    if (!slot.ready) {
      if (this.#current?.clip.assetId !== assetId) this.#set({ waiting: { assetId, why: 'loading' } });
      return;
    }
    this.#target = null;
    this.#bringForward(target.slot, target.placed);
    if (this.#state.playing) this.#run();
  }

  #bringForward(index: number, placed: PlacedClip): void {
    const slots = this.#slots;
    const slot = slots?.[index];
    const other = slots?.[1 - index];
    if (!slot || !other) return;
    this.#front = index;
    this.#current = placed;
    slot.element.classList.add('on');
    slot.element.dataset['fit'] = this.#fitOf(placed);
    other.element.classList.remove('on');
    other.video.pause();
    other.sound(null);
    this.#set({ waiting: null });
    this.#drawBackdrop();
    this.#prepareNext(placed);
  }

  #fitOf(placed: PlacedClip): Fit {
    return placed.clip.fit ?? this.#fit;
  }

  #prepareNext(placed: PlacedClip): void {
    const standby = this.#slots?.[1 - this.#front];
    let next = nextClip(this.#places, placed);
    // What simply goes on needs no other slot; the one after it does.
    for (let last = placed; next && goesOn(last, next); next = nextClip(this.#places, next)) last = next;
    const source = next && this.#resolve(next.clip.assetId);
    if (!standby || !next || !source) return;
    standby.load(source);
    standby.seek(next.clip.inUs);
  }

  /** Lets the front slot run as the state says. */
  #run(): void {
    const slot = this.#slots?.[this.#front];
    const { rate } = this.#state;
    if (!slot || !this.#current || slot.source?.kind !== 'video' || rate < 0 || this.#target) return;
    slot.sound(this.#current.clip);
    slot.video.playbackRate = rate * tempoOf(this.#current);
    // Refused where the page may not make a sound yet (nobody has pressed anything): then it stays paused.
    slot.video.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.pause();
    });
  }

  readonly #tick = (now: number): void => {
    if (!this.#state.playing) return;
    this.#raf = requestAnimationFrame(this.#tick);
    const passedUs = (now - this.#lastTick) * 1000;
    this.#lastTick = now;
    if (this.#state.rate < 0) this.#runBack(passedUs);
    else if (this.#current && !this.#target && this.#state.waiting?.why !== 'preparing') this.#runOn(passedUs);
  };

  #runBack(passedUs: number): void {
    const us = Math.max(0, Math.round(this.#timeUs + passedUs * this.#state.rate));
    this.seek(us);
    if (us === 0) this.pause();
  }

  #runOn(passedUs: number): void {
    const placed = this.#current;
    const slot = this.#slots?.[this.#front];
    if (!placed || !slot) return;
    const isVideo = slot.source?.kind === 'video';
    const us = isVideo ? filmTime(placed, slot.sourceUs) : Math.round(this.#timeUs + passedUs * this.#state.rate);
    if (us >= placed.endUs - CUT_LEAD_US || (isVideo && slot.video.ended)) {
      this.#cross(placed, us);
      return;
    }
    if (us >= placed.endUs - HEAD_START_US * this.#state.rate) this.#headStart(placed);
    this.#moveTo(Math.max(us, placed.startUs));
    this.#drawBackdrop();
  }

  /** Sets the standby going, muted, so that it runs when the cut comes. */
  #headStart(placed: PlacedClip): void {
    const standby = this.#slots?.[1 - this.#front];
    const next = nextClip(this.#places, placed);
    if (!standby?.ready || !next || goesOn(placed, next) || standby.source?.kind !== 'video') return;
    if (!standby.video.paused || standby.source.url !== this.#resolve(next.clip.assetId)?.url) return;
    standby.video.playbackRate = this.#state.rate * tempoOf(next);
    standby.video.play().catch(() => {
      // Started again at the cut, where a refusal is dealt with.
    });
  }

  /** Over the cut behind `placed`. */
  #cross(placed: PlacedClip, us: number): void {
    const next = nextClip(this.#places, placed);
    if (!next) {
      this.pause();
      this.seek(this.#places.durationUs);
      return;
    }
    if (goesOn(placed, next) && !this.#slots?.[this.#front]?.video.ended) {
      this.#current = next;
      this.#slots?.[this.#front]?.sound(next.clip);
      const front = this.#slots?.[this.#front];
      if (front) front.element.dataset['fit'] = this.#fitOf(next);
      this.#moveTo(Math.max(us, next.startUs));
      return;
    }
    const standby = this.#slots?.[1 - this.#front];
    const source = this.#resolve(next.clip.assetId);
    this.#moveTo(next.startUs);
    if (standby?.ready && source && standby.source?.url === source.url) {
      this.#bringForward(1 - this.#front, next);
      this.#run();
      this.#runOn(0);
      return;
    }
    this.#slots?.[this.#front]?.video.pause();
    this.#show();
  }

  #drawBackdrop(): void {
    const slot = this.#slots?.[this.#front];
    if (!this.#current || !slot || this.#fitOf(this.#current) !== 'blur') this.#backdrop?.hide();
    else this.#backdrop?.draw(slot);
  }
}
