/** Lines of text in a Word document. */
import {
  ExternalHyperlink,
  FootnoteReferenceRun,
  ShadingType,
  TextRun,
  UnderlineType,
  type IRunOptions,
  type ParagraphChild,
} from 'docx';
import type { Piece, TextPiece } from '../../model/targets/index.ts';
import { INK, MARKER } from './palette.ts';

function runOptions(piece: TextPiece): IRunOptions {
  const has = (mark: TextPiece['marks'][number]): boolean => piece.marks.includes(mark);
  const ink = piece.color === null ? undefined : INK[piece.color];
  const marker = piece.highlight === null ? undefined : MARKER[piece.highlight];
  return {
    ...(has('bold') ? { bold: true } : {}),
    ...(has('italic') ? { italics: true } : {}),
    ...(has('underline') ? { underline: { type: UnderlineType.SINGLE } } : {}),
    ...(has('strike') ? { strike: true } : {}),
    ...(has('subscript') ? { subScript: true } : {}),
    ...(has('superscript') ? { superScript: true } : {}),
    ...(ink === undefined ? {} : { color: ink }),
    ...(marker === undefined ? {} : { shading: { type: ShadingType.CLEAR, color: 'auto', fill: marker } }),
    ...(piece.href === null ? {} : { style: 'Hyperlink' }),
  };
}

function runOf(piece: Piece): ParagraphChild {
  if (piece.kind === 'break') return new TextRun({ break: 1 });
  if (piece.kind === 'note') return new FootnoteReferenceRun(piece.n);
  return new TextRun({ ...runOptions(piece), text: piece.text });
}

/** Runs of a line; pieces of one link stand in one link. */
export function runsOf(pieces: readonly Piece[]): ParagraphChild[] {
  const out: ParagraphChild[] = [];
  for (let i = 0; i < pieces.length;) {
    const href = hrefOf(pieces[i]);
    const runs: ParagraphChild[] = [];
    do {
      runs.push(runOf(pieces[i] as Piece));
      i += 1;
    } while (href !== null && i < pieces.length && hrefOf(pieces[i]) === href);
    if (href === null) out.push(...runs);
    else out.push(new ExternalHyperlink({ link: href, children: runs }));
  }
  return out;
}

const hrefOf = (piece: Piece | undefined): string | null => (piece?.kind === 'text' ? piece.href : null);
