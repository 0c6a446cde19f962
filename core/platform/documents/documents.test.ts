/** Word and PDF files, looked at from inside. */
import sharp from 'sharp';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { fullArticle, leaf, para, text } from '../../../tests/fixtures/article.ts';
import { docxLines } from '../../../tests/fixtures/docx-lines.ts';
import { pdfLines } from '../../../tests/fixtures/pdf-lines.ts';
import { parseArticle } from '../../model/article/index.ts';
import type { ArticleNodeJson } from '../../model/article/index.ts';
import type { TargetInput } from '../../model/targets/index.ts';
import type { DocumentPicture } from '../../ports/index.ts';
import { createDocumentMaker } from './index.ts';
import { COLUMN, ROOM, paginate, type Row } from './pdf-flow.ts';
import { breakLines, type Style } from './pdf-text.ts';
import { PLAIN } from './pdf-blocks.ts';

const maker = createDocumentMaker();
let pictures: Map<string, DocumentPicture>;
beforeAll(async () => {
  const data = await sharp({ create: { width: 120, height: 80, channels: 3, background: '#8a6' } })
    .jpeg()
    .toBuffer();
  pictures = new Map(
    Array.from({ length: 7 }, (_, i) => [`pic-${i + 1}`, { data, format: 'jpeg', width: 120, height: 80 }]),
  );
});
const images = new Map(Array.from({ length: 7 }, (_, i) => [`pic-${i + 1}`, { src: 'x', width: 120, height: 80 }]));

function input(more: Partial<TargetInput> = {}): TargetInput {
  const about = { publisher: '清河发布', publishedAt: null, modifiedAt: '2026-11-26T01:00:00.000Z' };
  return { title: '半山上的茶', doc: fullArticle(), images, about, ...more };
}
const articleOf = (...content: ArticleNodeJson[]) => parseArticle({ type: 'doc', content });

describe('lines of print', () => {
  const style: Style = PLAIN;
  const linesOf = (words: string, em: number): string[] => {
    const piece = { kind: 'text', text: words, marks: [], href: null, reading: null, color: null } as const;
    const pieces = [{ ...piece, highlight: null, ai: false, label: false }];
    const lines = breakLines(pieces, style, new Set(), { width: em * style.size, indent: 0, justify: true });
    return lines.map((line) => line.runs.map((run) => run.text).join(''));
  };

  it('none begins with a closing mark, none ends with an opening one', () => {
    const words = '县里说：“路修好了，出门不愁。”大家（老人和孩子）都笑了，《春茶》也唱起来了……真好！';
    for (let em = 3; em < 40; em++) {
      const lines = linesOf(words, em);
      expect(lines.join('')).toBe(words);
      for (const line of lines.slice(1)) expect(line).not.toMatch(/^[，。、；：！？）》”…]/);
      for (const line of lines.slice(0, -1)) expect(line).not.toMatch(/[（《“]$/);
    }
  });

  it('keep words and numbers whole, and cut only what is longer than a line', () => {
    expect(linesOf('共有1,200,000人用WeChat办事', 6)).toEqual(['共有', '1,200,000人', '用WeChat办', '事']);
    expect(linesOf('a'.repeat(40), 5).join('')).toBe('a'.repeat(40));
  });

  it('are filled out to both sides but for the last', () => {
    const piece = { kind: 'text', text: '春茶，开采。'.repeat(20), marks: [], href: null, reading: null } as const;
    const pieces = [{ ...piece, color: null, highlight: null, ai: false, label: false }];
    const lines = breakLines(pieces, style, new Set(), { width: 200, indent: 22, justify: true });
    lines.slice(0, -1).forEach((line, i) => expect(line.width).toBeCloseTo(i === 0 ? 178 : 200, 5));
    expect(Math.max(...lines.map((line) => line.width))).toBeLessThanOrEqual(200.01);
    expect(COLUMN).toBeGreaterThan(400);
  });
});

