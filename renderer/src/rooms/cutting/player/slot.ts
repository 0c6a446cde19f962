/** One of the two places of the stage: a video and a picture element, of which one shows one clip. */
import type { CanvasSize } from '../../../../../core/model/timeline/targets.ts';
import type { Clip } from '../../../../../core/model/timeline/timeline.ts';
import { factorOf } from './schedule.ts';
import { Backdrop } from './backdrop.ts';
import { FrameCopy } from './frame-copy.ts';
import { SlotLook, type Look } from './slot-look.ts';

/** Where a clip's pictures come from. */
export interface Source {
  kind: 'video' | 'image';
  url: string;
  /** Where the film begins in it, microseconds: its first picture stands until then. All times are counted from there. */
  leadUs: number;
  /** Shown where the page cannot draw `url` itself (HEIC, TIFF). */
  fallbackUrl: string | null;
}

/**
 * Added to every seek: a time that lies exactly on a frame's start may be rounded below it on the way to the decoder,
 * and the frame before would be shown. A millisecond is less than any frame.
 */
const NUDGE_S = 0.001;

/** Two times of a source are the same frame's if they are this near: rounding. */
const SAME_US = 1000;

/** A frame this near to a clip's first one is as good for its blurred ground, for the few milliseconds until there is a better one. */
const ALIKE_US = 500_000;

/** Less than the least step of 16 bits is heard of a sound at this factor: -96 dB. */
const WHISPER = 1 / 65_536;

/** What its keys add to a clip's loudness where they add most, decibels. */
const loudest = ({ volume = [] }: Clip): number => Math.max(0, ...volume.map(({ gainDb }) => gainDb));

