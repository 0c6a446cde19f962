/** What the package job asks of the machine and of the article and film makers. */
import type { ArticleDoc } from '../model/article/types.ts';
import type { FilmMaker } from './video.ts';

/** A picture as the article's HTML will name it: address relative to the HTML, size in pixels. */
export interface PlacedPicture {
  src: string;
  width: number;
  height: number;
}

export interface RenderedArticle {
  /** What is pasted or sent: the content of the page's body, styles inline. */
  html: string;
  title: string;
  digest: string;
  lost: { what: string; where: string }[];
  warnings: string[];
}

export interface PackageMakers {
  /** `draft`: with a visible mark that nobody approved it. */
  renderArticle(
    doc: ArticleDoc,
    options: { title: string; images: Map<string, PlacedPicture>; draft: boolean },
  ): RenderedArticle;
  /**
   * Writes a picture for the web to `out` (the path is taken as it is, without an extension), upright, at most so many
   * bytes and pixels. Errors: unreadable_media, disk_full.
   */
  webPicture(
    path: string,
    out: string,
    limits: { maxBytes: number; maxWidth: number },
  ): Promise<{ width: number; height: number; bytes: number; format: 'jpeg' | 'png' }>;
  films: FilmMaker;
}
