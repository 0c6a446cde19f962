/** Markdown (CommonMark with tables, strike-through, footnotes and notices); HTML inside it stays text. */
import MarkdownIt from 'markdown-it';
import { htmlBody } from './html.ts';
import { readForms, readNotes, takeNotes } from './markdown-notes.ts';
import { withNotices } from './notices.ts';
import type { PictureList } from './pictures.ts';
import type { RepairList } from './repairs.ts';
import { takeTitle } from './title.ts';
import type { TitledArticle } from './title.ts';

/** Properties between two lines of --- at the very start, as blog programs write them. */
const FRONT_MATTER = /^---[ \t]*\r?\n((?:[^\n]*\n)*?)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/;

function splitFrontMatter(text: string): { title: string | null; body: string; found: boolean } {
  const match = FRONT_MATTER.exec(text);
  const lines = match?.[1]?.split(/\r?\n/) ?? [];
  // A rule (---) followed by text is no front matter: every line has to be a property, a list entry or a comment.
  if (!match || !lines.every((line) => /^(?:[\w-]+\s*:.*|\s+.*|-\s.*|#.*|)$/.test(line))) {
    return { title: null, body: text, found: false };
  }
  const raw = lines.map((line) => /^title\s*:\s*(.*)$/i.exec(line)?.[1]).find((value) => value !== undefined);
  const title = raw?.trim().replace(/^(["'])(.*)\1$/, '$2') ?? null;
  return { title: title === '' ? null : title, body: text.slice(match[0].length), found: true };
}

/** Article of a Markdown text; its first heading is the title. Errors: too_large. */
export function importMarkdown(text: string, file: string, pictures: PictureList, repairs: RepairList): TitledArticle {
  const { title, body, found } = splitFrontMatter(text);
  if (found) repairs.add('front_matter_left_out');
  const { body: plain, notes } = takeNotes(body);
  const md = new MarkdownIt({ html: false, linkify: false, typographer: false, breaks: false });
  readNotes(md, notes);
  readForms(md);
  const doc = withNotices(htmlBody(md.render(plain), file, pictures, repairs));
  return takeTitle(doc, { given: title, look: 'heading' }, repairs);
}
