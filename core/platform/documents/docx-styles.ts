/** Styles of the Word documents: the built-in ones, so that Word, WPS and LibreOffice know them by name. */
import {
  AlignmentType,
  BorderStyle,
  LevelFormat,
  LineRuleType,
  convertMillimetersToTwip,
  type IStylesOptions,
} from 'docx';

/** Body in a serif, headings in a sans, as offices print; each program falls back to its own where one is missing. */
const SERIF = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '宋体', cs: 'Times New Roman' };
const SANS = { ascii: 'Arial', hAnsi: 'Arial', eastAsia: '黑体', cs: 'Arial' };

/** Style of the contribution form, by which the importer knows it. */
export const FORM_STYLE = { id: 'ContributionForm', name: '投稿表' };
/** The name LibreOffice has for a divider; Word takes it as a style like any other. */
export const RULE_STYLE = { id: 'HorizontalLine', name: 'Horizontal Line' };

const heading = (size: number, before: number) => ({
  run: { font: SANS, size, bold: true, color: '000000' },
  paragraph: { spacing: { before, after: 120 }, keepNext: true, keepLines: true },
});

/** Sizes in half-points, distances in twentieths of a point. */
export const STYLES: IStylesOptions = {
  default: {
    document: {
      run: { font: SERIF, size: 24 },
      paragraph: { spacing: { line: 360, lineRule: LineRuleType.AUTO, after: 120 } },
    },
    title: {
      run: { font: SANS, size: 44, bold: true, color: '000000' },
      paragraph: { alignment: AlignmentType.CENTER, spacing: { before: 240, after: 240 } },
    },
    heading1: heading(32, 320),
    heading2: heading(28, 280),
    heading3: heading(24, 240),
    hyperlink: { run: { color: '175CB5', underline: {} } },
    footnoteText: { run: { size: 18 } },
  },
  paragraphStyles: [
    {
      ...{ id: 'Quote', name: 'Quote', basedOn: 'Normal', quickFormat: true },
      run: { italics: false, color: '444444' },
      paragraph: {
        indent: { left: 480 },
        border: { left: { style: BorderStyle.SINGLE, size: 18, space: 8, color: 'BBBBBB' } },
      },
    },
    {
      ...{ id: 'Caption', name: 'Caption', basedOn: 'Normal', quickFormat: true },
      run: { size: 20, italics: false, color: '444444' },
      paragraph: { alignment: AlignmentType.CENTER, spacing: { after: 200 } },
    },
    {
      ...{ id: RULE_STYLE.id, name: RULE_STYLE.name, basedOn: 'Normal' },
      paragraph: { border: { bottom: { style: BorderStyle.SINGLE, size: 6, space: 1, color: '999999' } } },
    },
    {
      ...{ id: FORM_STYLE.id, name: FORM_STYLE.name, basedOn: 'Normal' },
      paragraph: { spacing: { line: 300, lineRule: LineRuleType.AUTO, after: 0 } },
    },
  ],
};

const LEVELS = 9;

/** Numbering of one list: every level alike, since each list inside another has a numbering of its own. */
export function listLevels(start: number | null) {
  return Array.from({ length: LEVELS }, (_, level) => ({
    level,
    start: start ?? 1,
    format: start === null ? LevelFormat.BULLET : LevelFormat.DECIMAL,
    text: start === null ? '•' : `%${level + 1}.`,
    alignment: AlignmentType.LEFT,
    style: { paragraph: { indent: { left: 420 * (level + 1), hanging: 420 } } },
  }));
}

const mm = convertMillimetersToTwip;
export const PAGE = {
  size: { width: mm(210), height: mm(297) },
  margin: { top: mm(28), bottom: mm(25), left: mm(26), right: mm(26) },
};
/** What a picture may take, in pixels of 1/96 inch: the column, and a good half of the page. */
export const PICTURE_MOST = { width: 596, height: 620 };
