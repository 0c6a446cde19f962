/**
 * Transitions on the stage. A fade is a veil over the clip at the playhead. Of a dissolve or wipe both clips are seen: the one at
 * the playhead in the front slot, the one beside it in the other, which follows it unheard; the one that comes lies on top.
 */
import type { PlacedClip } from '../../../../../core/model/timeline/layout.ts';
import type { Rational } from '../../../../../core/model/timeline/rational.ts';
import type { Clip } from '../../../../../core/model/timeline/timeline.ts';
import { loudnessOf, momentOf, runs, tempoOf, type Turning } from './schedule.ts';
import type { Slot, Source } from './slot.ts';
import type { PlayState } from './play-store.ts';

/** The clip beside the playhead's may be this far off before it is set right: two frames. */
const SLACK_US = 66_000;

/** The stage at the moment of a transition. */
export interface TurnStage {
  front: Slot;
  other: Slot;
  timeUs: number;
  frameRate: Rational;
  state: PlayState;
  resolve: (clip: Clip) => Source | null;
  arrange: (slot: Slot, placed: PlacedClip) => void;
  /** What the clip at the playhead keeps of its loudness, a factor: its own changes, the film's end. */
  loudness: number;
}

function plain({ element }: Slot): void {
  element.style.zIndex = '';
  element.style.opacity = '';
  element.style.clipPath = '';
}

export class Turns {
  readonly veil = document.createElement('div');
  /** Over everything that is in the film: what it goes out in. */
  readonly lastVeil = document.createElement('div');
  #beside: PlacedClip | null = null;
  /** Whether slots lie over each other, which has to be taken back. */
  #laid = false;

  constructor() {
    this.veil.className = 'veil';
    this.veil.hidden = true;
    this.lastVeil.className = 'veil last';
    this.lastVeil.hidden = true;
  }

  /** `share` of the film's end is over. */
  drawEnd(colour: string, share: number): void {
    this.lastVeil.hidden = share === 0;
    if (share === 0) return;
    this.lastVeil.dataset['colour'] = colour;
    this.lastVeil.style.opacity = String(share);
  }

  /** What the other slot shows; null: it is free for what comes next. */
  get beside(): PlacedClip | null {
    return this.#beside;
  }

  /** The front slot is handed over at the cut: from now on the clip that goes is the one beside. */
  handOver(from: PlacedClip, to: PlacedClip): void {
    if (this.#beside === to) this.#beside = from;
  }

  /** Takes everything back: nothing of a transition is seen any more. */
  clear(slots: readonly Slot[]): void {
    this.veil.hidden = true;
    this.#beside = null;
    if (this.#laid) slots.forEach(plain);
    this.#laid = false;
  }

  /** Shows what belongs to the moment. Answers whether the other slot has just become free. */
  draw(turning: Turning | null, stage: TurnStage): boolean {
    const { front, other } = stage;
    front.hear((turning ? loudnessOf(turning) : 1) * stage.loudness);
    if (turning?.beside) {
      this.veil.hidden = true;
      this.#drawBeside(turning, turning.beside, stage);
      return false;
    }
    const freed = this.#beside !== null;
    if (freed) {
      other.element.classList.remove('on');
      other.video.pause();
    }
    this.clear([front, other]);
    if (turning) this.#drawVeil(turning);
    return freed;
  }

  #drawVeil({ turn, share }: Turning): void {
    // Into the colour up to the cut, out of it from there; the film's first clip only comes out of it.
    const dense = turn.before ? 1 - Math.abs(2 * share - 1) : 1 - share;
    this.veil.hidden = false;
    this.veil.dataset['colour'] = turn.kind;
    this.veil.style.opacity = String(dense);
  }

  #drawBeside(turning: Turning, beside: NonNullable<Turning['beside']>, stage: TurnStage): void {
    const { front, other } = stage;
    const { placed, sourceUs } = beside;
    const source = stage.resolve(placed.clip);
    if (!source) return;
    if (this.#beside !== placed) {
      this.#beside = placed;
      other.load(source);
      other.sound(null);
      stage.arrange(other, placed);
    }
    follow(other, placed, sourceUs, stage.state);
    // Until both have their pictures the one at the playhead is seen alone, at its full strength.
    if (!other.ready) return;
    other.show(true);
    other.draw(momentOf(placed, stage.timeUs, stage.frameRate));
    const { turn, share } = turning;
    const [coming, going] = turn.after === placed ? [other, front] : [front, other];
    this.#laid = true;
    plain(going);
    coming.element.style.zIndex = '1';
    coming.element.style.opacity = turn.kind === 'dissolve' ? String(share) : '';
    coming.element.style.clipPath = turn.kind === 'wipe' ? `inset(0 ${String((1 - share) * 100)}% 0 0)` : '';
  }
}

/** Keeps the clip beside the playhead's where it would be: it runs along, unheard. */
function follow(slot: Slot, placed: PlacedClip, sourceUs: number, { playing, rate }: PlayState): void {
  if (slot.source?.kind !== 'video') return;
  if (!playing || rate < 0 || !runs(placed)) {
    slot.video.pause();
    slot.seek(sourceUs);
    return;
  }
  // Before its in point there may be nothing: its first picture stands until there is.
  // At the end of its file the last one does: set going again it would begin anew.
  if (!slot.video.paused || !slot.ready || slot.video.ended || sourceUs === 0) return;
  if (Math.abs(slot.sourceUs - sourceUs) > SLACK_US) slot.seek(sourceUs);
  slot.video.playbackRate = rate * tempoOf(placed);
  slot.video.play().catch(() => undefined);
}