export class Slot {
  readonly element = document.createElement('div');
  readonly video = document.createElement('video');
  readonly image = document.createElement('img');
  readonly #copy = new FrameCopy();
  readonly look = new SlotLook([this.video, this.image], this.#copy.canvas, () => this.#again());
  #clip: Clip | null = null;
  /** It comes on show: what was copied is of another moment, and the first picture may not wait. */
  #fresh = true;
  #drawn: { sourceUs: number; share: number } | null = null;
  #foresees = false;
  #hurries = false;
  readonly #backdrop = new Backdrop();
  #blurs = false;
  #loudness = 1;
  source: Source | null = null;
  broken = false;
  #wantedS: number | null = null;
  #gain: GainNode | null = null;
  readonly #audio: () => AudioContext;

  /** `audio` is asked for only where a clip is louder than its file. */
  constructor(onChange: () => void, audio: () => AudioContext) {
    this.#audio = audio;
    this.element.className = 'slot';
    const { video, image } = this;
    // Without it the desktop's media: address counts as foreign, and its sound could not be made louder.
    video.crossOrigin = 'anonymous';
    video.preload = 'auto';
    video.playsInline = true;
    video.disableRemotePlayback = true;
    video.muted = true;
    video.tabIndex = -1;
    image.alt = '';
    // Colours are read from it, as from the video.
    image.crossOrigin = 'anonymous';
    for (const type of ['loadeddata', 'canplay', 'waiting', 'playing', 'ended'] as const)
      video.addEventListener(type, onChange);
    video.addEventListener('loadedmetadata', () => this.#apply());
    video.addEventListener('seeked', () => {
      this.#apply();
      this.#peek();
      onChange();
    });
    video.addEventListener('error', () => {
      if (this.source?.kind !== 'video' || !video.hasAttribute('src')) return;
      this.broken = true;
      onChange();
    });
    image.addEventListener('load', onChange);
    image.addEventListener('error', () => this.#imageFailed(onChange));
    this.#copy.watch(video);
    this.element.append(this.#backdrop.element, this.look.element);
  }

  #imageFailed(onChange: () => void): void {
    const { source, image } = this;
    if (source?.kind !== 'image') return;
    if (source.fallbackUrl !== null && image.src !== new URL(source.fallbackUrl, document.baseURI).href) {
      image.src = source.fallbackUrl;
      return;
    }
    this.broken = true;
    onChange();
  }

  /** Loads a source, unless it is loaded. */
  load(source: Source): void {
    if (this.source?.url === source.url && this.source.leadUs === source.leadUs && !this.broken) return;
    this.broken = false;
    this.source = source;
    this.#wantedS = null;
    this.#copy.drop(source.leadUs);
    this.look.blank();
    this.video.pause();
    this.video.hidden = source.kind !== 'video';
    this.image.hidden = source.kind !== 'image';
    if (source.kind === 'video') {
      this.video.src = source.url;
      this.image.removeAttribute('src');
    } else {
      this.video.removeAttribute('src');
      this.video.load();
      this.image.src = source.url;
    }
  }

  /** The next load starts from nothing. */
  forget(): void {
    this.source = null;
    this.broken = false;
  }

  /** Goes to a time of the source, microseconds, in its lead-in below 0; of many asked for while one is on its way only the last is done. */
  seek(sourceUs: number): void {
    if (this.source?.kind !== 'video') return;
    this.#wantedS = Math.max(0, sourceUs + this.source.leadUs) / 1_000_000 + NUDGE_S;
    this.#apply();
  }

  #apply(): void {
    const { video } = this;
    if (this.#wantedS === null || video.readyState < HTMLMediaElement.HAVE_METADATA || video.seeking) return;
    // The proxy may end a frame before the time asked for: then its last frame is meant.
    const wanted = Math.min(this.#wantedS, Math.max(0, video.duration - NUDGE_S));
    this.#wantedS = null;
    if (Math.abs(video.currentTime - wanted) > NUDGE_S / 4) video.currentTime = wanted;
  }

  /** It stands by for what comes next: the frame it has found is copied, so that a blurred ground is there with the cut. */
  foresee(): void {
    this.#foresees = true;
    this.#peek();
  }

  #peek(): void {
    if (!this.#foresees || this.source?.kind !== 'video' || !this.ready) return;
    this.#copy.follow(this.video, this.sourceUs, { done: () => undefined });
  }

  /** Shows the frame that was asked for. */
  get ready(): boolean {
    if (this.source === null || this.broken) return false;
    if (this.source.kind === 'image') return this.image.complete && this.image.naturalWidth > 0;
    const { video } = this;
    return this.#wantedS === null && !video.seeking && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
  }

  /** Time of the source that is shown, microseconds; below 0 in its lead-in. */
  get sourceUs(): number {
    return Math.max(0, Math.round((this.video.currentTime - NUDGE_S) * 1_000_000)) - this.leadUs;
  }

  /** How much of it runs before the film begins, microseconds. */
  get leadUs(): number {
    return this.source?.leadUs ?? 0;
  }

  /** Sound of `clip`; `null` is silence. Above 0 dB the page's own volume is not enough. */
  sound(clip: Clip | null): void {
    const { video } = this;
    video.muted = clip === null || clip.muted;
    if (clip === null) return;
    this.#loudness = factorOf(clip.gainDb);
    this.#amplify(clip);
    this.hear(1);
  }

  /**
   * Its sound comes at the next cut: it runs so low from now on that nobody hears it. A browser gives a muted video no sound device,
   * and stops its clock for 20 to 30 ms when it gets one (measured in Chromium 130 and 150).
   */
  whisper(clip: Clip): void {
    this.video.muted = clip.muted;
    this.#loudness = WHISPER;
    this.#amplify(clip);
    this.hear(1);
  }

  #amplify(clip: Clip): void {
    const { video } = this;
    const factor = factorOf(clip.gainDb + loudest(clip));
    if (factor > 1 && this.#gain === null) {
      const context = this.#audio();
      this.#gain = context.createGain();
      context.createMediaElementSource(video).connect(this.#gain).connect(context.destination);
    }
  }

  /** The part of its loudness that is heard: a transition takes the rest. */
  hear(share: number): void {
    const factor = this.#loudness * share;
    if (this.#gain) this.#gain.gain.value = factor;
    const volume = this.#gain ? 1 : Math.min(1, factor);
    if (this.video.volume !== volume) this.video.volume = volume;
  }

  /** Width and height of what is shown, pixels; null until known. */
  get size(): { width: number; height: number } | null {
    const { video, image } = this;
    const [width, height] =
      this.source?.kind === 'image' ? [image.naturalWidth, image.naturalHeight] : [video.videoWidth, video.videoHeight];
    return width > 0 && height > 0 ? { width, height } : null;
  }

  /** Lays the picture out as the film does. */
  arrange(look: Look): void {
    this.#copy.cancel();
    this.#clip = look.clip;
    this.look.set(look);
    this.#backdrop.resize(look.film);
    this.#blurs = look.fit === 'blur';
  }

  /** Is seen from now on, or not. */
  show(on: boolean): void {
    const { classList } = this.element;
    if (on && !classList.contains('on')) this.comes(!this.video.paused);
    classList.toggle('on', on);
  }

  /** It takes over from the other one; `hurries`: while the film plays, whether its own video runs yet or not. */
  comes(hurries: boolean): void {
    this.#fresh = true;
    this.#hurries = hurries;
    this.#foresees = false;
  }

  /** What goes with the picture's moment: the view over it, its masks, the blurred ground. */
  draw(at: { sourceUs: number; share: number }): void {
    const { size, source, look } = this;
    this.#drawn = at;
    if (!size) {
      this.#copy.cancel();
      this.#backdrop.hide();
      return;
    }
    look.move(at.share);
    if (source?.kind === 'image') this.#ground(look.draw(this.image, size, at.sourceUs), at.share);
    else if (look.covers) this.#drawCovered(size, at);
    else this.#drawOpen(size, at);
    this.#fresh = false;
  }

  /** The video is seen itself. */
  #drawOpen(size: CanvasSize, at: { sourceUs: number; share: number }): void {
    const { video } = this;
    const seen = this.look.draw(video, size, at.sourceUs);
    if (!this.#blurs || seen !== video) this.#ground(seen, at.share);
    else if (this.#fresh && (this.#hurries || !video.paused)) {
      // Straight from the video only where nothing was copied while it stood by: each such frame stays in the browser's store.
      this.#ground(this.#copy.isNear(at.sourceUs, ALIKE_US) ? this.#copy.canvas : video, at.share);
    } else if (video.paused || this.#backdrop.isDue())
      this.#copy.follow(video, at.sourceUs, { done: () => this.#ground(this.#copy.canvas, at.share) });
  }

  /** Its frame is seen instead, together with the masks that belong to that frame. */
  #drawCovered(size: CanvasSize, at: { sourceUs: number; share: number }): void {
    const { video } = this;
    const fromUs = this.#clip?.inUs ?? 0;
    const done = (sourceUs: number, slackUs: number): void =>
      this.#ground(this.look.draw(this.#copy.canvas, size, sourceUs, slackUs), at.share);
    if (this.#fresh || !this.#copy.holds) {
      this.#copy.straight(video, at.sourceUs, { done });
      return;
    }
    // Just behind a cut that is none on the source, the frame may still be one of the clip before, which has other masks.
    const wants = (sourceUs: number): boolean => video.paused || sourceUs >= fromUs - SAME_US;
    this.#copy.follow(video, at.sourceUs, { wants, done });
  }

  /** The blurred ground, where there is one. */
  #ground(seen: CanvasImageSource, share: number): void {
    if (this.#blurs) this.#backdrop.paint(this.look, seen, share);
    else this.#backdrop.hide();
  }

  #again(): void {
    if (this.#drawn) this.draw(this.#drawn);
  }

  destroy(): void {
    this.video.pause();
    this.video.removeAttribute('src');
    this.video.load();
    this.#gain?.disconnect();
    this.#copy.cancel();
    this.look.destroy();
    this.element.remove();
  }
}
