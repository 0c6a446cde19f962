/**
 * The article in every target but `wechat`: one walk (pieces of a line, cards in plainer words), one writer a kind of
 * file, and the rules as data (`templates/targets`). Word documents and printed pages are made by `core/platform` from
 * the same walk.
 */
import { articleText, excerptOf } from '../article/text.ts';
import { adviceOf, pictureWarnings, textWarnings, titleWarnings } from './count.ts';
import { utf8Bytes } from '../text-form.ts';
import { HtmlWriter, htmlPage } from './html.ts';
import { rulesOf } from './load.ts';
import { MarkdownWriter } from './markdown.ts';
import type { RuledTarget } from './names.ts';
import { noteText } from './note.ts';
import { PlainWriter } from './plain.ts';
import type { Lost, RenderedTarget, TargetInput, TargetWarning } from './types.ts';
import { webPage } from './web.ts';

export * from './names.ts';
export * from './types.ts';
export { COUNTING, parseTargetRules, type Limit, type TargetRules } from './rules.ts';
export { rulesOf } from './load.ts';
export { countAs } from './count.ts';
export { DRAFT_MARK } from './draft-mark.ts';
export { htmlPage, isBlank } from './html.ts';
export { piecesOf, wordsOf, type InlineTools, type Piece, type PlainMark, type TextPiece } from './inline.ts';
export { groupOf, lowered, namesUnder, type CardName } from './lower.ts';
export { NOTICE_SIGNS } from './markdown.ts';
export { topicsIn } from './note.ts';
export { pictureOf, pictureWords, type PictureWords } from './picture-words.ts';
export { Notes, Report } from './report.ts';
export { partWords, warningWords } from './words.ts';

/** Targets whose file is a text that is written here. */
export type TextTarget = Exclude<RuledTarget, 'docx' | 'pdf'>;

/** Characters of a digest. */
export const DIGEST_CHARS = 120;

interface Written {
  file: string;
  content: string;
  lost: Lost[];
  warnings: TargetWarning[];
}

function write(target: TextTarget, input: TargetInput, digest: string): Written {
  const rules = rulesOf(target);
  switch (rules.writer) {
    case 'page': {
      const { page, writer } = webPage(rules, input, digest);
      return { file: page, content: page, lost: writer.report.lost, warnings: [] };
    }
    case 'html': {
      const writer = new HtmlWriter(rules, input);
      const content = writer.content();
      return { file: htmlPage(content, input.title), content, lost: writer.report.lost, warnings: [] };
    }
    case 'markdown': {
      const writer = new MarkdownWriter(rules, input);
      const file = writer.file();
      return { file, content: file, lost: writer.report.lost, warnings: [] };
    }
    case 'note': {
      const { text, report, warnings } = noteText(rules, input);
      return { file: `${text}\n`, content: text, lost: report.lost, warnings };
    }
    default: {
      const writer = new PlainWriter(rules, input, { pictures: true });
      const file = writer.file();
      return { file, content: file, lost: writer.report.lost, warnings: [] };
    }
  }
}

/** What a target has against an article whatever becomes of it: title, length, pictures, advice. */
export function ruleWarnings(
  target: RuledTarget,
  input: Pick<TargetInput, 'title' | 'doc'>,
  pictures: number,
): TargetWarning[] {
  const rules = rulesOf(target);
  const long = rules.writer === 'note' ? [] : textWarnings(rules, articleText(input.doc));
  return [...titleWarnings(rules, input.title), ...long, ...pictureWarnings(rules, pictures), ...adviceOf(rules)];
}

/** Renders a checked article (`parseArticle`). Pure: the same article and pictures give the same text. */
export function renderTarget(target: TextTarget, input: TargetInput): RenderedTarget {
  const digest = excerptOf(input.doc, DIGEST_CHARS);
  const { file, content, lost, warnings } = write(target, input, digest);
  return {
    file,
    content,
    chars: content.length,
    bytes: utf8Bytes(content),
    title: input.title,
    digest,
    lost,
    warnings: [...ruleWarnings(target, input, input.images.size), ...warnings],
  };
}
