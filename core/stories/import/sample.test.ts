/** The real article in ../shared/samples/text: nothing of it may be lost. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { articleText, blockCount, parseArticle } from '../../model/article/index.ts';
import type { ArticleNodeJson } from '../../model/article/index.ts';
import { importDocument } from './index.ts';
import { ZipFile } from './zip.ts';

const SAMPLES = path.resolve(import.meta.dirname, '../../../../shared/samples/text');
const squeeze = (text: string): string => text.replace(/\s+/gu, '');

// Skipped where the samples folder (../shared/samples beside the repository) is not there.
describe.skipIf(!existsSync(SAMPLES))('the real article', () => {
  it('comes whole out of the docx', async () => {
    const bytes = readFileSync(path.join(SAMPLES, 'real-article.docx'));
    const { title, doc, images, repairs } = await importDocument(bytes, 'real-article.docx');
    expect(title).toBe('走好网络群众路线 释放网络统战新能量');
    expect(repairs).toEqual([]);

    const zip = new ZipFile(bytes, { xml: 1e9, total: 1e9 });
    const xml = (await zip.read('word/document.xml')).toString('utf8');
    const written = [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map((match) => match[1]).join('');
    expect(written.length).toBeGreaterThan(1500);
    expect(squeeze(title + articleText(doc))).toBe(squeeze(written));

    expect(doc.content.map((node) => node.type)).toEqual([
      ...['paragraph', 'heading', 'paragraph', 'heading', 'paragraph', 'heading', 'paragraph'],
      ...['table', 'image', 'blockquote', 'orderedList', 'paragraph', 'paragraph'],
    ]);
    expect(blockCount(doc)).toBe(13);
    const [table, image, quote, list, link] = doc.content.slice(7);
    expect(
      table?.content?.map((row) =>
        row.content?.map((cell) => [cell.type, articleText({ type: 'doc', content: [cell] })]),
      ),
    ).toEqual([
      ['项目', '2023年', '2024年'].map((text) => ['tableHeader', text]),
      ['走访户数', '120', '150'].map((text) => ['tableCell', text]),
      ['办结诉求', '86', '141'].map((text) => ['tableCell', text]),
    ]);
    expect(image?.attrs).toEqual({
      assetId: 'import:0',
      alt: '茶园清晨',
      caption: '茶园清晨',
      credit: '',
      width: null,
      ai: false,
    });
    expect(images).toHaveLength(1);
    expect(images[0]).toMatchObject({ placeholder: 'import:0', name: 'real-article-图1.png', alt: '茶园清晨' });
    expect(Buffer.compare(images[0]!.bytes, await zip.read('word/media/rId22.png'))).toBe(0);
    expect(quote?.content?.[0]?.content).toEqual([
      { type: 'text', text: '他说：' },
      { type: 'text', text: '路修好了', marks: [{ type: 'bold' }] },
      { type: 'text', text: '，' },
      { type: 'text', text: '出门不愁', marks: [{ type: 'italic' }] },
      { type: 'text', text: '。' },
    ]);
    const outline = (node: ArticleNodeJson): unknown =>
      node.type === 'paragraph' ? node.content?.[0]?.text : [node.type, ...(node.content ?? []).map(outline)];
    expect(outline(list!)).toEqual([
      'orderedList',
      ['listItem', '第一步'],
      ['listItem', '第二步', ['bulletList', ['listItem', '嵌套一'], ['listItem', '嵌套二']]],
    ]);
    expect(link?.content).toEqual([
      {
        type: 'text',
        text: '原文链接',
        marks: [{ type: 'link', attrs: { href: 'https://yz.rednet.cn/content/646843/91/14254049.html' } }],
      },
    ]);
    expect(parseArticle(doc)).toEqual(doc);
  });

  it('comes whole out of the txt', async () => {
    const bytes = readFileSync(path.join(SAMPLES, 'real-article.txt'));
    const { title, doc, images, repairs } = await importDocument(bytes, 'real-article.txt');
    const lines = bytes
      .toString('utf8')
      .split('\n')
      .filter((line) => line.trim() !== '');
    expect([title, ...articleText(doc).split('\n')]).toEqual(lines);
    expect(images).toEqual([]);
    expect(repairs).toEqual([]);
  });
});
