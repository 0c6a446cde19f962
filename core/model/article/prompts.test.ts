import { expect, it } from 'vitest';
import { fullArticle, leaf, note, node, para, title } from '../../../tests/fixtures/article.ts';
import { openPrompts, parseArticle } from './index.ts';

it('finds prompts in paragraphs, cards, cells and captions, and nothing else', () => {
  expect(openPrompts(fullArticle())).toEqual([]);
  const doc = parseArticle({
    type: 'doc',
    content: [
      para('【写作提示】从一个场面写起。'),
      para('　【写作提示】前面有空格。'),
      para('他说：“【写作提示】是什么？”'),
      node('dataCard', [node('dataItem', [title('【写作提示】数字'), note('户数')])]),
      leaf('image', { caption: '【写作提示】换成现场照片' }),
    ],
  });
  expect(openPrompts(doc)).toEqual(['从一个场面写起。', '前面有空格。', '数字', '换成现场照片']);
});
