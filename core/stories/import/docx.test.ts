import { describe, expect, it } from 'vitest';
import {
  PNG,
  cell,
  docx,
  docxEntries,
  list,
  numbered,
  p,
  picture,
  row,
  run,
  style,
  styled,
  table,
} from '../../../tests/fixtures/docx.ts';
import { codeOf } from '../../../tests/fixtures/errors.ts';
import { zip } from '../../../tests/fixtures/zip.ts';
import { articleText, footnoteTexts, parseArticle } from '../../model/article/index.ts';
import type { ArticleNodeJson } from '../../model/article/index.ts';
import type { DocxParts } from '../../../tests/fixtures/docx.ts';
import { importDocument } from './index.ts';
import type { ImportedDocument } from './index.ts';

const take = async (parts: DocxParts): Promise<ImportedDocument> => {
  const imported = await importDocument(docx(parts), '稿.docx');
  expect(parseArticle(imported.doc)).toEqual(imported.doc);
  return imported;
};
const codes = (imported: ImportedDocument): [string, number][] => imported.repairs.map((r) => [r.code, r.count]);
/** Tree of types and texts, short enough to read in a test. */
const outline = (node: ArticleNodeJson): unknown => {
  if (node.type === 'paragraph')
    return (node.content ?? []).map((c) => (c.type === 'hardBreak' ? '⏎' : c.text)).join('');
  const attrs = (node.attrs?.['start'] ?? node.attrs?.['level']) as number | undefined;
  return [
    attrs === undefined ? node.type : `${node.type} ${attrs}`,
    ...(node.content ?? []).map((c) => (c.type === 'text' ? c.text : outline(c))),
  ];
};
const tree = (imported: ImportedDocument): unknown[] => imported.doc.content.map(outline);
const HEADINGS =
  [1, 2, 3, 4].map((n) => style(`H${n}`, `heading ${n}`)).join('') +
  style('T', 'Title') +
  style('Q', 'Quote') +
  style('C', 'caption');

describe('titles', () => {
  it('takes the title-styled paragraph and leaves the headings', async () => {
    const imported = await take({ styles: HEADINGS, body: styled('T', '标题') + styled('H1', '一节') + p('正文') });
    expect(imported.title).toBe('标题');
    expect(tree(imported)).toEqual([['heading 1', '一节'], '正文']);
  });
  it('takes a short centred first line before a heading further down', async () => {
    const body = p('关于修路的报道', '<w:jc w:val="center"/>') + p('记者 张三') + styled('H1', '经过') + p('正文');
    const imported = await take({ styles: HEADINGS, body });
    expect(imported.title).toBe('关于修路的报道');
    expect(tree(imported)).toEqual(['记者 张三', ['heading 1', '经过'], '正文']);
  });
  it('leaves a heading that is not the first block in its place', async () => {
    const imported = await take({ styles: HEADINGS, body: p('通讯员 李四') + styled('H1', '路通了') + p('正文') });
    expect(imported.title).toBe('路通了');
    expect(tree(imported)).toEqual(['通讯员 李四', ['heading 1', '路通了'], '正文']);
  });
  it('takes the first line, and only the beginning of a long one', async () => {
    expect((await take({ body: p('') + p('路通了') + p('正文') })).title).toBe('路通了');
    const long = await take({ body: p('很长的第一段。'.repeat(20)) });
    expect([...long.title]).toHaveLength(64);
    expect(tree(long)).toEqual(['很长的第一段。'.repeat(20)]);
    expect(codes(long)).toEqual([['title_shortened', 1]]);
  });
  it('takes the file name when there is no text', async () => {
    const imported = await take({
      body: p(picture('i1', '')),
      rels: [{ id: 'i1', type: 'image', target: 'media/a.png' }],
      files: [{ name: 'word/media/a.png', bytes: PNG }],
    });
    expect(imported.title).toBe('稿');
    expect(imported.images).toHaveLength(1);
    expect((await take({ body: '' })).doc.content).toEqual([{ type: 'paragraph', attrs: { textAlign: null } }]);
  });
});

