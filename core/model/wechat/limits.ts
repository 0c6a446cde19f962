/** What an official account takes, each number with where it is from. Looked up 2026-11-23. */

const DRAFT_ADD = 'developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_draft_add';
const UPLOAD_IMAGE = 'developers.weixin.qq.com/doc/service/api/material/permanent/api_uploadimage';

export const WECHAT_LIMITS = {
  /** 字 of a title: the interface takes 32, the account's own editor 64 (error 64702). */
  title: { warn: 32, stop: 64, source: DRAFT_ADD },
  /** 字 of a digest: the editor takes 120 (error 64703), the interface 128. */
  digest: { warn: 120, stop: 128, source: DRAFT_ADD },
  /** 字 of an author: the interface takes 16; an older editor took 8 (1140349909/platform content.js, 2017). */
  author: { warn: 8, stop: 16, source: DRAFT_ADD },
  /** UTF-16 units of the whole content string, markup included. */
  contentChars: { stop: 20_000, source: DRAFT_ADD },
  contentBytes: { stop: 1_000_000, source: DRAFT_ADD },
  /** Bytes of a picture in the text; jpg and png only. */
  imageBytes: { stop: 1_000_000, source: UPLOAD_IMAGE },
  /**
   * UTF-16 units of a picture's address once it is in the account; it counts as content. The longest seen is about this
   * long. Inferred: no page says so.
   */
  pictureAddress: { chars: 140, source: 'inferred: addresses of pictures in published articles (mmbiz.qpic.cn)' },
} as const;
