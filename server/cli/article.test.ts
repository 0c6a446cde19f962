/** `article render`: a file without a workspace, a story with one. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ARTICLE_TARGETS } from '../../core/model/targets/index.ts';
import { PNG, docx, docxEntries, p } from '../../tests/fixtures/docx.ts';
import { docxLines } from '../../tests/fixtures/docx-lines.ts';
import { pdfLines } from '../../tests/fixtures/pdf-lines.ts';
import { zip } from '../../tests/fixtures/zip.ts';
import { answerOf, refusalOf, tongxin } from '../../tests/support/cli.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../../shared/samples/text/real-article.docx');
const TEXT =
  '# 春茶开采\n\n清明前，岚溪县的茶园开采了。[^1]\n\n![采茶](图/一.jpg)\n*采茶　陈志远 摄*\n\n[^1]: 据县茶办。\n';

let dir = '';
let home: string | undefined;

beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'tongxin-article-test-'));
  home = process.env['TONGXIN_HOME'];
  process.env['TONGXIN_HOME'] = path.join(dir, 'home');
  mkdirSync(path.join(dir, '图'));
  const photo = await sharp({ create: { width: 1500, height: 1000, channels: 3, background: '#8a6' } })
    .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '27/1 11/1 0/1' } })
    .jpeg()
    .toBuffer();
  writeFileSync(path.join(dir, '图/一.jpg'), photo);
  writeFileSync(path.join(dir, '稿.md'), TEXT);
});
afterAll(async () => {
  if (home === undefined) delete process.env['TONGXIN_HOME'];
  else process.env['TONGXIN_HOME'] = home;
  await rm(dir, { recursive: true, force: true });
});

const render = (file: string, target: string, out: string, ...more: string[]): string[] => [
  ...['article', 'render', file, '--target', target, '--out', out],
  ...more,
];
const filesIn = (out: string): string[] =>
  readdirSync(path.join(dir, out), { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => path.relative(path.join(dir, out), path.join(e.parentPath, e.name)))
    .sort();

const FILES: Record<(typeof ARTICLE_TARGETS)[number], string[]> = {
  wechat: ['article.html', 'images/01.jpg'],
  web: ['article.html', 'images/01-480.jpg', 'images/01-960.jpg', 'images/01.jpg'],
  docx: ['article.docx'],
  pdf: ['article.pdf'],
  md: ['article.md', 'images/01.jpg'],
  toutiao: ['article.html', 'images/01.jpg'],
  baijiahao: ['article.html', 'images/01.jpg'],
  weibo: ['article.html', 'images/01.jpg'],
  xiaohongshu: ['article.txt', 'images/01.jpg', 'title.txt'],
  text: ['article.txt'],
};

describe('a file', () => {
  it.each(ARTICLE_TARGETS)(
    '%s: the files it names, as they are, with no workspace',
    async (target) => {
      const answer = await answerOf('article-render', render('稿.md', target, `出/${target}`), { cwd: dir });
      expect(answer).toMatchObject({ title: '春茶开采', digest: expect.stringContaining('清明前') as string });
      expect(answer.files.map((f) => f.path).sort()).toEqual(FILES[target]);
      expect(filesIn(`出/${target}`)).toEqual(FILES[target]);
      for (const file of answer.files) {
        const bytes = readFileSync(path.join(dir, `出/${target}`, file.path));
        expect(bytes.length).toBe(file.bytes);
        expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
        if (file.path.endsWith('.jpg')) expect((await sharp(bytes).metadata()).exif).toBeUndefined();
      }
      expect(existsSync(path.join(dir, 'home/workspaces'))).toBe(false);
    },
    30_000,
  );

  it('chars and bytes are those of what is pasted', async () => {
    for (const target of ['wechat', 'toutiao']) {
      const answer = await answerOf('article-render', render('稿.md', target, `量/${target}`), { cwd: dir });
      const html = readFileSync(path.join(dir, `量/${target}/article.html`), 'utf8');
      const body = /<body>([\s\S]*)<\/body>/.exec(html)?.[1] ?? '';
      expect(answer).toMatchObject({ chars: body.length, bytes: Buffer.byteLength(body) });
    }
  });

  it('a note has pictures of 1080 × 1440', async () => {
    await answerOf('article-render', render('稿.md', 'xiaohongshu', '书'), { cwd: dir });
    expect(await sharp(path.join(dir, '书/images/01.jpg')).metadata()).toMatchObject({ width: 1080, height: 1440 });
    expect(readFileSync(path.join(dir, '书/article.txt'), 'utf8')).toBe(
      '清明前，岚溪县的茶园开采了。［1］\n\n注释\n［1］据县茶办。\n',
    );
  });

  it('says for people what it wrote', async () => {
    const run = await tongxin(render('稿.md', 'toutiao', '话', '--language', 'zh'), { cwd: dir });
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('已写出 2 个文件');
    expect(run.stdout).toContain('封面另选');
  });

  it.skipIf(!existsSync(SAMPLE))(
    'the sample article in every target is as it was',
    async () => {
      for (const target of ARTICLE_TARGETS) {
        await answerOf('article-render', render(SAMPLE, target, `样/${target}`), { cwd: dir });
        const [name = ''] = filesIn(`样/${target}`).filter((f) => f.startsWith('article.'));
        const bytes = readFileSync(path.join(dir, `样/${target}`, name));
        // A Word file's parts and a PDF's lines; the account's article in its other themes is in tests/golden/wechat.
        const [text, ending] =
          target === 'docx'
            ? [await docxLines(bytes), '.txt']
            : target === 'pdf'
              ? [pdfLines(bytes), '.txt']
              : [bytes.toString('utf8'), path.extname(name)];
        await expect(text).toMatchFileSnapshot(`golden/sample-${target}${ending}`);
      }
    },
    120_000,
  );
});

describe('asked wrongly', () => {
  it.each<[string, string[], 1 | 2, string]>([
    ['an unknown target', render('稿.md', 'zhihu', '错'), 2, 'wrong_arguments'],
    ['a theme where there is none', render('稿.md', 'web', '错', '--theme', '政务蓝'), 2, 'bad_input'],
    ['an unknown theme', render('稿.md', 'wechat', '错', '--theme', '没有这个'), 2, 'bad_input'],
    ['a file that is not there', render('没有.md', 'web', '错'), 2, 'file_missing'],
    ['a folder', render('图/', 'web', '错'), 2, 'file_unreadable'],
    ['no out', ['article', 'render', '稿.md', '--target', 'web'], 2, 'wrong_arguments'],
    ['a folder that holds something', render('稿.md', 'web', '图'), 1, 'out_not_empty'],
  ])('%s', async (_what, args, exit, code) => {
    expect((await refusalOf(args, exit, { cwd: dir })).code).toBe(code);
    expect(existsSync(path.join(dir, '错'))).toBe(false);
    expect(readdirSync(dir).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

describe('bad input', () => {
  const put = (name: string, bytes: string | Buffer): string => {
    writeFileSync(path.join(dir, name), bytes);
    return name;
  };
  const rendered = (file: string, out: string, target = 'web') =>
    answerOf('article-render', render(file, target, out), { cwd: dir });

  it('30,000 characters, as a page, a note and on paper', async () => {
    const file = put('长.txt', `题目\n\n${'岚溪县的春茶今天开采了，茶农们上了山。'.repeat(1580)}`);
    expect((await rendered(file, '长/网')).chars).toBeGreaterThan(30_000);
    expect((await rendered(file, '长/书', 'xiaohongshu')).chars).toBeLessThanOrEqual(1000);
    expect((await rendered(file, '长/印', 'pdf')).chars).toBeGreaterThan(30_000);
    const wechat = await rendered(file, '长/公', 'wechat');
    expect(wechat.warnings.map((w) => w.code)).toContain('content_long');
  }, 60_000);

  it('500 pictures', async () => {
    const small = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#8a6' } })
      .png()
      .toBuffer();
    put('小.png', small);
    const file = put('多图.md', `# 题\n\n${Array.from({ length: 500 }, (_, i) => `![${i}](小.png)`).join('\n\n')}\n`);
    const web = await rendered(file, '多/网');
    expect(web.files).toHaveLength(501);
    const note = await rendered(file, '多/书', 'xiaohongshu');
    expect(note.files.filter((f) => f.path.startsWith('images/'))).toHaveLength(18);
    expect(note.warnings.map((w) => w.code)).toContain('pictures_many');
  }, 120_000);

  it('a broken picture is left out and told; the text goes on', async () => {
    put('坏.png', Buffer.concat([PNG.subarray(0, 33), Buffer.from('kaput')]));
    const file = put('坏图.md', '# 题\n\n前\n\n![坏](坏.png)\n\n后\n');
    const made = await rendered(file, '坏图');
    expect(made.files.map((f) => f.path)).toEqual(['article.html']);
    expect(made.lost).toContainEqual({ what: 'image', where: '坏' });
    expect(made.warnings.map((w) => w.code)).toContain('picture_unreadable');
  });

  it('pictures outside the document’s folder are not read', async () => {
    mkdirSync(path.join(dir, '里'));
    put('里/外.md', '# 题\n\n文\n\n![外](../小.png)\n');
    put('小.png', PNG);
    expect((await rendered('里/外.md', '外')).files.map((f) => f.path)).toEqual(['article.html']);
  });

  it('script, handlers and a foreignObject leave no trace', async () => {
    const svg = '<svg><foreignObject><body onload="alert(1)">x</body></foreignObject></svg>';
    const file = put('毒.html', `<h1>题</h1><p onclick="alert(1)">文<script>alert(1)</script>${svg}</p>`);
    await rendered(file, '毒');
    const html = readFileSync(path.join(dir, '毒/article.html'), 'utf8');
    expect(html).not.toMatch(/alert|onclick|onload|foreignObject/i);
  });

  it('GB 18030 and unpaired surrogates', async () => {
    const gb = put(
      '国标.txt',
      Buffer.concat([
        Buffer.from([0xb4, 0xba, 0xb2, 0xe8]),
        Buffer.from('\n\n'),
        Buffer.from([0xbf, 0xaa, 0xb2, 0xc9, 0xa1, 0xa3]),
      ]),
    );
    expect(await rendered(gb, '国标', 'text')).toMatchObject({ title: '春茶' });
    // Half a character is written as the sign for what cannot be read, wherever it came from.
    const lone = put('半字.docx', docx({ body: p('题目') + p('前&#xD83C;后') }));
    await rendered(lone, '半字稿', 'text');
    const half = put(
      '半字.md',
      Buffer.from([
        ...Buffer.from('# 题\n\n岚溪县的春茶开采了，茶农们清早上了山。前'),
        0xed,
        0xa0,
        0xbc,
        ...Buffer.from('后\n'),
      ]),
    );
    await rendered(half, '半字文', 'text');
    const page = put('半字.html', '<h1>题</h1><p>前&#xD83C;后</p>');
    await rendered(page, '半字页', 'text');
    for (const out of ['半字稿', '半字文', '半字页']) {
      const text = readFileSync(path.join(dir, out, 'article.txt'), 'utf8');
      expect(text).toMatch(/前\uFFFD+后/u);
      expect(text).not.toMatch(/\p{Surrogate}/u);
    }
  });

  it('a document of more than 200 MB is refused before it is read; one just below is read', async () => {
    const entries = docxEntries({ body: p('题目') + p('春茶开采了。') });
    // Pictures nobody refers to, as Word leaves them behind: not packed, so the file itself is that large.
    const heavy = (mb: number): Buffer =>
      zip([...entries, { name: 'word/media/unused.png', bytes: Buffer.alloc(mb * 1024 * 1024, 7) }]);
    const over = put('超大.docx', heavy(200));
    expect((await refusalOf(render(over, 'web', '超大'), 1, { cwd: dir })).code).toBe('too_large');
    unlinkSync(path.join(dir, over));
    const under = put('很大.docx', heavy(199));
    await rendered(under, '很大', 'text');
    expect(readFileSync(path.join(dir, '很大/article.txt'), 'utf8')).toContain('春茶开采了。');
    unlinkSync(path.join(dir, under));
  }, 120_000);

  it('macros in a docx are not carried on; a zip bomb and a text by that name are refused', async () => {
    const entries = docxEntries({ body: p('题目') + p('文') });
    const macro = put('宏.docx', zip([...entries, { name: 'word/vbaProject.bin', bytes: 'Sub AutoOpen()' }]));
    await rendered(macro, '宏', 'docx');
    expect(readFileSync(path.join(dir, '宏/article.docx')).includes('vbaProject')).toBe(false);
    const bomb = zip([...entries, { name: 'word/bomb.xml', bytes: Buffer.alloc(210 * 1024 * 1024), deflate: true }]);
    expect((await refusalOf(render(put('炸.docx', bomb), 'web', '炸'), 1, { cwd: dir })).code).toBe('too_large');
    expect((await refusalOf(render(put('假.docx', 'text'), 'web', '假'), 1, { cwd: dir })).code).toBe('not_a_document');
  }, 60_000);
});

describe('a story', () => {
  it('by its id, with the office as the publisher', async () => {
    const W = ['--workspace', path.join(dir, 'w')];
    await answerOf('init', ['init', ...W, '--name', '岚溪县融媒体中心'], { cwd: dir });
    const { storyId } = await answerOf('story-import', ['story', 'import', '稿.md', ...W], { cwd: dir });
    const made = await answerOf('article-render', [...render(storyId, 'web', '稿件'), ...W], { cwd: dir });
    expect(made.files.map((f) => f.path)).toEqual(FILES.web);
    const html = readFileSync(path.join(dir, '稿件/article.html'), 'utf8');
    expect(html).toContain('"publisher":{"@type":"Organization","name":"岚溪县融媒体中心"}');
    expect(html).toContain('<figcaption>采茶　陈志远 摄</figcaption>');
    expect((await refusalOf([...render('no-such-story', 'web', '错'), ...W], 1, { cwd: dir })).code).toBe('unknown_id');
    expect((await refusalOf([...render(storyId, 'web', '稿件'), ...W], 1, { cwd: dir })).code).toBe('out_not_empty');
  }, 60_000);
});
