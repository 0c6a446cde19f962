/** The article schema and the one door every article passes before it is stored. */
import { Fragment, Schema } from 'prosemirror-model';
import type { AttributeSpec, MarkSpec, Node, NodeSpec } from 'prosemirror-model';
import { normalCover, type Cover } from '../cover/cover.ts';
import { StudioError } from '../errors.ts';
import { ARTICLE_MARKS, ARTICLE_NODES, markDescription, nodeDescription } from './describe.ts';
import type { AttrDescription, MarkDescription, NodeDescription } from './describe.ts';
import type { ArticleDoc, ArticleMarkJson, ArticleNodeJson } from './types.ts';

/** Number written into every stored version; raised with each migration. */
export const ARTICLE_SCHEMA_VERSION = 3;
/** Largest article: bytes of its JSON in UTF-8. About 1.7 million Chinese characters. */
export const MAX_ARTICLE_BYTES = 5 * 1024 * 1024;
/** Deepest node, the document being 0: nine list levels, as Word has, end at 20. */
export const MAX_ARTICLE_DEPTH = 20;
/** More nodes than this cannot fit in `MAX_ARTICLE_BYTES` (the shortest node takes 20 bytes). */
const MAX_ARTICLE_NODES = MAX_ARTICLE_BYTES / 20;

function attributeSpecs(attrs: Readonly<Record<string, AttrDescription>>): Record<string, AttributeSpec> {
  return Object.fromEntries(
    Object.entries(attrs).map(([name, attr]) => [
      name,
      {
        default: attr.default,
        validate: (value: unknown) => {
          const complaint = attr.rule(value);
          if (complaint !== null) throw new RangeError(`${name} ${complaint}`);
        },
      },
    ]),
  );
}

function buildSchema(): Schema {
  const nodes = Object.entries(ARTICLE_NODES as Record<string, NodeDescription>).map(([name, node]) => {
    const { attrs, ...spec } = node;
    return [name, { ...spec, attrs: attributeSpecs(attrs) }] satisfies [string, NodeSpec];
  });
  const marks = Object.entries(ARTICLE_MARKS as Record<string, MarkDescription>).map(([name, mark]) => {
    const { attrs, ...spec } = mark;
    return [name, { ...spec, attrs: attributeSpecs(attrs) }] satisfies [string, MarkSpec];
  });
  return new Schema({ nodes: Object.fromEntries(nodes), marks: Object.fromEntries(marks) });
}

/** ProseMirror schema of an article. It has no DOM side; the editor brings its own. */
export const articleSchema: Schema = buildSchema();

const refuse = (what: string, cause?: unknown): never => {
  throw new StudioError('bad_article', { what }, cause === undefined ? {} : { cause });
};

/**
 * Text as it can be stored, signed and written to every format: without control characters other than
 * tab and line feed (XML 1.0 and PostgreSQL hold none of the rest), lone surrogates turned into U+FFFD
 * (RFC 8785 refuses them).
 */
export function cleanText(text: string): string {
  return text.replace(/(?![\t\n])\p{Cc}|[\uFFFE\uFFFF]/gu, '').replace(/\p{Cs}/gu, '\uFFFD');
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function onlyKeys(value: Record<string, unknown>, allowed: readonly string[], path: string): void {
  for (const key of Object.keys(value)) {
    if (value[key] !== undefined && !allowed.includes(key)) refuse(`${path}: unknown field "${key}"`);
  }
}

function readAttrs(
  value: unknown,
  known: Readonly<Record<string, AttrDescription>>,
  path: string,
): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (!isRecord(value)) return refuse(`${path}: attrs must be an object`);
  const out: Record<string, unknown> = {};
  for (const [name, raw] of Object.entries(value)) {
    if (raw === undefined) continue;
    if (!Object.hasOwn(known, name)) refuse(`${path}: unknown attribute "${name}"`);
    out[name] = typeof raw === 'string' ? cleanText(raw) : raw;
  }
  return out;
}

function readMarks(value: unknown, path: string): ArticleMarkJson[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return refuse(`${path}: marks must be a list`);
  return value.map((mark: unknown, i) => {
    const at = `${path}/marks/${i}`;
    if (!isRecord(mark) || typeof mark['type'] !== 'string') return refuse(`${at}: not a mark`);
    onlyKeys(mark, ['type', 'attrs'], at);
    const known = markDescription(mark['type']) ?? refuse(`${at}: unknown mark "${mark['type']}"`);
    return { type: mark['type'], attrs: readAttrs(mark['attrs'], known.attrs, at) };
  });
}

