/** Files of an article for other programs: Word documents and printed pages. */
import type { Lost, TargetInput, TargetWarning } from '../model/targets/index.ts';

export interface DocumentPicture {
  data: Uint8Array;
  format: 'jpeg' | 'png';
  width: number;
  height: number;
}

export interface DocumentOrder {
  input: TargetInput;
  /** The pictures' own bytes, by asset id, as `input.images` names them. */
  pictures: ReadonlyMap<string, DocumentPicture>;
  /** Word: a contribution form (投稿表) on a page before the article. */
  form: boolean;
  signal?: AbortSignal;
}

export interface MadeDocument {
  /** UTF-16 units of the text in the file. */
  chars: number;
  data: Uint8Array;
  lost: Lost[];
  warnings: TargetWarning[];
}

export interface DocumentMaker {
  /** A Word document with real styles, numbering and footnotes. */
  docx(order: DocumentOrder): Promise<MadeDocument>;
  /** A4 pages in the bundled font; glyphs it lacks are told (`missing_glyphs`). The same order gives the same bytes. */
  pdf(order: DocumentOrder): Promise<MadeDocument>;
}
