/** The looks of titles, name bars and marks (templates/video/titles). Pixels are of a canvas whose shorter side is 1080. */
import { z } from 'zod';
import card from '../../../templates/video/titles/card.json' with { type: 'json' };
import chapter from '../../../templates/video/titles/chapter.json' with { type: 'json' };
import corner from '../../../templates/video/titles/corner.json' with { type: 'json' };
import credits from '../../../templates/video/titles/credits.json' with { type: 'json' };
import figure from '../../../templates/video/titles/figure.json' with { type: 'json' };
import headline from '../../../templates/video/titles/headline.json' with { type: 'json' };
import nameLine from '../../../templates/video/titles/name-line.json' with { type: 'json' };
import namePlate from '../../../templates/video/titles/name-plate.json' with { type: 'json' };
import place from '../../../templates/video/titles/place.json' with { type: 'json' };
import quote from '../../../templates/video/titles/quote.json' with { type: 'json' };
import { lengthUs } from './basics.ts';

const colour = z.string().regex(/^#[0-9A-F]{6}$/);
const names = z.strictObject({ zh: z.string().min(1).max(12), en: z.string().min(1).max(30) });
const inset = z.int().min(-1000).max(1000);

/** Shape of a file in templates/video/titles. `order`: place in the list; `why`: what it is good for. */
export const titleLook = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  order: z.int().min(1),
  name: names,
  why: z.string().min(1),
  lastsUs: lengthUs.describe('How long a new one is on.'),
  place: z.strictObject({
    x: z.enum(['left', 'middle', 'right']),
    y: z.enum(['top', 'middle', 'bottom']),
    insetX: inset.describe("From that edge of the safe area, pixels; from the canvas's middle for `middle`."),
    insetY: inset,
  }),
  align: z.enum(['left', 'middle', 'right']),
  lines: z
    .array(
      z.strictObject({
        field: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/),
        name: names,
        sample: z.string(),
        size: z.int().min(16).max(300),
        bold: z.boolean(),
        colour,
      }),
    )
    .min(1)
    .max(8),
  plate: z
    .strictObject({
      colour,
      opacity: z.int().min(0).max(100),
      padX: z.int().min(0).max(200),
      padY: z.int().min(0).max(200),
    })
    .nullable(),
  bar: z.strictObject({ colour, size: z.int().min(1).max(60), side: z.enum(['left', 'bottom', 'top']) }).nullable(),
  outline: z.strictObject({ colour, width: z.int().min(0).max(20) }).nullable(),
  comes: z.enum(['fade', 'slide']).describe('slide: in from the left, while it fades in.'),
  fadeMs: z.int().min(0).max(2000).describe('In and out, milliseconds.'),
});
export type TitleLook = z.infer<typeof titleLook>;

/** The looks, in order. A file that does not fit its shape stops the program where it is read: the test reads them all. */
export const TITLE_LOOKS: readonly TitleLook[] = [
  ...[namePlate, nameLine, headline, chapter, place, figure, quote, credits, corner, card],
]
  .map((file) => titleLook.parse(file))
  .sort((a, b) => a.order - b.order);

const BY_ID: ReadonlyMap<string, TitleLook> = new Map(TITLE_LOOKS.map((look) => [look.id, look]));

/** The look of that name; null when there is none. */
export const titleLookOf = (id: string): TitleLook | null => BY_ID.get(id) ?? null;
