/** Word documents: the article with real styles, and before it a contribution form (投稿表) when asked for. */
import {
  AlignmentType,
  Document,
  Footer,
  Header,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
  type IRunOptions,
} from 'docx';
import { articleText, countWords, walk } from '../../model/article/text.ts';
import {
  DRAFT_MARK,
  NOTHING_KNOWN,
  namesUnder,
  pictureWords,
  type TargetInput,
  type TargetWarning,
} from '../../model/targets/index.ts';
import type { DocumentOrder, MadeDocument } from '../../ports/index.ts';
import { DocxBlocks } from './docx-blocks.ts';
import { sameDocx } from './docx-same.ts';
import { FORM_STYLE, PAGE, STYLES } from './docx-styles.ts';

const run = (options: IRunOptions): TextRun => new TextRun(options);

/** Of the form, twentieths of a point: labels and what stands beside them, together the column of text. */
const FORM_COLUMNS = [1800, 7158];

function formRow(label: string, lines: readonly string[]): TableRow {
  const cell = (texts: readonly string[], bold: boolean, size: number): TableCell =>
    new TableCell({
      children: (texts.length > 0 ? texts : ['']).map(
        (text) => new Paragraph({ style: FORM_STYLE.id, children: [run({ text, bold })] }),
      ),
      width: { size, type: WidthType.DXA },
      margins: { top: 80, bottom: 80, left: 120, right: 120 },
    });
  return new TableRow({
    children: [cell([label], true, FORM_COLUMNS[0] ?? 0), cell(lines, false, FORM_COLUMNS[1] ?? 0)],
  });
}

/** What an editor elsewhere asks for first: title, author, unit, length, pictures with their words. */
function contributionForm(input: TargetInput): (Paragraph | Table)[] {
  const { doc, about = NOTHING_KNOWN } = input;
  const pictures = [...walk(doc.content)].filter((node) => node.type === 'image');
  const words = pictures.map((node, i) => {
    const { alt, parts, ai } = pictureWords(node);
    const named = parts.length > (ai ? 1 : 0) ? parts : [alt, ...parts];
    return `${i + 1}. ${named.filter((part) => part !== '').join('　')}`;
  });
  const unit = namesUnder(doc, 'source')[0] ?? about.publisher ?? '';
  const head = run({ text: FORM_STYLE.name, bold: true, size: 36 });
  return [
    new Paragraph({ style: FORM_STYLE.id, alignment: AlignmentType.CENTER, spacing: { after: 240 }, children: [head] }),
    new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      columnWidths: FORM_COLUMNS,
      rows: [
        formRow('标题', [input.title]),
        formRow('作者', [namesUnder(doc, 'author', 'correspondent').join('、')]),
        formRow('单位', [unit]),
        formRow('摄影', [namesUnder(doc, 'photographer').join('、')]),
        formRow('正文', [`约 ${countWords(articleText(doc))} 字，见下页`]),
        formRow('图片', [`${pictures.length} 张`, ...words]),
      ],
    }),
  ];
}

function headAndFoot(input: TargetInput) {
  const mark = input.draft === true ? [run({ text: `${DRAFT_MARK}\u3000`, bold: true, color: 'B42318' })] : [];
  const head = new Paragraph({
    alignment: AlignmentType.RIGHT,
    children: [...mark, run({ text: input.title, size: 18, color: '57606A' })],
  });
  const foot = new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [run({ size: 18, children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] })],
  });
  return {
    headers: { default: new Header({ children: [head] }) },
    footers: { default: new Footer({ children: [foot] }) },
  };
}

function formWarnings(order: DocumentOrder): TargetWarning[] {
  const named = namesUnder(order.input.doc, 'author', 'correspondent').length > 0;
  return order.form && !named ? [{ level: 'warn', code: 'form_author_missing', params: {} }] : [];
}

/** Errors: cancelled (by the signal). */
export async function makeDocx(order: DocumentOrder): Promise<MadeDocument> {
  const { input, form } = order;
  const blocks = new DocxBlocks(order);
  const article = await blocks.article();
  const authors = namesUnder(input.doc, 'author', 'correspondent');
  const title = new Paragraph({ heading: HeadingLevel.TITLE, text: input.title, pageBreakBefore: form });
  const footnotes = Object.fromEntries(
    blocks.notes.texts.map((text, i) => [i + 1, { children: [new Paragraph({ style: 'FootnoteText', text })] }]),
  );
  const { publisher, publishedAt, modifiedAt } = input.about ?? NOTHING_KNOWN;
  const creator = authors.join('、') || (publisher ?? '');
  const document = new Document({
    title: input.title,
    creator,
    // Else the library names somebody of its own.
    lastModifiedBy: creator,
    description: '',
    styles: STYLES,
    numbering: { config: blocks.numberings },
    footnotes,
    sections: [
      {
        properties: { page: PAGE },
        ...headAndFoot(input),
        children: [...(form ? contributionForm(input) : []), ...(input.title === '' ? [] : [title]), ...article],
      },
    ],
  });
  order.signal?.throwIfAborted();
  const at = publishedAt ?? modifiedAt;
  const data = await sameDocx(await Packer.toBuffer(document), at === null ? null : new Date(at));
  const { lost } = blocks.report;
  return { data, chars: blocks.chars + input.title.length, lost, warnings: formWarnings(order) };
}
