/**
 * The film as spans of whole frames, each a segment: a clip, or a dissolve or wipe between two. A fade through black or white
 * is part of its clips. Around a dissolve both clips go on beyond their cut as far as their sources reach; then a picture stands.
 */
import { halfOf } from '../../model/timeline/index.ts';
import type { Ending, Rational, Transition } from '../../model/timeline/index.ts';
import { frameTimeUs, secondsOf, stepUs } from './piece.ts';
import type { Piece } from './piece.ts';

/** A clip's piece and its place in the film. */
export interface Slot extends Piece {
  from: number;
}

/** Frames of a clip that come out of a colour or go into it, and how far they are there: `first` frames are over already. */
export interface Fade {
  way: 'in' | 'out';
  colour: 'black' | 'white';
  frames: number;
  /** Of the span, counted from its first frame; may lie before it. */
  start: number;
}

export interface Span {
  clipId: string;
  from: number;
  frames: number;
  piece: Piece;
  fades: Fade[];
  /** The film goes out in it: with all that lies over its picture. */
  ending: Fade | null;
  /** Of a dissolve or wipe: what comes in. `done`: frames of it that are over before this span. */
  next: { piece: Piece; clipId: string; kind: 'dissolve' | 'wipe'; length: number; done: number } | null;
}

const framesOf = (us: number, { num, den }: Rational): number => Math.round((us * num) / (1_000_000 * den));

/** The transition into slot `i`, on the grid: half its length in frames. Null where it is a cut. */
function intoSlot(slots: readonly Slot[], i: number): { kind: Transition['kind']; half: number } | null {
  const slot = slots[i];
  const asked = slot?.clip.transition;
  if (!slot || !asked) return null;
  const before = slots[i - 1];
  const half = halfOf(framesOf(asked.lengthUs, slot.rate), before?.frames ?? slot.frames, slot.frames);
  const kind = before || asked.kind === 'white' ? asked.kind : 'black';
  return half > 0 ? { kind, half } : null;
}

const isFade = (kind: Transition['kind']): kind is 'black' | 'white' => kind === 'black' || kind === 'white';

/** So many frames of a slot from its frame `first` on, which may lie before its first one or behind its last. */
function partOf(slot: Slot, first: number, frames: number): Piece {
  const { from: _from, ...piece } = slot;
  if (piece.source.kind === 'image' || piece.clip.heldUs !== undefined) return { ...piece, frames, offset: first };
  // The frame that is read first: backwards it comes out last.
  const start = slot.clip.reversed ? slot.frames - first - frames : first;
  const beyond = Math.max(0, start + frames - slot.frames);
  const end = slot.clip.outUs + stepUs(slot, beyond);
  const untilUs = Math.min(slot.asset.durationUs ?? end, end);
  const inside = start >= 0 && beyond === 0;
  if (start >= 0) {
    const zeroUs = slot.zeroUs + stepUs(slot, start);
    // A part that ends before its clip does knows nothing of the clip's end.
    const ends = inside && start + frames < slot.frames ? { untilUs: zeroUs + stepUs(slot, frames) } : {};
    return { ...piece, zeroUs, frames, offset: first, ...(inside ? ends : { untilUs }) };
  }
  // As many frames before the in point as there are.
  const there = Math.min(-start, Math.floor((slot.zeroUs * 30) / stepUs(slot, 30) + 1e-6));
  const zeroUs = Math.max(0, slot.zeroUs - stepUs(slot, there));
  return { ...piece, zeroUs, frames, offset: first, lead: -start - there, untilUs };
}

/** What a piece that is turned round may hold at once, bytes, and the most frames of it. */
const [TURNED_BYTES, TURNED_FRAMES] = [200_000_000, 60];

/**
 * Frames of a span at most, in the long run: what a corrected caption costs, and what a broken-off render loses. Each begins with
 * a seek, so they are not short. A whole number of seconds and of all platforms' key frame distances.
 */
const SPAN_FRAMES = 420;

/** Counted from the clip's beginning, so that a later end leaves the first ones as they are; no short one is left over. */
function evenLengths(frames: number): number[] {
  const whole = Math.max(0, Math.floor(frames / SPAN_FRAMES - 0.5));
  return [...Array.from({ length: whole }, () => SPAN_FRAMES), frames - whole * SPAN_FRAMES];
}

