/** Platforms of the office, as every client must find them. */
import { expect, it } from 'vitest';
import { PLATFORM_TARGETS, platformOf } from '../../core/model/platforms/index.ts';
import { addPeople } from '../support/packaging.ts';
import type { WayKind } from './peers.ts';
import { refusal, rig } from './rig.ts';

type Json = Record<string, unknown>;
const file = (target: string, name: string): Json => ({
  ...structuredClone(platformOf('douyin')),
  ...{ target, name: { zh: name, en: target } },
});
const BUILT_IN = PLATFORM_TARGETS.filter((name) => name !== 'preview');

export function officePlatforms(kind: WayKind): void {
  const at = rig(kind);

  it('are listed, added, changed, given back and removed', async () => {
    const { client } = await at.connect();
    const before = await client.platforms.list();
    expect(before.map(({ target, own, revision }) => [target, own, revision])).toEqual(
      BUILT_IN.map((target) => [target, false, null]),
    );
    const added = await client.platforms.save({ profile: file('county-app', '县融媒'), base: null });
    expect(added).toMatchObject({ own: true, outdated: false, profile: { name: { zh: '县融媒' } } });
    const changed = await client.platforms.save({ profile: file('douyin', '抖音号'), base: null });
    expect((await client.platforms.list()).map(({ target }) => target)).toEqual([...BUILT_IN, 'county-app']);
    const back = await client.platforms.giveBack({ target: 'douyin', base: changed.revision });
    expect(back).toEqual(before[0]);
    await client.platforms.remove({ target: 'county-app', base: added.revision });
    expect(await client.platforms.list()).toEqual(before);
  });

  it('are refused with the place, when they are another’s by now, when the name is taken, and by role', async () => {
    const { client } = await at.connect();
    const bad = { ...file('county-app', '坏'), canvas: { width: 3, height: 1920, frameRate: '30/1' } };
    expect(await refusal(client.platforms.save({ profile: bad, base: null }))).toMatchObject({
      code: 'bad_input',
      params: { what: expect.stringMatching(/^canvas\.width: /) as string },
    });
    for (const [profile, place] of [
      [file('wechat', '别的'), 'target'],
      [file('con', '别的'), 'target'],
      [file('county-app', '快手'), 'name.zh'],
    ] as const) {
      const { params } = await refusal(client.platforms.save({ profile, base: null }));
      expect(params['what']).toBe(`${place}: is taken`);
    }
    const { revision } = await client.platforms.save({ profile: file('douyin', '抖音号'), base: null });
    const late = client.platforms.save({ profile: file('douyin', '又改'), base: null });
    expect((await refusal(late)).code).toBe('conflict');
    expect((await refusal(client.platforms.giveBack({ target: 'douyin', base: 'old' }))).code).toBe('conflict');
    expect((await refusal(client.platforms.remove({ target: 'douyin', base: revision }))).code).toBe('unknown_id');
    expect((await refusal(client.platforms.giveBack({ target: 'kuaishou', base: null }))).code).toBe('unknown_id');
    await addPeople(client);
    await client.session.signIn({ name: '王编', pin: '1357' });
    expect((await refusal(client.platforms.save({ profile: file('x', '乙'), base: null }))).code).toBe('not_permitted');
    expect(await client.platforms.list()).toHaveLength(BUILT_IN.length);
  });
}
