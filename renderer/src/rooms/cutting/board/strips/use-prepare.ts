/** Has the core make what the timeline is about to show and what is not there: an emptied cache, an older workspace. */
import { useCallback, useEffect, useRef } from 'react';
import type { Asset, StudioEvent } from '../../../../../../core/model/contract/index.ts';
import { client } from '../../../../client/client.ts';
import { useStudioEvent } from '../../../../client/jobs.ts';
import { peaks, scenes, sheets } from './sources.ts';

/** Whether anything of an asset that the timeline draws is missing. */
function lacks(asset: Asset): boolean {
  if (asset.kind === 'image') return !asset.poster;
  return (asset.audioTracks > 0 && !asset.peaks) || (asset.kind === 'video' && !asset.strip);
}

/** Asks once for each asset while the room is open; once more when a file turns out to be gone. */
export function usePrepare(assets: ReadonlyMap<string, Asset>): void {
  const asked = useRef(new Set<string>());
  useEffect(() => {
    const missing = [...assets.values()].filter((asset) => lacks(asset) && !asked.current.has(asset.assetId));
    const assetIds = missing.map(({ assetId }) => assetId);
    if (assetIds.length === 0) return;
    for (const id of assetIds) asked.current.add(id);
    for (let from = 0; from < assetIds.length; from += 500) {
      // Pictures of the timeline are not worth a message: the block is plain without them, and the next opening asks again.
      void client.media.prepare({ assetIds: assetIds.slice(from, from + 500) }).catch(() => undefined);
    }
  }, [assets]);
  useEffect(() => {
    const gone = new Set<string>();
    const stops = [peaks, sheets].map((shelf) =>
      shelf.subscribe((assetId) => {
        if (!shelf.isMissing(assetId) || gone.has(assetId)) return;
        gone.add(assetId);
        void client.media.prepare({ assetIds: [assetId] }).catch(() => undefined);
      }),
    );
    return () => stops.forEach((stop) => stop());
  }, []);
  useStudioEvent(
    useCallback((event: StudioEvent) => {
      if (event.type !== 'media.changed') return;
      for (const shelf of [peaks, sheets, scenes]) shelf.retry(event.assetId);
    }, []),
  );
}
