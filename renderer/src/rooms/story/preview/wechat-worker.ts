/** Renders away from the page's own thread: a long article takes longer than a keystroke may. */
import { drawWechat, type WechatRequest } from './wechat-draw.ts';

addEventListener('message', ({ data }: MessageEvent<WechatRequest>) => {
  const { doc: _doc, ...view } = drawWechat(data);
  postMessage(view);
});
