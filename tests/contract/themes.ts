/** Themes of the office, as every client must find them. */
import { expect, it } from 'vitest';
import { WECHAT_THEMES } from '../../core/model/wechat/index.ts';
import type { WayKind } from './peers.ts';
import { refusal, rig } from './rig.ts';

const file = (name: string): Record<string, unknown> => ({
  ...structuredClone(WECHAT_THEMES[0]),
  name: { zh: name, en: name },
});

export function officeThemes(kind: WayKind): void {
  const at = rig(kind);

  it('are kept, listed, changed, removed and put back', async () => {
    const { client } = await at.connect();
    const made = await client.themes.save({ theme: file('县红') });
    expect(made).toMatchObject({ newest: made.themeId, removed: false });
    expect(await client.themes.list()).toEqual([made]);
    expect(await client.themes.uses()).toEqual([{ lineage: made.lineage, stories: 0 }]);
    const { lineage } = made;
    const changed = await client.themes.save({ theme: file('县红二'), lineage, base: made.themeId });
    expect((await client.themes.list()).map(({ themeId }) => themeId)).toEqual([changed.themeId]);
    expect(await client.themes.get({ themeId: made.themeId })).toMatchObject({ newest: changed.themeId });
    await client.themes.setRemoved({ lineage, removed: true });
    expect(await client.themes.list()).toEqual([]);
    await client.themes.setRemoved({ lineage, removed: false });
    expect(await client.themes.list()).toHaveLength(1);
  });

  it('are refused with the place in the file, when they are another’s by now, and when there is none', async () => {
    const { client } = await at.connect();
    const bad = { ...file('坏'), quote: { as: 'comic' } };
    const refused = await refusal(client.themes.save({ theme: bad }));
    expect(refused).toMatchObject({
      code: 'bad_input',
      params: { what: expect.stringMatching(/^quote\/as/) as string },
    });
    const made = await client.themes.save({ theme: file('两人改') });
    const next = { lineage: made.lineage, base: made.themeId };
    await client.themes.save({ theme: file('先改的'), ...next });
    expect((await refusal(client.themes.save({ theme: file('后改的'), ...next }))).code).toBe('conflict');
    expect((await refusal(client.themes.get({ themeId: 'own-none' }))).code).toBe('unknown_id');
    expect((await refusal(client.themes.setRemoved({ lineage: 'none', removed: true }))).code).toBe('unknown_id');
  });
}
