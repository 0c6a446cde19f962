/** Lengths as the targets count them, and what is over them. */
import type { Counting, Limit, TargetRules } from './rules.ts';
import type { TargetWarning } from './types.ts';

/**
 * 小红书's title rule, as its own editor counts: a UTF-16 unit outside ASCII is 2, one inside is 1; half of the sum,
 * rounded up (xpzouying/xiaohongshu-mcp #410).
 */
function halfAscii(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum += text.charCodeAt(i) > 0x7f ? 2 : 1;
  return Math.ceil(sum / 2);
}

export function countAs(counting: Counting, text: string): number {
  if (counting === 'utf16') return text.length;
  return counting === 'characters' ? [...text].length : halfAscii(text);
}

/** The number a length has passed, the graver one first; null while it fits. */
function passed(limit: Limit, length: number): { level: TargetWarning['level']; limit: number } | null {
  if (limit.stop !== undefined && length > limit.stop) return { level: 'stop', limit: limit.stop };
  return limit.warn !== undefined && length > limit.warn ? { level: 'warn', limit: limit.warn } : null;
}

export function titleWarnings(rules: TargetRules, title: string): TargetWarning[] {
  if (title.trim() === '') return [{ level: 'warn', code: 'title_missing', params: {} }];
  const { title: limit } = rules.limits;
  if (!limit) return [];
  const length = countAs(limit.count, title);
  const over = passed(limit, length);
  const found: TargetWarning[] = [];
  if (over) found.push({ level: over.level, code: 'title_long', params: { length, limit: over.limit } });
  if (limit.least !== undefined && length < limit.least) {
    found.push({ level: 'warn', code: 'title_short', params: { length, limit: limit.least } });
  }
  return found;
}

export function textWarnings(rules: TargetRules, text: string): TargetWarning[] {
  const { text: limit } = rules.limits;
  if (!limit) return [];
  const length = countAs(limit.count, text);
  const over = passed(limit, length);
  return over ? [{ level: over.level, code: 'text_long', params: { length, limit: over.limit } }] : [];
}

/** Too few pictures, too many, and what the target's file advises. */
export function pictureWarnings(rules: TargetRules, count: number): TargetWarning[] {
  const { least, most } = rules.pictures;
  const found: TargetWarning[] = [];
  if (least && count < least.value) {
    found.push({ level: 'warn', code: 'pictures_few', params: { count, least: least.value } });
  }
  if (most && count > most.value) {
    found.push({ level: 'warn', code: 'pictures_many', params: { count, most: most.value } });
  }
  return found;
}

export function adviceOf(rules: TargetRules): TargetWarning[] {
  return rules.advice.map(({ code }) => ({ level: 'warn', code, params: {} }));
}
