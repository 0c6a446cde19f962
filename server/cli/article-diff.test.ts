/** `article diff` on files, on stories, and on what is neither. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { docx, p } from '../../tests/fixtures/docx.ts';
import { answerOf, refusalOf, tongxin } from '../../tests/support/cli.ts';

let dir = '';
const at = (): { cwd: string } => ({ cwd: dir });
const FIRST = '半山上的茶\n清早五点，雾还没有散。\n林阿伯守着老茶园五十一年。\n锅温二百度上下。\n';
const SECOND =
  '半山上的茶\n清早五点，雾还没有散。\n林阿伯守着这片茶园五十一年。\n这一句是新写的话。\n锅温二百度上下。\n';

beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'tongxin-diff-'));
  await writeFile(path.join(dir, 'a.txt'), FIRST);
  await writeFile(path.join(dir, 'b.md'), SECOND.replace('\n', '\n\n').replace(/^/, '# ').replaceAll('。\n', '。\n\n'));
  await writeFile(path.join(dir, 'c.html'), '<h1>半山上的茶</h1><p>清早五点，雾还没有散。</p>');
  await writeFile(
    path.join(dir, 'd.docx'),
    docx({
      body: ['半山上的茶', '清早五点，雾还没有散。', '林阿伯守着老茶园五十一年。'].map((text) => p(text)).join(''),
    }),
  );
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('files, without a workspace', () => {
  it('answers block by block, exit 0 with differences', async () => {
    expect(await answerOf('article-diff', ['article', 'diff', 'a.txt', 'b.md'], at())).toEqual([
      { blockId: 'b1', kind: 'changed', before: '林阿伯守着老茶园五十一年。', after: '林阿伯守着这片茶园五十一年。' },
      { blockId: 'b2', kind: 'inserted', before: '', after: '这一句是新写的话。' },
    ]);
  });

  it('finds nothing between a file and itself', async () => {
    expect(await answerOf('article-diff', ['article', 'diff', 'a.txt', 'a.txt'], at())).toEqual([]);
  });

  it('reads every format the import reads', async () => {
    const changes = await answerOf('article-diff', ['article', 'diff', 'd.docx', 'c.html'], at());
    expect(changes).toMatchObject([{ kind: 'deleted', before: '林阿伯守着老茶园五十一年。' }]);
  });

  it('says it in lines for people', async () => {
    const { stdout, code } = await tongxin(['article', 'diff', 'a.txt', 'b.md'], at());
    expect(code).toBe(0);
    expect(stdout).toContain('+ b2 inserted\n  + 这一句是新写的话。');
    expect((await tongxin(['article', 'diff', 'a.txt', 'a.txt'], at())).stdout).toBe('No differences.\n');
  });

  it('exits with 2 for missing files and missing arguments', async () => {
    expect(await refusalOf(['article', 'diff', 'a.txt', 'none.txt'], 2, at())).toMatchObject({
      code: 'file_missing',
      files: ['none.txt'],
    });
    expect((await refusalOf(['article', 'diff', 'nothing', 'a.txt'], 2, at())).code).toBe('file_missing');
    expect((await refusalOf(['article', 'diff', 'a.txt'], 2, at())).code).toBe('wrong_arguments');
    expect((await refusalOf(['article', 'diff', '.', 'a.txt'], 2, at())).code).toBe('file_unreadable');
  });

  it('exits with 1 for a file that is no document', async () => {
    await writeFile(path.join(dir, 'x.xlsx'), 'x');
    expect(await refusalOf(['article', 'diff', 'a.txt', 'x.xlsx'], 1, at())).toMatchObject({
      code: 'unsupported_format',
      files: ['x.xlsx'],
    });
  });
});

describe('stories', () => {
  it('compares drafts, versions by number and by hash, and a story with a file', async () => {
    const W = ['--workspace', 'work'];
    await answerOf('init', ['init', ...W], at());
    const { storyId, versionHash } = await answerOf('story-import', ['story', 'import', 'a.txt', ...W], at());
    const diff = (a: string, b: string) => answerOf('article-diff', ['article', 'diff', a, b, ...W], at());
    expect(await diff(storyId, 'a.txt')).toEqual([]);
    expect(await diff(`${storyId}@1`, `${storyId}@${versionHash.slice(0, 12)}`)).toEqual([]);
    expect((await diff(`${storyId}@${versionHash}`, 'b.md')).map(({ kind }) => kind)).toEqual(['changed', 'inserted']);
    expect((await refusalOf(['article', 'diff', `${storyId}@9`, 'a.txt', ...W], 1, at())).code).toBe('unknown_id');
    const unknown = storyId.replace(/^./, (c) => (c === '0' ? '1' : '0'));
    expect((await refusalOf(['article', 'diff', unknown, 'a.txt', ...W], 1, at())).code).toBe('unknown_id');
  });
});
