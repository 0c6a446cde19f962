/** The document tree that mammoth reads (mammoth/lib/documents.js, 1.13), as far as it means something here. */

export interface WordImage {
  type: 'image';
  altText?: string | null;
  contentType?: string | null;
  readAsBuffer(): Promise<Buffer>;
}

export interface WordParagraph {
  type: 'paragraph';
  children: WordElement[];
  styleId: string | null;
  styleName: string | null;
  alignment: string | null;
}

export interface WordRun {
  type: 'run';
  children: WordElement[];
  styleName: string | null;
  isBold: boolean;
  isItalic: boolean;
  isUnderline: boolean;
  isStrikethrough: boolean;
  verticalAlignment: string;
}

export interface WordCell {
  type: 'tableCell';
  children: WordElement[];
  colSpan: number;
  rowSpan: number;
}

/** The elements of mammoth's document tree (mammoth/lib/documents.js, 1.13) that mean something here. */
export type WordElement =
  | WordImage
  | WordParagraph
  | WordRun
  | WordCell
  | { type: 'text'; value: string }
  | { type: 'tab' }
  | { type: 'checkbox'; checked: boolean }
  | { type: 'hyperlink'; children: WordElement[]; href?: string; anchor?: string }
  | { type: 'noteReference'; noteType: string; noteId: string }
  | { type: 'commentReference'; commentId: string }
  | { type: 'table'; children: WordElement[] }
  | { type: 'tableRow'; children: WordElement[]; isHeader: boolean }
  | { type: 'break'; breakType: string }
  | { type: 'bookmarkStart' };

export interface WordNoteReference {
  noteType: string;
  noteId: string;
}

export interface WordDocument {
  type: 'document';
  children: WordElement[];
  notes: { resolve(reference: WordNoteReference): { body: WordElement[] } | null };
  comments: { authorName?: string | null; body: WordElement[] }[];
}
