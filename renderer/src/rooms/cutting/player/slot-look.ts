/**
 * What a clip does to its picture, shown by the page: the same order as in the film (core/video/plan). From outside to inside:
 * where the picture lies on the canvas, the view that moves over it, what is cut out, the turned picture, its masks.
 */
import {
  colourTransfer,
  maskBetween,
  maskCell,
  shownSize,
  viewAt,
} from '../../../../../core/model/timeline/framing.ts';
import { WHOLE, type Mask } from '../../../../../core/model/timeline/look.ts';
import { MIDDLE, type Focus } from '../../../../../core/model/timeline/reframe.ts';
import type { CanvasSize } from '../../../../../core/model/timeline/targets.ts';
import type { Clip, Fit } from '../../../../../core/model/timeline/timeline.ts';
import { newGlass } from './lut-glass.ts';
import { tableOf, wantTable } from './lut-tables.ts';

export interface Look {
  clip: Clip;
  fit: Fit;
  /** Which part stays where it fills. */
  focus?: Focus;
  film: CanvasSize;
  /** The source as displayed. */
  source: CanvasSize;
}

const div = (name: string, inside: HTMLElement[]): HTMLElement => {
  const element = document.createElement('div');
  element.className = name;
  element.append(...inside);
  return element;
};

const percent = (share: number): string => `${String(share * 100)}%`;

function place(element: HTMLElement, box: { x: number; y: number; width: number; height: number }): void {
  element.style.left = percent(box.x);
  element.style.top = percent(box.y);
  element.style.width = percent(box.width);
  element.style.height = percent(box.height);
}

/** Where a picture of a shape lies in a box of another, in shares of the box. */
function within(shape: CanvasSize, box: CanvasSize, cover: boolean, focus: Focus = MIDDLE) {
  const by = cover ? Math.max : Math.min;
  const scale = by(box.width / shape.width, box.height / shape.height);
  const [width, height] = [(shape.width * scale) / box.width, (shape.height * scale) / box.height];
  return { x: ((1 - width) * focus.x) / 1000, y: ((1 - height) * focus.y) / 1000, width, height };
}

const SVG = 'http://www.w3.org/2000/svg';
let filters = 0;

/** An SVG filter that does what the film's colours do. */
class ColourFilter {
  readonly element = document.createElementNS(SVG, 'svg');
  readonly url: string;
  readonly #filter = document.createElementNS(SVG, 'filter');

  constructor() {
    filters += 1;
    const id = `colours-${String(filters)}`;
    this.url = `url(#${id})`;
    this.#filter.id = id;
    this.#filter.setAttribute('color-interpolation-filters', 'sRGB');
    this.element.setAttribute('class', 'colours');
    this.element.setAttribute('aria-hidden', 'true');
    this.element.append(this.#filter);
  }

  set(clip: Clip): boolean {
    if (!clip.colours) return false;
    const { slope, intercept, matrix } = colourTransfer(clip.colours);
    const transfer = document.createElementNS(SVG, 'feComponentTransfer');
    ['R', 'G', 'B'].forEach((name, i) => {
      const line = document.createElementNS(SVG, `feFunc${name}`);
      line.setAttribute('type', 'linear');
      line.setAttribute('slope', String(slope[i] ?? 1));
      line.setAttribute('intercept', String(intercept));
      transfer.append(line);
    });
    const mix = document.createElementNS(SVG, 'feColorMatrix');
    const row = (n: number): string => `${matrix.slice(3 * n, 3 * n + 3).join(' ')} 0 0`;
    mix.setAttribute('values', `${row(0)} ${row(1)} ${row(2)} 0 0 0 1 0`);
    this.#filter.replaceChildren(transfer, mix);
    return true;
  }
}

type Picture = HTMLVideoElement | HTMLImageElement | HTMLCanvasElement;

const NO_MASKS: readonly Mask[] = [];

/** One mask: a canvas of as many pixels as it has cells, drawn large. */
interface MaskPatch {
  readonly mask: Mask;
  readonly canvas: HTMLCanvasElement;
  /** Where it was drawn last, thousandths of the source. */
  box: Parameters<typeof place>[1];
}

export class SlotLook {
  readonly element: HTMLElement;
  readonly #view: HTMLElement;
  readonly #content: HTMLElement;
  readonly #turned: HTMLElement;
  readonly #upright: HTMLElement;
  readonly #colours = new ColourFilter();
  readonly #still: HTMLCanvasElement;
  readonly #onTable: () => void;
  readonly #media: readonly HTMLElement[];
  #look: Look | null = null;
  /** Made when a clip first goes through a colour table. */
  #glass: ReturnType<typeof newGlass> | null = null;
  /** What is seen is the glass, with colours and table; else the picture itself. */
  #glazed = false;
  #patches: readonly MaskPatch[] = [];
  /** What the patches were made for. */
  #masked: { masks: readonly Mask[]; source: CanvasSize } | null = null;

