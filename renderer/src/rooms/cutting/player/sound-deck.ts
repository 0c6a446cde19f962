/** Plays music, voice and effects beside the pictures: an element for each piece near the playhead, held to its time. */
import { layout, type Layout } from '../../../../../core/model/timeline/layout.ts';
import { soundsOf, soundEndUs } from '../../../../../core/model/timeline/sounds.ts';
import type { Sound, Timeline } from '../../../../../core/model/timeline/timeline.ts';
import type { Player } from './player.ts';
import { endedAt } from './schedule.ts';
import { isSpeech, levelAt, stepTowards } from './sound-level.ts';

/** A piece is got ready this long before it is heard, microseconds. */
const READY_US = 4_000_000;
/** Further from its time than this it is set right; less is not heard as an echo of the picture. Seconds. */
const DRIFT_S = 0.12;

/** The file a sound is heard from, and where it begins in it, microseconds. */
export interface HeardFrom {
  url: string;
  leadUs: number;
}

interface Kept {
  element: HTMLAudioElement;
  from: HeardFrom;
}

export class SoundDeck {
  readonly #stage: HTMLElement;
  readonly #player: Player;
  readonly #elements = new Map<string, Kept>();
  readonly #stops: (() => void)[];
  #timeline: Timeline | null = null;
  /** All that may be heard. */
  #sounds: readonly Sound[] = [];
  #heardFrom: (assetId: string) => HeardFrom | null = () => null;
  /** How far the music has stepped back, 0 to 1, and when that was worked out (milliseconds). */
  #stepped = 0;
  #at = 0;
  #places: Layout = { clips: [], byId: new Map(), durationUs: 0 };
  /** How far the film has gone out, 0 to 1. */
  #ended = 0;

  constructor(stage: HTMLElement, player: Player) {
    this.#stage = stage;
    this.#player = player;
    const follow = () => this.#follow();
    this.#stops = [player.onTime(follow), player.subscribe(follow)];
  }

  setTimeline(timeline: Timeline, heardFrom: (assetId: string) => HeardFrom | null): void {
    this.#timeline = timeline;
    this.#places = layout(timeline);
    this.#sounds = soundsOf(timeline).flatMap(({ sound }) => (sound.muted ? [] : [sound]));
    this.#heardFrom = heardFrom;
    this.#follow();
  }

  destroy(): void {
    for (const stop of this.#stops) stop();
    for (const id of [...this.#elements.keys()]) this.#drop(id);
  }

  #drop(id: string): void {
    const element = this.#elements.get(id)?.element;
    this.#elements.delete(id);
    element?.pause();
    element?.removeAttribute('src');
    element?.remove();
  }

  #elementOf(sound: Sound): Kept | null {
    const from = this.#heardFrom(sound.assetId);
    if (from === null) return null;
    const known = this.#elements.get(sound.id);
    if (known?.from.url === from.url && known.from.leadUs === from.leadUs) return known;
    this.#drop(sound.id);
    const made = document.createElement('audio');
    made.preload = 'auto';
    made.dataset['sound'] = sound.id;
    made.src = from.url;
    this.#stage.append(made);
    const kept = { element: made, from };
    this.#elements.set(sound.id, kept);
    return kept;
  }

  #follow(): void {
    const timeline = this.#timeline;
    // Called for every frame: a film without music must not pay for it.
    if (!timeline || (this.#sounds.length === 0 && this.#elements.size === 0)) return;
    const us = this.#player.getTime();
    const { playing, rate, quiet, waiting } = this.#player.getState();
    // Where the picture waits, what is beside it waits too.
    const pace = playing && rate > 0 && waiting === null ? rate : 0;
    const now = performance.now();
    this.#stepped = stepTowards(this.#stepped, isSpeech(timeline, us), Math.min(1000, now - this.#at) * 1000);
    this.#at = now;
    this.#ended = endedAt(this.#places, timeline.ending, us);
    const near = new Set<string>();
    for (const sound of this.#sounds) {
      if (us < sound.startUs - READY_US || us >= soundEndUs(sound)) continue;
      const kept = this.#elementOf(sound);
      if (!kept) continue;
      near.add(sound.id);
      kept.element.muted = quiet;
      this.#hold(kept, sound, us, pace);
    }
    for (const id of [...this.#elements.keys()]) if (!near.has(id)) this.#drop(id);
  }

  /** Brings an element to where the playhead is; `rate` 0: it stands still. */
  #hold({ element, from }: Kept, sound: Sound, us: number, rate: number): void {
    element.volume = levelAt(sound, us, this.#stepped) * (1 - this.#ended);
    const wanted = (from.leadUs + sound.inUs + Math.max(0, us - sound.startUs)) / 1_000_000;
    const heard = rate > 0 && us >= sound.startUs;
    if (!heard) {
      if (!element.paused) element.pause();
      if (Math.abs(element.currentTime - wanted) > DRIFT_S && !element.seeking) element.currentTime = wanted;
      return;
    }
    if (element.playbackRate !== rate) element.playbackRate = rate;
    if (Math.abs(element.currentTime - wanted) > DRIFT_S * rate && !element.seeking) element.currentTime = wanted;
    // Refused where nobody has pressed anything yet: the player pauses itself then.
    if (element.paused) element.play().catch(() => undefined);
  }
}
