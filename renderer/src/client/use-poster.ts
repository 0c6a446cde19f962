/** Posters of assets, once they are made. */
import { useQuery } from '@tanstack/react-query';
import { api } from './client.ts';
import { mediaUrl } from './media-url.ts';

/**
 * Address of an asset's poster; null without an asset and until its job has made the poster. What the asset changes into is told
 * by the core, so a picture that was not ready shows up by itself.
 */
export function usePoster(assetId: string | null): string | null {
  const { data } = useQuery(
    api.media.get.queryOptions({ input: { assetId: assetId ?? '' }, enabled: assetId !== null }),
  );
  return assetId !== null && data?.poster === true ? mediaUrl(assetId, 'poster') : null;
}