describe('text', () => {
  it('keeps marks, links, alignment, breaks and tabs', async () => {
    const body =
      p('题') +
      p(
        run('粗', '<w:b/>') +
          run('斜', '<w:i/>') +
          run('下', '<w:u w:val="single"/>') +
          run('删', '<w:strike/>') +
          run('不', '<w:b w:val="0"/><w:u w:val="none"/>') +
          run('2', '<w:vertAlign w:val="superscript"/>') +
          run('3', '<w:vertAlign w:val="subscript"/>') +
          '<w:r><w:br/></w:r>' +
          `<w:hyperlink r:id="l1">${run('好')}</w:hyperlink><w:hyperlink r:id="l2">${run('坏')}</w:hyperlink><w:hyperlink w:anchor="x">${run('内')}</w:hyperlink>` +
          '<w:r><w:tab/></w:r>' +
          run('尾'),
        '<w:jc w:val="right"/>',
      );
    const imported = await take({
      body,
      rels: [
        { id: 'l1', type: 'hyperlink', target: 'https://a.cn/', external: true },
        { id: 'l2', type: 'hyperlink', target: 'javascript:alert(1)', external: true },
      ],
    });
    const [line] = imported.doc.content;
    expect(line?.attrs).toEqual({ textAlign: 'right' });
    expect(line?.content?.map((c) => [c.text ?? c.type, (c.marks ?? []).map((m) => m.type).join(' ')])).toEqual([
      ['粗', 'bold'],
      ['斜', 'italic'],
      ['下', 'underline'],
      ['删', 'strike'],
      ['不', ''],
      ['2', 'superscript'],
      ['3', 'subscript'],
      ['hardBreak', ''],
      ['好', 'link'],
      ['坏内\t尾', ''],
    ]);
    expect(codes(imported)).toEqual([['link_left_out', 1]]);
  });

  it('puts quotes together, lowers deep headings, leaves the table of contents out', async () => {
    const styles = HEADINGS + style('TOC1', 'toc 1');
    const body =
      styled('T', '题') +
      styled('TOC1', '一节 1') +
      styled('H4', '小') +
      styled('Q', '引一') +
      styled('Q', '引二') +
      p('文') +
      styled('Q', '引三');
    const imported = await take({ styles, body });
    expect(tree(imported)).toEqual([['heading 3', '小'], ['blockquote', '引一', '引二'], '文', ['blockquote', '引三']]);
    expect(codes(imported)).toEqual([
      ['toc_left_out', 1],
      ['heading_level_lowered', 1],
    ]);
  });

  it('tells of formulas and hidden text, drops control and wide-space indents', async () => {
    const imported = await take({
      body:
        p('题') +
        p('<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>' + run('文')) +
        p(run('密', '<w:vanish/>')) +
        p('　　缩进\u200b了'),
    });
    expect(tree(imported)).toEqual(['文', '密', '缩进了']);
    expect(codes(imported)).toEqual([
      ['formula_left_out', 1],
      ['hidden_text_kept', 1],
      ['control_characters_dropped', 1],
      ['indent_dropped', 1],
    ]);
  });

  it('reads text boxes', async () => {
    const box = `<w:r><w:pict><v:shape><v:textbox><w:txbxContent>${p('框里一')}${p('框里二')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>`;
    const imported = await take({ body: p('题') + p(run('前') + box) });
    expect(articleText(imported.doc).split('\n').sort()).toEqual(['前', '框里一', '框里二'].sort());
  });
});

