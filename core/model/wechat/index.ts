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
