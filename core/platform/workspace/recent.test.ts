import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { tempDirs } from '../../../tests/support/temp.ts';
import { createRecentList } from './recent.ts';

const temp = tempDirs();

function setup() {
  const root = temp();
  let now = 0;
  const home = path.join(root, 'config');
  const list = createRecentList({ home, clock: { now: () => (now += 1) } });
  const folder = (name: string): string => {
    const dir = path.join(root, name);
    mkdirSync(dir, { recursive: true });
    return dir;
  };
  return { home, list, folder };
}

it('is empty before anything was opened', async () => {
  expect(await setup().list.list()).toEqual([]);
});

it('keeps the newest first, each folder once, at most twelve', async () => {
  const { list, folder, home } = setup();
  await Promise.all(
    Array.from({ length: 14 }, (_, n) => list.add({ dir: folder(`w${String(n)}`), name: `工作区 ${String(n)}` })),
  );
  await list.add({ dir: `${folder('w5')}/`, name: 'new name' });
  const entries = await list.list();
  expect(entries.map((entry) => path.basename(entry.dir))).toEqual([
    'w5',
    'w13',
    'w12',
    'w11',
    'w10',
    'w9',
    'w8',
    'w7',
    'w6',
    'w4',
    'w3',
    'w2',
  ]);
  expect(entries[0]).toEqual({ dir: folder('w5'), name: 'new name', openedAt: 15 });
  expect(readdirSync(home)).toEqual(['recent.json']);
});

it('leaves out a folder that is gone, and shows it again when it is back', async () => {
  const { list, folder } = setup();
  await list.add({ dir: folder('a'), name: 'a' });
  await list.add({ dir: folder('b'), name: 'b' });
  rmSync(folder('b'), { recursive: true });
  expect((await list.list()).map((entry) => entry.name)).toEqual(['a']);
  folder('b');
  expect((await list.list()).map((entry) => entry.name)).toEqual(['b', 'a']);
});

it('starts anew when the file is broken', async () => {
  const { list, folder, home } = setup();
  mkdirSync(home, { recursive: true });
  writeFileSync(path.join(home, 'recent.json'), '[{"dir":');
  expect(await list.list()).toEqual([]);
  await list.add({ dir: folder('a'), name: 'a' });
  expect(await list.list()).toHaveLength(1);
});
