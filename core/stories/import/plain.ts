/** Plain text: every line with text is a paragraph. */
import { ArticleBuilder, PLAIN_LINE } from './builder.ts';
import { cleanCharacters } from './characters.ts';
import type { RepairList } from './repairs.ts';
import { takeTitle } from './title.ts';
import type { TitledArticle } from './title.ts';

/** Article of a plain text; its first line with text is the title. Errors: too_large. */
export function importPlain(text: string, file: string, repairs: RepairList): TitledArticle {
  const builder = new ArticleBuilder(repairs, file);
  // U+2028 and U+2029 are line and paragraph ends in text copied from design programs; form feed parts pages.
  for (const line of cleanCharacters(text, repairs).split(/\r\n|[\n\r\f\u2028\u2029]/)) {
    builder.text(line, {}, PLAIN_LINE, 'keep');
    builder.endLine();
  }
  return takeTitle(builder.finish(), { given: null, look: 'line' }, repairs);
}
