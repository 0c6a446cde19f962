/** One article rendered, checked and measured as an official account would have it: data in, data out. */
import type { ArticleDoc } from '../../../../../core/model/article/index.ts';
import { codeSvg } from '../../../../../core/model/code.ts';
import { namesUnder } from '../../../../../core/model/targets/lower.ts';
import {
  checkWechat,
  codeHrefs,
  renderWechat,
  type WechatArticle,
  type WechatCheck,
  type WechatCode,
  type WechatOptions,
} from '../../../../../core/model/wechat/index.ts';

export interface WechatRequest {
  doc: ArticleDoc;
  options: Omit<WechatOptions, 'codes'>;
}

export interface WechatView {
  doc: ArticleDoc;
  options: WechatOptions;
  article: WechatArticle;
  check: WechatCheck;
}

/** Codes as drawings for the preview; packages get a PNG of the same squares. One too long for a code is missing. */
function codesOf(doc: ArticleDoc): Map<string, WechatCode> {
  const codes = new Map<string, WechatCode>();
  for (const href of codeHrefs(doc)) {
    const drawing = codeSvg(href);
    if (drawing !== null) codes.set(href, { src: `data:image/svg+xml,${encodeURIComponent(drawing)}` });
  }
  return codes;
}

/** What the phone shows and the meter measures. */
export function drawWechat({ doc, options: asked }: WechatRequest): WechatView {
  const options: WechatOptions = { ...asked, codes: codesOf(doc) };
  const article = renderWechat(doc, options);
  return { doc, options, article, check: checkWechat(article, namesUnder(doc, 'author').join(' ')) };
}
