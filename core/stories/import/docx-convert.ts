/** Turns mammoth's reading of a Word document into an article. */
import { MAX_CAPTION, isAllowedHref } from '../../model/article/index.ts';
import { PLAIN_LINE } from './builder.ts';
import type { ArticleBuilder, Line, Marks } from './builder.ts';
import { cleanCharacters } from './characters.ts';
import { alignOf, hasForm, hasImage, isFormRow, plainText, roleOf, runMarks } from './docx-roles.ts';
import { takeMark } from './docx-numbering.ts';
import type { ParagraphNumber } from './docx-numbering.ts';
import { safeHref } from './html-walk.ts';
import type { WordCell, WordDocument, WordElement, WordImage, WordNoteReference, WordParagraph } from './docx-types.ts';
import type { PictureList } from './pictures.ts';
import type { RepairList } from './repairs.ts';

/** Characters of a comment that its repair shows. */
const COMMENT_CHARS = 60;

interface Tools {
  builder: ArticleBuilder;
  pictures: PictureList;
  repairs: RepairList;
  /** Bytes of the pictures that could be read. */
  images: ReadonlyMap<WordImage, Uint8Array>;
}

interface OpenList {
  level: number;
  ordered: boolean;
  /** Number the next item gets by itself. */
  next: number;
}

class Converter {
  readonly #tools: Tools;
  readonly #notes: WordDocument['notes'];
  readonly #references: WordNoteReference[] = [];
  /** Lists open now, outermost first, each with an open item. */
  #lists: OpenList[] = [];
  #inQuote = false;
  #formSeen = false;

  constructor(tools: Tools, notes: WordDocument['notes']) {
    this.#tools = tools;
    this.#notes = notes;
  }

  blocks(elements: readonly WordElement[]): void {
    for (const element of elements) {
      if (element.type === 'paragraph') this.#paragraph(element);
      else if (element.type === 'table') this.#table(element.children);
      else this.#inline([element], {}, PLAIN_LINE);
    }
    this.#closeAll();
  }

  get formSeen(): boolean {
    return this.#formSeen;
  }

  /** Notes that could not stand in the text (`#footnote`) as paragraphs at the end, each beginning with the number it has in the text. */
  notes(): void {
    const { builder, repairs } = this.#tools;
    // A note may refer to another, so the list can grow on the way.
    for (let i = 0; i < this.#references.length; i++) {
      const reference = this.#references[i];
      const body = reference ? (this.#notes.resolve(reference)?.body ?? []) : [];
      builder.endLine();
      builder.text(`[${i + 1}] `, {}, PLAIN_LINE, 'keep');
      const [first, ...rest] = body;
      if (first?.type === 'paragraph') {
        this.#inline(first.children, {}, PLAIN_LINE);
        builder.endLine();
        this.blocks(rest);
      } else this.blocks(body);
    }
    builder.endLine();
    repairs.add('footnotes_moved', this.#references.length);
  }

  #paragraph(paragraph: WordParagraph): void {
    const { builder, repairs } = this.#tools;
    const role = roleOf(paragraph);
    const { text, number } = takeMark(plainText(paragraph));
    if (role.kind === 'contents') {
      repairs.add('toc_left_out');
      return;
    }
    if (role.kind === 'form') {
      this.#formSeen = true;
      return;
    }
    if (role.kind === 'rule' && text.trim() === '') {
      this.#closeAll();
      builder.rule();
      return;
    }
    if (text.trim() === '' && !hasImage(paragraph)) return;
    if (role.kind === 'caption' && builder.caption(cleanCharacters(text, repairs).trim())) return;
    const line: Line = { heading: role.kind === 'heading' ? role.level : 0, align: alignOf(paragraph.alignment) };
    const listed = number !== null && number.kind !== 'text' && role.kind !== 'heading' ? number : null;
    if (listed) this.#item(listed);
    else this.#leaveList(role.kind === 'quote');
    if (number && !listed && number.kind !== 'bullet' && number.label !== '') {
      repairs.add('numbers_as_text');
      // After «一、» or «（一）» nothing stands; after «1.» or «第一条» a space does.
      builder.text(/[、．。）〕】]$/u.test(number.label) ? number.label : `${number.label} `, {}, line, 'keep');
    }
    this.#inline(paragraph.children, {}, line);
    builder.endLine();
  }

  #leaveList(quote: boolean): void {
    this.#closeLists(0);
    if (quote === this.#inQuote) return;
    if (quote) this.#tools.builder.open('blockquote');
    else this.#tools.builder.close();
    this.#inQuote = quote;
  }

  #closeAll(): void {
    this.#leaveList(false);
  }