/** Copies one node, refusing what the schema does not name: ProseMirror itself passes over unknown attributes. */
function readNode(value: unknown, path: string, depth: number, count: { nodes: number }): ArticleNodeJson | null {
  if (depth > MAX_ARTICLE_DEPTH) refuse(`${path}: deeper than ${MAX_ARTICLE_DEPTH} levels`);
  if (++count.nodes > MAX_ARTICLE_NODES) refuse(`more than ${MAX_ARTICLE_NODES} parts`);
  if (!isRecord(value) || typeof value['type'] !== 'string') return refuse(`${path}: not a node`);
  const { type } = value;
  const known = nodeDescription(type) ?? refuse(`${path}: unknown node "${type}"`);
  onlyKeys(value, type === 'text' ? ['type', 'text', 'marks'] : ['type', 'attrs', 'content', 'marks'], path);
  const out: ArticleNodeJson = { type, marks: readMarks(value['marks'], path) };
  if (type === 'text') {
    if (typeof value['text'] !== 'string' || value['text'] === '') return refuse(`${path}: text is missing`);
    out.text = cleanText(value['text']);
    return out.text === '' ? null : out;
  }
  out.attrs = readAttrs(value['attrs'], known.attrs, path);
  const content = value['content'] ?? [];
  if (!Array.isArray(content)) return refuse(`${path}: content must be a list`);
  out.content = content.flatMap((child: unknown, i) => readNode(child, `${path}/${i}`, depth + 1, count) ?? []);
  return out;
}

/** Plain JSON of a checked node, neighbouring pieces of equal text joined. */
function writeNode(node: Node): ArticleNodeJson {
  const out: ArticleNodeJson = { type: node.type.name };
  if (node.isText) out.text = node.text ?? '';
  if (Object.keys(node.attrs).length > 0) out.attrs = { ...(node.attrs as Record<string, unknown>) };
  if (node.childCount > 0) out.content = Fragment.fromArray([...node.content.content]).content.map(writeNode);
  if (node.marks.length > 0) {
    out.marks = node.marks.map((mark) => {
      const attrs = { ...(mark.attrs as Record<string, unknown>) };
      return Object.keys(attrs).length > 0 ? { type: mark.type.name, attrs } : { type: mark.type.name };
    });
  }
  return out;
}

function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // Each half of a surrogate pair counts 2 of the pair's 4 bytes.
    if (unit >= 0x800) bytes += unit >= 0xd800 && unit <= 0xdfff ? 1 : 2;
    else if (unit >= 0x80) bytes += 1;
  }
  return bytes;
}

/** Bytes an article takes as JSON in UTF-8, the measure of `MAX_ARTICLE_BYTES`. */
export function articleBytes(doc: ArticleDoc): number {
  return utf8Length(JSON.stringify(doc));
}

/**
 * Checks an article and returns it in its normal form: every attribute present, marks in schema order and
 * without doubles, neighbouring equal text joined, text cleaned (`cleanText`). The same article always comes
 * out the same, so equal hashes mean equal articles.
 *
 * @throws StudioError bad_article {what}: unknown nodes, marks, attributes or fields, wrong nesting or values,
 *   links other than http, https and mailto, deeper than 20 levels, larger than 5 MB. `what` starts with the
 *   path of the node (child numbers from 0).
 */
export function parseArticle(json: unknown): ArticleDoc {
  const raw = readNode(json, '', 0, { nodes: 0 });
  if (raw?.type !== 'doc') return refuse('the outermost node must be "doc"');
  let node: Node;
  try {
    node = articleSchema.nodeFromJSON(raw);
    node.check();
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error), error);
  }
  const { theme, cover } = node.attrs as { theme: string | null; cover: Cover | null };
  const attrs = { ...(theme === null ? {} : { theme }), ...(cover === null ? {} : { cover: normalCover(cover) }) };
  const said = Object.keys(attrs).length > 0 ? { attrs } : {};
  const doc: ArticleDoc = { type: 'doc', ...said, content: writeNode(node).content ?? [] };
  if (articleBytes(doc) > MAX_ARTICLE_BYTES) refuse(`larger than ${MAX_ARTICLE_BYTES / 1024 / 1024} MB`);
  return doc;
}

/** A new article: one empty paragraph. */
export function emptyArticle(): ArticleDoc {
  return { type: 'doc', content: [{ type: 'paragraph', attrs: { textAlign: null } }] };
}
