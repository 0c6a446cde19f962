/**
 * A theme of official accounts' articles as data: a palette, measures of the text, and for every part of an article one
 * of the constructions the renderer knows, with its parameters. docs/THEMES.md tells how they look.
 */
import { z } from 'zod';
import { HIGHLIGHT_COLORS } from '../../article/describe.ts';
import { readStyle } from '../css.ts';
import { RULES, named } from '../sanitizer/rules.ts';

const colour = z.string().regex(/^#(?:[\da-f]{3}|[\da-f]{6})$/, 'must be a colour like #1a2b3c or #123');

/** Colours of a palette a construction may be given. */
export const PALETTE_NAMES = ['ink', 'muted', 'accent', 'red', 'amber', 'green', 'blue'] as const;

const palette = z.strictObject({
  /** Colour of the page; null leaves the account's white. */
  paper: colour.nullable(),
  ink: colour,
  muted: colour,
  accent: colour,
  /** Text on a surface of the accent colour. */
  onAccent: colour,
  /** Thin lines and frames. */
  line: colour,
  /** Surface of boxes. */
  tint: colour,
  ...{ red: colour, amber: colour, green: colour, blue: colour },
  highlight: z.strictObject(
    Object.fromEntries(HIGHLIGHT_COLORS.map((name) => [name, colour])) as Record<
      (typeof HIGHLIGHT_COLORS)[number],
      typeof colour
    >,
  ),
});

/** Declarations that are added to the outermost element of a construction; `$accent` is that colour of the palette. */
const css = z
  .string()
  .max(200)
  .superRefine((text, context) => {
    const bad = (message: string): void => {
      context.addIssue({ code: 'custom', message });
    };
    if (/["<>&{}\\]|gradient/i.test(text))
      bad('must hold flat declarations only, without quotes, brackets and gradients');
    for (const d of readStyle(text)) {
      const lost = RULES.property.find((r) => named(r.names, d.name)) ?? RULES.value.find((r) => r.test.test(d.value));
      if (lost) bad(`${d.name} does not survive in an official account (${lost.id})`);
    }
    if (readStyle(text).length !== text.split(';').filter((part) => part.trim() !== '').length)
      bad('must be declarations like letter-spacing:1px, parted by semicolons');
  });

function piece<const N extends string>(...names: [N, ...N[]]) {
  return z.strictObject({
    as: z.enum(names),
    /** Main colour; the accent where it is not given. */
    color: z.enum(PALETTE_NAMES).optional(),
    /** Size of the text, px. */
    size: z.int().min(12).max(40).optional(),
    align: z.enum(['left', 'center', 'right']).optional(),
    /** A sign: ◆, ※, 问 … */
    mark: z
      .string()
      .min(1)
      .max(4)
      .regex(/^[^<>&"]+$/)
      .optional(),
    css: css.optional(),
  });
}

const heading = () =>
  piece('plain', 'bar', 'underline', 'band', 'tag', 'number', 'lines', 'seal', 'sign', 'box', 'rules');
const words = z.strictObject({ zh: z.string().min(1).max(60), en: z.string().min(1).max(120) });

/** Parts of an article a theme constructs, in the order of docs/THEMES.md. */
export const themeFile = z.strictObject({
  schema: z.literal(1),
  id: z.string().regex(/^[a-z][a-z0-9-]{1,63}$/),
  name: words,
  use: words,
  palette,
  text: z.strictObject({
    /** px */
    size: z.number().min(14).max(20),
    leading: z.number().min(1.5).max(2.2),
    /** Between letters, px. */
    tracking: z.number().min(0).max(2),
    align: z.enum(['justify', 'left']),
    /** Between paragraphs, px. */
    gap: z.int().min(0).max(32),
    indent: z.boolean(),
    serif: z.boolean(),
    /** Free space at both sides, px. */
    side: z.int().min(0).max(24),
  }),
  heading1: heading(),
  heading2: heading(),
  heading3: heading(),
  quote: piece('bar', 'tint', 'mark', 'rules', 'inset'),
  pullQuote: piece('rules', 'marks', 'band', 'bar', 'card'),
  divider: piece('line', 'short', 'double', 'dots', 'leaf', 'fret', 'wheat', 'sign'),
  list: piece('disc', 'square', 'circle'),
  table: piece('grid', 'rows', 'head'),
  figure: piece('plain', 'framed', 'strip', 'side', 'sign'),
  gallery: piece('even', 'framed', 'joined'),
  person: piece('side', 'round', 'head', 'rule'),
  data: piece('columns', 'rows', 'boxes', 'ruled'),
  steps: piece('badge', 'line', 'label', 'big'),
  qa: piece('letters', 'words', 'card', 'bar'),
  notice: piece('box', 'bar', 'head', 'label'),
  lead: piece('pill', 'lines', 'arrow', 'band'),
  qr: piece('card', 'plain', 'side'),
  video: piece('poster', 'card', 'strip'),
  source: piece('lines', 'inline', 'table', 'right'),
  notes: piece('rule', 'box', 'head'),
  ai: piece('tag', 'bracket', 'badge'),
});

export type WechatTheme = z.infer<typeof themeFile>;
export type Palette = WechatTheme['palette'];
export type PaletteName = (typeof PALETTE_NAMES)[number];

/** Kinds of construction: every field of a theme that chooses `as`. */
export const THEME_KINDS = [
  ...([
    'heading1',
    'heading2',
    'heading3',
    'quote',
    'pullQuote',
    'divider',
    'list',
    'table',
    'figure',
    'gallery',
  ] as const),
  ...(['person', 'data', 'steps', 'qa', 'notice', 'lead', 'qr', 'video', 'source', 'notes', 'ai'] as const),
];
export type ThemeKind = (typeof THEME_KINDS)[number];
/** A choice among constructions with its parameters. */
export type Piece<K extends ThemeKind = ThemeKind> = WechatTheme[K];