  #closeLists(count: number): void {
    while (this.#lists.length > count) {
      this.#tools.builder.close();
      this.#tools.builder.close();
      this.#lists.pop();
    }
  }

  /** Opens the item for a numbered paragraph: in the list that runs, in one below it, or in a new one. */
  #item(number: ParagraphNumber): void {
    const { builder } = this.#tools;
    if (this.#inQuote) this.#leaveList(false);
    const ordered = number.kind === 'ordered';
    while ((this.#lists.at(-1)?.level ?? -1) > number.level) this.#closeLists(this.#lists.length - 1);
    const current = this.#lists.at(-1);
    if (current?.level === number.level) {
      if (current.ordered === ordered && (!ordered || current.next === number.value)) {
        current.next += 1;
        builder.close();
        builder.open('listItem');
        return;
      }
      this.#closeLists(this.#lists.length - 1);
    }
    // A list that was interrupted by a paragraph goes on with the number it had reached.
    const start = Math.min(Math.max(number.value, 0), 999_999);
    builder.open(ordered ? 'orderedList' : 'bulletList', ordered ? { start } : {});
    builder.open('listItem');
    this.#lists.push({ level: number.level, ordered, next: number.value + 1 });
  }

  #table(rows: readonly WordElement[]): void {
    if (rows.length > 0 && rows.every(isFormRow)) {
      this.#formSeen = true;
      return;
    }
    this.#closeAll();
    const { builder } = this.#tools;
    builder.open('table');
    for (const row of rows) {
      if (row.type !== 'tableRow') continue;
      builder.open('tableRow');
      for (const cell of row.children) if (cell.type === 'tableCell') this.#cell(cell, row.isHeader);
      builder.close();
    }
    builder.close();
  }

  #cell(cell: WordCell, isHeader: boolean): void {
    const { builder } = this.#tools;
    const colspan = Math.min(Math.max(cell.colSpan || 1, 1), 100);
    const rowspan = Math.min(Math.max(cell.rowSpan || 1, 1), 1000);
    builder.open(isHeader ? 'tableHeader' : 'tableCell', { colspan, rowspan });
    this.blocks(cell.children);
    builder.close();
  }

  #inline(elements: readonly WordElement[], marks: Marks, line: Line): void {
    for (const element of elements) this.#piece(element, marks, line);
  }

  #piece(element: WordElement, marks: Marks, line: Line): void {
    const { builder, repairs } = this.#tools;
    const keep = (text: string, with_: Marks = marks): void => builder.text(text, with_, line, 'keep');
    switch (element.type) {
      case 'text':
        // In XML a line end inside text is a space.
        keep(cleanCharacters(takeMark(element.value).text, repairs).replace(/[\r\n]+/g, ' '));
        break;
      case 'run':
        this.#inline(element.children, runMarks(element, marks), line);
        break;
      case 'hyperlink':
        this.#inline(element.children, { ...marks, link: this.#link(element.href) ?? marks.link ?? null }, line);
        break;
      case 'tab':
        keep('\t');
        break;
      case 'break':
        if (element.breakType === 'line') builder.hardBreak();
        break;
      case 'checkbox':
        keep(element.checked ? '☑' : '☐');
        break;
      case 'noteReference':
        if (this.#footnote(element, line)) break;
        this.#references.push(element);
        keep(`[${this.#references.length}]`, { ...marks, script: 'superscript' });
        break;
      case 'image':
        this.#image(element);
        break;
      case 'paragraph':
      case 'table':
        // Text boxes stand inside a run; their paragraphs are read as paragraphs of the document.
        builder.endLine();
        this.#inline(element.children, marks, line);
        builder.endLine();
        break;
      case 'tableRow':
      case 'tableCell':
        this.#inline(element.children, marks, line);
        break;
      case 'commentReference':
      case 'bookmarkStart':
        break;
    }
  }

  /** Puts a note where it is referred to; false when it is too long for that, or holds a picture. */
  #footnote(reference: WordNoteReference, line: Line): boolean {
    const { builder, repairs } = this.#tools;
    const body = this.#notes.resolve(reference)?.body ?? [];
    const words = cleanCharacters(body.map((part) => takeMark(plainText(part)).text.trim()).join(' '), repairs);
    if (words.length > MAX_CAPTION || words.trim() === '' || body.some(hasImage)) return false;
    if (body.length > 1 || body.some(hasForm)) repairs.add('footnotes_plain');
    builder.footnote(words, line);
    return true;
  }

  #link(href: string | undefined): string | null {
    if (href === undefined) return null; // a jump inside the document
    const safe = safeHref(href);
    if (safe === null || !isAllowedHref(safe)) {
      this.#tools.repairs.add('link_left_out');
      return null;
    }
    return safe;
  }

  #image(image: WordImage): void {
    const { builder, pictures, images, repairs } = this.#tools;
    const bytes = images.get(image);
    if (!bytes) return; // told when it could not be read
    const alt = cleanCharacters(image.altText ?? '', repairs);
    const placeholder = pictures.add(bytes, alt);
    if (placeholder !== null) builder.image(placeholder, alt);
  }
}

/** Sends a Word document to the builder: body first, then its notes. */
export function convertDocument(document: WordDocument, tools: Tools): void {
  const converter = new Converter(tools, document.notes);
  converter.blocks(document.children);
  converter.notes();
  if (converter.formSeen) tools.repairs.add('contribution_form_left_out');
  for (const { authorName, body } of document.comments) {
    const words = cleanCharacters(body.map(plainText).join(' '), tools.repairs).replace(/\s+/gu, ' ').trim();
    const shown = [...words].length > COMMENT_CHARS ? `${[...words].slice(0, COMMENT_CHARS).join('')}…` : words;
    tools.repairs.add('comments_left_out', 1, `${authorName ?? ''}“${shown}”`);
  }
}