describe('pages', () => {
  const row = (height: number, keepNext = false, notes: number[] = []): Row => ({
    ...{ height, before: 0, keepNext, notes },
    draw: () => undefined,
  });
  const noNotes = { linesOf: () => [], lineHeight: 10, drawLine: () => undefined };

  it('keep together what belongs together', () => {
    const pages = paginate([row(ROOM - 50), row(30, true), row(30), row(10)], noNotes);
    expect(pages.map((page) => page.rows.map(({ row: r }) => r.height))).toEqual([[ROOM - 50], [30, 30, 10]]);
  });

  it('leave room for the notes of their lines', () => {
    const line = { runs: [], width: 0, notes: [] };
    const notes = { ...noNotes, linesOf: () => [line, line, line] };
    expect(paginate([row(ROOM - 40), row(20, false, [1])], notes).map((page) => page.notes)).toEqual([[], [1]]);
  });

  it('let go of what is higher than a page', () => {
    expect(paginate([row(ROOM - 10, true), row(ROOM - 10, true), row(5)], noNotes)).toHaveLength(2);
  });
});

describe('a PDF', () => {
  it('is the same bytes for the same article, its pages numbered', async () => {
    const one = await maker.pdf({ input: input(), pictures, form: false });
    const two = await maker.pdf({ input: input(), pictures, form: false });
    expect(Buffer.compare(Buffer.from(one.data), Buffer.from(two.data))).toBe(0);
    expect(Buffer.from(one.data).subarray(0, 5).toString()).toBe('%PDF-');
    expect(one.lost).toEqual([{ what: 'videoCard', where: '一锅茶的二十分钟' }]);
    const text = pdfLines(one.data);
    for (const char of '半山茶据镇户籍登记') expect(text).toContain(char);
    expect(text).not.toContain('稿');
  }, 30_000);

  it('of the article that uses everything is as it was', async () => {
    const { data } = await maker.pdf({ input: input(), pictures, form: false });
    await expect(pdfLines(data)).toMatchFileSnapshot('golden/full-pdf.txt');
  }, 30_000);

  it('says what the font lacks, and marks a draft', async () => {
    const doc = articleOf(para('茶🍵𠀋好'));
    const made = await maker.pdf({ input: input({ doc, draft: true }), pictures, form: false });
    expect(made.warnings).toEqual([{ level: 'warn', code: 'missing_glyphs', params: { chars: '🍵 𠀋', count: 2 } }]);
    expect(pdfLines(made.data)).toContain('稿');
  }, 30_000);

  it('takes a row of a table that is higher than a page, and an address too long for a code', async () => {
    const cell = { type: 'tableCell', content: Array.from({ length: 80 }, () => para('高')) };
    const table = { type: 'table', content: [{ type: 'tableRow', content: [cell] }] };
    const code = {
      type: 'qrBlock',
      content: [{ type: 'cardNote' }],
      attrs: { href: `https://a.cn/${'x'.repeat(3000)}` },
    };
    const made = await maker.pdf({ input: input({ doc: articleOf(table, code) }), pictures, form: false });
    expect(made.lost.map((l) => l.what)).toEqual(['table']);
  }, 30_000);
});

describe('a Word document', () => {
  it('of the article that uses everything is as it was, and the same bytes on another day', async () => {
    const one = await maker.docx({ input: input(), pictures, form: true });
    await expect(await docxLines(one.data)).toMatchFileSnapshot('golden/full-docx.txt');
    vi.useFakeTimers({ now: Date.UTC(2031, 4, 6), toFake: ['Date'] });
    try {
      const two = await maker.docx({ input: input(), pictures, form: true });
      expect(Buffer.compare(Buffer.from(one.data), Buffer.from(two.data))).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  }, 30_000);

  it('stops when it is told to, and tells of pictures that are not there', async () => {
    const stopped = AbortSignal.abort(new Error('enough'));
    const order = { input: input(), pictures: new Map<string, DocumentPicture>(), form: true };
    await expect(maker.docx({ ...order, signal: stopped })).rejects.toThrow('enough');
    const made = await maker.docx({
      ...order,
      input: input({ doc: articleOf(leaf('image', { assetId: 'gone', alt: '茶' })) }),
    });
    expect(made.lost).toEqual([{ what: 'image', where: '茶' }]);
    expect(made.warnings.map((w) => w.code)).toEqual(['form_author_missing']);
  });

  it('is a zip with the parts of one', async () => {
    const made = await maker.docx({ input: input({ doc: articleOf(para(text('文'))) }), pictures, form: false });
    const names = Buffer.from(made.data).toString('latin1');
    for (const part of ['word/document.xml', 'word/styles.xml', 'word/numbering.xml', 'word/footnotes.xml']) {
      expect(names).toContain(part);
    }
  });
});
