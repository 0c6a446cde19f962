/** Themes by their id: the program's own, which every page knows, and the office's, which the core keeps. */
import { useQuery } from '@tanstack/react-query';
import type { OwnTheme } from '../../../../core/model/contract/index.ts';
import { DEFAULT_THEME_ID, themeById, type WechatTheme } from '../../../../core/model/wechat/index.ts';
import { api } from '../../client/client.ts';

export interface FoundTheme {
  /** Null while it is asked for, and when the workspace has none of this id. */
  theme: WechatTheme | null;
  /** What the core says of one of the office's. */
  own: OwnTheme | null;
  missing: boolean;
}

/** An empty id is the default theme's. */
export function useTheme(id: string): FoundTheme {
  const builtIn = themeById(id === '' ? DEFAULT_THEME_ID : id);
  const { data, isError } = useQuery(
    api.themes.get.queryOptions({
      input: { themeId: id || DEFAULT_THEME_ID },
      enabled: builtIn === null,
      retry: false,
    }),
  );
  if (builtIn) return { theme: builtIn, own: null, missing: false };
  return { theme: data ? (data.theme as WechatTheme) : null, own: data ?? null, missing: isError };
}

/** The office's themes, the newest revision of each. */
export function useOwnThemes() {
  return useQuery(api.themes.list.queryOptions());
}
