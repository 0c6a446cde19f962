/** Office packs, as every client must find them. */
import { expect, it } from 'vitest';
import { BUILT_IN_PACKS } from '../../core/model/office-pack/index.ts';
import type { WayKind } from './peers.ts';
import { refusal, rig } from './rig.ts';

export function officePacks(kind: WayKind): void {
  const at = rig(kind);

  it('are listed, kept and made ready; what does not fit is refused with its place', async () => {
    const { client } = await at.connect();
    const [red] = await client.officePacks.list();
    expect(red).toMatchObject({ packId: 'studio-red', builtIn: true, pack: BUILT_IN_PACKS.get('studio-red') });
    const pack = { ...red?.pack, name: { zh: '岚溪', en: 'Lanxi' } };
    const made = await client.officePacks.save({ pack });
    expect((await client.officePacks.list())[0]).toEqual(made);
    const { cards } = await client.officePacks.materials({ packId: made.packId });
    expect(cards).toMatchObject([{ colour: '#A32A22', asset: { kind: 'image', width: 1080, height: 1080 } }]);
    expect(await refusal(client.officePacks.save({ pack: { ...pack, accent: 'red' } }))).toMatchObject({
      code: 'bad_input',
      params: { what: expect.stringMatching(/^accent: /) as string },
    });
    expect((await refusal(client.officePacks.export({ packId: 'none' }))).code).toBe('unknown_id');
  });
}
