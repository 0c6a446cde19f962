/**
 * Smart cut: which frames of a film that is to be as its source are taken over as they are coded. What is copied begins at a key
 * frame that decoding can begin at and ends where everything shown before is coded before, so both edges are exact and no frame
 * that was cut away stays in the file. A clip whose picture is changed in any way is encoded.
 */
import { COPY_CAUSES, copyReportOf } from '../../model/contract/copying.ts';
import type { CopiedClip, CopyCause, CopyReason, CopyReport } from '../../model/contract/copying.ts';
import { overlayEndUs } from '../../model/timeline/index.ts';
import type { CanvasSize, Clip, FrameWindow, Rational, Timeline, TimelineAsset } from '../../model/timeline/index.ts';
import type { CodedPicture, FilmTool, PlanInput } from '../../ports/video.ts';
import { FILM_RATE, rateText } from './piece.ts';
import type { CopyRun, Slot, Span } from './spans.ts';

const framesOf = (us: number, { num, den }: Rational): number => (us * num) / (1_000_000 * den);

/** Fields of a clip that do not change its picture where it has the canvas's shape, and of a timeline. Any other one may. */
const HARMLESS = new Set(
  ['id', 'assetId', 'inUs', 'outUs', 'gainDb', 'muted', 'volume'].concat(['fit', 'focus', 'reframes', 'transition']),
);
const KNOWN_TABLES = new Set(
  ['version', 'canvas', 'targets', 'fit', 'assets', 'storyline', 'overlays', 'titles', 'music', 'voice'].concat([
    ...['effects', 'markers', 'groups', 'ending', 'cover', 'pack', 'captions'],
  ]),
);

const isPlainClip = (clip: Clip): boolean =>
  Object.entries(clip).every(([key, value]) => HARMLESS.has(key) || (key === 'speed' && value === '1/1'));

/** Frames that are not as in the source, and what for. */
interface Touch extends FrameWindow {
  cause: Exclude<CopyCause, 'edges'>;
}

/** Everything that is drawn on the film, on its frames; a frame more on both sides, whatever rounding does. */
function drawnOn(timeline: Timeline, rate: Rational): Touch[] {
  const { captions, titles, overlays } = timeline;
  const over = overlays.map((one) => ({ startUs: one.startUs, endUs: overlayEndUs(one) }));
  const touched = (cause: Touch['cause'], all: readonly { startUs: number; endUs: number }[]): Touch[] =>
    all.map(({ startUs, endUs }) => ({
      from: Math.floor(framesOf(startUs, rate)) - 1,
      to: Math.ceil(framesOf(endUs, rate)) + 1,
      cause,
    }));
  return [...touched('titles', titles), ...touched('captions', captions.cues), ...touched('overlays', over)];
}

/** Frames of spans that fade, dissolve or go out. */
function changing(spans: readonly Span[]): Touch[] {
  const cause = 'transitions';
  return spans.flatMap((span): Touch[] => {
    const { from, frames, fades, ending, next } = span;
    if (next) return [{ from, to: from + frames, cause }];
    return [...fades, ...(ending ? [ending] : [])].map(({ way, start, frames: length }) =>
      way === 'in' ? { from, to: from + start + length, cause } : { from: from + start, to: from + frames, cause },
    );
  });
}

/** What is left of a window without others. */
function without(window: FrameWindow, others: readonly FrameWindow[]): FrameWindow[] {
  return others.reduce<FrameWindow[]>(
    (left, { from, to }) =>
      left.flatMap((one) => {
        if (to <= one.from || from >= one.to) return [one];
        return [
          { from: one.from, to: from },
          { from: to, to: one.to },
        ].filter((part) => part.to > part.from);
      }),
    [window],
  );
}

/** Copied stretches shorter than a second are not worth their joints. */
const leastRun = ({ num, den }: Rational): number => Math.round(num / den);

const firstFrom = (ascending: readonly number[], least: number): number | undefined =>
  ascending.find((frame) => frame >= least);

/** Runs of one slot. `canvas`: of the film. */
function runsOf(
  slot: Slot,
  coded: CodedPicture,
  untouched: readonly FrameWindow[],
): { runs: CopyRun[]; reason: CopyReason } {
  const least = leastRun(slot.rate);
  const long = untouched.filter(({ from, to }) => to - from >= least);
  if (long.length === 0) return { runs: [], reason: 'touched' };
  // Frames of the source lie on the same grid: this far from those of the film.
  const shift = Math.round(framesOf(slot.zeroUs, slot.rate)) - slot.from;
  const runs = long.flatMap(({ from, to }): CopyRun[] => {
    const entry = firstFrom(coded.entries, from + shift);
    const exit = coded.exits.findLast((frame) => frame <= to + shift);
    if (entry === undefined || exit === undefined || exit - entry < least) return [];
    return [{ clipId: slot.clip.id, from: entry - shift, sourceFrame: entry, frames: exit - entry }];
  });
  return { runs, reason: runs.length > 0 ? 'copied' : 'entry_points' };
}

