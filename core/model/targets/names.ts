/** Where an article can go. */
export const ARTICLE_TARGETS = [
  'wechat',
  'web',
  'docx',
  'pdf',
  'md',
  'toutiao',
  'baijiahao',
  'weibo',
  'xiaohongshu',
  'text',
] as const;
export type ArticleTarget = (typeof ARTICLE_TARGETS)[number];

/** All but `wechat`, which has its own renderer and themes (`core/model/wechat`). */
export type RuledTarget = Exclude<ArticleTarget, 'wechat'>;

export function isArticleTarget(name: string): name is ArticleTarget {
  return (ARTICLE_TARGETS as readonly string[]).includes(name);
}
