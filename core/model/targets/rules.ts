/**
 * What a target takes, as data: one small file a target in `templates/targets`. Every number says where it is from and
 * when it was looked up; one that nobody could verify only warns.
 */
import { z } from 'zod';
import { StudioError } from '../errors.ts';
import { ARTICLE_TARGETS } from './names.ts';

const source = z.string().min(1);
const day = z.iso.date();

/** How a text is counted: characters as people see code points, UTF-16 units, or Chinese 1 and ASCII ½, rounded up. */
export const COUNTING = ['characters', 'utf16', 'half-ascii'] as const;
export type Counting = (typeof COUNTING)[number];

/** A length. Over `warn` it is told, over `stop` the target refuses; only a verified number may stop. */
const limit = z
  .strictObject({
    count: z.enum(COUNTING),
    warn: z.int().positive().optional(),
    stop: z.int().positive().optional(),
    least: z.int().positive().optional(),
    source,
    checked: day,
    verified: z.boolean(),
  })
  .refine((l) => l.warn !== undefined || l.stop !== undefined || l.least !== undefined, 'says no number')
  .refine((l) => l.verified || l.stop === undefined, 'stop: a number that is not verified only warns');
export type Limit = z.infer<typeof limit>;

const number = z.strictObject({ value: z.int().positive(), source, checked: day, verified: z.boolean() });

const keepOrDrop = z.enum(['keep', 'drop']);
/** keep: the writer has its own form; plain: paragraphs, lists, tables in its place; drop: left out and told. */
const card = z.enum(['keep', 'plain', 'drop']);

const marks = z.strictObject({
  bold: keepOrDrop,
  italic: keepOrDrop,
  underline: keepOrDrop,
  strike: keepOrDrop,
  /** unicode: m² and CO₂ where every character has its own, else dropped. */
  subscript: z.enum(['keep', 'unicode', 'drop']),
  superscript: z.enum(['keep', 'unicode', 'drop']),
  textColor: keepOrDrop,
  highlight: keepOrDrop,
  /** brackets: the reading behind the word, 茶（chá）. */
  ruby: z.enum(['keep', 'brackets']),
  /** text: the words alone; address: the words and the address behind them. */
  link: z.enum(['keep', 'text', 'address']),
});

const cards = z.strictObject({
  pullQuote: card,
  gallery: card,
  videoCard: card,
  personCard: card,
  dataCard: card,
  stepList: card,
  qaList: card,
  noticeBox: card,
  leadGuide: card,
  qrBlock: card,
  sourceLine: card,
});

const pictures = z.strictObject({
  maxWidth: number,
  maxBytes: number,
  /** Further widths for `srcset`, pixels, the smallest first. */
  widths: z.array(z.int().positive()).optional(),
  /** Every picture in one frame, pixels. */
  frame: z.strictObject({ width: number, height: number }).optional(),
  least: number.optional(),
  most: number.optional(),
});

const html = z.strictObject({
  /** Tags for headings of level 1, 2, 3. */
  headings: z.tuple([z.string(), z.string(), z.string()]),
  /** Every tag that may stand in the content, with its attributes. */
  tags: z.record(z.string().regex(/^[a-z][a-z0-9]*$/), z.array(z.string())),
  figure: z.enum(['figure', 'pgc-img', 'paragraphs']),
  /** Attributes of every paragraph, as they stand in the tag. */
  paragraph: z.string(),
  source,
  checked: day,
  verified: z.boolean(),
});

export const targetRules = z
  .strictObject({
    format: z.literal('tongxin-target/1'),
    target: z.enum(ARTICLE_TARGETS),
    writer: z.enum(['page', 'html', 'markdown', 'text', 'note', 'docx', 'pdf']),
    marks,
    cards,
    /** Form of figures where a data card is plain. */
    data: z.enum(['list', 'table']),
    limits: z.strictObject({ title: limit.optional(), text: limit.optional() }),
    pictures,
    html: html.optional(),
    /** What the person has to see to, by the code of a sentence (`words.ts`), with its source. */
    advice: z.array(z.strictObject({ code: z.string(), source, checked: day })),
  })
  .refine((r) => (r.writer === 'html') === (r.html !== undefined), 'html: there for the writer html and no other');
export type TargetRules = z.infer<typeof targetRules>;

/**
 * Reads one rule file. Error: bad_input {what}, which begins with the file and the place in it
 * (`templates/targets/weibo.json: limits.title.checked: …`).
 */
export function parseTargetRules(json: unknown, file: string): TargetRules {
  const read = targetRules.safeParse(json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const place = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
  throw new StudioError('bad_input', { what: `${file}: ${place}${issue?.message ?? ''}` }, { cause: read.error });
}
