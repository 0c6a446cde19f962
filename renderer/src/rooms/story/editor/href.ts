import { isAllowedHref } from '../../../../../core/model/article/describe.ts';

/** What a person writes as an address: `a@b.cn` is mail, `www.x.cn` is https; null when it is neither. */
export function hrefOf(text: string): string | null {
  const trimmed = text.trim();
  const allowed: (href: string) => boolean = isAllowedHref;
  if (/^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/.test(trimmed)) return `mailto:${trimmed}`;
  if (allowed(trimmed)) return trimmed;
  const completed = `https://${trimmed}`;
  const hasScheme = /^[a-z][a-z\d+.-]*:/i.test(trimmed) && !/^[^:]+:\d+(\/|$)/.test(trimmed);
  return !hasScheme && /^[^\s/]+\.[^\s/]+/.test(trimmed) && allowed(completed) ? completed : null;
}
