/** How much of an official account's room an article takes. */
import { contentRoom } from './bytes.ts';
import { WECHAT_LIMITS } from './limits.ts';

export interface BudgetLine {
  what: 'chars' | 'bytes' | 'title' | 'digest' | 'author';
  value: number;
  /** From here on amber. */
  warn: number;
  /** The most that is taken. */
  limit: number;
  level: 'green' | 'amber' | 'red';
  source: string;
}

/** Share of a limit from which on the meter is amber, where no smaller limit of its own is known. */
const NEARLY_FULL = 0.85;

function line(what: BudgetLine['what'], value: number, warn: number, limit: number, source: string): BudgetLine {
  return { what, value, warn, limit, level: value > limit ? 'red' : value >= warn ? 'amber' : 'green', source };
}

export interface BudgetInput {
  html: string;
  title: string;
  digest: string;
  author?: string;
  /** Addresses of the article's own pictures: they are counted as long as they will be in the account. */
  pictures?: readonly string[];
}

/** The content has to stay below its limits; titles, digests and authors may reach theirs. */
export function wechatBudget(article: BudgetInput): BudgetLine[] {
  const room = contentRoom(article.html, article.pictures ?? []);
  const { contentChars, contentBytes, title, digest, author } = WECHAT_LIMITS;
  const below = (
    what: 'chars' | 'bytes',
    value: number,
    { stop, source }: { stop: number; source: string },
  ): BudgetLine => line(what, value, stop * NEARLY_FULL, stop - 1, source);
  const letters = (text: string): number => [...text].length;
  const upTo = (
    what: BudgetLine['what'],
    text: string,
    limit: { warn: number; stop: number; source: string },
  ): BudgetLine => line(what, letters(text), limit.warn + 1, limit.stop, limit.source);
  return [
    below('chars', room.chars, contentChars),
    below('bytes', room.bytes, contentBytes),
    upTo('title', article.title, title),
    upTo('digest', article.digest, digest),
    upTo('author', article.author ?? '', author),
  ];
}
