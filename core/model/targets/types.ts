/** What goes into a target and what comes out. */
import type { ArticleDoc } from '../article/types.ts';

/** A picture as it lies beside the article. */
export interface TargetPicture {
  /** Address relative to the article's file. */
  src: string;
  width: number;
  height: number;
  /** The same picture in other widths, the smallest first; `src` is among them. */
  sources?: readonly { src: string; width: number }[];
}

/** What is known of an article besides its words. */
export interface ArticleAbout {
  /** The office; null where nobody has said. */
  publisher: string | null;
  /** ISO 8601; null when not known. */
  publishedAt: string | null;
  modifiedAt: string | null;
}

export const NOTHING_KNOWN: ArticleAbout = { publisher: null, publishedAt: null, modifiedAt: null };

export interface TargetInput {
  title: string;
  doc: ArticleDoc;
  /** Pictures by asset id; one that is not there is told in `lost`. */
  images: ReadonlyMap<string, TargetPicture>;
  /** Names of the video projects by id. */
  films?: ReadonlyMap<string, string>;
  about?: ArticleAbout;
  /** Nobody approved this: said at the top and at the end. */
  draft?: boolean;
}

/** Something the target has no place for, and the beginning of the block where it was. */
export interface Lost {
  what: string;
  where: string;
}

export interface TargetWarning {
  level: 'warn' | 'stop';
  code: string;
  params: Record<string, string | number>;
}

export interface RenderedTarget {
  /** The file's whole text. */
  file: string;
  /** What is pasted or sent: the body of an HTML file, else the file's text. */
  content: string;
  /** UTF-16 units of the content. */
  chars: number;
  /** Its bytes in UTF-8. */
  bytes: number;
  title: string;
  digest: string;
  lost: Lost[];
  warnings: TargetWarning[];
}
