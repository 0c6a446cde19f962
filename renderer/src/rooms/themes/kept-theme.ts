/** An unsaved theme kept in this browser or window, so that leaving or a crash loses nothing. */
import { themeFile, type WechatTheme } from '../../../../core/model/wechat/index.ts';

const keyOf = (themeId: string) => `tongxin.kept-theme.${themeId}`;

/** Null forgets it. A full or forbidden storage is not an error: the person still has the page. */
export function keepTheme(themeId: string, theme: WechatTheme | null): void {
  try {
    if (theme) localStorage.setItem(keyOf(themeId), JSON.stringify(theme));
    else localStorage.removeItem(keyOf(themeId));
  } catch {
    // Quota or privacy settings.
  }
}

/** What was kept; anything unreadable counts as nothing. */
export function keptThemeOf(themeId: string): WechatTheme | null {
  try {
    return themeFile.safeParse(JSON.parse(localStorage.getItem(keyOf(themeId)) ?? 'null')).data ?? null;
  } catch {
    return null;
  }
}
