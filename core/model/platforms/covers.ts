/** The covers a platform shows, by its profile: one picture a shape, shared by all platforms of it that are not framed by themselves. */
import { COVER_LOOKS } from '../timeline/cover-looks.ts';
import { platformFrameOf } from '../timeline/covers.ts';
import type { FilmCover } from '../timeline/cover-shape.ts';
import { isBuiltInTarget } from '../timeline/targets.ts';
import type { CanvasSize } from '../timeline/targets.ts';
import type { SafeArea } from '../timeline/safe-areas.ts';
import { builtInBook, inBook } from './book.ts';
import type { PlatformBook } from './book.ts';
import { checkLimit } from './checks.ts';
import type { LimitCheck } from './checks.ts';
import type { PlatformProfile } from './profile.ts';

export interface CoverShape extends CanvasSize {
  /** Width to height as the profiles say it: "3:4". */
  shape: string;
  /** Platforms that show it. */
  targets: string[];
  /** What none of them lays anything over, thousandths. */
  safe: SafeArea;
  /** No file may be larger; null: nothing is known. */
  maxBytes: number | null;
  /** The one platform that it is framed for by itself; left out: as its shape is framed. */
  alone?: string;
}

/** Shorter side of a cover of which only the ratio is known, pixels: that of the films. */
const SHORT_SIDE = 1080;
/** Room that is kept free where a profile says nothing, thousandths. */
const USUAL: SafeArea = { top: 60, right: 60, bottom: 120, left: 60 };

type Entry = PlatformProfile['covers'][number];

function sizeOf(entry: Entry): CanvasSize | null {
  if (entry.width !== undefined && entry.height !== undefined) return { width: entry.width, height: entry.height };
  const [across = 0, down = 0] = (entry.ratio ?? '').split(':').map(Number);
  if (across === 0 || down === 0) return null;
  const by = SHORT_SIDE / Math.min(across, down);
  return { width: Math.round(across * by), height: Math.round(down * by) };
}

const least = (values: readonly (number | undefined)[]): number | null => {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? null : Math.min(...known);
};

/** Covers of one platform, in the order of its profile; none for a target that nobody uploads. */
export function coversOf(target: string, book: PlatformBook = builtInBook()): Omit<CoverShape, 'targets'>[] {
  const { covers } = inBook(book, target);
  const maxBytes = least(covers.map((entry) => entry.maxBytes));
  return covers.flatMap((entry) => {
    const size = sizeOf(entry);
    if (!size || entry.ratio === undefined) return [];
    const { top, right, bottom, left } = entry.safe ?? USUAL;
    return [{ shape: entry.ratio, ...size, safe: { top, right, bottom, left }, maxBytes }];
  });
}

const widest = (a: SafeArea, b: SafeArea): SafeArea => ({
  top: Math.max(a.top, b.top),
  right: Math.max(a.right, b.right),
  bottom: Math.max(a.bottom, b.bottom),
  left: Math.max(a.left, b.left),
});

/** Whether a picture made for `there` keeps what `one` asks for, so that both can have it. */
const serves = (there: CoverShape, one: Omit<CoverShape, 'targets'>): boolean => {
  const { top, right, bottom, left } = widest(there.safe, one.safe);
  const same = { top, right, bottom, left };
  const roomy = (Object.keys(same) as (keyof SafeArea)[]).every((edge) => same[edge] === there.safe[edge]);
  return roomy && (one.maxBytes === null || (there.maxBytes !== null && there.maxBytes <= one.maxBytes));
};

/**
 * Every cover of all platforms, each shape and size once, upright ones first. What is in it does not depend on the platforms that a
 * film is made for: a picture looks the same whoever else gets one. A platform that an office added takes the picture of the
 * program's own platforms where that does for it, and has one of its own elsewhere: theirs stay as they are.
 */
export function coverShapes(book: PlatformBook = builtInBook()): CoverShape[] {
  const all = new Map<string, CoverShape>();
  for (const target of book.keys()) {
    for (const one of coversOf(target, book)) {
      const key = `${one.shape} ${one.width}x${one.height}`;
      const there = all.get(key);
      if (there && !isBuiltInTarget(target)) {
        if (serves(there, one)) all.set(key, { ...there, targets: [...there.targets, target] });
        else all.set(`${key} ${target}`, { ...one, targets: [target] });
        continue;
      }
      const most = least([there?.maxBytes ?? undefined, one.maxBytes ?? undefined]);
      all.set(
        isBuiltInTarget(target) ? key : `${key} ${target}`,
        there
          ? { ...there, targets: [...there.targets, target], safe: widest(there.safe, one.safe), maxBytes: most }
          : { ...one, targets: [target] },
      );
    }
  }
  return [...all.values()].sort((a, b) => a.width / a.height - b.width / b.height);
}

/** Each shape once, as the first has it, for all who show it: a person frames a shape and not a file. */
export const eachShapeOnce = (shapes: readonly CoverShape[]): CoverShape[] =>
  [...new Set(shapes.map(({ shape }) => shape))].flatMap((shape) => {
    const same = shapes.filter((one) => one.shape === shape);
    return same.slice(0, 1).map((one) => ({ ...one, targets: same.flatMap(({ targets }) => targets) }));
  });

/**
 * The pictures of a film's cover: `shapes` as they are, and beside each one more for every platform that has its own framing of that
 * shape; the shape's own is left out where nobody shows it any more.
 */
export const coverPictures = (shapes: readonly CoverShape[], cover: FilmCover | null | undefined): CoverShape[] =>
  shapes.flatMap((one) => {
    const isAlone = (target: string): boolean =>
      platformFrameOf(cover ?? undefined, { shape: one.shape, target }) !== undefined;
    const alike = one.targets.filter((target) => !isAlone(target));
    const alone = one.targets.filter(isAlone).map((target) => ({ ...one, targets: [target], alone: target }));
    return alike.length > 0 ? [{ ...one, targets: alike }, ...alone] : alone;
  });

/**
 * What covers of films are made by besides the timeline: a part of what is approved, so that other looks or sizes are another cover.
 * Of the program's own platforms, as the office changed them; the covers of one that was added stand in its own profile.
 */
export const filmCoverRules = (book: PlatformBook = builtInBook()) => {
  const known = new Map([...book].filter(([target]) => isBuiltInTarget(target)));
  return { format: 'tongxin-film-cover/1', looks: COVER_LOOKS, shapes: coverShapes(known) } as const;
};

/** Every limit a platform's profile has for its covers, against a file. */
export function checkCover(profile: PlatformProfile, file: CanvasSize & { bytes: number }): LimitCheck[] {
  return profile.covers.flatMap(({ minWidth, minHeight, maxBytes, source, checked, grade }) => {
    const proof = { source, checked, grade };
    return [
      ...(minWidth === undefined ? [] : [checkLimit('coverWidth', { min: minWidth, ...proof }, file.width)]),
      ...(minHeight === undefined ? [] : [checkLimit('coverHeight', { min: minHeight, ...proof }, file.height)]),
      ...(maxBytes === undefined ? [] : [checkLimit('coverBytes', { max: maxBytes, ...proof }, file.bytes)]),
    ];
  });
}
