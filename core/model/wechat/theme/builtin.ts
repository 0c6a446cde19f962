/** The themes that come with the studio (`templates/themes`), bundled with whatever imports this. */
import baozhi from '../../../../templates/themes/baozhi.json' with { type: 'json' };
import chalv from '../../../../templates/themes/chalv.json' with { type: 'json' };
import maitian from '../../../../templates/themes/maitian.json' with { type: 'json' };
import subai from '../../../../templates/themes/subai.json' with { type: 'json' };
import wenyang from '../../../../templates/themes/wenyang.json' with { type: 'json' };
import yedu from '../../../../templates/themes/yedu.json' with { type: 'json' };
import zhengwuLan from '../../../../templates/themes/zhengwu-lan.json' with { type: 'json' };
import zhusha from '../../../../templates/themes/zhusha.json' with { type: 'json' };
import { themeFile, type WechatTheme } from './shape.ts';

/** In the order they are offered. */
export const WECHAT_THEMES: readonly WechatTheme[] = [
  subai,
  zhengwuLan,
  zhusha,
  chalv,
  baozhi,
  wenyang,
  maitian,
  yedu,
].map((data) => themeFile.parse(data));

/** Id of the theme an article has when none was chosen. */
export const DEFAULT_THEME_ID = 'subai';

/** The theme of an id among those that come with the studio; null for others. */
export function themeById(id: string): WechatTheme | null {
  return WECHAT_THEMES.find((theme) => theme.id === id) ?? null;
}

/** Whether a theme is meant by its id or one of its names. */
export const isThemeNamed = ({ id, name }: WechatTheme, asked: string): boolean =>
  [id, name.zh, name.en].includes(asked);

/** A theme of the studio by its id or one of its names; null for others. */
export function themeNamed(asked: string): WechatTheme | null {
  return WECHAT_THEMES.find((theme) => isThemeNamed(theme, asked)) ?? null;
}

function defaultTheme(): WechatTheme {
  const theme = themeById(DEFAULT_THEME_ID);
  if (!theme) throw new Error(`theme ${DEFAULT_THEME_ID} is missing`);
  return theme;
}

export const DEFAULT_THEME: WechatTheme = defaultTheme();
