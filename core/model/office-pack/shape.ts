/**
 * An office pack: how the films of an office open and close, and what is the same in all of them. Data: a file in
 * templates/video/packs, or one that an office keeps in its workspace.
 */
import { z } from 'zod';
import { label, lengthUs } from '../timeline/basics.ts';
import { CAPTION_PRESETS } from '../timeline/caption-presets.ts';
import { TITLE_LOOKS } from '../timeline/title-looks.ts';
import { duck, fadeUs, gain } from '../timeline/timeline.ts';
import { titleDress, titleTexts } from '../timeline/title-shape.ts';

const hexColour = z.string().regex(/^#[0-9A-F]{6}$/, 'a colour as #RRGGBB, capital letters');
const look = z.string().refine((id) => TITLE_LOOKS.some((one) => one.id === id), 'no such look');
/** Looks that name somebody: what a name bar may look like. */
export const NAME_BARS: readonly string[] = TITLE_LOOKS.filter(({ lines }) =>
  ['name', 'role'].every((field) => lines.some((line) => line.field === field)),
).map(({ id }) => id);

/** A file of the workspace, found by its content; the name is for people. */
export const packFile = z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), name: label(0, 255) });
export type PackFile = z.infer<typeof packFile>;

/** A minute: a longer opening is a film of its own. */
const partUs = lengthUs.min(500_000).max(60_000_000);
const words = z.strictObject({
  look: look.describe('Of templates/video/titles.'),
  texts: titleTexts.describe('{office} and {story} stand for the name of the office and the title of the story.'),
});
export const packPart = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('file'),
    file: packFile.describe('A video, as long as it is, or a picture.'),
    lastsUs: partUs.describe('Of a picture.'),
  }),
  z.strictObject({ kind: z.literal('card'), colour: hexColour, lastsUs: partUs, title: words }),
]);
export type PackPart = z.infer<typeof packPart>;

const { opacity, corner } = titleDress;
export const packMark = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: label(1, 40), corner, size: titleDress.size, opacity }),
  z.strictObject({
    kind: z.literal('picture'),
    file: packFile,
    corner,
    size: z.int().min(4).max(40).describe("Its width in percent of the canvas's shorter side."),
    opacity,
  }),
]);
export type PackMark = z.infer<typeof packMark>;

export const packMusic = z.strictObject({
  file: packFile,
  gainDb: gain,
  duckDb: duck,
  fadeInUs: fadeUs.max(20_000_000),
  fadeOutUs: fadeUs.max(20_000_000),
});
export type PackMusic = z.infer<typeof packMusic>;

export const officePack = z
  .strictObject({
    format: z.literal('tongxin-office-pack/1'),
    name: z.strictObject({ zh: label(1, 40), en: label(1, 40) }),
    why: label(0, 200).describe('What it is good for.'),
    accent: hexColour.describe('Of name bars.'),
    opening: packPart.nullable(),
    closing: packPart.nullable(),
    nameBar: look
      .refine((id) => NAME_BARS.includes(id), 'not a look of name bars')
      .nullable()
      .describe('Look of all name bars; null: each keeps its own.'),
    captions: z
      .string()
      .refine((id) => CAPTION_PRESETS.some((one) => one.id === id), 'no such look')
      .nullable()
      .describe('Of templates/captions; null: as the film has them.'),
    mark: packMark.nullable(),
    music: packMusic.nullable(),
  })
  .describe('An office pack.');
export type OfficePack = z.infer<typeof officePack>;

/** Every file a pack names, with the place that names it. */
export function packFiles(pack: OfficePack): { place: string; file: PackFile; needs: 'picture' | 'image' | 'sound' }[] {
  const { opening, closing, mark, music } = pack;
  return [
    ...(opening?.kind === 'file' ? [{ place: 'opening/file', file: opening.file, needs: 'picture' as const }] : []),
    ...(closing?.kind === 'file' ? [{ place: 'closing/file', file: closing.file, needs: 'picture' as const }] : []),
    ...(mark?.kind === 'picture' ? [{ place: 'mark/file', file: mark.file, needs: 'image' as const }] : []),
    ...(music ? [{ place: 'music/file', file: music.file, needs: 'sound' as const }] : []),
  ];
}

/** Colours of the cards a pack shows. */
export const cardColours = ({ opening, closing }: OfficePack): string[] => [
  ...new Set([opening, closing].flatMap((part) => (part?.kind === 'card' ? [part.colour] : []))),
];