const isSameRate = (a: Rational, b: Rational): boolean => a.num * b.den === b.num * a.den;

function refusalOf(slot: Slot, canvas: CanvasSize, tool: FilmTool): CopyReason | null {
  const { picture, kind } = slot.source;
  const { coded } = picture;
  if (kind !== 'video' || !coded || !isPlainClip(slot.clip)) return 'touched';
  if (coded.refused) return coded.refused;
  if (!isSameRate(coded.rate, slot.rate)) return 'frame_rate';
  if (picture.width !== canvas.width || picture.height !== canvas.height) return 'shape';
  if (coded.codec === 'hevc' && tool.hasHevc !== true) return 'encoder';
  return null;
}

/** What is left to encode costs, in frames of H.264: HEVC is taken for three times as long (libx265 ultrafast against libx264 veryfast). */
const ENCODE = { h264: 1, hevc: 3 };
/** Copying a frame, of encoding one (auto-editor, partialplan.nim). */
const COPY = 1 / 32;
/** Each run of the encoder decodes from the key frame before it, at a quarter of what encoding costs, and has to start. */
const [DECODE, START] = [0.25, 10];

/** Whether copying pays: what is encoded, copied and read for it against encoding all of it. */
function pays(frames: number, runs: readonly CopyRun[], edges: number, coded: CodedPicture): boolean {
  const copied = runs.reduce((sum, run) => sum + run.frames, 0);
  const each = DECODE * coded.group + START;
  return (frames - copied) * ENCODE[coded.codec] + copied * COPY + edges * each < frames;
}

/** Stretches between runs, and at the ends of `window`, that have to be encoded. */
const edgesOf = (window: FrameWindow, runs: readonly CopyRun[]): number =>
  without(
    window,
    runs.map(({ from, frames }) => ({ from, to: from + frames })),
  ).length;

interface Candidate {
  slot: Slot;
  runs: CopyRun[];
  reason: CopyReason;
}

function candidateOf(slot: Slot, touched: readonly FrameWindow[], canvas: CanvasSize, tool: FilmTool): Candidate {
  const refused = refusalOf(slot, canvas, tool);
  const { coded } = slot.source.picture;
  if (refused || !coded) return { slot, runs: [], reason: refused ?? 'touched' };
  const window = { from: slot.from, to: slot.from + slot.frames };
  const found = runsOf(slot, coded, without(window, touched));
  if (found.runs.length === 0 || pays(slot.frames, found.runs, edgesOf(window, found.runs), coded)) {
    return { slot, ...found };
  }
  return { slot, runs: [], reason: 'long_groups' };
}

const copiedIn = (runs: readonly CopyRun[]): number => runs.reduce((sum, { frames }) => sum + frames, 0);

/** The settings with the most frames to copy: pictures of others cannot stand beside them. */
function leading(all: readonly Candidate[]): CodedPicture | null {
  const found = new Map<string, { coded: CodedPicture; frames: number }>();
  for (const { slot, runs } of all) {
    const { coded } = slot.source.picture;
    if (!coded || runs.length === 0) continue;
    const before = found.get(coded.sets)?.frames ?? 0;
    found.set(coded.sets, { coded, frames: before + copiedIn(runs) });
  }
  return [...found.values()].sort((a, b) => b.frames - a.frames)[0]?.coded ?? null;
}

/** What is said of a film of which nothing is copied: the reason of most of its frames. */
function commonReason(all: readonly Candidate[]): CopyReason {
  const frames = new Map<CopyReason, number>();
  for (const { slot, reason } of all) frames.set(reason, (frames.get(reason) ?? 0) + slot.frames);
  return [...frames].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'touched';
}

export interface Copying {
  report: CopyReport;
  runs: CopyRun[];
  /** Of the pictures that are copied; null: none are. */
  coded: CodedPicture | null;
  /** What is encoded beside them keeps this matrix; null: it becomes BT.709 as always. */
  matrix: 'bt601' | null;
}

const sizeOf = (windows: readonly FrameWindow[]): number => windows.reduce((sum, { from, to }) => sum + to - from, 0);

/** What the frames of a clip that are not in `runs` were encoded for, each counted once. */
function causesOf(slot: Slot, runs: readonly CopyRun[], touched: readonly Touch[]): NonNullable<CopiedClip['causes']> {
  const copied = runs.map(({ from, frames }) => ({ from, to: from + frames }));
  let left = without({ from: slot.from, to: slot.from + slot.frames }, copied);
  const found: NonNullable<CopiedClip['causes']> = [];
  for (const cause of COPY_CAUSES) {
    const windows = touched.filter((one) => one.cause === cause);
    const rest = cause === 'edges' ? [] : left.flatMap((window) => without(window, windows));
    const frames = sizeOf(left) - sizeOf(rest);
    if (frames > 0) found.push({ cause, frames });
    left = rest;
  }
  return found;
}

