/** The caption table: what every caption format is read into and written from. */
import { z } from 'zod';
import { cueText } from './text.ts';

/** Times are integer microseconds; at most this many, about 285 years, so that sums stay exact. */
const us = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const yes = z.literal(true);

/**
 * How a whole cue looks. A field that is absent means the usual: upright, regular, bottom centre.
 * `align` is the place as on the number block of a keyboard: 1–3 bottom, 4–6 middle, 7–9 top, each left to right.
 */
export const cueStyle = z.strictObject({
  align: z.number().int().min(1).max(9).optional(),
  bold: yes.optional(),
  italic: yes.optional(),
  underline: yes.optional(),
  strike: yes.optional(),
});
export type CueStyle = z.infer<typeof cueStyle>;

export const MAX_CUE_ID = 200;
export const MAX_SPEAKER = 80;

const oneLine = (max: number): z.ZodString =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u);

/**
 * One caption. `text` is plain (no markup) in the form {@link cueText} gives: lines parted by `\n`, none empty,
 * none with white space around it. `startUs` is inclusive, `endUs` exclusive.
 */
export const cue = z
  .strictObject({
    id: oneLine(MAX_CUE_ID)
      .refine((id) => !id.includes('-->'))
      .optional(),
    startUs: us,
    endUs: us,
    text: z
      .string()
      .min(1)
      .refine((text) => text === cueText(text), 'plain lines, none empty, no control characters'),
    style: cueStyle.optional(),
    speaker: oneLine(MAX_SPEAKER).optional(),
  })
  .refine((c) => c.endUs > c.startUs, 'a cue ends after it starts');
export type Cue = z.infer<typeof cue>;

/** Cues in order of their start; cues may overlap (two speakers, a caption at the top and one at the bottom). */
export const captionTable = z
  .array(cue)
  .refine((cues) => cues.every((c, i) => i === 0 || c.startUs >= (cues[i - 1]?.startUs ?? 0)), 'in order of start');
export type CaptionTable = z.infer<typeof captionTable>;

/** Formats of caption files, named by their usual extension. */
export const CAPTION_FORMATS = ['srt', 'vtt', 'ass', 'ttml', 'txt', 'lrc'] as const;
export type CaptionFormat = (typeof CAPTION_FORMATS)[number];
