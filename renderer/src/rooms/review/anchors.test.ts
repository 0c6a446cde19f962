import { getSchema } from '@tiptap/core';
import { describe, expect, it } from 'vitest';
import {
  articleText,
  blockTexts,
  type ArticleDoc,
  type ArticleNodeJson,
} from '../../../../core/model/article/index.ts';
import { fullArticle } from '../../../../tests/fixtures/article.ts';
import { articleExtensions } from '../story/editor/extensions.ts';
import { anchorFrom, blockText, rangeOf, type TextAnchor } from './anchors.ts';

const HASH = 'a'.repeat(64);
const text = (value: string): ArticleNodeJson => ({ type: 'text', text: value });
const p = (...content: ArticleNodeJson[]): ArticleNodeJson => ({ type: 'paragraph', content });
const cell = (value: string): ArticleNodeJson => ({ type: 'tableCell', content: [p(text(value))] });

const doc: ArticleDoc = {
  type: 'doc',
  content: [
    p(text('苏阿婆今年'), { type: 'text', text: '七十三岁', marks: [{ type: 'bold' }] }, text('，眼睛不抬。')),
    { type: 'image', attrs: { assetId: null, alt: '', caption: '团花', credit: '', width: null } },
    {
      type: 'bulletList',
      content: [
        { type: 'listItem', content: [p(text('老花样 312 个'), { type: 'hardBreak' }, text('已经描完 260 个'))] },
        { type: 'listItem', content: [p(text('剪纸课'))] },
      ],
    },
    {
      type: 'table',
      content: [
        { type: 'tableRow', content: [cell('苏阿婆'), cell('七十三岁')] },
        { type: 'tableRow', content: [cell('😀 孙女'), cell('小禾')] },
      ],
    },
    p(text('苏阿婆今年七十三岁，手是活的。')),
  ],
};
const node = getSchema(articleExtensions()).nodeFromJSON(doc);

/** Every place of `words` in the editor's own document, as the editor counts. */
function places(words: string): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (let from = 0; from < node.content.size; from += 1) {
    for (let to = from + words.length; to <= Math.min(node.content.size, from + words.length + 2); to += 1) {
      if (
        node.textBetween(from, to) === words &&
        node.textBetween(from, from + 1) === words[0] &&
        node.textBetween(to - 1, to) !== ''
      )
        found.push({ from, to });
    }
  }
  return found;
}
const must = (anchor: TextAnchor | null): TextAnchor => {
  if (!anchor) throw new Error('no anchor');
  return anchor;
};

describe('the text of a block', () => {
  it('is what the article module says of it', () => {
    for (const block of doc.content) expect(blockText(block).text).toBe(articleText({ type: 'doc', content: [block] }));
  });
  it('is so in every kind of block, and each letter has the place the editor gives it', () => {
    const full = fullArticle();
    const texts = blockTexts(full);
    const opened = getSchema(articleExtensions()).nodeFromJSON(full);
    let start = 0;
    for (const [i, block] of full.content.entries()) {
      const { text: whole, pieces } = blockText(block);
      expect(whole).toBe(texts[i]);
      for (const { pos, offset, length } of pieces) {
        const there = opened.textBetween(start + pos, start + pos + length, '', () => '\n');
        expect(there).toBe(whole.slice(offset, offset + length));
      }
      start += opened.child(i).nodeSize;
    }
  });
});

describe('an anchor', () => {
  it('comes from a selection and leads back to it, in every kind of block', () => {
    for (const words of ['七十三岁', '年七十三岁，眼', '260', '剪纸课', '😀 孙女', '手是活']) {
      for (const { from, to } of places(words)) {
        const anchor = must(anchorFrom(doc, from, to, HASH));
        expect(anchor.quote, words).toBe(words);
        const block = doc.content[anchor.block];
        expect(blockText(block ?? p()).text.slice(anchor.offset, anchor.offset + anchor.length)).toBe(words);
        expect(rangeOf(doc, anchor), words).toEqual({ from, to });
      }
    }
    expect(places('七十三岁')).toHaveLength(3);
  });

  it('of a selection over two blocks is its part in the first', () => {
    const start = places('手是活的')[0];
    expect(start).toBeDefined();
    const anchor = must(anchorFrom(doc, places('小禾')[0]?.from ?? 0, node.content.size, HASH));
    expect(anchor.quote).toBe('小禾');
    expect(anchor.block).toBe(3);
  });

  it('of nothing is nothing', () => {
    expect(anchorFrom(doc, 3, 3, HASH)).toBeNull();
    const image = blockText(doc.content[0] ?? p()).text.length + 2;
    expect(anchorFrom(doc, image, image + 1, HASH)).toBeNull();
  });

  it('finds its words again when the text before them has grown, by what stands around them', () => {
    const second = places('七十三岁')[2];
    const anchor = must(anchorFrom(doc, second?.from ?? 0, second?.to ?? 0, HASH));
    const grown: ArticleDoc = { type: 'doc', content: [p(text('新的开头。')), ...doc.content] };
    const range = rangeOf(grown, anchor);
    const added = 2 + '新的开头。'.length;
    expect(range).toEqual({ from: (second?.from ?? 0) + added, to: (second?.to ?? 0) + added });
  });

  it('is lost when its words are gone', () => {
    const first = places('七十三岁')[0];
    const anchor = must(anchorFrom(doc, first?.from ?? 0, first?.to ?? 0, HASH));
    expect(rangeOf({ type: 'doc', content: [p(text('全部重写了。'))] }, anchor)).toBeNull();
  });
});
