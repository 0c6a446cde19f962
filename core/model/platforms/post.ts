/** The words that go with a film, and whether they fit the platform's fields. Nothing is cut: what is over is told. */
import { countAs } from '../targets/count.ts';
import { checkLimit } from './checks.ts';
import type { LimitCheck } from './checks.ts';
import type { PlatformProfile } from './profile.ts';

export interface PostWords {
  title: string;
  text: string;
  /** Without the sign #. */
  topics: readonly string[];
}

export interface Post {
  format: 'tongxin-post/1';
  target: string;
  title: string;
  text: string;
  topics: string[];
  /** Something in the film is made by an AI: the declaration on the platform's upload page has to say so. */
  aiMade: boolean;
}

type Words = NonNullable<PlatformProfile['post']['title']>;

function wordChecks(field: string, rules: Words | undefined, text: string): LimitCheck[] {
  if (rules === undefined) return [];
  const { count, limits, allowed } = rules;
  const checks = limits.map((limit) => checkLimit(field, limit, countAs(count, text)));
  if (allowed === undefined) return checks;
  const { pattern, ...proof } = allowed;
  const strange = [...new Set([...text].filter((char) => !new RegExp(pattern, 'u').test(char)))];
  const told = checkLimit(`${field}Characters`, { anyOf: [''], ...proof }, strange.join(''));
  // The characters the platform's field does not take, none.
  return [...checks, told];
}

function topicChecks(rules: PlatformProfile['post']['topics'], topics: readonly string[]): LimitCheck[] {
  if (rules === undefined) return [];
  const { limits, together } = rules;
  return [
    ...limits.map((limit) => checkLimit('topics', limit, topics.length)),
    ...(together?.limits ?? []).map((limit) =>
      checkLimit('topicsTogether', limit, countAs(together?.count ?? 'characters', topics.join(','))),
    ),
  ];
}

/**
 * The words for one platform with every limit of its fields, by the platform's own way of counting. A platform that has only a
 * short title (WeChat Channels) gets the title there.
 */
export function postOf(
  profile: PlatformProfile,
  words: PostWords,
  aiMade: boolean,
): { post: Post; checks: LimitCheck[] } {
  const { target, post: rules } = profile;
  const { title, text } = words;
  const topics = [...new Set(words.topics)];
  const short = rules.title === undefined ? rules.shortTitle : undefined;
  return {
    post: { format: 'tongxin-post/1', target, title, text, topics, aiMade },
    checks: [
      ...wordChecks('title', rules.title, title),
      ...wordChecks('shortTitle', short, title),
      ...wordChecks('text', rules.text, text),
      ...topicChecks(rules.topics, topics),
    ],
  };
}

/** The same to copy from: title, text, topics with their signs, parted by empty lines. */
export function postText({ title, text, topics }: Post): string {
  const parts = [title, text, topics.map((topic) => `#${topic}`).join(' ')].filter((part) => part !== '');
  return `${parts.join('\n\n')}\n`;
}
