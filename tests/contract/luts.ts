/** Colour tables of the office, as every client must find them. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { WayKind } from './peers.ts';
import { refusal, rig, sourcesOf } from './rig.ts';

const CUBE = ['0 0 0', '1 0 0', '0 1 0', '1 1 0', '0 0 1', '1 0 1', '0 1 1', '1 1 0.5'].join('\n');

export function officeLuts(kind: WayKind): void {
  const at = rig(kind);

  it('are taken in once, listed, read, removed and taken in again', async () => {
    const { house } = at;
    const { client } = await at.connect();
    const source = async (name: string, text: string) => {
      const file = path.join(house.root, name);
      await writeFile(file, text);
      const [made] = await sourcesOf(house, kind, [file]);
      if (!made) throw new Error('no source');
      return made;
    };
    const text = `# 县里的颜色\nLUT_3D_SIZE 2\n${CUBE}\n`;
    const made = await client.luts.import({ source: await source('茶园.cube', text) });
    expect(made).toMatchObject({ name: '茶园', dimensions: 3, size: 2, removed: false });
    const { sha256 } = made;
    expect(await client.luts.list()).toEqual([made]);
    expect(await client.luts.import({ source: await source('again.cube', text) })).toEqual(made);
    const { values, ...shape } = await client.luts.table({ sha256 });
    const bytes = Buffer.from(values, 'base64');
    expect(shape).toEqual({ dimensions: 3, size: 2 });
    expect(Array.from({ length: 24 }, (_, i) => bytes.readFloatLE(4 * i))).toEqual(CUBE.split(/\s/).map(Number));
    await client.luts.setRemoved({ sha256, removed: true });
    expect(await client.luts.list()).toEqual([]);
    expect((await client.luts.table({ sha256 })).size).toBe(2);
    await client.luts.import({ source: await source('third.cube', text) });
    expect(await client.luts.list()).toEqual([made]);
    const short = await refusal(client.luts.import({ source: await source('短.cube', text.replace('1 1 0.5', '')) }));
    expect(short).toMatchObject({ code: 'lut_broken', params: { file: '短.cube', line: '11', what: '7 < 8' } });
    const words = await refusal(client.luts.import({ source: await source('w.cube', 'not a table') }));
    expect(words).toMatchObject({ code: 'not_a_lut', params: { file: 'w.cube' } });
    expect((await refusal(client.luts.table({ sha256: 'ab'.repeat(32) }))).code).toBe('unknown_id');
    expect(await client.luts.list()).toEqual([made]);
  });
}