function reportOf(
  all: readonly Candidate[],
  reason: CopyReason,
  of: { assets: readonly TimelineAsset[]; touched: readonly Touch[] },
): CopyReport {
  const names = new Map(of.assets.map(({ assetId, name }) => [assetId, name]));
  const clips = all.map(({ slot, runs, reason: own }): CopiedClip => {
    const copied = reason === 'copied' ? copiedIn(runs) : 0;
    const said = reason === 'copied' || own !== 'copied' ? own : reason;
    const causes = copied > 0 && copied < slot.frames ? { causes: causesOf(slot, runs, of.touched) } : {};
    const name = names.get(slot.clip.assetId);
    const named = name === undefined ? {} : { name };
    return { clipId: slot.clip.id, reason: said, copied, encoded: slot.frames - copied, ...named, ...causes };
  });
  return copyReportOf(reason, clips);
}

/**
 * What of a film of `canvas` is copied, at the rate of its slots. `spans`: whole takes (`spansOf` without parts).
 */
export function planCopying(
  input: Pick<PlanInput, 'timeline' | 'tool' | 'draft' | 'aiMade'>,
  slots: readonly Slot[],
  spans: readonly Span[],
  canvas: CanvasSize,
): Copying {
  const { timeline, tool, draft, aiMade } = input;
  const { assets } = timeline;
  const nothing = (all: readonly Candidate[], reason: CopyReason): Copying => ({
    ...{ report: reportOf(all, reason, { assets, touched: [] }), runs: [], coded: null, matrix: null },
  });
  const whole = (reason: CopyReason): Copying =>
    nothing(
      slots.map((slot) => ({ slot, runs: [], reason })),
      reason,
    );
  if (draft) return whole('draft');
  // What must be labelled is never copied, also where the label itself is not.
  if (aiMade) return whole('ai_made');
  if (!Object.keys(timeline).every((key) => KNOWN_TABLES.has(key))) return whole('touched');
  const rate = slots[0]?.rate ?? FILM_RATE;
  const touched = [...drawnOn(timeline, rate), ...changing(spans)];
  const found = slots.map((slot) => candidateOf(slot, touched, canvas, tool));
  const coded = leading(found);
  if (!coded) return nothing(found, commonReason(found));
  const all = found.map((one): Candidate =>
    one.runs.length > 0 && one.slot.source.picture.coded?.sets !== coded.sets
      ? { ...one, runs: [], reason: 'other_settings' }
      : one,
  );
  // Small pictures without a colour mark are BT.601: only among their like.
  const small = all.some(({ slot, runs }) => runs.length > 0 && slot.source.picture.matrix === 'bt601');
  if (small && (touched.length > 0 || all.some(({ runs }) => runs.length === 0))) return nothing(all, 'colours');
  const runs = all.flatMap((one) => one.runs);
  const frames = slots.reduce((sum, slot) => sum + slot.frames, 0);
  const edges = edgesOf({ from: 0, to: frames }, runs);
  if (!pays(frames, runs, edges, coded)) return nothing(all, 'long_groups');
  return { report: reportOf(all, 'copied', { assets, touched }), runs, coded, matrix: small ? 'bt601' : null };
}

/**
 * Rates at which a film could copy pictures, the one that most of it is shown at first; 30 where there is none. All that is copied into one
 * film has one rate: a player counts its frames evenly.
 */
export function ratesToCopy(slots: readonly Slot[]): Rational[] {
  const found = new Map<string, { rate: Rational; frames: number }>();
  for (const { source, frames } of slots) {
    const { coded } = source.picture;
    if (!coded || coded.refused) continue;
    const key = rateText(coded.rate);
    found.set(key, { rate: coded.rate, frames: (found.get(key)?.frames ?? 0) + frames });
  }
  const rates = [...found.values()].sort((a, b) => b.frames - a.frames).map(({ rate }) => rate);
  return rates.length > 0 ? rates : [FILM_RATE];
}

/** Filters that only read a picture of the film's own size and rate. */
const READING = new Set(['settb', 'setpts', 'trim', 'fps', 'tpad', 'scale', 'format', 'setsar']);

/** Whether encoding a segment would do nothing to its picture; what is to be copied has to be such a one. */
export function isUntouched({ ass, masks, over, graph }: PlanEncoded): boolean {
  const [input = '', ...more] = graph.split(';');
  const names = input
    .replace(/^\[\d+:\d+\]/, '')
    .replace(/\[v\]$/, '')
    .split(',')
    .map((filter) => filter.split('=')[0] ?? '');
  const once =
    names.filter((name) => name === 'setpts').length === 1 && names.filter((n) => n === 'scale').length === 1;
  return ass === null && masks.length + over.length + more.length === 0 && once && names.every((n) => READING.has(n));
}

interface PlanEncoded {
  ass: string | null;
  masks: readonly string[];
  over: readonly unknown[];
  graph: string;
}
