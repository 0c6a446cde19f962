/** Themes of the office on both databases: revisions, what was signed in one, and what becomes of it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Studio } from '../../core/index.ts';
import type { StudioClient } from '../../core/model/contract/client.ts';
import { WECHAT_THEMES, readTheme } from '../../core/model/wechat/index.ts';
import { describeOnBoth } from '../support/databases.ts';
import { addPeople, signAll } from '../support/packaging.ts';
import { studioOn } from '../support/studio-on.ts';

const RED = '#7a1f1a';
const theme = (name: string, ink = RED): Record<string, unknown> => {
  const [first] = WECHAT_THEMES;
  if (!first) throw new Error('the program has no theme');
  return { ...first, name: { zh: name, en: name }, palette: { ...first.palette, ink } };
};
const docIn = (id: string) => ({
  type: 'doc' as const,
  attrs: { theme: id },
  content: [
    { type: 'heading', attrs: { level: 1 }, content: [{ type: 'text', text: '一口锅' }] },
    { type: 'blockquote', content: [{ type: 'paragraph', content: [{ type: 'text', text: '慢，是它的规矩。' }] }] },
  ],
});

describeOnBoth('themes of the office', (open) => {
  let root = '';
  let studio: Studio;
  let client: StudioClient;
  const session = () => studio.client(studio.newSession({ shell: 'test', localFiles: true, trust: 'owner' }));
  const done = async (jobId: string): Promise<{ state: string; result: unknown }> => {
    await studio.idle();
    return client.jobs.get({ jobId });
  };

  beforeEach(async () => {
    root = mkdtempSync(path.join(os.tmpdir(), 'tongxin-themes-'));
    process.env['TONGXIN_HOME'] = path.join(root, 'home');
    studio = studioOn(root, open);
    client = session();
    await client.workspace.create({ dir: path.join(root, 'w'), name: '岚溪' });
  });
  afterEach(async () => {
    await studio.stop();
    rmSync(root, { recursive: true, force: true });
  });

  it('are named by what they are: the same file twice is one theme, an earlier form again is the newest', async () => {
    const first = await client.themes.save({ theme: theme('县红') });
    expect(first.themeId).toMatch(/^own-[0-9a-f]{56}$/);
    expect(await client.themes.save({ theme: { ...theme('县红'), id: 'from-elsewhere' } })).toMatchObject({
      themeId: first.themeId,
      lineage: first.lineage,
    });
    const { lineage } = first;
    const second = await client.themes.save({ theme: theme('县红', '#123f6b'), lineage, base: first.themeId });
    const third = await client.themes.save({ theme: theme('县红'), lineage, base: second.themeId });
    expect(third).toMatchObject({ themeId: first.themeId, newest: first.themeId });
    expect((await client.themes.list()).map(({ themeId }) => themeId)).toEqual([first.themeId]);

    const { file } = await client.themes.export({ themeId: first.themeId });
    expect(path.relative(path.join(root, 'w', 'exports'), file)).toBe(path.join('县红', '县红.json'));
    const shared: unknown = JSON.parse(readFileSync(file, 'utf8'));
    expect(readTheme(shared)).toEqual(first.theme);
    expect((await client.audit.verify({})).ok).toBe(true);
  });

  it('render the stories set in them, by id and by name, also when they are out of the list', async () => {
    const { themeId, lineage } = await client.themes.save({ theme: theme('县红') });
    const { storyId } = await client.stories.create({ title: '守茶', doc: docIn(themeId) });
    const other = await client.stories.create({ title: '别的', doc: docIn('subai') });
    expect(await client.themes.uses()).toEqual([{ lineage, stories: 1 }]);
    await client.themes.setRemoved({ lineage, removed: true });
    const made = async (id: string, asked?: string): Promise<string> => {
      const dir = path.join(root, `out-${id.slice(-6)}-${asked ?? 'own'}`);
      const order = { storyId: id, target: 'wechat' as const, dir };
      const { jobId } = await client.stories.export(asked === undefined ? order : { ...order, theme: asked });
      expect(await done(jobId)).toMatchObject({ state: 'done' });
      return readFileSync(path.join(dir, 'article.html'), 'utf8');
    };
    expect(await made(storyId)).toContain(RED);
    expect(await made(other.storyId)).not.toContain(RED);
    expect(await made(other.storyId, themeId)).toContain(RED);
    await client.themes.setRemoved({ lineage, removed: false });
    expect(await made(other.storyId, '县红')).toContain(RED);
    const unknown = client.stories.export({ storyId, target: 'wechat', theme: '没有这个' });
    await expect(unknown).rejects.toMatchObject({ code: 'bad_input' });
  });

  it('stay what was signed, whatever becomes of the theme; one that is not here is told and refused', async () => {
    await addPeople(client);
    const { themeId, lineage } = await client.themes.save({ theme: theme('县红') });
    const { storyId } = await client.stories.create({ title: '守茶', doc: docIn(themeId) });
    await client.review.submit({ storyId });
    await signAll({ another: () => ({ client: session() }) as never }, storyId);
    await client.themes.save({ theme: theme('县红', '#123f6b'), lineage, base: themeId });
    const dir = path.join(root, 'signed');
    const { jobId } = await client.packages.make({ storyId, targets: ['wechat'], dir });
    expect(await done(jobId)).toMatchObject({ state: 'done' });
    const html = readFileSync(path.join(dir, 'wechat', 'article.html'), 'utf8');
    expect(html).toContain(RED);
    expect(html).not.toContain('#123f6b');

    // A theme of the office that is called so is not what the article names: names can be given to anything.
    await client.themes.save({ theme: theme('own-elsewhere') });
    const lost = await client.stories.create({ title: '外来', doc: docIn('own-elsewhere') });
    const [wechat] = (await client.packages.check({ storyId: lost.storyId })).targets;
    expect(wechat?.checks).toContainEqual({ level: 'stop', code: 'theme_gone', params: {} });
    const order = { storyId: lost.storyId, target: 'wechat' as const, dir: path.join(root, 'lost') };
    const result = await done((await client.stories.export(order)).jobId);
    expect(result.result).toMatchObject({
      warnings: [{ level: 'warn', code: 'theme_gone', params: { theme: 'own-elsewhere' } }],
    });
  });
});
