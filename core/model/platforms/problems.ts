/** What is wrong in a profile, by its place, so that a form can say it at the field. */
import type { z } from 'zod';

/**
 * number: not a number, or too small or large; text: empty or too long; date, address, pattern, name, choice: not one; none: a limit
 * without a number; range: min over max; window: earliest not before latest; source: a changed number with the source of the
 * earlier one; engine: what the studio does not make; taken: the name is another platform's; other: the rest.
 */
export const PLATFORM_WHY = [
  ...(['number', 'text', 'date', 'address', 'pattern', 'name', 'choice'] as const),
  ...(['none', 'range', 'window', 'source', 'engine', 'taken', 'other'] as const),
] as const;
export type PlatformWhy = (typeof PLATFORM_WHY)[number];

export interface PlatformProblem {
  /** Keys with dots: `limits.bytes.0.checked`; empty: the whole. */
  place: string;
  why: PlatformWhy;
  /** In English, for files and the command line. */
  message: string;
  /** Of `engine`: what would be taken. */
  takes?: string;
}

/** A refinement's message with its kind. */
export const because = (why: PlatformWhy, error: string) => ({ error, params: { why } });

type Issue = z.core.$ZodIssue;

function whyOf(issue: Issue): PlatformWhy {
  switch (issue.code) {
    case 'custom': {
      const why: unknown = issue.params?.['why'];
      return PLATFORM_WHY.find((one) => one === why) ?? 'other';
    }
    case 'invalid_format':
      return issue.format === 'date' ? 'date' : 'name';
    case 'invalid_value':
      return 'choice';
    case 'invalid_type':
      return issue.expected === 'string'
        ? 'text'
        : issue.expected === 'number' || issue.expected === 'int'
          ? 'number'
          : 'other';
    case 'too_small':
    case 'too_big':
      return issue.origin === 'string' ? 'text' : issue.origin === 'array' ? 'none' : 'number';
    default:
      return 'other';
  }
}

export const problemOf = (issue: Issue): PlatformProblem => ({
  place: issue.path.join('.'),
  why: whyOf(issue),
  message: issue.message,
});

/** `limits.bytes.0.checked: …`, as refusals say it. */
export const problemText = ({ place, message }: PlatformProblem): string =>
  place === '' ? message : `${place}: ${message}`;