/** Lengths of the spans a clip is cut into: where it runs backwards they fit into memory. */
function lengthsOf({ clip, source }: Slot, frames: number): number[] {
  // Where every part is read from the beginning, parts cost more than they save.
  if (!clip.reversed) return source.picture.seeks === false ? [frames] : evenLengths(frames);
  const { width, height, hdr } = source.picture;
  const most = Math.floor(TURNED_BYTES / (width * height * 1.5 * (hdr ? 2 : 1)));
  const each = Math.max(8, Math.min(TURNED_FRAMES, most));
  return Array.from({ length: Math.ceil(frames / each) }, (_, i) => Math.min(each, frames - i * each));
}

/** Frames of the last clip in which the film goes out. */
export function endingFrames(slots: readonly Slot[], ending: Ending | undefined): number {
  const last = slots.at(-1);
  return ending && last ? Math.min(last.frames, Math.max(1, framesOf(ending.lengthUs, last.rate))) : 0;
}

/** The transition into a slot as a span of its own; none where it is a cut or a fade. */
function joinSpan(slots: readonly Slot[], i: number): Span[] {
  const [slot, before, into] = [slots[i], slots[i - 1], intoSlot(slots, i)];
  if (!slot || !before || !into || isFade(into.kind)) return [];
  const length = 2 * into.half;
  return [
    {
      ...{ clipId: slot.clip.id, from: slot.from - into.half, frames: length, fades: [], ending: null },
      piece: partOf(before, before.frames - into.half, length),
      next: { piece: partOf(slot, -into.half, length), clipId: slot.clip.id, kind: into.kind, length, done: 0 },
    },
  ];
}

/** What of a slot is no transition, and the fades in it. */
function ownSpans(slots: readonly Slot[], i: number, parts: boolean): Span[] {
  const slot = slots[i];
  if (!slot) return [];
  const [into, out] = [intoSlot(slots, i), intoSlot(slots, i + 1)];
  const head = into && !isFade(into.kind) ? into.half : 0;
  const tail = out && !isFade(out.kind) ? out.half : 0;
  const frames = slot.frames - head - tail;
  if (frames <= 0) return [];
  const fades: Fade[] = [
    ...(into && isFade(into.kind) ? [{ way: 'in' as const, colour: into.kind, frames: into.half, start: 0 }] : []),
    ...(out && isFade(out.kind)
      ? [{ way: 'out' as const, colour: out.kind, frames: out.half, start: frames - out.half }]
      : []),
  ];
  let done = 0;
  const lengths = parts || slot.clip.reversed === true ? lengthsOf(slot, frames) : [frames];
  return lengths.map((length): Span => {
    const first = head + done;
    const piece = first === 0 && length === slot.frames ? slot : partOf(slot, first, length);
    const here = fades.map((fade) => ({ ...fade, start: fade.start - done })).filter((fade) => touches(fade, length));
    done += length;
    return {
      clipId: slot.clip.id,
      from: slot.from + first,
      frames: length,
      piece,
      fades: here,
      ending: null,
      next: null,
    };
  });
}

/** Whether a fade changes any of so many frames; one into a colour also changes what is behind it. */
const touches = ({ way, start, frames }: Fade, length: number): boolean =>
  way === 'in' ? start + frames > 0 : start < length;

/** Cuts the film into spans. `ending`: how it goes out; `parts` false: a take is one span, however long. */
export function spansOf(slots: readonly Slot[], ending?: Ending, parts = true): Span[] {
  const spans = slots.flatMap((_, i) => [...joinSpan(slots, i), ...ownSpans(slots, i, parts)]);
  const fading = endingFrames(slots, ending);
  if (!ending || fading === 0) return spans;
  const last = slots.at(-1);
  const start = (last ? last.from + last.frames : 0) - fading;
  return spans.map((span) => {
    const fade: Fade = { way: 'out', colour: ending.kind, frames: fading, start: start - span.from };
    return touches(fade, span.frames) ? { ...span, ending: fade } : span;
  });
}

