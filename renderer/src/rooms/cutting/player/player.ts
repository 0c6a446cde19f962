/**
 * Plays a timeline on a stage, outside React. Two slots hand over at the cuts: while one plays, the other stands
 * paused on the first frame of what comes next. The playhead's time is told to listeners for every frame; everything
 * else (playing, waiting) changes seldom and is a state of its own.
 */
import { layout, sourceTime, type Layout, type PlacedClip } from '../../../../../core/model/timeline/layout.ts';
import { transitionsOf, type PlacedTransition } from '../../../../../core/model/timeline/transitions.ts';
import type { Rational } from '../../../../../core/model/timeline/rational.ts';
import { framingOf } from '../../../../../core/model/timeline/reframe.ts';
import { volumeAt } from '../../../../../core/model/timeline/pace.ts';
import type { Clip, Ending, Fit, Timeline, TimelineAsset } from '../../../../../core/model/timeline/timeline.ts';
import { rateOf } from '../time/timecode.ts';
import {
  endedAt,
  entryOf,
  factorOf,
  filmTime,
  goesOn,
  momentOf,
  nextClip,
  runs,
  shownAt,
  stepped,
  tempoOf,
  turningAt,
} from './schedule.ts';
import { HeadStart, type Coming } from './head-start.ts';
import { PlayStore, type PlayState } from './play-store.ts';
import { Slot, type Source } from './slot.ts';
import { Turns } from './turns.ts';

/** A cut is made when the playhead is this near: half a frame of the screen, so that neither side shows too long. */
const CUT_LEAD_US = 8000;
const FASTEST = 4;
/** After a cut the next clip is looked for this much later, milliseconds, where the clip lasts long enough (microseconds). */
const SETTLE_MS = 250;
const ROOM_US = 1_200_000;

type Resolve = (assetId: string) => Source | null;

/** What a gap shows: a black point (PNG), as large as the film. */
const NOTHING: Source = {
  kind: 'image',
  leadUs: 0,
  url: 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  fallbackUrl: null,
};

export class Player {
  #places: Layout;
  #rate: Rational;
  #fit: Fit;
  #film: { width: number; height: number };
  #assets: readonly TimelineAsset[];
  #turns: readonly PlacedTransition[];
  #ending: Ending | undefined;
  readonly #turning = new Turns();
  readonly #headStart = new HeadStart();
  readonly #told = new PlayStore();
  #slots: [Slot, Slot] | null = null;
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
  #soon = 0;

  constructor(timeline: Timeline) {
    this.#places = layout(timeline);
    this.#rate = rateOf(timeline.canvas.frameRate);
    this.#fit = timeline.fit;
    this.#film = timeline.canvas;
    this.#assets = timeline.assets;
    this.#turns = transitionsOf(this.#places);
    this.#ending = timeline.ending;
  }

  // — what is told —
  readonly subscribe = this.#told.subscribe;
  readonly getState = this.#told.getState;
  /** Called with the playhead's time whenever it moves. */
  readonly onTime = this.#told.onTime;
  readonly getTime = this.#told.getTime;
  get durationUs(): number {
    return this.#places.durationUs;
  }

