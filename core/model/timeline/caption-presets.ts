/** Ready-made looks of captions (templates/captions): everything of a style but the font and the width of a line. */
import { z } from 'zod';
import headline from '../../../templates/captions/headline.json' with { type: 'json' };
import plain from '../../../templates/captions/plain.json' with { type: 'json' };
import plate from '../../../templates/captions/plate.json' with { type: 'json' };
import top from '../../../templates/captions/top.json' with { type: 'json' };
import yellow from '../../../templates/captions/yellow.json' with { type: 'json' };
import { captionStyleFields, type CaptionStyle } from './timeline.ts';

const { font: _font, lineWidth: _lineWidth, ...look } = captionStyleFields;

/** Shape of a file in templates/captions. `order`: place in the list; `why`: what it is good for. */
export const captionPreset = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  order: z.int().min(1),
  name: z.strictObject({ zh: z.string().min(1).max(12), en: z.string().min(1).max(30) }),
  why: z.string().min(1),
  style: z.strictObject(look),
});
export type CaptionPreset = z.infer<typeof captionPreset>;

/** The looks, in order. A file that does not fit its shape stops the program where it is read: the test reads them all. */
export const CAPTION_PRESETS: readonly CaptionPreset[] = [plain, headline, plate, yellow, top]
  .map((file) => captionPreset.parse(file))
  .sort((a, b) => a.order - b.order);

/** Whether captions look like a preset, whatever their font and line width. */
export function looksLike(style: CaptionStyle, preset: CaptionPreset): boolean {
  const { box, ...rest } = preset.style;
  const sameBox = box?.colour === style.box?.colour && box?.opacity === style.box?.opacity;
  return sameBox && (Object.keys(rest) as (keyof typeof rest)[]).every((key) => style[key] === rest[key]);
}
