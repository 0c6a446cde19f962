/** Whether marks are shown, and what they are of each source. */
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { silencesIn } from '../../../../../core/model/captions/silence.ts';
import type { SpeechSpan } from '../../../../../core/model/captions/speech.ts';
import type { Asset } from '../../../../../core/model/contract/index.ts';
import type { PlacedClip } from '../../../../../core/model/timeline/layout.ts';
import { client } from '../../../client/client.ts';
import type { Pyramid } from '../board/strips/mapping.ts';
import type { Shelf } from '../board/strips/shelf.ts';
import { peaks, scenes } from '../board/strips/sources.ts';
import { cutsOf, silencesOf, type ClipMarks } from './mark-edits.ts';

let shown = false;
const listeners = new Set<() => void>();

export function showMarks(on: boolean): void {
  shown = on;
  for (const listener of listeners) listener();
}
export const marksShown = (): boolean => shown;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
/** Whether marks are shown on the clips; for this page, until it is left. */
export const useMarksShown = (): boolean => useSyncExternalStore(subscribe, marksShown);

/** What is on a shelf under a key, once it is there. */
function useShelf<T>(shelf: Shelf<T>, key: string | null): T | null {
  return useSyncExternalStore(
    (tell) => shelf.subscribe((told) => told === key && tell()),
    () => (key === null ? null : shelf.get(key)),
  );
}

/** Found once for each recording, and gone with its peaks. */
const found = new WeakMap<Pyramid, readonly SpeechSpan[]>();
function silencesFor(pyramid: Pyramid): readonly SpeechSpan[] {
  const known = found.get(pyramid);
  if (known) return known;
  const silences = silencesIn({ perSecond: pyramid.perSecond, levels: pyramid.floors[0] ?? new Uint8Array(0) });
  found.set(pyramid, silences);
  return silences;
}

export interface FoundMarks extends ClipMarks {
  /** false: not looked for yet. */
  cutsKnown: boolean;
  silencesKnown: boolean;
}

/** The marks of a clip on the timeline; null where it has none to look for. */
export function useClipMarks(placed: PlacedClip | null, asset: Asset | undefined): FoundMarks | null {
  const film = asset?.kind === 'video' ? asset : undefined;
  const times = useShelf(scenes, film?.scenes ? film.assetId : null);
  const pyramid = useShelf(peaks, film?.peaks ? film.assetId : null);
  if (!placed || !film) return null;
  return {
    cuts: times ? cutsOf(placed, times) : [],
    cutsKnown: times !== null,
    silences: pyramid ? silencesOf(placed, silencesFor(pyramid)) : [],
    silencesKnown: pyramid !== null || film.audioTracks === 0,
  };
}

/** While marks are shown, has the core look for the scenes of every film of the timeline: once, and once more when it has a proxy. */
export function usePrepareScenes(assets: ReadonlyMap<string, Asset>): void {
  const on = useMarksShown();
  const asked = useRef(new Set<string>());
  useEffect(() => {
    if (!on) return;
    const ids = [...assets.values()].flatMap(({ assetId, kind, proxy }) => {
      const key = `${assetId} ${String(proxy)}`;
      if (kind !== 'video' || asked.current.has(key)) return [];
      asked.current.add(key);
      return [assetId];
    });
    for (let from = 0; from < ids.length; from += 500) {
      // Told where it is looked for: the marks say that they are not there yet, and the tray why.
      void client.media.prepare({ assetIds: ids.slice(from, from + 500), scenes: true }).catch(() => undefined);
    }
  }, [assets, on]);
}
