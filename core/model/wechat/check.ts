/** An article seen as WeChat would take it: what it would lose, and how much room it takes. */
import { wechatBudget, type BudgetLine } from './budget.ts';
import type { WechatArticle, WechatBlock } from './render/types.ts';
import { sanitizeWechat, type Loss } from './sanitizer/index.ts';

export interface WechatCheck {
  /** What the model of WeChat's sanitizer takes away; `block` is the top-level block it stands in, null outside them. */
  lost: (Loss & { block: number | null })[];
  /** Pictures and codes that are not there. */
  missing: WechatArticle['lost'];
  budget: BudgetLine[];
}

function blockAt(blocks: readonly WechatBlock[], offset: number): number | null {
  return blocks.find((b) => offset >= b.start && offset < b.end)?.index ?? null;
}

/** Pure and quick enough for every edit (measured in `npm run bench`). */
export function checkWechat(article: WechatArticle, author = ''): WechatCheck {
  const { lost } = sanitizeWechat(article.html, { own: new Set(article.pictures) });
  return {
    lost: lost.map((loss) => ({ ...loss, block: blockAt(article.blocks, loss.offset) })),
    missing: article.lost,
    budget: wechatBudget({ ...article, author }),
  };
}
