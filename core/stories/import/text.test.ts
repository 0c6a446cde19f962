/** Plain text and Markdown, in whatever encoding they come. */
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { PNG } from '../../../tests/fixtures/docx.ts';
import { codeOf } from '../../../tests/fixtures/errors.ts';
import { articleText, parseArticle } from '../../model/article/index.ts';
import { importDocument } from './index.ts';
import type { ImportedDocument } from './index.ts';

const take = async (content: string | Uint8Array, name = '稿.txt'): Promise<ImportedDocument> => {
  const imported = await importDocument(Buffer.from(content), name);
  expect(parseArticle(imported.doc)).toEqual(imported.doc);
  return imported;
};
const codes = (imported: ImportedDocument): [string, number][] => imported.repairs.map((r) => [r.code, r.count]);
const lines = (imported: ImportedDocument): string[] => [imported.title, ...articleText(imported.doc).split('\n')];

const CHINESE = '清河县修路记\n今天，全县各乡镇开展“清洁家园”行动，共清理垃圾120余吨。\n\n作者：唐玲；来源：红网';
const TRADITIONAL = '清河縣修路記\n今天，全縣各鄉鎮開展「清潔家園」行動，共清理垃圾120餘噸。\n\n作者：唐玲；來源：紅網';

describe('plain text', () => {
  it('makes a paragraph of every line with text, the first the title', async () => {
    const imported = await take('\r\n  题  \r\n\r\n　　第一段\r\n第二段\n\n\n\t第三段\f末');
    expect(lines(imported)).toEqual(['题', '第一段', '第二段', '第三段', '末']);
    expect(codes(imported)).toEqual([['indent_dropped', 1]]);
  });
  it('drops control characters, keeps joiners and direction marks', async () => {
    const imported = await take('题\nA\u0000B\u0007C\u200b\ufeff👨\u200d👩 \u202bئۇيغۇر\u202c\u0085');
    expect(lines(imported)[1]).toBe('ABC👨\u200d👩 \u202bئۇيغۇر\u202c');
    expect(codes(imported)).toEqual([['control_characters_dropped', 5]]);
  });
  it('tells of characters that could not be read', async () => {
    // A lone surrogate, written as some programs do: three bytes that are not UTF-8.
    const imported = await take(
      Buffer.concat([
        Buffer.from([0xef, 0xbb, 0xbf]),
        Buffer.from('题\n好'),
        Buffer.from([0xed, 0xa0, 0x80]),
        Buffer.from('的'),
      ]),
    );
    expect(lines(imported)[1]).toMatch(/^好\ufffd+的$/);
    expect(imported.repairs[0]?.code).toBe('characters_unreadable');
    const utf16 = await take(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('题\n好\ud800的', 'utf16le')]));
    expect(lines(utf16)[1]).toBe('好\ufffd的');
  });
});

describe('encodings', () => {
  it.each(['utf8', 'gb18030', 'utf-16le', 'utf-16be'])('reads %s without a mark', async (encoding) => {
    const imported = await take(iconv.encode(CHINESE, encoding));
    expect(lines(imported)).toEqual(CHINESE.split(/\n+/));
    expect(imported.repairs).toEqual([]);
  });
  it.each(['utf8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be', 'gb18030'])(
    'reads %s with a mark',
    async (encoding) => {
      expect(lines(await take(iconv.encode(`\ufeff${CHINESE}`, encoding)))).toEqual(CHINESE.split(/\n+/));
    },
  );
  it('reads Big5 and says so', async () => {
    const imported = await take(iconv.encode(TRADITIONAL, 'big5'));
    expect(lines(imported)).toEqual(TRADITIONAL.split(/\n+/));
    expect(codes(imported)).toEqual([['encoding_guessed', 1]]);
    expect(imported.repairs[0]?.message).toContain('Big5');
  });
  it.each(['联通', '两会', '他们走访了一百二十户群众。', '記者'])('reads «%s» alone in GB18030', async (text) => {
    expect((await take(iconv.encode(text, 'gb18030'))).title).toBe(text);
  });
  it('reads UTF-16 of one Chinese line, and of Latin text', async () => {
    expect((await take(Buffer.from('他们走访了一百二十户群众，路修好了。', 'utf16le'))).title).toBe(
      '他们走访了一百二十户群众，路修好了。',
    );
    expect(lines(await take(Buffer.from('Hello\nworld', 'utf16le')))).toEqual(['Hello', 'world']);
  });
  it('reads characters beyond GBK', async () => {
    expect((await take(iconv.encode('𠮷野家㐀', 'gb18030'))).title).toBe('𠮷野家㐀');
  });
});