  // — the stage —
  /** Puts its elements into `stage`; the answer takes them out again. */
  attach(stage: HTMLElement): () => void {
    const audio = () => (this.#audio ??= new AudioContext());
    const changed = () => {
      this.#settle();
      // What is beside comes in its own time: at a stand nothing else would draw it.
      if (!this.#target && this.#turning.beside) this.#draw();
    };
    const slots: [Slot, Slot] = [new Slot(changed, audio), new Slot(changed, audio)];
    stage.prepend(slots[0].element, slots[1].element, this.#turning.veil);
    stage.append(this.#turning.lastVeil);
    this.#slots = slots;
    this.#front = 0;
    this.#current = null;
    this.#show();
    return () => {
      this.pause();
      for (const slot of slots) slot.destroy();
      this.#turning.veil.remove();
      this.#turning.lastVeil.remove();
      this.#slots = null;
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
    this.#assets = timeline.assets;
    this.#turns = transitionsOf(this.#places);
    this.#ending = timeline.ending;
    this.#told.moveTo(Math.min(this.#timeUs, this.#places.durationUs));
    this.#show();
  }

  // — what a person does —
  seek(us: number): void {
    this.#told.moveTo(Math.max(0, Math.min(us, this.#places.durationUs)));
    this.#show();
  }

  /** Tries again what could not be shown. */
  retry(): void {
    for (const slot of this.#slots ?? []) slot.forget();
    this.#turning.clear(this.#slots ?? []);
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
    this.#told.set({ playing: true, rate });
    this.#lastTick = performance.now();
    this.#run();
    cancelAnimationFrame(this.#raf);
    this.#raf = requestAnimationFrame(this.#tick);
  }

  /** Whether nothing of the film is heard while it plays. */
  setQuiet(quiet: boolean): void {
    this.#told.set({ quiet });
    if (this.#state.playing) this.#hear();
  }

  pause(): void {
    cancelAnimationFrame(this.#raf);
    if (!this.#state.playing) return;
    this.#told.set({ playing: false, rate: 1 });
    for (const slot of this.#slots ?? []) slot.video.pause();
    // The picture stays on the frame the playhead names, to the frame.
    this.#show();
  }

  // — how it is done —
  get #timeUs(): number {
    return this.#told.getTime();
  }

  get #state(): PlayState {
    return this.#told.getState();
  }

  readonly #sourceOf = ({ assetId, gap }: Clip): Source | null => (gap ? NOTHING : this.#resolve(assetId));

  /** Brings the frame at the playhead onto the stage. */
  #show(): void {
    const slots = this.#slots;
    clearTimeout(this.#soon);
    if (!slots) return;
    const shown = shownAt(this.#places, this.#timeUs, this.#rate);
    if (!shown) {
      this.#target = null;
      this.#current = null;
      this.#clear(slots);
      this.#told.set({ waiting: null });
      return;
    }
    const { assetId } = shown.placed.clip;
    const source = this.#sourceOf(shown.placed.clip);
    if (!source) {
      this.#target = null;
      this.#current = null;
      this.#clear(slots);
      this.#told.set({ waiting: { assetId, why: 'preparing' } });
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
    this.#turning.clear(slots);
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
      this.#told.set({ waiting: { assetId, why: 'broken' } });
      return;
    }
    if (!slot.ready) {
      if (this.#current?.clip.assetId !== assetId) this.#told.set({ waiting: { assetId, why: 'loading' } });
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
    if (index !== this.#front) slot.comes(this.#state.playing);
    this.#front = index;
    this.#current = placed;
    slot.element.classList.add('on');
    this.#arrange(slot, placed);
    other.sound(null);
    this.#told.set({ waiting: null });
    // What goes out of a dissolve is seen until it is over; the slot is free for the next clip then.
    const goes = turningAt(this.#turns, this.#timeUs)?.beside;
    if (!goes || this.#turning.beside !== goes.placed) {
      other.element.classList.remove('on');
      other.video.pause();
    }
    this.#draw();
    if (!goes) this.#prepareSoon(placed);
  }

  /** While a clip begins to play, nothing else is looked for: finding a place takes the decoder's time. */
  #prepareSoon(placed: PlacedClip): void {
    clearTimeout(this.#soon);
    const { playing, rate } = this.#state;
    const leftUs = (placed.endUs - this.#timeUs) / rate;
    // A transition needs the other slot before the clip's end.
    const turns = nextClip(this.#places, placed)?.clip.transition !== undefined;
    if (!playing || rate < 0 || turns || leftUs < ROOM_US) this.#prepareNext(placed);
    else
      this.#soon = window.setTimeout(() => {
        if (this.#current === placed && !this.#target && !this.#turning.beside) this.#prepareNext(placed);
      }, SETTLE_MS);
  }

  /** Lays the clip's picture out as the film does. */
  #arrange(slot: Slot, { clip }: PlacedClip): void {
    const asset = this.#assets.find(({ assetId }) => assetId === clip.assetId);
    const { width, height } = asset ?? {};
    const source = clip.gap ? this.#film : width && height ? { width, height } : slot.size;
    if (source) slot.arrange({ clip, ...framingOf(clip, this.#fit, this.#film), film: this.#film, source });
  }

  #prepareNext(placed: PlacedClip): void {
    clearTimeout(this.#soon);
    const standby = this.#slots?.[1 - this.#front];
    let next = nextClip(this.#places, placed);
    // What simply goes on needs no other slot; the one after it does.
    for (let last = placed; next && goesOn(last, next); next = nextClip(this.#places, next)) last = next;
    const source = next && this.#sourceOf(next.clip);
    if (!standby || !next || !source) return;
    standby.load(source);
    standby.seek(entryOf(this.#turns, next));
    if (framingOf(next.clip, this.#fit, this.#film).fit === 'blur') standby.foresee();
    this.#headStart.reset();
  }

  /** Lets the front slot run as the state says. */
  #run(): void {
    const slot = this.#slots?.[this.#front];
    const { rate } = this.#state;
    const back = rate < 0;
    if (!slot || !this.#current || slot.source?.kind !== 'video' || (this.#target && !back)) return;
    if (back || !runs(this.#current)) {
      // Led by the clock, frame by frame; a page cannot play sound backwards.
      slot.video.pause();
      slot.sound(null);
      return;
    }
    this.#hear();
    slot.video.playbackRate = rate * tempoOf(this.#current);
    // Refused where the page may not make a sound yet (nobody has pressed anything): then it stays paused.
    slot.video.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.pause();
    });
  }

  /** The sound of what the front slot shows. */
  #hear(): void {
    const placed = this.#current;
    this.#slots?.[this.#front]?.sound(placed && runs(placed) && !this.#state.quiet ? placed.clip : null);
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
    const isVideo = slot.source?.kind === 'video' && runs(placed);
    const us = isVideo ? filmTime(placed, slot.sourceUs) : Math.round(this.#timeUs + passedUs * this.#state.rate);
    if (us >= placed.endUs - CUT_LEAD_US || (isVideo && slot.video.ended)) {
      this.#cross(placed, us);
      return;
    }
    const next = this.#coming(placed);
    if (next) this.#headStart.run(next.slot, next, (placed.endUs - us) / this.#state.rate);
    this.#told.moveTo(Math.max(us, placed.startUs));
    if (placed.clip.reversed) slot.seek(momentOf(placed, us, this.#rate).sourceUs);
    this.#draw();
  }

  /** What runs behind the cut at the end of `placed`, where another slot has to take over; null: nothing, or it is not there yet. */
  #coming(placed: PlacedClip): (Coming & { slot: Slot }) | null {
    const slot = this.#slots?.[1 - this.#front];
    const next = nextClip(this.#places, placed);
    if (!slot || !next || this.#turning.beside || !runs(next) || goesOn(placed, next)) return null;
    if (slot.source === null || slot.source.url !== this.#sourceOf(next.clip)?.url) return null;
    const entryUs = entryOf(this.#turns, next);
    // What comes in by a transition is seen before the cut, and set going by that.
    return entryUs === sourceTime(next, next.startUs)
      ? { slot, entryUs, pace: this.#state.rate * tempoOf(next), heard: this.#state.quiet ? null : next.clip }
      : null;
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
      this.#hear();
      const front = this.#slots?.[this.#front];
      if (front) this.#arrange(front, next);
      this.#told.moveTo(Math.max(us, next.startUs));
      return;
    }
    const standby = this.#slots?.[1 - this.#front];
    const source = this.#sourceOf(next.clip);
    const coming = this.#coming(placed);
    if (coming && this.#headStart.late(coming.slot, coming)) {
      // The last picture stands until the first one is there: what lies before the in point is in no film.
      this.#slots?.[this.#front]?.video.pause();
      return;
    }
    this.#told.moveTo(next.startUs);
    const isThere = !coming || !this.#headStart.stranded(coming.slot, coming);
    if (isThere && standby?.ready && source && standby.source?.url === source.url) {
      this.#turning.handOver(placed, next);
      this.#bringForward(1 - this.#front, next);
      this.#run();
      this.#runOn(0);
      return;
    }
    this.#slots?.[this.#front]?.video.pause();
    this.#show();
  }

  /** Everything that goes with the moment: views, masks, grounds, the transition at the playhead. */
  #draw(): void {
    const placed = this.#current;
    const [front, other] = [this.#slots?.[this.#front], this.#slots?.[1 - this.#front]];
    if (!placed || !front || !other) return;
    const [timeUs, state] = [this.#timeUs, this.#state];
    const moment = momentOf(placed, timeUs, this.#rate);
    front.draw(moment);
    const ended = endedAt(this.#places, this.#ending, timeUs);
    this.#turning.drawEnd(this.#ending?.kind ?? 'black', ended);
    const loudness = factorOf(volumeAt(placed.clip.volume, moment.sourceUs)) * (1 - ended);
    const freed = this.#turning.draw(turningAt(this.#turns, timeUs), {
      ...{ front, other, timeUs, state, loudness, frameRate: this.#rate, resolve: this.#sourceOf },
      arrange: (slot, beside) => this.#arrange(slot, beside),
    });
    if (freed) this.#prepareNext(placed);
  }
}
