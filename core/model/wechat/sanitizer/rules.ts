/** What an official account does to HTML, as data (`templates/targets/wechat-sanitizer.json`), checked when it is read. */
import { z } from 'zod';
import data from '../../../../templates/targets/wechat-sanitizer.json' with { type: 'json' };

const pattern = z.string().refine((text) => {
  try {
    new RegExp(text, 'i');
    return true;
  } catch {
    return false;
  }
}, 'not a regular expression');

/** A name, or its beginning with `*`. `svg:*` stands for every element inside a drawing. */
const names = z.array(z.string().min(1)).min(1);

const said = {
  id: z.string().regex(/^[a-z_]+$/),
  effect: z.enum(['dropped', 'unwrapped', 'rewritten']),
  /** True where no official page says so. */
  inferred: z.boolean(),
  source: z.string().min(1),
  checked: z.iso.date(),
};

export const STRUCTURES = [
  'nested_list',
  'white_space',
  'lone_space',
  'root_background',
  'bare_cell',
  'svg_foreign',
  'svg_animation',
  'comment',
] as const;

const rule = z.discriminatedUnion('kind', [
  z.strictObject({
    ...said,
    kind: z.literal('tag'),
    tags: names,
    to: z.string().optional(),
    without: names.optional(),
  }),
  /** Lists what is kept. */
  z.strictObject({ ...said, kind: z.literal('unknown_tag'), tags: names }),
  z.strictObject({ ...said, kind: z.literal('attribute'), names, on: names.optional(), not: names.optional() }),
  /** Lists what is kept. */
  z.strictObject({ ...said, kind: z.literal('unknown_attribute'), names, not: names.optional() }),
  z.strictObject({ ...said, kind: z.literal('property'), names }),
  z.strictObject({ ...said, kind: z.literal('value'), pattern }),
  z.strictObject({ ...said, kind: z.literal('url'), tags: names.optional(), attributes: names, pattern }),
  z.strictObject({ ...said, kind: z.literal('structure'), name: z.enum(STRUCTURES) }),
]);

export const sanitizerFile = z.strictObject({
  schema: z.literal(1),
  target: z.string(),
  note: z.string(),
  rules: z
    .array(rule)
    .refine((rules) => new Set(rules.map((r) => r.id)).size === rules.length, 'two rules with the same id'),
});

export type SanitizerRule = z.infer<typeof rule>;
type OfKind<K extends SanitizerRule['kind']> = Extract<SanitizerRule, { kind: K }>;

const file = sanitizerFile.parse(data);

/** All rules, in the order of the file. */
export const WECHAT_RULES: readonly SanitizerRule[] = file.rules;

function ofKind<K extends SanitizerRule['kind']>(kind: K): OfKind<K>[] {
  return WECHAT_RULES.filter((r): r is OfKind<K> => r.kind === kind);
}

/** Whether a name is in a list of names and beginnings. */
export function named(list: readonly string[], name: string): boolean {
  return list.some((entry) => (entry.endsWith('*') ? name.startsWith(entry.slice(0, -1)) : entry === name));
}

/** The rules, by what they look at. */
export const RULES = {
  tag: ofKind('tag'),
  unknownTag: ofKind('unknown_tag'),
  attribute: ofKind('attribute'),
  unknownAttribute: ofKind('unknown_attribute'),
  property: ofKind('property'),
  value: ofKind('value').map((r) => ({ ...r, test: new RegExp(r.pattern, 'i') })),
  url: ofKind('url').map((r) => ({ ...r, test: new RegExp(r.pattern, 'i') })),
  structure: new Map(ofKind('structure').map((r) => [r.name, r])),
} as const;
