/**
 * What a video platform takes, as data: one file a target in `templates/platforms`. Every number says where it is from,
 * when it was looked up and how good that source is; only what the platform itself publishes may keep a film back.
 */
import { z } from 'zod';
import { StudioError } from '../errors.ts';
import { COUNTING } from '../targets/rules.ts';
import { TARGET_CANVAS } from '../timeline/targets.ts';
import type { BuiltInTarget } from '../timeline/targets.ts';
import { because } from './problems.ts';

/** Targets of films, and the small copy that the cutting room plays. */
export type PlatformTarget = BuiltInTarget | 'preview';
export const PLATFORM_TARGETS = [
  ...(Object.keys(TARGET_CANVAS) as [BuiltInTarget, ...BuiltInTarget[]]),
  'preview' as const,
] as const;

/**
 * How good a source is. official: a page of the platform itself, or a law or standard; page: wording of the platform's
 * upload page as captured in somebody's code; code: a number in third-party code; weak: unofficial pages and what nobody
 * checked; own: the studio's own choice.
 */
export const GRADES = ['official', 'page', 'code', 'weak', 'own'] as const;
export type Grade = (typeof GRADES)[number];

const proof = { source: z.string().min(1), checked: z.iso.date(), grade: z.enum(GRADES) };
const isAddressed = (of: { source: string; grade: Grade }): boolean =>
  of.grade !== 'official' || /^https:\/\/\S+\.\S+/.test(of.source);
const ADDRESSED = because('address', 'source: an official number names its page (https://…)');

const limit = z
  .strictObject({
    min: z.number().nonnegative().exactOptional(),
    max: z.number().positive().exactOptional(),
    anyOf: z.array(z.string().min(1)).min(1).exactOptional(),
    /** The platform recommends it and takes others too: it only warns, whatever its source. */
    advised: z.literal(true).exactOptional(),
    ...proof,
  })
  .refine((l) => l.min !== undefined || l.max !== undefined || l.anyOf !== undefined, because('none', 'says no number'))
  .refine((l) => l.min === undefined || l.max === undefined || l.min <= l.max, because('range', 'min is more than max'))
  .refine(isAddressed, ADDRESSED);
export type PlatformLimit = z.infer<typeof limit>;
const limits = z.array(limit).min(1);

const number = z.strictObject({ value: z.int().positive(), ...proof }).refine(isAddressed, ADDRESSED);
const name = z.strictObject({ value: z.string().min(1), ...proof }).refine(isAddressed, ADDRESSED);

/** Limits of a finished film by what is measured: bytes, microseconds, pixels, frames a second, kbit/s, Hz. */
const filmLimits = z.strictObject({
  bytes: limits.exactOptional(),
  durationUs: limits.exactOptional(),
  container: limits.exactOptional(),
  codec: limits.exactOptional(),
  pixelFormat: limits.exactOptional(),
  shortSide: limits.exactOptional(),
  longSide: limits.exactOptional(),
  frameRate: limits.exactOptional(),
  /** Average of the picture. */
  videoKbit: limits.exactOptional(),
  /** The second that takes most. */
  peakKbit: limits.exactOptional(),
  /** Longest distance from one key frame to the next. */
  keyFrameUs: limits.exactOptional(),
  audioKbit: limits.exactOptional(),
  audioChannels: limits.exactOptional(),
  audioRate: limits.exactOptional(),
});

const film = z.strictObject({
  codec: name,
  profile: name.exactOptional(),
  pixelFormat: name,
  /** For 1920 × 1080 pixels; larger canvases in proportion. */
  maxRateKbit: number.exactOptional(),
  keyFrameFrames: number,
  audioKbit: number.exactOptional(),
});

const thousandths = z.int().min(0).max(500);
const safeArea = z.strictObject({
  unit: z.literal('thousandths of the canvas'),
  top: thousandths,
  right: thousandths,
  bottom: thousandths,
  left: thousandths,
  source: proof.source,
  checked: proof.checked,
});

/** What is told of one cover the platform shows (with a ratio), or of all of them. */
const cover = z
  .strictObject({
    ratio: z
      .string()
      .regex(/^[1-9]\d?:[1-9]\d?$/)
      .exactOptional(),
    width: z.int().positive().exactOptional(),
    height: z.int().positive().exactOptional(),
    minWidth: z.int().positive().exactOptional(),
    minHeight: z.int().positive().exactOptional(),
    maxBytes: z.int().positive().exactOptional(),
    /** What the platform lays nothing over. */
    safe: safeArea.exactOptional(),
    ...proof,
  })
  .refine(isAddressed, ADDRESSED);

const isPattern = (text: string): boolean => {
  try {
    return new RegExp(text, 'u').source !== '';
  } catch {
    return false;
  }
};
const words = z.strictObject({
  count: z.enum(COUNTING),
  limits,
  /** Regular expression of the whole text: what the platform's own field takes. */
  allowed: z
    .strictObject({ pattern: z.string().refine(isPattern, because('pattern', 'no regular expression')), ...proof })
    .exactOptional(),
});

const post = z.strictObject({
  title: words.exactOptional(),
  shortTitle: words.exactOptional(),
  text: words.exactOptional(),
  /** How many, and how long all of them are together. */
  topics: z
    .strictObject({ limits, together: z.strictObject({ count: z.enum(COUNTING), limits }).exactOptional() })
    .exactOptional(),
});

const canvas = z.strictObject({
  width: z.int().positive(),
  height: z.int().positive(),
  frameRate: z.string().regex(/^\d+\/\d+$/),
});

export const platformProfile = z.strictObject({
  format: z.literal('tongxin-platform/1'),
  /** One of {@link PLATFORM_TARGETS}, or as the office calls a platform of its own: a folder and an argument are named so. */
  target: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/),
  /** As people call it; the Chinese one is part of the names of its films. */
  name: z.strictObject({ zh: z.string().min(1).max(12), en: z.string().min(1).max(24) }),
  /** Null: as the source. */
  canvas: canvas.nullable(),
  /** Of what is made as the source and no larger than this, pixels. */
  shortSide: number.exactOptional(),
  safeArea: safeArea.exactOptional(),
  film,
  limits: filmLimits,
  covers: z.array(cover),
  post,
  /** When a post may be scheduled, from the moment of the upload. */
  schedule: z
    .strictObject({ earliestMinutes: z.int().positive(), latestMinutes: z.int().positive(), ...proof })
    .refine(
      (s) => s.earliestMinutes < s.latestMinutes,
      because('window', 'earliestMinutes is not before latestMinutes'),
    )
    .exactOptional(),
  /** A visible logo in the picture costs reach. */
  logo: z.strictObject({ demoted: z.literal(true), ...proof }).exactOptional(),
});
export type PlatformProfile = z.infer<typeof platformProfile>;
export type MeasuredKind = keyof PlatformProfile['limits'];

/**
 * Reads one profile. `file` names it in the refusal.
 * Error: bad_input {what}, which begins with the file and the place in it
 * (`templates/platforms/douyin.json: limits.bytes.0.checked: …`).
 */
export function parsePlatform(json: unknown, file: string): PlatformProfile {
  const read = platformProfile.safeParse(json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const place = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
  throw new StudioError('bad_input', { what: `${file}: ${place}${issue?.message ?? ''}` }, { cause: read.error });
}
