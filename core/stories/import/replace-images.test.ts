import { expect, it } from 'vitest';
import { emptyArticle, parseArticle } from '../../model/article/index.ts';
import { replaceImages } from './replace-images.ts';

const image = (assetId: string, caption = ''): unknown => ({ type: 'image', attrs: { assetId, caption } });
const para = (text?: string): unknown => ({
  type: 'paragraph',
  content: text === undefined ? [] : [{ type: 'text', text }],
});

it('puts ids in, drops what was not stored, and stays valid', () => {
  const doc = parseArticle({
    type: 'doc',
    content: [
      image('import:0'),
      image('import:1', '图注'),
      { type: 'blockquote', content: [image('import:1')] },
      { type: 'bulletList', content: [{ type: 'listItem', content: [para(), image('import:2')] }] },
      {
        type: 'table',
        content: [{ type: 'tableRow', content: [{ type: 'tableCell', content: [image('import:1')] }] }],
      },
      image('kept-asset'),
      para('文'),
    ],
  });
  const before = JSON.stringify(doc);
  const { doc: after, repairs } = replaceImages(
    doc,
    new Map([
      ['import:0', 'asset-a'],
      ['import:1', null],
    ]),
  );
  expect(JSON.stringify(doc)).toBe(before);
  expect(parseArticle(after)).toEqual(after);
  expect(after.content.map((n) => n.attrs?.['assetId'] ?? n.type)).toEqual([
    'asset-a',
    'paragraph',
    'bulletList',
    'table',
    'kept-asset',
    'paragraph',
  ]);
  expect(after.content[1]).toMatchObject({ attrs: { textAlign: 'center' }, content: [{ type: 'text', text: '图注' }] });
  expect(JSON.stringify(after)).not.toContain('import:');
  expect(repairs).toEqual([{ code: 'picture_dropped', message: '4 张图片没有存下来，已从正文中去掉', count: 4 }]);
});

it('leaves an empty article when only pictures were there', () => {
  const doc = parseArticle({ type: 'doc', content: [image('import:0')] });
  expect(replaceImages(doc, new Map()).doc).toEqual(emptyArticle());
});
