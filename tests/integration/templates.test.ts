/** Story templates of the office, and versions before large changes, on both databases, through the whole pipeline. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Studio } from '../../core/index.ts';
import type { StudioClient } from '../../core/model/contract/client.ts';
import { describeOnBoth } from '../support/databases.ts';
import { studioOn } from '../support/studio-on.ts';

const doc = (text: string) => ({
  type: 'doc' as const,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});

describeOnBoth('story templates', (open) => {
  let root = '';
  let studio: Studio;
  let client: StudioClient;

  beforeEach(async () => {
    root = mkdtempSync(path.join(os.tmpdir(), 'tongxin-templates-'));
    process.env['TONGXIN_HOME'] = path.join(root, 'home');
    studio = studioOn(root, open);
    client = studio.client(studio.newSession({ shell: 'test', localFiles: true, trust: 'owner' }));
    await client.workspace.create({ dir: path.join(root, 'w'), name: '岚溪' });
  });
  afterEach(async () => {
    await studio.stop();
    rmSync(root, { recursive: true, force: true });
  });

  it('are kept, changed, listed by name and removed, each with its entry in the audit log', async () => {
    const b = await client.templates.save({ name: '乙', doc: doc('【写作提示】😀 一句话。') });
    await client.templates.save({ name: '甲', doc: doc('二') });
    const changed = await client.templates.save({ templateId: b.templateId, name: '丙', use: '短讯', doc: doc('三') });
    expect(changed).toMatchObject({ name: '丙', use: '短讯', prompts: [] });
    expect((await client.templates.list()).slice(0, 2).map(({ name }) => name)).toEqual(['丙', '甲']);
    await client.templates.remove({ templateId: b.templateId });
    expect((await client.templates.list())[0]?.name).toBe('甲');
    expect((await client.audit.verify({})).ok).toBe(true);
  });

  it('a restore keeps the draft as a version for that reason', async () => {
    const story = await client.stories.create({ title: '稿', doc: doc('一') });
    const { storyId } = story;
    await client.stories.save({ storyId, baseHash: story.contentHash, title: '稿', doc: doc('二') });
    await client.stories.restore({ storyId, hash: story.contentHash });
    expect((await client.stories.versions({ storyId })).map(({ reason }) => reason)).toEqual([
      'restore',
      'beforeRestore',
      'created',
    ]);
  });
});
