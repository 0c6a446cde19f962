/** The platforms there are for a workspace: the program's own, as the office changed them, and the office's. */
import { StudioError } from '../errors.ts';
import { TARGET_CANVAS } from '../timeline/targets.ts';
import type { BuiltInTarget, CanvasSize } from '../timeline/targets.ts';
import { safeAreaOf } from '../timeline/safe-areas.ts';
import type { SafeArea } from '../timeline/safe-areas.ts';
import { platformOf } from './load.ts';
import type { PlatformProfile } from './profile.ts';

/** By name, in the order in which they are listed: the program's own first. Without the cutting room's `preview`. */
export type PlatformBook = ReadonlyMap<string, PlatformProfile>;

const BUILT_IN = Object.keys(TARGET_CANVAS) as BuiltInTarget[];
let builtIn: PlatformBook | null = null;

/** The platforms as the program has them. Error: bad_input (a damaged file). */
export function builtInBook(): PlatformBook {
  builtIn ??= new Map(BUILT_IN.map((target) => [target, platformOf(target)]));
  return builtIn;
}

/** The program's own with what the office made of them; `own`: changed and added ones. */
export function bookWith(own: Iterable<PlatformProfile>): PlatformBook {
  const book = new Map(builtInBook());
  for (const profile of own) book.set(profile.target, profile);
  return book;
}

/** Error: bad_input {what: "targets: …"} for a platform that there is not. */
export function inBook(book: PlatformBook, target: string): PlatformProfile {
  const profile = book.get(target);
  if (!profile) throw new StudioError('bad_input', { what: `targets: ${target}` });
  return profile;
}

/** Whether a platform's films are as their source: no canvas of its own, so that pictures may be copied for it. */
export const isAsSource = (book: PlatformBook, target: string): boolean => book.get(target)?.canvas === null;

/** What the platform lays nothing over; of one that says nothing (archive) that of the platform whose canvas has the nearest shape. */
export function safeAreaIn(book: PlatformBook, target: string | null, canvas: CanvasSize): SafeArea {
  const own = target === null ? undefined : book.get(target)?.safeArea;
  if (!own) return safeAreaOf(null, canvas);
  const { top, right, bottom, left } = own;
  return { top, right, bottom, left };
}

/** Of a film as it is looked at: that of its first platform, where it is seen on the canvas of that; else of any of its shape. */
export function safeAreaSeen(book: PlatformBook, first: string | undefined, canvas: CanvasSize): SafeArea {
  const of = first === undefined ? null : book.get(first)?.canvas;
  const seen = of?.width === canvas.width && of.height === canvas.height;
  return safeAreaIn(book, seen && first !== undefined ? first : null, canvas);
}
