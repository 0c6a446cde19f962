/** Attributes of a picture in an article; `width` is percent of the column. */
export interface ImageAttributes {
  assetId: string | null;
  alt: string;
  caption: string;
  credit: string;
  width: number | null;
  /** Made or changed by an AI. */
  ai: boolean;
}
