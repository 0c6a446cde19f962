import { describe, expect, it } from 'vitest';
import { parseArticle } from './schema.ts';
import { fullArticle } from '../../../tests/fixtures/article.ts';
import {
  aiImageIds,
  articleText,
  blockCount,
  countWords,
  excerptOf,
  firstImage,
  footnoteTexts,
  imageIds,
  videoIds,
} from './text.ts';

const line = (text: string): unknown => ({ type: 'paragraph', content: [{ type: 'text', text }] });
const image = (assetId: string | null, caption = ''): unknown => ({ type: 'image', attrs: { assetId, caption } });
const cell = (text: string): unknown => ({ type: 'tableCell', content: [line(text)] });
const article = parseArticle({
  type: 'doc',
  content: [
    image(null),
    { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: '小标题' }] },
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: '一' },
        { type: 'hardBreak' },
        { type: 'text', text: '二', marks: [{ type: 'bold' }] },
      ],
    },
    image('a1', '茶园清晨'),
    {
      type: 'table',
      content: [
        { type: 'tableRow', content: [cell('甲'), cell('乙')] },
        { type: 'tableRow', content: [cell('丙'), cell('丁')] },
      ],
    },
    { type: 'bulletList', content: [{ type: 'listItem', content: [line('项'), image('a2'), image('a1')] }] },
  ],
});

describe('articleText', () => {
  it('writes one line a block, cells parted by tabs, captions included', () => {
    expect(articleText(article)).toBe('小标题\n一\n二\n茶园清晨\n甲\t乙\n丙\t丁\n项');
  });
});

describe('excerptOf', () => {
  it('folds white space and leaves captions out', () => {
    expect(excerptOf(article, 100)).toBe('小标题 一 二 甲 乙 丙 丁 项');
  });
  it('cuts at what people see as a character, the sign … counted', () => {
    const family = '👨‍👩‍👧';
    const doc = parseArticle({ type: 'doc', content: [line(`${family}${family}${family}家`)] });
    expect(excerptOf(doc, 4)).toBe(`${family}${family}${family}家`);
    expect(excerptOf(doc, 3)).toBe(`${family}${family}…`);
    expect(excerptOf(doc, 1)).toBe('…');
  });
});

describe('countWords', () => {
  it.each([
    ['', 0],
    ['  \u3000\n\t ', 0],
    ['今天下雨', 4],
    ['他说：“路修好了”。', 10], // punctuation counts, as in Word
    ['2024年', 2],
    ['3.14', 1],
    ['e-mail', 1],
    ['hello world', 2],
    ['你好,世界', 5], // a half-width comma between characters is a run of its own
    ['ＡＢ１', 3], // full-width letters are one each
    ['it’s', 1],
    ['cafe\u0301 noir', 2],
    ['👨‍👩‍👧', 1],
    ['——……', 4],
    ['한국어と日本', 6],
    ['𠮷野家', 3],
  ])('%j is %i', (text, expected) => {
    expect(countWords(text)).toBe(expected);
  });
});

describe('pictures and blocks', () => {
  it('lists each picture once, in order, those without an asset left out', () => {
    expect(imageIds(article)).toEqual(['a1', 'a2']);
    expect(firstImage(article)).toBe('a1');
    expect(firstImage(parseArticle({ type: 'doc', content: [line('x')] }))).toBeNull();
  });
  it('counts top-level blocks', () => {
    expect(blockCount(article)).toBe(6);
  });
});

it('says what cards and footnotes say, and which pictures and films they show', () => {
  const full = fullArticle();
  const lines = articleText(full).split('\n');
  expect(lines).toContain('73岁');
  expect(lines).toContain('怎么报名学炒茶？');
  expect(lines).toContain('一锅茶的二十分钟');
  expect(lines.at(-1)).toBe('据镇上的户籍登记。');
  expect(footnoteTexts(full)).toEqual(['据镇上的户籍登记。']);
  expect(imageIds(full)).toEqual(['pic-1', 'pic-2', 'pic-3', 'pic-4', 'pic-5', 'pic-6', 'pic-7']);
  expect(aiImageIds(full)).toEqual(['pic-4']);
  expect(videoIds(full)).toEqual(['film-1']);
  expect(firstImage(full)).toBe('pic-1');
});