describe('notes, and what the studio itself writes', () => {
  it('keeps notes where they are referred to, and tells of comments and revisions', async () => {
    const note = (id: number, text: string): string => `<w:footnote w:id="${id}"><w:p>${run(text)}</w:p></w:footnote>`;
    const refer = (id: number): string => `<w:r><w:footnoteReference w:id="${id}"/></w:r>`;
    const imported = await take({
      body:
        p('题') +
        p(run('甲') + refer(7) + run('乙') + refer(5) + refer(8) + '<w:r><w:commentReference w:id="0"/></w:r>') +
        p(
          `<w:ins w:id="1" w:author="a">${run('加')}</w:ins><w:del w:id="2" w:author="a"><w:r><w:delText>删</w:delText></w:r></w:del>`,
        ),
      footnotes:
        note(5, ' 后') +
        note(7, '先') +
        `<w:footnote w:id="8"><w:p>${run('粗', '<w:b/>')}</w:p><w:p>${run('二')}</w:p></w:footnote>`,
      comments: `<w:comment w:id="0" w:author="王">${p('改')}</w:comment>`,
    });
    expect(tree(imported)).toEqual(['甲乙', '加']);
    expect(footnoteTexts(imported.doc)).toEqual(['先', '后', '粗 二']);
    expect(codes(imported)).toEqual([
      ['revisions_accepted', 2],
      ['footnotes_plain', 1],
      ['comments_left_out', 1],
    ]);
    expect(imported.repairs.at(-1)?.message).toBe('1 条批注没有导入：王“改”');
  });

  it('moves a note to the end that no footnote holds', async () => {
    const imported = await take({
      body: p('题') + p(run('甲') + '<w:r><w:footnoteReference w:id="1"/></w:r>'),
      footnotes: `<w:footnote w:id="1"><w:p>${run('长'.repeat(2001))}</w:p></w:footnote>`,
    });
    expect(tree(imported)).toEqual(['甲[1]', `[1] ${'长'.repeat(2001)}`]);
    expect(codes(imported)).toEqual([['footnotes_moved', 1]]);
  });

  it('reads a divider, a credit, the AI label, and leaves the contribution form out', async () => {
    const imported = await take({
      body:
        styled('F', '投稿表') +
        table(row(cell(styled('F', '标题')), cell(styled('F', '题')))) +
        styled('T', '题') +
        p(picture('img', '茶')) +
        styled('C', '晒茶　陈志远 摄　AI 生成') +
        styled('H', ''),
      styles: style('F', '投稿表') + style('T', 'Title') + style('C', 'caption') + style('H', 'Horizontal Line'),
      rels: [{ id: 'img', type: 'image', target: 'media/1.png' }],
      files: [{ name: 'word/media/1.png', bytes: PNG }],
    });
    expect(imported.title).toBe('题');
    expect(imported.doc.content.map(({ type, attrs }) => [type, attrs])).toEqual([
      ['image', { assetId: 'import:0', alt: '茶', caption: '晒茶', credit: '陈志远 摄', width: null, ai: true }],
      ['horizontalRule', undefined],
    ]);
    expect(codes(imported)).toEqual([['contribution_form_left_out', 1]]);
  });
});

describe('lists and numbers', () => {
  it('nests lists, and changes kind on the same level', async () => {
    const numbering =
      list(1, [
        ['decimal', '%1.'],
        ['lowerLetter', '%2)'],
        ['bullet', '•'],
      ]) + list(2, [['bullet', '•']]);
    const body =
      p('题') +
      numbered(1, 0, 'a') +
      numbered(1, 1, 'b') +
      numbered(1, 2, 'c') +
      numbered(1, 1, 'd') +
      numbered(1, 0, 'e') +
      numbered(2, 0, 'f') +
      p('文');
    expect(tree(await take({ body, numbering }))).toEqual([
      [
        'orderedList 1',
        ['listItem', 'a', ['orderedList 1', ['listItem', 'b', ['bulletList', ['listItem', 'c']]], ['listItem', 'd']]],
        ['listItem', 'e'],
      ],
      ['bulletList', ['listItem', 'f']],
      '文',
    ]);
  });
  it('goes on with the number after a paragraph, and starts anew for a new list', async () => {
    const numbering =
      list(1, [['decimal', '%1.']]) +
      '<w:num w:numId="9"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>';
    const body =
      p('题') + numbered(1, 0, 'a') + numbered(1, 0, 'b') + p('文') + numbered(1, 0, 'c') + numbered(9, 0, 'd');
    expect(tree(await take({ body, numbering }))).toEqual([
      ['orderedList 1', ['listItem', 'a'], ['listItem', 'b']],
      '文',
      ['orderedList 3', ['listItem', 'c']],
      ['orderedList 1', ['listItem', 'd']],
    ]);
  });
  it('writes Chinese numbers out, in headings and paragraphs', async () => {
    const numbering = list(1, [
      ['chineseCounting', '%1、'],
      ['chineseCountingThousand', '（%2）'],
      ['decimal', '第%3条'],
    ]);
    const styles = HEADINGS.replace(
      '<w:name w:val="heading 2"/>',
      '<w:name w:val="heading 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>',
    );
    const body =
      styled('T', '题') +
      styled('H2', '甲') +
      numbered(1, 1, '子') +
      numbered(1, 1, '丑') +
      numbered(1, 2, '条') +
      styled('H2', '乙') +
      numbered(1, 1, '寅');
    const imported = await take({ body, numbering, styles });
    expect(tree(imported)).toEqual([
      ['heading 2', '一、甲'],
      '（一）子',
      '（二）丑',
      '第1条 条',
      ['heading 2', '二、乙'],
      '（一）寅',
    ]);
    expect(codes(imported)).toEqual([['numbers_as_text', 6]]);
  });
  it('takes numId 0 as no number', async () => {
    const numbering = list(1, [['decimal', '%1.']]);
    expect(tree(await take({ body: p('题') + numbered(0, 0, 'a'), numbering }))).toEqual(['a']);
  });
});

