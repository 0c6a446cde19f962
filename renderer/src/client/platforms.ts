/** Platforms as this office has them, wherever targets are named. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { bookWith, builtInBook, safeAreaSeen } from '../../../core/model/platforms/book.ts';
import type { PlatformBook } from '../../../core/model/platforms/book.ts';
import { parsePlatform, type PlatformProfile } from '../../../core/model/platforms/profile.ts';
import type { SafeArea } from '../../../core/model/timeline/safe-areas.ts';
import type { Timeline } from '../../../core/model/timeline/timeline.ts';
import { useText } from '../i18n/use-text.ts';
import { api } from './client.ts';

const platformsQuery = () => api.platforms.list.queryOptions({ staleTime: Infinity });

/** Everything about the platforms, for those who change them. */
export const useOfficePlatforms = () => useQuery(platformsQuery());

function readable(target: string, json: unknown): PlatformProfile[] {
  try {
    return [parsePlatform(json, target)];
  } catch {
    // Of a newer program: the core says so where it is used.
    return [];
  }
}

/** The platforms; the program's own until the office's are known. */
export function usePlatforms(): PlatformBook {
  const { data } = useOfficePlatforms();
  return useMemo(
    () =>
      data
        ? bookWith(data.filter(({ revision }) => revision !== null).flatMap((one) => readable(one.target, one.profile)))
        : builtInBook(),
    [data],
  );
}

/** What a platform is called in the language of the page; its own id where there is none of that name (any more). */
export function usePlatformName(): (target: string) => string {
  const { language } = useText();
  const book = usePlatforms();
  return (target) => book.get(target)?.name[language === 'en' ? 'en' : 'zh'] ?? target;
}

/** What the platform a film is seen for lays nothing over; the same object while neither film nor platform says another one. */
export function useSafeArea({ targets, canvas }: Pick<Timeline, 'targets' | 'canvas'>): SafeArea {
  const book = usePlatforms();
  const [first] = targets;
  const { width, height } = canvas;
  return useMemo(() => safeAreaSeen(book, first, { width, height }), [book, first, width, height]);
}
