/** What the shapes of a timeline are built from. */
import { z } from 'zod';

/** Longest time a timeline can name: 100 hours. Sums of 20,000 of them are still exact integers. */
export const MAX_TIME_US = 100 * 3600 * 1_000_000;

export const timeUs = z.int().min(0).max(MAX_TIME_US);
export const lengthUs = z.int().min(1).max(MAX_TIME_US);
/** How a picture of another shape fills a canvas. */
export const fit = z.enum(['blur', 'crop', 'contain']);
export type Fit = z.infer<typeof fit>;
/** Identifiers: letters, digits, "-" and "_", so that a path can never pose as one. */
export const itemId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
/** A platform as its profile is named. */
export const targetName = z.string().regex(/^[a-z0-9-]{1,40}$/);

/**
 * Control characters (line feed aside), lone surrogates and non-characters, which XML, ASS or RFC 8785 cannot hold. Not a
 * pattern of the JSON Schema: not every validator's regular expressions know such classes.
 */
const UNSTORABLE = /(?!\n)\p{Cc}|[\p{Cs}\uFFFE\uFFFF]/u;
const UNSTORABLE_TOLD = 'holds a character that cannot be stored';
/** Longest text of a cue, in UTF-16 units. */
export const MAX_CUE_TEXT = 2000;
/** Text of a caption or title: lines separated by a line feed. */
export const cueText = z
  .string()
  .max(MAX_CUE_TEXT)
  .refine((text) => !UNSTORABLE.test(text), UNSTORABLE_TOLD);
/** The shape of a text of one line. */
export const label = (min: number, max: number) =>
  z
    .string()
    .min(min)
    .max(max)
    .refine((text) => !UNSTORABLE.test(text) && !text.includes('\n'), UNSTORABLE_TOLD);
