/** Articles for official accounts (公众号): rendered, checked, measured, darkened. */
export { WECHAT_LIMITS } from './limits.ts';
export { renderWechat, wechatPage } from './render/index.ts';
export type {
  WechatArticle,
  WechatBlock,
  WechatCode,
  WechatNote,
  WechatOptions,
  WechatPicture,
  WechatVideo,
} from './render/types.ts';
export {
  DEFAULT_THEME,
  DEFAULT_THEME_ID,
  WECHAT_THEMES,
  isThemeNamed,
  themeById,
  themeNamed,
} from './theme/builtin.ts';
export { PALETTE_NAMES, THEME_KINDS, themeFile } from './theme/shape.ts';
export { contrast, readColour } from './colour.ts';
export type { Palette, Piece, ThemeKind, WechatTheme } from './theme/shape.ts';
export { readTheme, themeProblems, type ThemeProblem } from './theme/read.ts';
export { SPECIMEN_OPTIONS, specimen } from './theme/specimen.ts';
export { sanitizeWechat, WECHAT_RULES, type Loss, type SanitizerRule } from './sanitizer/index.ts';
export { checkWechat, type WechatCheck } from './check.ts';
export { wechatBudget, type BudgetInput, type BudgetLine } from './budget.ts';
export { lightTheme, slim, type SlimOffer, type SlimWhat } from './slim.ts';
export { WECHAT_DARK, WECHAT_LIGHT, wechatDark } from './dark.ts';
export { codeHrefs } from './parts.ts';
