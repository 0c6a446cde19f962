/** What an article of an official account is made from, and what it is. */
import type { WechatTheme } from '../theme/shape.ts';

/** A picture as it lies beside the article. */
export interface WechatPicture {
  /** Address relative to the HTML file, or any that whoever sends the article replaces. */
  src: string;
  width: number;
  height: number;
}

/** A picture of a code to scan. */
export type WechatCode = Pick<WechatPicture, 'src'>;

/** A video project shown by a card. Films are not taken by the interface: the card says where to put it in. */
export interface WechatVideo {
  poster?: WechatPicture;
  title: string;
  durationUs: number;
}

export interface WechatOptions {
  title: string;
  /** Pictures by asset id; one that is not there is reported in `lost`. */
  images: ReadonlyMap<string, WechatPicture>;
  /** By project id. */
  videos?: ReadonlyMap<string, WechatVideo>;
  /** Pictures of codes made from an address, by the address. */
  codes?: ReadonlyMap<string, WechatCode>;
  theme?: WechatTheme;
  /** Puts a visible mark at the top and the end: nobody approved this. */
  draft?: boolean;
}

export interface WechatNote {
  level: 'warn' | 'stop';
  code: 'title_long' | 'content_long' | 'content_heavy' | 'title_missing';
  params: Record<string, number>;
}

/** Where a top-level block of the article stands in the HTML, UTF-16 offsets. */
export interface WechatBlock {
  /** Number of the block in the article, from 0. */
  index: number;
  start: number;
  end: number;
}

export interface WechatArticle {
  /** The content exactly as it is pasted or sent. */
  html: string;
  /** UTF-16 units of `html`. */
  chars: number;
  /** UTF-8 bytes of `html`. */
  bytes: number;
  title: string;
  /** Beginning of the text, at most 120 characters. */
  digest: string;
  blocks: WechatBlock[];
  /** Addresses of the pictures in `html`, each once: they have to be put into the account. */
  pictures: string[];
  /** Parts that have no place in the output. */
  lost: { what: 'image' | 'code'; where: string }[];
  warnings: WechatNote[];
}
