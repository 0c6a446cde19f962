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
