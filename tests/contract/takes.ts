/** Spoken takes, as every client must find them. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { mediaImportResult } from '../../core/model/contract/index.ts';
import { toPcm24 } from '../../core/model/sound/wav.ts';
import type { WayKind } from './peers.ts';
import { refusal, rig } from './rig.ts';

const second = Float32Array.from({ length: 48_000 }, (_, i) => 0.5 * Math.sin((2 * Math.PI * 440 * i) / 48_000));

export function spokenTakes(kind: WayKind): void {
  const at = rig(kind);

  it('are filled piece by piece, imported under their name, and kept until they are dropped', async () => {
    const { client } = await at.connect();
    const { storyId } = await client.stories.create({ title: '春茶' });
    const { projectId } = await client.videos.create({ storyId, title: '半山炒茶' });
    const { takeId } = await client.takes.begin({ projectId, name: '配音 半山炒茶 1', atUs: 1_500_000 });
    const bytes = Buffer.from(toPcm24(second));
    const half = bytes.length / 2;
    const data = (from: number, to: number) => bytes.subarray(from, to).toString('base64');
    expect(await client.takes.append({ takeId, offset: 0, data: data(0, half) })).toEqual({ bytes: half });
    expect(await client.takes.append({ takeId, offset: half, data: data(half, bytes.length) })).toEqual({
      bytes: bytes.length,
    });
    const hole = await refusal(client.takes.append({ takeId, offset: 2 * bytes.length, data: 'AAAA' }));
    expect(hole.code).toBe('bad_input');
    const [take] = await client.takes.list({ projectId });
    expect(take).toMatchObject({ takeId, atUs: 1_500_000, durationUs: 1_000_000, live: true });

    const { jobId } = await client.takes.keep({ takeId });
    await expect.poll(async () => (await client.jobs.get({ jobId })).state, { timeout: 30_000 }).toBe('done');
    const [entry] = mediaImportResult.parse((await client.jobs.get({ jobId })).result);
    if (!entry || 'error' in entry) throw new Error('not imported');
    const asset = await client.media.get({ assetId: entry.assetId });
    expect(asset).toMatchObject({ name: '配音 半山炒茶 1.wav', kind: 'audio', durationUs: 1_000_000 });
    expect(asset.storyIds).toEqual([storyId]);
    const file = await at.house.studio.locate(at.house.session, entry.assetId, 'original');
    expect((await readFile(file.path)).subarray(44).equals(bytes)).toBe(true);

    // Whatever becomes of the import, the take itself stays until somebody says so.
    expect(await client.takes.list({ projectId })).toHaveLength(1);
    await client.takes.drop({ takeId });
    await client.takes.drop({ takeId });
    expect(await client.takes.list({ projectId })).toEqual([]);
    expect((await refusal(client.takes.keep({ takeId }))).code).toBe('unknown_id');
  });

  it('are refused where there is no film, no sound, or no right to cut', async () => {
    const { client } = await at.connect();
    const nowhere = await refusal(client.takes.begin({ projectId: 'nope', name: '配音', atUs: 0 }));
    expect(nowhere).toMatchObject({ code: 'unknown_id', params: { id: 'nope' } });
    const { storyId } = await client.stories.create({ title: '春茶' });
    const { projectId } = await client.videos.create({ storyId, title: '空' });
    const { takeId } = await client.takes.begin({ projectId, name: '配音', atUs: 0 });
    expect((await refusal(client.takes.keep({ takeId }))).code).toBe('take_empty');
    expect((await refusal(client.takes.append({ takeId, offset: 0, data: '???' }))).code).toBe('bad_input');
    await at.house.client.users.add({ name: '李审', role: 'reviewer', pin: '2468' });
    const other = await at.connect();
    await other.client.session.signIn({ name: '李审', pin: '2468' });
    const calls = [
      other.client.takes.begin({ projectId, name: '配音', atUs: 0 }),
      other.client.takes.append({ takeId, offset: 0, data: 'AAAA' }),
      other.client.takes.keep({ takeId }),
      other.client.takes.drop({ takeId }),
    ];
    for (const call of calls) expect((await refusal(call)).code).toBe('not_permitted');
  });
}
