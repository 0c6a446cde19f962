import { useCallback } from 'react';
import type { Asset } from '../../../../../core/model/contract/index.ts';
import { addClip, addCutaway, addMusic } from '../acts.ts';
import { newId } from '../cut-session.ts';
import { useCut } from '../use-cut.ts';

/** A drag's data cannot be read before it is let go, and then only as text; the asset itself is kept here. */
let dragged: Asset | null = null;
export function rememberDragged(asset: Asset): void {
  dragged = asset;
}
/** Whether what is being dragged is only heard. */
export const draggedIsSound = (): boolean => dragged?.kind === 'audio';
export function takeDragged(assetId: string): Asset | null {
  return dragged?.assetId === assetId ? dragged : null;
}

/** Lays an asset over the film from the playhead on, and selects it. */
export function useLayOver(): (asset: Asset) => void {
  const { session, player } = useCut();
  return useCallback(
    (asset) => {
      const id = newId('o');
      const { timeline, places } = session.getState();
      const operations = addCutaway(timeline, asset, id, player.getTime(), places.durationUs);
      if (session.run(operations)) session.select({ kind: 'overlay', id });
    },
    [session, player],
  );
}

/**
 * Puts an asset into the storyline at a place (null: the end), selects it and goes to its first frame. What is only heard
 * becomes music from `us` on (microseconds of the film, default the playhead).
 */
export function useAddClip(): (asset: Asset, at: number | null, us?: number) => void {
  const { session, player } = useCut();
  return useCallback(
    (asset, at, us = player.getTime()) => {
      if (asset.kind === 'audio') {
        const id = newId('s');
        const { timeline, places } = session.getState();
        const operations = addMusic(timeline, asset, id, us, places.durationUs);
        if (session.run(operations)) session.select({ kind: 'sound', id });
        return;
      }
      const id = newId('c');
      if (!session.run(addClip(session.getState().timeline, asset, id, at))) return;
      session.select({ kind: 'clip', id });
      const placed = session.getState().places.byId.get(id);
      // The player gets the new timeline with the next drawing of the room.
      if (placed) setTimeout(() => player.seek(placed.startUs));
    },
    [session, player],
  );
}
