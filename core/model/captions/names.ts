/** Names of people, inside which no line ends: where they come from, and where they stand in a text. Pure. */
import { inlineText, walk } from '../article/text.ts';
import type { ArticleDoc } from '../article/types.ts';
import { titleLookOf } from '../timeline/title-looks.ts';
import type { Timeline } from '../timeline/timeline.ts';

/** What may stand between a name and who that is, in one field: "周大山（茶农）", "周大山，村支书". */
const BEHIND = /[（(，,、：:；;|｜/]/u;
/** More is no name but a sentence; less cannot be parted. UTF-16 units. */
const [SHORTEST, LONGEST] = [2, 30];
/** A name bar writes the name in a field of this name (templates/video/titles). */
const NAME_FIELD = 'name';

/** The name at the head of a text that names somebody; null where there is none. Chinese ends at a space, Latin does not. */
export function nameIn(text: string): string | null {
  const head = (text.split(BEHIND, 1)[0] ?? '').replace(/\s+/gu, ' ').trim();
  const name = /^\p{Script=Han}/u.test(head) ? (head.split(' ', 1)[0] ?? '') : head;
  return name.length >= SHORTEST && name.length <= LONGEST && /^\p{L}/u.test(name) ? name : null;
}

/** Each once, longer ones first: of two that begin alike the longer one is meant. */
export function namesFrom(texts: readonly (string | undefined)[]): string[] {
  const names = new Set(texts.flatMap((text) => (text === undefined ? [] : (nameIn(text) ?? []))));
  return [...names].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

/** Who speaks. */
export const speakersOf = (cues: readonly { speaker?: string | undefined }[]): string[] =>
  namesFrom(cues.map(({ speaker }) => speaker));

/** The people a film names: who speaks in its captions, and its name bars. */
export function peopleIn({ captions, titles }: Pick<Timeline, 'captions' | 'titles'>): string[] {
  const bars = titles.filter(({ look }) => titleLookOf(look)?.lines.some(({ field }) => field === NAME_FIELD));
  return namesFrom([...captions.cues.map(({ speaker }) => speaker), ...bars.map(({ texts }) => texts[NAME_FIELD])]);
}

/** The people of a story: the titles of its person cards (core/model/article, `personCard`). */
export function peopleOfArticle(doc: Pick<ArticleDoc, 'content'>): string[] {
  const titles: string[] = [];
  for (const { type, content = [] } of walk(doc.content)) {
    if (type !== 'personCard') continue;
    titles.push(...content.filter((part) => part.type === 'cardTitle').map(inlineText));
  }
  return namesFrom(titles);
}

/** Chinese words by the dictionary every JavaScript engine brings (ICU). */
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** Whether nothing but chance put these characters side by side: 李明 in 行李明天. Then a word goes on over an end of them. */
function byChance(text: string, from: number, name: string): boolean {
  if (!/^\p{Script=Han}+$/u.test(name)) return false;
  const starts = new Set(Array.from(segmenter.segment(text), ({ index }) => index));
  return !starts.has(from) && !starts.has(from + name.length);
}

/**
 * The name that a break between two lines parts, and how the two are joined again (a Latin name has a space there); null:
 * none. `names` as {@link namesFrom} gives them.
 */
export function partedName(
  before: string,
  after: string,
  names: readonly string[],
): { name: string; joiner: '' | ' ' } | null {
  for (const name of names) {
    for (let cut = 1; cut < name.length; cut += 1) {
      const [head, tail] = [name.slice(0, cut), name.slice(cut)];
      if (!before.endsWith(head.trimEnd()) || !after.startsWith(tail.trimStart())) continue;
      if (head.trimEnd() === '' || tail.trimStart() === '') continue;
      const joiner = head.endsWith(' ') || tail.startsWith(' ') ? ' ' : '';
      const [at, whole] = [before.length - head.trimEnd().length, `${before}${joiner}${after}`];
      if (!byChance(whole, at, name)) return { name, joiner };
    }
  }
  return null;
}
