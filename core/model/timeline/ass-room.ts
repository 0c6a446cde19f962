/** What the parts of an ASS script share: the canvas, its safe area, its scale, frames as ASS tells time. */
import { peopleIn } from '../captions/names.ts';
import { frameTime, mulDivFloor, parseRational } from './rational.ts';
import type { Rational } from './rational.ts';
import { safeAreaOf } from './safe-areas.ts';
import type { SafeArea } from './safe-areas.ts';
import { DEFAULT_FRAME_RATE } from './targets.ts';
import type { CaptionStyle, Timeline } from './timeline.ts';

export interface AssCanvas {
  /** Pixels; also the script's PlayRes. */
  width: number;
  height: number;
  /** Space kept free at the edges; that of the platform with this shape by default. */
  safe?: SafeArea;
  /** Frames a second; those of the film by default. */
  rate?: Rational;
  /** Marks every frame of the window as a draft. */
  draft?: boolean;
  /** Labels the opening as made by an AI (`ai-label.ts`). */
  aiMade?: boolean;
}

export type CaptionProblem =
  { code: 'missing_glyphs'; cueId: string; chars: string } | { code: 'caption_too_wide'; cueId: string; text: string };

export interface Room {
  canvas: AssCanvas;
  safe: SafeArea;
  style: CaptionStyle;
  /** Pixels of the canvas for one pixel of the style. */
  scale: number;
  rate: Rational;
  /** Of people, inside which no line ends: those the film itself names, so that preview and film break alike. */
  names: readonly string[];
}

export function roomOf(timeline: Timeline, canvas: AssCanvas): Room {
  return {
    canvas,
    safe: canvas.safe ?? safeAreaOf(null, canvas),
    style: timeline.captions.style,
    scale: Math.min(canvas.width, canvas.height) / 1080,
    rate: canvas.rate ?? parseRational(DEFAULT_FRAME_RATE) ?? { num: 30, den: 1 },
    names: peopleIn(timeline),
  };
}

/** The first frame that begins at a time or later. */
export const firstFrameFrom = (us: number, rate: Rational): number => {
  const n = mulDivFloor(us, rate.num, 1_000_000 * rate.den);
  return frameTime(n, rate) < us ? n + 1 : n;
};

const hex2 = (value: number): string => Math.round(value).toString(16).toUpperCase().padStart(2, '0');
/** `#RRGGBB` as ASS writes it, &HAABBGGRR; alpha 0 is opaque. */
export const assColour = (colour: string, alpha = 0): string =>
  `&H${hex2(alpha)}${colour.slice(5, 7)}${colour.slice(3, 5)}${colour.slice(1, 3)}`;
export const number = (value: number): string => String(Math.round(value * 100) / 100);

/** Start of a frame as ASS tells time, hundredths of a second: between two frames, so that rounding moves nothing. */
export const edgeCs = (frame: number, rate: Rational): number =>
  frame <= 0 ? 0 : Math.round(((frame - 0.5) * 100 * rate.den) / rate.num);

/** Frames of a window, on the canvas's grid (30 a second by default); `to` is exclusive. */
export interface FrameWindow {
  from: number;
  to: number;
}
