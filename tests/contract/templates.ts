/** Story templates, as every client must find them. */
import { expect, it } from 'vitest';
import type { WayKind } from './peers.ts';
import { docOf, refusal, rig } from './rig.ts';

export function storyTemplates(kind: WayKind): void {
  const at = rig(kind);

  it('lists those of the program, keeps those of the office, and begins a story with either', async () => {
    const { client } = await at.connect();
    const builtIn = await client.templates.list();
    expect(builtIn).toHaveLength(12);
    const own = await client.templates.save({ name: '简讯', use: '三段以内', doc: docOf('【写作提示】一句话说完。') });
    expect(own).toMatchObject({ builtIn: false, prompts: ['一句话说完。'], outline: [] });
    expect((await client.templates.list()).map(({ templateId }) => templateId)).toEqual([
      own.templateId,
      ...builtIn.map(({ templateId }) => templateId),
    ]);
    const story = await client.stories.create({ templateId: own.templateId });
    expect(story.doc).toEqual(own.doc);
    expect(await client.templates.remove({ templateId: own.templateId })).toEqual({ ok: true });
    expect((await client.templates.list()).length).toBe(12);
  });

  it('refuses to change those of the program, and unknown ones', async () => {
    const { client } = await at.connect();
    const [{ templateId } = { templateId: '' }] = await client.templates.list();
    const save = client.templates.save({ templateId, name: '改', doc: docOf('一') });
    expect((await refusal(save)).code).toBe('bad_input');
    expect((await refusal(client.templates.remove({ templateId }))).code).toBe('bad_input');
    expect(await refusal(client.templates.get({ templateId: 'nope' }))).toEqual({
      code: 'unknown_id',
      params: { id: 'nope' },
      retryable: false,
    });
    expect((await refusal(client.stories.create({ templateId: 'nope' }))).code).toBe('unknown_id');
  });

  it('keeps a version before a large change, for its reason', async () => {
    const { client } = await at.connect();
    const story = await client.stories.create({ title: '快照' });
    const input = { storyId: story.storyId, baseHash: story.contentHash, title: '快照', doc: docOf('粘贴之前') };
    const saved = await client.stories.save({ ...input, checkpoint: true, reason: 'beforePaste' });
    const [newest] = await client.stories.versions({ storyId: story.storyId });
    expect(newest).toMatchObject({ n: 2, hash: saved.contentHash, reason: 'beforePaste', name: null });
    const wrong = { ...input, baseHash: saved.contentHash, reason: 'submit' as 'saved' };
    expect((await refusal(client.stories.save(wrong))).code).toBe('bad_input');
  });
}