describe('tables', () => {
  it('keeps spans and header rows', async () => {
    const body =
      p('题') +
      table(
        `<w:tr><w:trPr><w:tblHeader/></w:trPr>${cell('甲', '<w:gridSpan w:val="2"/>')}${cell('乙')}</w:tr>`,
        row(cell('一', '<w:vMerge w:val="restart"/>'), cell('二'), cell('三')),
        row(cell('', '<w:vMerge/>'), cell('四'), cell('五')),
      );
    const [node] = (await take({ body })).doc.content;
    expect(
      node?.content?.map((r) =>
        r.content?.map((c) => [
          c.type,
          c.attrs?.['colspan'],
          c.attrs?.['rowspan'],
          articleText({ type: 'doc', content: [c] }),
        ]),
      ),
    ).toEqual([
      [
        ['tableHeader', 2, 1, '甲'],
        ['tableHeader', 1, 1, '乙'],
      ],
      [
        ['tableCell', 1, 2, '一'],
        ['tableCell', 1, 1, '二'],
        ['tableCell', 1, 1, '三'],
      ],
      [
        ['tableCell', 1, 1, '四'],
        ['tableCell', 1, 1, '五'],
      ],
    ]);
  });
  it('flattens a table in a cell and keeps lists and pictures there', async () => {
    const inner = table(row(cell('里一'), cell('里二')));
    const body = p('题') + table(row(cell(p('外') + inner + numbered(1, 0, '项')), cell(p(picture('i1', '图')))));
    const imported = await take({
      body,
      numbering: list(1, [['bullet', '•']]),
      rels: [{ id: 'i1', type: 'image', target: 'media/a.png' }],
      files: [{ name: 'word/media/a.png', bytes: PNG }],
    });
    expect(tree(imported)).toEqual([
      [
        'table',
        ['tableRow', ['tableCell', '外', '里一', '里二', ['bulletList', ['listItem', '项']]], ['tableCell', ['image']]],
      ],
    ]);
    expect(codes(imported)).toEqual([['nested_table_flattened', 1]]);
  });
});

