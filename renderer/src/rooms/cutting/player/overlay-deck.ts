/** Shows what lies over the storyline: a slot for each overlay near the playhead, held to its time. */
import { overlayAsClip, overlayEndUs } from '../../../../../core/model/timeline/overlays.ts';
import { shownSize } from '../../../../../core/model/timeline/framing.ts';
import type { PlacedClip } from '../../../../../core/model/timeline/layout.ts';
import type { Overlay, Timeline } from '../../../../../core/model/timeline/timeline.ts';
import { rateOf } from '../time/timecode.ts';
import type { Player } from './player.ts';
import { momentOf } from './schedule.ts';
import { Slot, type Source } from './slot.ts';

/** An overlay is got ready this long before it is seen, microseconds. */
const READY_US = 2_000_000;
/** Further from its time than this it is set right: two frames are not seen as out of step. Seconds. */
const DRIFT_S = 0.08;

interface Kept {
  slot: Slot;
  placed: PlacedClip;
  /** What it was laid out for; null: it is to be looked at again. */
  overlay: Overlay | null;
}

export class OverlayDeck {
  readonly #stage: HTMLElement;
  readonly #player: Player;
  readonly #slots = new Map<string, Kept>();
  readonly #stops: (() => void)[];
  #timeline: Timeline | null = null;
  #sourceOf: (assetId: string) => Source | null = () => null;
  #audio: AudioContext | null = null;

  /** `stage` holds the elements, in the order they lie over each other. */
  constructor(stage: HTMLElement, player: Player) {
    this.#stage = stage;
    this.#player = player;
    const follow = () => this.#follow();
    this.#stops = [player.onTime(follow), player.subscribe(follow)];
  }

  setTimeline(timeline: Timeline, sourceOf: (assetId: string) => Source | null): void {
    this.#timeline = timeline;
    this.#sourceOf = sourceOf;
    for (const kept of this.#slots.values()) kept.overlay = null;
    this.#follow();
  }

  destroy(): void {
    for (const stop of this.#stops) stop();
    for (const id of [...this.#slots.keys()]) this.#drop(id);
    void this.#audio?.close();
  }

  #drop(id: string): void {
    this.#slots.get(id)?.slot.destroy();
    this.#slots.delete(id);
  }

  #follow(): void {
    const timeline = this.#timeline;
    // Called for every frame: a film without overlays must not pay for it.
    if (!timeline || (timeline.overlays.length === 0 && this.#slots.size === 0)) return;
    const us = this.#player.getTime();
    const near = new Set<string>();
    for (const overlay of timeline.overlays) {
      if (us < overlay.startUs - READY_US || us >= overlayEndUs(overlay)) continue;
      const kept = this.#keptFor(overlay, timeline);
      if (!kept) continue;
      near.add(overlay.id);
      this.#hold(kept, timeline, us);
    }
    for (const id of [...this.#slots.keys()]) if (!near.has(id)) this.#drop(id);
  }

  #keptFor(overlay: Overlay, timeline: Timeline): Kept | null {
    const source = this.#sourceOf(overlay.assetId);
    if (!source) return null;
    const known = this.#slots.get(overlay.id);
    if (known?.overlay === overlay && known.slot.source?.url === source.url) return known;
    const slot =
      known?.slot ??
      new Slot(
        () => this.#follow(),
        () => (this.#audio ??= new AudioContext()),
      );
    if (!known) {
      slot.element.dataset['overlay'] = overlay.id;
      this.#stage.append(slot.element);
    }
    slot.load(source);
    const placed = { clip: overlayAsClip(overlay), index: -1, startUs: overlay.startUs, endUs: overlayEndUs(overlay) };
    const kept = { slot, placed, overlay };
    this.#slots.set(overlay.id, kept);
    this.#arrange(kept, overlay, timeline);
    return kept;
  }

  /** Lays it out as the film does: over the whole canvas, or where it says. */
  #arrange({ slot, placed: { clip } }: Kept, overlay: Overlay, timeline: Timeline): void {
    const asset = timeline.assets.find(({ assetId }) => assetId === overlay.assetId);
    if (!asset?.width || !asset.height) return;
    const source = { width: asset.width, height: asset.height };
    const { style, classList } = slot.element;
    style.opacity = String(overlay.opacity / 100);
    style.zIndex = String(overlay.layer);
    classList.toggle('small', overlay.fit === undefined);
    if (overlay.fit) {
      for (const side of ['left', 'top', 'width', 'height'] as const) style[side] = '';
      slot.arrange({ clip, fit: overlay.fit, film: timeline.canvas, source });
      return;
    }
    const shape = shownSize(source, clip);
    const { width: w, height: h } = timeline.canvas;
    const width = (overlay.width / 1000) * w;
    const height = (width * shape.height) / shape.width;
    style.left = `${String(overlay.x / 10)}%`;
    style.top = `${String(overlay.y / 10)}%`;
    style.width = `${String((width / w) * 100)}%`;
    style.height = `${String((height / h) * 100)}%`;
    slot.arrange({ clip, fit: 'contain', film: shape, source });
  }

  /** Brings an overlay to where the playhead is. */
  #hold({ slot, placed }: Kept, timeline: Timeline, us: number): void {
    const { playing, rate, quiet, waiting } = this.#player.getState();
    const on = us >= placed.startUs && us < this.#player.durationUs;
    const runs = on && playing && rate > 0 && waiting === null;
    const at = momentOf(placed, us, rateOf(timeline.canvas.frameRate));
    const { video } = slot;
    if (slot.source?.kind === 'video') {
      const drift = Math.abs(slot.sourceUs - at.sourceUs) / 1_000_000;
      if (!runs) {
        if (!video.paused) video.pause();
        slot.seek(at.sourceUs);
      } else {
        if (drift > DRIFT_S * rate && !video.seeking) slot.seek(at.sourceUs);
        if (video.playbackRate !== rate) video.playbackRate = rate;
        // Refused where nobody has pressed anything yet: the player pauses itself then.
        if (video.paused) video.play().catch(() => undefined);
      }
      slot.sound(runs && !quiet ? placed.clip : null);
    }
    // What was seen stays until the next picture is there; what comes is not seen before it is.
    if (slot.ready || !on) slot.show(on);
    if (on) slot.draw(at);
  }
}