  /**
   * `still`: the frame that a masked video shows. It covers the video, and changes together with the masks over it: the video itself
   * goes on while the page is busy, and would be seen beside a mask that lags behind. `onTable`: a colour table that was missing is
   * there, and the picture can be drawn through it.
   */
  constructor(media: HTMLElement[], still: HTMLCanvasElement, onTable: () => void) {
    this.#still = still;
    still.className = 'still';
    still.setAttribute('aria-hidden', 'true');
    still.hidden = true;
    this.#onTable = onTable;
    this.#media = media;
    this.#upright = div('upright', [...media, still]);
    this.#turned = div('turned', [this.#upright]);
    this.#content = div('content', [this.#turned]);
    this.#view = div('view', [this.#content]);
    this.element = div('frame', [this.#view]);
    this.element.append(this.#colours.element);
  }

  /** Of the picture and of what is drawn from it. */
  get filter(): string {
    return this.#look?.clip.colours && !this.#glazed ? this.#colours.url : 'none';
  }

  get #plays(): boolean {
    return this.#media.some((element) => element instanceof HTMLVideoElement && !element.paused);
  }

  /** Draws the picture through the clip's colour table, if it has one. Answers what is to be seen. */
  #through(picture: Picture, size: CanvasSize): CanvasImageSource {
    const { lut, colours } = this.#look?.clip ?? {};
    const table = lut && lut.strength > 0 ? tableOf(lut.sha256) : null;
    if (lut && lut.strength > 0 && !table) wantTable(lut.sha256, this.#onTable);
    const glass = table ? (this.#glass ??= newGlass()) : this.#glass;
    this.#glazed = glass !== null && table !== null && lut !== undefined;
    if (glass && table && lut)
      this.#glazed = glass.draw(picture, size, { table, strength: lut.strength / 100, colours, plays: this.#plays });
    if (glass) {
      if (!glass.canvas.isConnected) this.#still.after(glass.canvas);
      glass.canvas.hidden = !this.#glazed;
    }
    this.#upright.style.filter = this.filter;
    return this.#glazed && glass ? glass.canvas : picture;
  }

  destroy(): void {
    this.#glass?.destroy();
  }

  set(look: Look): void {
    const { clip, fit, film, source } = look;
    this.#look = look;
    const shape = shownSize(source, clip);
    const crops = fit === 'crop';
    place(this.element, crops ? { x: 0, y: 0, width: 1, height: 1 } : within(shape, film, false));
    place(this.#content, crops ? within(shape, film, true, look.focus) : { x: 0, y: 0, width: 1, height: 1 });
    const { x, y, width, height } = clip.crop ?? WHOLE;
    place(this.#turned, { x: -x / width, y: -y / height, width: 1000 / width, height: 1000 / height });
    const sideways = clip.turn === 90 || clip.turn === 270;
    this.#upright.style.width = sideways ? '100cqh' : '100%';
    this.#upright.style.height = sideways ? '100cqw' : '100%';
    const mirror = clip.mirrored === true ? ' scaleX(-1)' : '';
    this.#upright.style.transform = `translate(-50%, -50%)${mirror} rotate(${String(clip.turn ?? 0)}deg)`;
    this.#colours.set(clip);
    this.#upright.style.filter = this.filter;
  }

  /** Whether its video may not be seen as it is: it has masks, or had some when its frame was drawn last. */
  get covers(): boolean {
    return !this.#still.hidden || (this.#look?.clip.masks ?? []).length > 0;
  }

  /** Another source is being loaded: black until there is something of it. */
  blank(): void {
    if (this.#still.hidden) return;
    this.#still.getContext('2d')?.fillRect(0, 0, this.#still.width, this.#still.height);
    if (this.#glass) this.#glass.canvas.hidden = true;
    this.#setMasks([], { width: 1, height: 1 });
  }

  #setMasks(masks: readonly Mask[], source: CanvasSize): void {
    const { masks: had, source: of } = this.#masked ?? {};
    if (had === masks && of?.width === source.width && of.height === source.height) return;
    this.#masked = { masks, source };
    for (const { canvas } of this.#patches) canvas.remove();
    this.#patches = masks.map((mask) => {
      const canvas = document.createElement('canvas');
      canvas.className = `mask ${mask.shape} ${mask.effect}`;
      canvas.dataset['mask'] = mask.id;
      const cell = maskCell(mask, source);
      const most = (side: 'width' | 'height') => Math.max(...mask.keys.map((key) => key[side]));
      canvas.width = Math.max(1, Math.round((most('width') * source.width) / 1000 / cell));
      canvas.height = Math.max(1, Math.round((most('height') * source.height) / 1000 / cell));
      this.#upright.append(canvas);
      return { mask, canvas, box: WHOLE };
    });
  }

  /** Brings the view that moves over the picture to a moment: `share` of the clip is over. */
  move(share: number): void {
    const { x, y, size } = viewAt(this.#look?.clip ?? {}, share);
    this.#view.style.transform =
      size === 1000 ? '' : `scale(${String(1000 / size)}) translate(${String(-x / 10)}%, ${String(-y / 10)}%)`;
  }

  /**
   * Draws colours and masks for a moment of the source, and answers the picture that is seen. `size`: of `media` in its own pixels.
   * A masked video is never drawn itself, but by its frame; `slackUs`: how far the frame's time may be off.
   */
  draw(media: Picture, size: CanvasSize, sourceUs: number, slackUs = 0): CanvasImageSource {
    const { clip, source } = this.#look ?? {};
    const masks = clip?.masks ?? NO_MASKS;
    const picture = this.#through(media, size);
    const by = picture instanceof HTMLCanvasElement ? picture.width / size.width : 1;
    this.#setMasks(masks, source ?? size);
    this.#still.hidden = media !== this.#still || masks.length === 0;
    for (const patch of this.#patches) {
      const { mask, canvas } = patch;
      const box = maskBetween(mask, sourceUs - slackUs, sourceUs + slackUs);
      patch.box = box;
      place(canvas, { x: box.x / 1000, y: box.y / 1000, width: box.width / 1000, height: box.height / 1000 });
      const context = canvas.getContext('2d');
      if (!context) continue;
      const [w, h] = [(by * size.width) / 1000, (by * size.height) / 1000];
      context.imageSmoothingQuality = 'high';
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.drawImage(
        picture,
        box.x * w,
        box.y * h,
        box.width * w,
        box.height * h,
        0,
        0,
        canvas.width,
        canvas.height,
      );
    }
    return picture;
  }

  /** Draws the picture with its masks, where they were drawn last, so that what is seen of it covers a canvas: what the blurred ground is made of. */
  cover(context: CanvasRenderingContext2D, picture: CanvasImageSource, share: number): void {
    const look = this.#look;
    if (!look) return;
    const { clip, source } = look;
    const { width: W, height: H } = context.canvas;
    const shape = shownSize(source, clip);
    const view = viewAt(clip, share);
    const seen = { width: (shape.width * view.size) / 1000, height: (shape.height * view.size) / 1000 };
    const scale = Math.max(W / seen.width, H / seen.height);
    const part = clip.crop ?? WHOLE;
    const turned = { width: (shape.width * 1000) / part.width, height: (shape.height * 1000) / part.height };
    context.save();
    context.translate(W / 2, H / 2);
    context.scale(scale, scale);
    context.translate(
      -((view.x * shape.width) / 1000 + seen.width / 2),
      -((view.y * shape.height) / 1000 + seen.height / 2),
    );
    context.translate(turned.width * (0.5 - part.x / 1000), turned.height * (0.5 - part.y / 1000));
    if (clip.mirrored === true) context.scale(-1, 1);
    context.rotate(((clip.turn ?? 0) * Math.PI) / 180);
    context.translate(-source.width / 2, -source.height / 2);
    context.drawImage(picture, 0, 0, source.width, source.height);
    for (const { canvas, box } of this.#patches) {
      const [w, h] = [source.width / 1000, source.height / 1000];
      context.drawImage(canvas, box.x * w, box.y * h, box.width * w, box.height * h);
    }
    context.restore();
  }
}
