import { expect, it } from 'vitest';
import { formatNumber } from './docx-number-format.ts';
import { markNumbers, readNumbering, takeMark } from './docx-numbering.ts';

it.each([
  ['chineseCounting', 1, '一'],
  ['chineseCounting', 10, '十'],
  ['chineseCountingThousand', 11, '十一'],
  ['japaneseCounting', 20, '二十'],
  ['chineseCounting', 23, '二十三'],
  ['chineseCounting', 105, '一百零五'],
  ['chineseCounting', 110, '一百一十'],
  ['chineseCounting', 1001, '一千零一'],
  ['chineseLegalSimplified', 12, '壹拾贰'],
  ['ideographDigital', 20, '二〇'],
  ['ideographTraditional', 3, '丙'],
  ['decimalEnclosedCircle', 20, '⑳'],
  ['decimalEnclosedCircle', 21, '21'],
  ['lowerLetter', 27, 'aa'],
  ['upperLetter', 2, 'B'],
  ['lowerRoman', 14, 'xiv'],
  ['upperRoman', 9, 'IX'],
  ['decimalZero', 5, '05'],
  ['decimalFullWidth', 12, '１２'],
  ['none', 1, ''],
  ['somethingElse', 7, '7'],
])('%s %i is %s', (format, n, expected) => {
  expect(formatNumber(n, format)).toBe(expected);
});

const level = (i: number, format: string, text: string): string =>
  `<w:lvl w:ilvl='${i}'><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
const numbering = readNumbering(
  `<w:numbering><w:abstractNum w:abstractNumId="1">${level(0, 'decimal', '%1.')}${level(1, 'decimal', '%1.%2 &amp;')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>`,
  '',
);
const paragraph = (ilvl: number, more = ''): string =>
  `<w:p><w:pPr><w:numPr><w:ilvl w:val="${ilvl}"/><w:numId w:val="1"/></w:numPr>${more}</w:pPr><w:r><w:t>文</w:t></w:r></w:p>`;
const labels = (xml: string): (string | undefined)[] =>
  [...markNumbers(xml, numbering).matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].flatMap(
    (m) => takeMark((m[1] ?? '').replace('&amp;', '&')).number?.label ?? [],
  );

it('counts through levels, starting the deeper ones again', () => {
  expect(labels(paragraph(0) + paragraph(1) + paragraph(1) + paragraph(0) + paragraph(1))).toEqual([
    '1.',
    '1.1 &',
    '1.2 &',
    '2.',
    '2.1 &',
  ]);
});

it('does not count what paragraphs were before a revision, comments, or alternatives twice', () => {
  const before = '<w:pPrChange><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange>';
  const alternatives = `<mc:AlternateContent><mc:Choice>${paragraph(0)}</mc:Choice><mc:Fallback>${paragraph(0)}</mc:Fallback></mc:AlternateContent>`;
  expect(labels(`<!-- ${paragraph(0)} -->${paragraph(0, before)}${alternatives}${paragraph(0)}`)).toEqual([
    '1.',
    '2.',
    '3.',
  ]);
});

it('leaves documents without numbers as they are', () => {
  const xml = '<w:p><w:pPr><w:jc w:val="left"/></w:pPr></w:p><w:p/>';
  expect(markNumbers(xml, numbering)).toBe(xml);
  expect(takeMark('文')).toEqual({ text: '文', number: null });
});