/** So many frames of a span of one clip, from its frame `first` on. */
function partOfSpan(span: Span, slot: Slot, first: number, frames: number): Span {
  const moved = (fade: Fade): Fade => ({ ...fade, start: fade.start - first });
  const ending = span.ending && moved(span.ending);
  return {
    ...{ clipId: span.clipId, from: span.from + first, frames, next: null },
    piece: partOf(slot, span.from - slot.from + first, frames),
    fades: span.fades.map(moved).filter((fade) => touches(fade, frames)),
    ending: ending && touches(ending, frames) ? ending : null,
  };
}

/** A part of the film that is copied: within one clip, away from its transitions. */
export interface CopyRun {
  clipId: string;
  /** First frame in the film, and of the source. */
  from: number;
  sourceFrame: number;
  frames: number;
}

/** A span, and what of its source is copied for it. */
export type CutSpan = Span & { copy?: { sourceFrame: number } };

/** Cuts spans (whole takes) at the edges of what is copied; the rest of them into the usual lengths. */
export function cutSpans(spans: readonly Span[], slots: readonly Slot[], runs: readonly CopyRun[]): CutSpan[] {
  return spans.flatMap((span): CutSpan[] => {
    const slot = slots.find(({ clip }) => clip.id === span.clipId);
    if (!slot || span.next || slot.clip.reversed === true) return [span];
    const parts: CutSpan[] = [];
    let first = 0;
    const encodeUpTo = (end: number): void => {
      for (const length of end > first ? lengthsOf(slot, end - first) : []) {
        parts.push(length === span.frames ? span : partOfSpan(span, slot, first, length));
        first += length;
      }
    };
    for (const { from, frames, sourceFrame } of runs.filter((run) => holds(span, run))) {
      encodeUpTo(from - span.from);
      parts.push({ ...partOfSpan(span, slot, first, frames), copy: { sourceFrame } });
      first += frames;
    }
    encodeUpTo(span.frames);
    return parts;
  });
}

const holds = (span: Span, run: CopyRun): boolean =>
  run.clipId === span.clipId && run.from >= span.from && run.from + run.frames <= span.from + span.frames;

/** One frame of a span, `n` from its first. */
export function frameOfSpan(span: Span, n: number): Span {
  const one = (piece: Piece): Piece => {
    const zeroUs = piece.source.kind === 'image' ? piece.zeroUs : frameTimeUs(piece, n);
    return { ...piece, zeroUs, frames: 1, offset: piece.offset + n, lead: 0 };
  };
  return {
    ...{ clipId: span.clipId, from: span.from + n, frames: 1, piece: one(span.piece) },
    fades: span.fades.map((fade) => ({ ...fade, start: fade.start - n })),
    ending: span.ending && { ...span.ending, start: span.ending.start - n },
    next: span.next && { ...span.next, piece: one(span.next.piece), done: n },
  };
}

/**
 * Frames at the beginning and end of a clip in which its sound comes and goes with its transitions; `ending`: those in which the
 * last one goes out.
 */
export function soundFades(slots: readonly Slot[], i: number, ending = 0): { into: number; out: number } {
  const out = i === slots.length - 1 ? ending : (intoSlot(slots, i + 1)?.half ?? 0);
  return { into: intoSlot(slots, i)?.half ?? 0, out };
}

/** One that began before the span is told by time: frames are counted from the span's first. */
function fadeFilter({ way, colour, frames, start }: Fade, rate: Rational): string {
  if (start >= 0) return `,fade=type=${way}:start_frame=${start}:nb_frames=${frames}:color=${colour}`;
  const by = secondsOf(-start, rate);
  const fade = `fade=type=${way}:start_time=0:duration=${secondsOf(frames, rate)}:color=${colour}`;
  return `,setpts=PTS+${by}/TB,${fade},setpts=PTS-${by}/TB`;
}

/** Filters of a span's fades, a comma before each. One frame gets the value it has in the whole. */
export function fadeFilters(fades: readonly Fade[], frames: number, rate: Rational): string {
  return fades
    .map(({ way, colour, frames: length, start }) => {
      if (frames > 1) return fadeFilter({ way, colour, frames: length, start }, rate);
      const passed = Math.min(1, Math.max(0, -start / length));
      const share = (way === 'in' ? passed : 1 - passed).toFixed(6);
      const ground = colour === 'black' ? 16 : 235;
      return `,lutyuv=y=${ground}+(val-${ground})*${share}:u=128+(val-128)*${share}:v=128+(val-128)*${share}`;
    })
    .join('');
}
