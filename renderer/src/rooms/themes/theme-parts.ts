/** What the controls of the theme editor need to know of a theme's parts, read off the shape of a theme file. */
import { themeFile, type ThemeKind, type WechatTheme } from '../../../../core/model/wechat/index.ts';

/** Constructions a part may have, in the order of docs/THEMES.md. */
export function constructionsOf(kind: ThemeKind): readonly string[] {
  return themeFile.shape[kind].shape.as.options;
}

/** A part as the controls see it: which construction, and what was said of it. */
export interface PartFields {
  as: string;
  color?: string | undefined;
  size?: number | undefined;
  align?: 'left' | 'center' | 'right' | undefined;
  mark?: string | undefined;
  css?: string | undefined;
}

/** The theme with one part changed; what is empty is left out, so that the file stays short. */
export function withPart(theme: WechatTheme, kind: ThemeKind, change: Partial<PartFields>): WechatTheme {
  const all = { ...theme[kind], ...change } as Record<string, unknown>;
  const said = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== ''));
  return { ...theme, [kind]: said };
}