describe('pictures', () => {
  it('stands between the halves of its line, takes its caption, and leaves out what it cannot show or must not fetch', async () => {
    const emf = Buffer.alloc(100);
    emf.write(' EMF', 40, 'latin1');
    const imported = await take({
      styles: HEADINGS,
      body:
        p('题') +
        p(run('前') + picture('i1', '茶园') + run('后')) +
        styled('C', '不是图注') +
        p(picture('i1', '')) +
        styled('C', '图注') +
        p(picture('i2', '')) +
        p(picture('web', '', 'r:link')) +
        p(picture('gone', '')) +
        p(picture('nowhere', '')),
      rels: [
        { id: 'i1', type: 'image', target: 'media/a.png' },
        { id: 'i2', type: 'image', target: 'media/b.emf' },
        { id: 'gone', type: 'image', target: 'media/gone.png' },
        { id: 'web', type: 'image', target: 'http://127.0.0.1:1/x.png', external: true },
      ],
      files: [
        { name: 'word/media/a.png', bytes: PNG },
        { name: 'word/media/b.emf', bytes: emf },
      ],
    });
    expect(
      imported.doc.content.map((n) =>
        n.type === 'image' ? [n.attrs?.['assetId'], n.attrs?.['alt'], n.attrs?.['caption']] : outline(n),
      ),
    ).toEqual(['前', ['import:0', '茶园', ''], '后', '不是图注', ['import:1', '', '图注']]);
    expect(imported.images.map((i) => [i.placeholder, i.name, i.bytes.length])).toEqual([
      ['import:0', '稿-图1.png', PNG.length],
      ['import:1', '稿-图2.png', PNG.length],
    ]);
    expect(codes(imported)).toEqual([
      ['remote_image_left_out', 1],
      ['picture_unreadable', 2],
      ['picture_format_left_out', 1],
    ]);
    expect(imported.repairs[2]?.message).toContain('EMF');
  });
});

describe('what is no docx', () => {
  const refused = (bytes: Uint8Array, name = 'x.docx'): Promise<string> => codeOf(importDocument(bytes, name));
  const good = docxEntries({ body: p('文') });

  it('refuses other files of that name', async () => {
    expect(await refused(Buffer.from('not a zip at all'))).toBe('not_a_document');
    expect(await refused(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toBe('not_a_document');
    expect(await refused(Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'x.doc')).toBe('not_a_document');
    expect(await refused(zip([{ name: 'a.txt', bytes: 'x' }]))).toBe('not_a_document');
    expect(await refused(zip([]))).toBe('not_a_document');
    expect(await refused(Buffer.from('PK\x05\x06'.padEnd(22, '\xff'), 'latin1'))).toBe('not_a_document');
    expect(await refused(Buffer.alloc(0))).toBe('empty_file');
  });
  it('refuses encrypted, cut and broken packages', async () => {
    expect(await refused(zip(good.map((entry) => ({ ...entry, encrypted: true }))))).toBe('not_a_document');
    const whole = zip(good);
    for (let part = 1; part < 8; part++)
      expect(await refused(whole.subarray(0, Math.floor((whole.length * part) / 8)))).toBe('not_a_document');
    const replaced = (bytes: string): Buffer =>
      zip(good.map((entry) => (entry.name === 'word/document.xml' ? { name: entry.name, bytes } : entry)));
    expect(await refused(replaced('<w:document'))).toBe('not_a_document');
    expect(await refused(replaced('<html><body>no</body></html>'))).toBe('not_a_document');
    expect(await refused(replaced(''))).toBe('not_a_document');
  });
  it('refuses to unpack too much, declared or not', async () => {
    const declared = zip([...good, { name: 'word/more.xml', bytes: 'x', claimedSize: 201 * 1024 * 1024 }]);
    expect(await refused(declared)).toBe('too_large');
    const bomb = Buffer.alloc(30 * 1024 * 1024, 'a');
    const lying = good.map((entry) =>
      entry.name === 'word/document.xml' ? { name: entry.name, bytes: bomb, deflate: true, claimedSize: 1000 } : entry,
    );
    expect(await refused(zip(lying))).toBe('not_a_document');
    const tags = good.map((entry) =>
      entry.name === 'word/document.xml'
        ? { name: entry.name, bytes: Buffer.from('<w:p/>'.repeat(3_100_000)), deflate: true }
        : entry,
    );
    expect(await refused(zip(tags))).toBe('too_large');
  });
  it('survives deeply nested tables', async () => {
    let body = p('底');
    for (let i = 0; i < 3000; i++) body = table(row(cell(body + p(''))));
    // Either it is read, everything kept, or refused as a document; never an overflow.
    const code = await refused(docx({ body: p('题') + body }));
    expect(['none', 'not_a_document']).toContain(code);
  });
});