describe('what is no text', () => {
  it.each(['txt', 'md', 'html'])('refuses binary files named .%s', async (extension) => {
    const noise = Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * i * 31 + i * 7) & 0xff));
    for (const bytes of [
      PNG,
      noise,
      Buffer.from('PK\x03\x04xxxx', 'latin1'),
      Buffer.from('%PDF-1.7\n%x'),
      Buffer.alloc(500),
    ]) {
      expect(await codeOf(importDocument(bytes, `x.${extension}`))).toBe('not_a_document');
    }
    expect(await codeOf(importDocument(Buffer.alloc(0), `x.${extension}`))).toBe('empty_file');
    expect(await codeOf(importDocument(Buffer.from(' \r\n\u3000'), `x.${extension}`))).toBe('empty_file');
  });
  it('refuses other extensions, naming what it takes', async () => {
    for (const name of ['x.pdf', 'x', 'x.docx.exe', '.txt/x.rtf']) {
      await expect(importDocument(Buffer.from('x'), name)).rejects.toMatchObject({
        code: 'unsupported_format',
        params: { supported: 'docx md html txt' },
      });
    }
  });
  it('refuses files over 200 MB without reading them', async () => {
    expect(await codeOf(importDocument(new Uint8Array(200 * 1024 * 1024 + 1), 'x.txt'))).toBe('too_large');
  });
  it('takes extensions in capitals and names with folders', async () => {
    expect((await take('题\n文', 'C:\\稿\\甲 乙.TXT')).title).toBe('题');
  });
});

describe('size', () => {
  it('reads a long text in reasonable time and refuses one that no article holds', async () => {
    const line = '今天，全县各乡镇开展“清洁家园”行动，共清理垃圾120余吨，群众拍手称快。'.repeat(20);
    const long = `题\n${`${line}\n`.repeat(Math.floor((4.6 * 1024 * 1024) / (Buffer.byteLength(line) + 1)))}`;
    const started = Date.now();
    const imported = await take(long);
    expect(Date.now() - started).toBeLessThan(20_000);
    expect(articleText(imported.doc).length).toBe(long.length - 3);
    expect(await codeOf(importDocument(Buffer.from(long + long), 'x.txt'))).toBe('too_large');
    expect(await codeOf(importDocument(Buffer.from('a'.repeat(20 * 1024 * 1024)), 'x.md'))).toBe('too_large');
  });
});

describe('markdown', () => {
  it('reads what Markdown has', async () => {
    const imported = await take(
      '# 题\n\n一行\n二行 **粗** *斜* ~~删~~ [链](https://a.cn) [坏](javascript:x) <b>原样</b>\n\n> 引\n\n3. 甲\n   - 乙\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```js\nlet a\n```\n\n---\n\n#### 深',
      '稿.md',
    );
    expect(imported.title).toBe('题');
    expect(imported.doc.content.map((n) => n.type)).toEqual([
      'paragraph',
      'blockquote',
      'orderedList',
      'table',
      'paragraph',
      'horizontalRule',
      'heading',
    ]);
    expect(articleText(imported.doc).split('\n')[0]).toBe('一行二行 粗 斜 删 链 [坏](javascript:x) <b>原样</b>');
    expect(imported.doc.content[2]?.attrs).toEqual({ start: 3 });
    expect(JSON.stringify(imported.doc)).toMatch(/"strike".*"href":"https:\/\/a.cn"/);
    expect(codes(imported)).toEqual([
      ['code_as_text', 1],
      ['heading_level_lowered', 1],
    ]);
  });
  it('names the pictures it cannot read', async () => {
    const imported = await take(
      `题\n\n![a](图/茶园.png) ![b](https://a.cn/x.png) ![c](data:image/png;base64,${PNG.toString('base64')})`,
      '稿.markdown',
    );
    expect(imported.images).toHaveLength(1);
    expect(imported.repairs.map((r) => r.message)).toEqual([
      '1 张图片不在文件里，没有导入：茶园.png',
      '1 张网络图片没有导入（导入时不联网），请另存后插入',
    ]);
  });
  it('takes the title of front matter, and no rule for front matter', async () => {
    const imported = await take('---\ntitle: "路通了"\ntags:\n  - 路\n---\n\n文', '稿.md');
    expect(lines(imported)).toEqual(['路通了', '文']);
    expect(codes(imported)).toEqual([['front_matter_left_out', 1]]);
    expect((await take('---\n\n正文。这里没有属性\n\n---\n', '稿.md')).title).toBe('正文。这里没有属性');
  });
});
