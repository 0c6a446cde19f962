import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, makeStudio, repoRoot, type TestStudio } from '../../tests/support/studio.ts';
import { openPrompts, type ArticleDoc } from '../model/article/index.ts';
import type { ArticleDocJson } from '../model/contract/index.ts';

let t: TestStudio;
beforeEach(async () => {
  t = await makeStudio();
});
afterEach(async () => {
  await t.stop();
});

const doc = (text: string): ArticleDocJson => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});
const TWELVE = [
  '人物故事',
  '经验做法',
  '非遗',
  '乡村振兴',
  '反诈提醒',
  '惠企便民',
  '政策解读',
  '民营企业与新阶层',
  '民族团结',
  '榜样与好网民',
  '活动纪实',
  '回应关切',
];

describe('templates of the program', () => {
  it('are twelve, each with an outline and prompts for what a good story answers', async () => {
    const list = await t.client.templates.list();
    expect(list.map(({ name }) => name)).toEqual(TWELVE);
    expect(readdirSync(path.join(repoRoot, 'templates/stories'))).toHaveLength(TWELVE.length);
    for (const { name, use, builtIn, outline, prompts } of list) {
      expect({ name, builtIn, long: use.length > 10 }).toEqual({ name, builtIn: true, long: true });
      expect(outline.length, name).toBeGreaterThanOrEqual(3);
      expect(prompts.length, name).toBeGreaterThanOrEqual(8);
      // Numbers with their source, words with consent or a check: asked for in every one of them.
      expect(prompts.join(''), name).toMatch(/来源|出处|提供|核实|口径/);
      expect(prompts.join(''), name).toMatch(/同意|核对|监护人|看过/);
    }
  });

  it('begin a story whose prompts are all open', async () => {
    const [first] = await t.client.templates.list();
    const story = await t.client.stories.create({ templateId: first!.templateId, title: '林阿伯' });
    expect(story.title).toBe('林阿伯');
    expect(openPrompts(story.doc as ArticleDoc)).toEqual(first!.prompts);
    expect(await codeOf(t.client.stories.create({ templateId: 'nope' }))).toBe('unknown_id');
  });

  it('cannot be changed or removed, but copied', async () => {
    const [first] = await t.client.templates.list();
    const { templateId } = first!;
    const { title, doc: text } = await t.client.templates.get({ templateId });
    const change = { templateId, name: '改', title, doc: text };
    expect(await codeOf(t.client.templates.save(change))).toBe('bad_input');
    expect(await codeOf(t.client.templates.remove({ templateId }))).toBe('bad_input');
    const copy = await t.client.templates.save({ name: '我们的人物故事', title, doc: text });
    expect(copy).toMatchObject({ builtIn: false, outline: first!.outline, prompts: first!.prompts });
  });
});

describe('templates of the office', () => {
  it('are saved, changed, listed first and removed; stories made from them stay', async () => {
    const made = await t.client.templates.save({
      name: '县里的简讯',
      use: '三段以内',
      doc: doc('【写作提示】一句话说完。'),
    });
    expect((await t.client.templates.list())[0]).toMatchObject({ templateId: made.templateId, name: '县里的简讯' });
    const story = await t.client.stories.create({ templateId: made.templateId });
    const changed = await t.client.templates.save({ templateId: made.templateId, name: '简讯', doc: doc('正文') });
    expect(changed).toMatchObject({ templateId: made.templateId, name: '简讯', use: '', prompts: [] });
    await t.client.templates.remove({ templateId: made.templateId });
    expect(await codeOf(t.client.templates.get({ templateId: made.templateId }))).toBe('unknown_id');
    expect(await codeOf(t.client.templates.remove({ templateId: made.templateId }))).toBe('unknown_id');
    expect((await t.client.stories.get({ storyId: story.storyId })).doc).toEqual(story.doc);
  });

  it('are refused with a damaged text or without a name', async () => {
    expect(await codeOf(t.client.templates.save({ name: ' ', doc: doc('一') }))).toBe('bad_input');
    const bad = { type: 'doc' as const, content: [{ type: 'script' }] };
    expect(await codeOf(t.client.templates.save({ name: '坏的', doc: bad }))).toBe('bad_article');
  });
});
