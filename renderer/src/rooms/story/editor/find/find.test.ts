import { Editor, type JSONContent } from '@tiptap/core';
import { afterEach, describe, expect, it } from 'vitest';
import { articleText, type ArticleDoc } from '../../../../../../core/model/article/index.ts';
import { para, text } from '../../../../../../tests/fixtures/article.ts';
import { articleExtensions } from '../extensions.ts';
import { Find, closeFind, findState, moveFind, replaceAll, replaceOne, setFind } from './find-plugin.ts';
import { MAX_FOUND } from './find.ts';

let editor: Editor | null = null;
afterEach(() => editor?.destroy());

function open(...content: ReturnType<typeof para>[]): Editor {
  editor = new Editor({
    extensions: [...articleExtensions(), Find],
    content: { type: 'doc', content } as JSONContent,
  });
  return editor;
}
const plain = (query: string) => ({ query, matchCase: false, regex: false });
const regex = (query: string) => ({ query, matchCase: true, regex: true });
const hits = (e: Editor) => findState(e).found.map(({ from, to }) => e.state.doc.textBetween(from, to));
const words = (e: Editor) => articleText(e.getJSON() as ArticleDoc);

describe('find', () => {
  it('finds across marks, in every line, without regard to case', () => {
    const e = open(para('老茶', text('园', { type: 'bold' }), '和老茶园'), para('Tea TEA tea'));
    setFind(e, plain('茶园'));
    expect(hits(e)).toEqual(['茶园', '茶园']);
    setFind(e, plain('tea'));
    expect(hits(e)).toEqual(['Tea', 'TEA', 'tea']);
    setFind(e, { query: 'TEA', matchCase: true, regex: false });
    expect(hits(e)).toEqual(['TEA']);
  });

  it('takes plain text as it stands, and says what is wrong with an expression', () => {
    const e = open(para('价（元）是 3.5+1'));
    for (const query of ['（元）', '3.5+1', '.']) {
      setFind(e, plain(query));
      expect(hits(e)).toEqual([query]);
    }
    setFind(e, regex('(未完'));
    expect(findState(e).error).toBeTruthy();
    expect(hits(e)).toEqual([]);
    setFind(e, regex('x*'));
    expect(hits(e)).toEqual([]);
  });

  it('does not hang on an expression that makes others hang', () => {
    const e = open(para(`${'a'.repeat(5000)}！`));
    setFind(e, regex('(a+)+$'));
    expect(hits(e)).toEqual([]);
  });

  it('counts places of pictures, breaks and footnotes inside a line', () => {
    const e = open(para('一', { type: 'hardBreak' }, '二', { type: 'footnote', attrs: { text: '注' } }, '三四'));
    setFind(e, plain('三四'));
    expect(hits(e)).toEqual(['三四']);
  });

  it('goes round, starting at the cursor', () => {
    const e = open(para('甲甲甲'));
    e.commands.setTextSelection(2);
    setFind(e, plain('甲'));
    expect(findState(e).at).toBe(1);
    moveFind(e, 1);
    moveFind(e, 1);
    expect(findState(e).at).toBe(0);
    moveFind(e, -1);
    expect(findState(e).at).toBe(2);
    closeFind(e);
    expect([e.state.selection.from, e.state.selection.to]).toEqual([3, 4]);
  });
});

describe('replace', () => {
  it('keeps the marks of what it replaces, and is one step of undo', () => {
    const e = open(para('截止', text('六月底', { type: 'bold' }), '，截止'), para('截止'));
    setFind(e, plain('截止'));
    expect(replaceAll(e, '截至')).toBe(3);
    expect(words(e)).toBe('截至六月底，截至\n截至');
    e.commands.undo();
    expect(words(e)).toBe('截止六月底，截止\n截止');
    setFind(e, plain('六月'));
    replaceOne(e, '七月');
    expect(JSON.stringify(e.getJSON())).toContain('{"type":"text","marks":[{"type":"bold"}],"text":"七月底"}');
  });

  it('replaces one after the other, also with something that contains it', () => {
    const e = open(para('茶茶茶'));
    setFind(e, plain('茶'));
    replaceOne(e, '茶叶');
    replaceOne(e, '茶叶');
    expect(words(e)).toBe('茶叶茶叶茶');
    expect(findState(e).at).toBe(2);
  });

  it('fills in groups, and takes text away', () => {
    const e = open(para('2024年3月，2025年11月'));
    setFind(e, regex('(\\d{4})年(\\d+)月'));
    replaceAll(e, '$1.$2（$&，$$）');
    expect(words(e)).toBe('2024.3（2024年3月，$），2025.11（2025年11月，$）');
    setFind(e, regex('（[^）]*）'));
    replaceAll(e, '');
    expect(words(e)).toBe('2024.3，2025.11');
    setFind(e, plain('2024.3，2025.11'));
    replaceAll(e, '');
    expect(words(e)).toBe('');
  });

  it('is bounded', () => {
    const e = open(para('啊'.repeat(MAX_FOUND + 10)));
    setFind(e, plain('啊'));
    expect(findState(e).found).toHaveLength(MAX_FOUND);
  });
});
