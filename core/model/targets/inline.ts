/** The text of a line as pieces: marks the target keeps, breaks, numbered notes, labels of what an AI wrote. */
import { AI_LABEL } from '../article/labels.ts';
import type { ArticleMarkJson, ArticleNodeJson } from '../article/types.ts';
import type { Notes, Report } from './report.ts';
import type { TargetRules } from './rules.ts';

/** Marks without a value that some target writes. */
export const PLAIN_MARKS = ['bold', 'italic', 'underline', 'strike', 'subscript', 'superscript'] as const;
export type PlainMark = (typeof PLAIN_MARKS)[number];

export interface TextPiece {
  kind: 'text';
  text: string;
  marks: readonly PlainMark[];
  href: string | null;
  reading: string | null;
  color: string | null;
  highlight: string | null;
  /** Written by an AI. */
  ai: boolean;
  /** The visible label behind such a passage. */
  label: boolean;
}

export type Piece = TextPiece | { kind: 'break' } | { kind: 'note'; n: number; text: string };

export interface InlineTools {
  rules: TargetRules;
  report: Report;
  notes: Notes;
}

export const AI_TEXT_LABEL = `（${AI_LABEL}）`;

const PLAIN: Omit<TextPiece, 'text'> = {
  kind: 'text',
  marks: [],
  href: null,
  reading: null,
  color: null,
  highlight: null,
  ai: false,
  label: false,
};

export function plainPiece(text: string, more: Partial<TextPiece> = {}): TextPiece {
  return { ...PLAIN, text, ...more };
}

function markOf(node: ArticleNodeJson, type: string): ArticleMarkJson | undefined {
  return node.marks?.find((mark) => mark.type === type);
}

function valueOf(node: ArticleNodeJson, type: string, name: string): string | null {
  const value = markOf(node, type)?.attrs?.[name];
  return typeof value === 'string' ? value : null;
}

const isAi = (node: ArticleNodeJson | undefined): boolean => node !== undefined && markOf(node, 'aiMade') !== undefined;
const hrefOf = (node: ArticleNodeJson | undefined): string | null => (node ? valueOf(node, 'link', 'href') : null);
const readingOf = (node: ArticleNodeJson | undefined): string | null =>
  node ? valueOf(node, 'ruby', 'reading') : null;

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾';
const LOWERED = '₀₁₂₃₄₅₆₇₈₉₊₋₍₎';
const PLAIN_DIGITS = '0123456789+-()';

/** Text in the raised or lowered characters of Unicode; null when one of its characters has none. */
function inUnicode(text: string, forms: string): string | null {
  const out = [...text].map((char) => (PLAIN_DIGITS.includes(char) ? forms[PLAIN_DIGITS.indexOf(char)] : undefined));
  return out.every((char) => char !== undefined) ? out.join('') : null;
}

/** The text of a piece, raised or lowered by its characters where the target has no mark for it. */
function textOf(node: ArticleNodeJson, { rules }: InlineTools): string {
  const text = node.text ?? '';
  for (const [mark, forms] of [
    ['superscript', RAISED],
    ['subscript', LOWERED],
  ] as const) {
    if (rules.marks[mark] === 'unicode' && markOf(node, mark)) return inUnicode(text, forms) ?? text;
  }
  return text;
}

function keptMarks(node: ArticleNodeJson, { rules, report }: InlineTools): PlainMark[] {
  return PLAIN_MARKS.filter((mark) => {
    if (!markOf(node, mark)) return false;
    if (rules.marks[mark] === 'keep') return true;
    const forms = mark === 'superscript' ? RAISED : LOWERED;
    const shown = rules.marks[mark] === 'unicode' && inUnicode(node.text ?? '', forms) !== null;
    if (!shown) report.lose(mark);
    return false;
  });
}

/** A colour of text or background the target keeps; one it drops is told. */
function colorOf(node: ArticleNodeJson, type: 'textColor' | 'highlight', tools: InlineTools): string | null {
  const color = valueOf(node, type, 'color');
  if (color === null || tools.rules.marks[type] === 'keep') return color;
  tools.report.lose(type);
  return null;
}

function textPiece(node: ArticleNodeJson, tools: InlineTools): TextPiece {
  const { rules, report } = tools;
  const href = hrefOf(node);
  if (href !== null && rules.marks.link === 'text') report.lose('link', href);
  return plainPiece(textOf(node, tools), {
    marks: keptMarks(node, tools),
    href: rules.marks.link === 'keep' ? href : null,
    reading: rules.marks.ruby === 'keep' ? readingOf(node) : null,
    color: colorOf(node, 'textColor', tools),
    highlight: colorOf(node, 'highlight', tools),
    ai: isAi(node),
  });
}

/** What has to be said behind a piece when the next one is no longer under the same mark. */
function tailOf(node: ArticleNodeJson, next: ArticleNodeJson | undefined, { rules }: InlineTools): TextPiece[] {
  const tail: TextPiece[] = [];
  const reading = readingOf(node);
  if (reading !== null && rules.marks.ruby === 'brackets' && readingOf(next) !== reading) {
    tail.push(plainPiece(`（${reading}）`));
  }
  const href = hrefOf(node);
  if (href !== null && rules.marks.link === 'address' && hrefOf(next) !== href && node.text !== href) {
    tail.push(plainPiece(`（${href}）`));
  }
  if (isAi(node) && !isAi(next)) tail.push(plainPiece(AI_TEXT_LABEL, { label: true }));
  return tail;
}

/** Pieces of a line. Footnotes get their numbers here, in reading order. */
export function piecesOf(nodes: readonly ArticleNodeJson[], tools: InlineTools): Piece[] {
  const pieces = nodes.flatMap((node, i): Piece[] => {
    if (node.type === 'hardBreak') return [{ kind: 'break' }];
    if (node.type === 'footnote') {
      const { text } = node.attrs ?? {};
      const note = typeof text === 'string' ? text : '';
      return [{ kind: 'note', n: tools.notes.add(note), text: note }];
    }
    return [textPiece(node, tools), ...tailOf(node, nodes[i + 1], tools)];
  });
  return joined(pieces);
}

/** Neighbours that look alike become one: what a target drops leaves no seams. */
function joined(pieces: readonly Piece[]): Piece[] {
  const out: Piece[] = [];
  for (const piece of pieces) {
    const last = out.at(-1);
    if (last?.kind === 'text' && piece.kind === 'text' && alike(last, piece)) {
      out[out.length - 1] = { ...last, text: last.text + piece.text };
    } else out.push(piece);
  }
  return out;
}

function alike(a: TextPiece, b: TextPiece): boolean {
  const same = ['href', 'reading', 'color', 'highlight', 'ai', 'label'] as const;
  return a.marks.join() === b.marks.join() && same.every((key) => a[key] === b[key]);
}

/** The words of a line, notes as ［1］. */
export function wordsOf(pieces: readonly Piece[], lineBreak = '\n'): string {
  return pieces
    .map((piece) => (piece.kind === 'text' ? piece.text : piece.kind === 'break' ? lineBreak : `［${piece.n}］`))
    .join('');
}
