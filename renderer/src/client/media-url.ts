import { desktop } from './bridge.ts';

export type MediaVariant = 'original' | 'poster' | 'proxy' | 'peaks' | 'strip' | 'scenes';

/** Address of an asset's bytes: `media:` in the desktop window, the server's `/media` in a browser. */
export function mediaUrl(assetId: string, variant: MediaVariant): string {
  const id = encodeURIComponent(assetId);
  return desktop ? `media://asset/${id}/${variant}` : `/media/${id}/${variant}`;
}
