/** The cover of the open video: what is shown while a gesture goes on, and what is kept of it. */
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CoverPreview } from '../../../../../core/model/contract/video.ts';
import type { CoverOf } from '../../../../../core/model/timeline/covers.ts';
import type { FilmCover } from '../../../../../core/model/timeline/timeline.ts';
import { api } from '../../../client/client.ts';
import { useCut, useCutState } from '../use-cut.ts';
import { onlyOf } from './cover-moves.ts';

/** A gesture without an end of its own (typing, scrubbing) is kept after so long a rest, milliseconds. */
const REST_MS = 450;

export interface FilmCoverEdit {
  /** As it is now, in the middle of a gesture too. */
  cover: FilmCover;
  canEdit: boolean;
  /** `wait`: the gesture goes on; it is kept when it rests or with `settle`. */
  set: (next: FilmCover, wait?: boolean) => void;
  settle: () => void;
}

export function useFilmCover(): FilmCoverEdit {
  const { session } = useCut();
  const { cover: kept = {} } = useCutState().timeline;
  const [live, setLive] = useState<FilmCover | null>(null);
  const pending = useRef<{ cover: FilmCover; timer: ReturnType<typeof setTimeout> } | null>(null);
  const keep = useCallback(
    (cover: FilmCover) => {
      session.run({ type: 'setCover', cover: Object.keys(cover).length > 0 ? cover : null });
      setLive(null);
    },
    [session],
  );
  const settle = useCallback(() => {
    const waiting = pending.current;
    if (!waiting) return;
    clearTimeout(waiting.timer);
    pending.current = null;
    keep(waiting.cover);
  }, [keep]);
  const set = useCallback(
    (next: FilmCover, wait = false) => {
      if (pending.current) clearTimeout(pending.current.timer);
      pending.current = null;
      if (!wait) {
        keep(next);
        return;
      }
      setLive(next);
      pending.current = { cover: next, timer: setTimeout(settle, REST_MS) };
    },
    [keep, settle],
  );
  useEffect(() => settle, [settle]);
  return { cover: live ?? kept, canEdit: session.canEdit, set, settle };
}

/** Pixels of a preview's longest side: sharp on a screen of two for one. */
const LONG_SIDE = 640;

/**
 * One cover as the exporter makes it. `sitting`: tells this opening of the dialog from others, between which the film may have
 * been cut anew.
 */
export function useCoverPreview(cover: FilmCover, of: CoverOf, sitting: number): UseQueryResult<CoverPreview> {
  const { projectId } = useCut();
  const [rested] = useDebouncedValue(cover, 120);
  const input = { projectId, ...of, cover: onlyOf(rested, of), longSide: LONG_SIDE };
  const options = api.videos.cover.queryOptions({ input });
  return useQuery({
    ...options,
    queryKey: [...options.queryKey, sitting],
    staleTime: Infinity,
    gcTime: 60_000,
    retry: false,
    placeholderData: keepPreviousData,
  });
}
