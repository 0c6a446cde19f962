/** What the makers of a package's targets are asked for. */
import type { PlatformBook } from '../model/platforms/index.ts';
import type { WechatTheme } from '../model/wechat/index.ts';
import type { BuildFolder } from '../out-folder.ts';
import type { BlobStore, DocumentMaker, FilmMaker, MediaEngine } from '../ports/index.ts';
import type { Piece, PieceVideo } from '../review/index.ts';

/** What packages ask of the media engine. */
export type PackageMedia = Pick<
  MediaEngine,
  'webPicture' | 'framedPicture' | 'coverPicture' | 'codePicture' | 'probe' | 'poster'
>;

export interface TargetOrder {
  folder: BuildFolder;
  piece: Piece;
  draft: boolean;
  /** Name of the office: the publisher. */
  office: string;
  media: PackageMedia;
  documents: DocumentMaker;
  films: FilmMaker;
  platforms: PlatformBook;
  /** A theme by its id; null for one that is not there. */
  themeOf: (id: string) => Promise<WechatTheme | null>;
  blobs: BlobStore;
  signal: AbortSignal;
  /** Asked by films between their segments. */
  pause: () => Promise<void>;
  /** Fractions of this target, up to 1. */
  onProgress: (fraction: number) => void;
}

/** Hash of an asset as the manifest names it. */
export function hashIn(piece: Piece, assetId: string): string | undefined {
  return piece.manifest.parts.find((part) => part.kind === 'asset' && part.id === assetId)?.sha256;
}

/** Videos that show something. */
export function filmsOf(piece: { videos: readonly PieceVideo[] }): PieceVideo[] {
  return piece.videos.filter((video) => video.timeline.storyline.length > 0);
}

/** A video without a name of its own goes under the story's. */
export function filmTitle(video: PieceVideo, storyTitle: string): string {
  return video.title === '' ? storyTitle : video.title;
}
