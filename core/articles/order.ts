/** What `makeArticle` is asked for. */
import type { ArticleDoc } from '../model/article/types.ts';
import type { ArticleAbout, ArticleTarget } from '../model/targets/index.ts';
import type { DocumentMaker, MediaEngine } from '../ports/index.ts';
import type { ThemeFinder } from '../themes/index.ts';

export interface ArticleOrder {
  target: ArticleTarget;
  title: string;
  doc: ArticleDoc;
  /** Id or name of a theme; for `wechat` only. */
  theme?: string | undefined;
  /** Themes beside those of the program; null for one that there is not. */
  themes?: ThemeFinder | undefined;
  /** The video projects by id: a card names them. */
  films: ReadonlyMap<string, { title: string; durationUs: number }>;
  about: ArticleAbout;
  draft: boolean;
  /** Absolute path of a picture's file; null when there is none. May throw to refuse. */
  pictureFile(assetId: string): Promise<string | null>;
  /** A picture that cannot be read stops the whole, instead of being left out and told. */
  strict: boolean;
  /** Path relative to the target's folder, with "/". Text goes as UTF-8. */
  write(file: string, data: string | Uint8Array): Promise<void>;
  media: Pick<MediaEngine, 'webPicture' | 'framedPicture' | 'coverPicture' | 'codePicture'>;
  documents: DocumentMaker;
  signal?: AbortSignal | undefined;
  /** Fractions up to 1. */
  onProgress?(fraction: number): void;
}
