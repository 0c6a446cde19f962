/** What differs between two articles as wholes: the theme they are set in, and their covers. */
import { normalCover, type Cover } from '../../cover/cover.ts';
import { canonicalJson } from '../canonical.ts';
import type { WholeChange } from './types.ts';

interface Whole {
  theme: string;
  cover: Cover | null;
}

/** Articles come as they are stored, without empty attributes, or from the editor, with them. */
function wholeOf(doc: object): Whole {
  const { theme, cover } = ((doc as { attrs?: unknown }).attrs ?? {}) as {
    theme?: string | null;
    cover?: Cover | null;
  };
  return { theme: theme ?? '', cover: cover ? normalCover(cover) : null };
}

/** A cover in words: what it says, else its picture's id. */
const wordsOf = (cover: Cover | null): string => (cover === null ? '' : cover.text?.words || cover.image);

export function wholeChanges(a: object, b: object): WholeChange[] {
  const [old, now] = [wholeOf(a), wholeOf(b)];
  const changes: WholeChange[] = [];
  if (old.theme !== now.theme) changes.push({ part: 'theme', before: old.theme, after: now.theme });
  if (canonicalJson(old.cover) !== canonicalJson(now.cover)) {
    changes.push({ part: 'cover', before: wordsOf(old.cover), after: wordsOf(now.cover) });
  }
  return changes;
}
