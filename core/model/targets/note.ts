/**
 * A note (小红书 笔记): a short plain text with topics, its pictures beside it. A text that is too long is cut at the end of
 * a sentence, and that is said; nothing is cut in silence.
 */
import { articleText } from '../article/text.ts';
import type { ArticleDoc } from '../article/types.ts';
import { countAs } from './count.ts';
import { DRAFT_MARK } from './draft-mark.ts';
import { PlainWriter } from './plain.ts';
import type { Report } from './report.ts';
import type { TargetRules } from './rules.ts';
import type { TargetInput, TargetWarning } from './types.ts';

/** More topics than this read as an advertisement. */
const MOST_TOPICS = 5;
/** A topic as people write it: #话题 or #话题#. */
const TOPIC = /#([\p{L}\p{N}_]{1,20})#?/gu;

/** Topics written in the text (#话题 or #话题#), without their signs; each once, in order. */
export function topicsIn(doc: ArticleDoc): string[] {
  return [...new Set([...articleText(doc).matchAll(TOPIC)].map((match) => match[1] ?? ''))];
}

/** Topics written in the text, and the office's own name; each once, in order. */
function topicsOf(input: TargetInput): string[] {
  const written = topicsIn(input.doc);
  const office = input.about?.publisher?.replace(/[^\p{L}\p{N}_]/gu, '') ?? '';
  return [...new Set([...written, office])].filter((topic) => topic !== '').slice(0, MOST_TOPICS);
}

/** The longest beginning of `text` of at most `room` that ends with a sentence; whole lines count as sentences. */
function untilSentence(text: string, room: number, lengthOf: (text: string) => number): string {
  const ends = [...text.matchAll(/[。！？!?…]+[”’」』）)]*|\n/gu)].map((match) => match.index + match[0].length);
  let kept = '';
  for (const end of ends) {
    const beginning = text.slice(0, end).trimEnd();
    if (lengthOf(beginning) > room) break;
    kept = beginning;
  }
  return kept;
}

export interface NoteText {
  text: string;
  report: Report;
  warnings: TargetWarning[];
}

export function noteText(rules: TargetRules, input: TargetInput): NoteText {
  const writer = new PlainWriter(rules, input, { pictures: false });
  const body = writer
    .blocks()
    .join('\n\n')
    .replace(/#([\p{L}\p{N}_]{1,20})#/gu, '#$1');
  const { report } = writer;
  const warnings: TargetWarning[] = [];
  const topics = topicsOf(input).filter((topic) => !body.includes(`#${topic}`));
  if (topicsOf(input).length === 0) warnings.push({ level: 'warn', code: 'topics_missing', params: {} });
  const tail = topics.map((topic) => `#${topic}`).join(' ');
  const head = input.draft === true ? `【${DRAFT_MARK}】\n\n` : '';
  const limit = rules.limits.text;
  const most = limit?.stop ?? limit?.warn;
  const lengthOf = (text: string): number => (limit ? countAs(limit.count, text) : text.length);
  const whole = (text: string): string => `${head}${text}${tail === '' ? '' : `\n\n${tail}`}`;
  if (most === undefined || lengthOf(whole(body)) <= most) return { text: whole(body), report, warnings };
  const room = most - lengthOf(whole(''));
  const cut =
    untilSentence(body, room, lengthOf) || [...body].slice(0, Math.max(Math.floor(room / 2) - 1, 0)).join('') + '…';
  const rest = body.slice(cut.endsWith('…') && !body.startsWith(cut) ? cut.length - 1 : cut.length).trim();
  report.lose('text', [...rest.replace(/\s+/gu, ' ')].slice(0, 40).join(''));
  warnings.push({
    level: 'warn',
    code: 'text_shortened',
    params: { length: lengthOf(whole(body)), kept: lengthOf(whole(cut)), limit: most },
  });
  return { text: whole(cut), report, warnings };
}
