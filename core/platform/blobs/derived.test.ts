import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { tempDirs } from '../../../tests/support/temp.ts';
import { createDerivedStore } from './derived.ts';

const temp = tempDirs();
const HASH = `ab${'0'.repeat(62)}`;

function setup() {
  const cache = temp();
  return { cache, store: createDerivedStore(cache), folder: path.join(cache, 'derived', 'ab', HASH) };
}

it('puts a file under its name once it is made', async () => {
  const { store, folder } = setup();
  expect(await store.find(HASH, 'poster')).toBeNull();
  const made = await store.make(HASH, 'poster', 'jpg', async (tmp) => {
    expect(path.extname(tmp)).toBe('.jpg');
    await writeFile(tmp, 'picture');
    expect(await store.find(HASH, 'poster')).toBeNull();
  });
  expect(made).toBe(path.join(folder, 'poster.jpg'));
  expect(await store.find(HASH, 'poster')).toEqual({ path: made, mime: 'image/jpeg' });
  expect(await store.find(HASH, 'proxy')).toBeNull();
  await store.make(HASH, 'peaks', 'peaks', (tmp) => writeFile(tmp, 'sound'));
  expect(await store.variants(HASH)).toEqual(
    new Map([
      ['poster', 'jpg'],
      ['peaks', 'peaks'],
    ]),
  );
  expect(await store.variants('c'.repeat(64))).toEqual(new Map());
});

it('replaces what stood there, also in another format', async () => {
  const { store, folder } = setup();
  await store.make(HASH, 'proxy', 'mp4', (tmp) => writeFile(tmp, 'old'));
  await store.make(HASH, 'proxy', 'mp4', (tmp) => writeFile(tmp, 'new'));
  expect(readFileSync(path.join(folder, 'proxy.mp4'), 'utf8')).toBe('new');
  await store.make(HASH, 'proxy', '.m4a', (tmp) => writeFile(tmp, 'sound'));
  expect(readdirSync(folder)).toEqual(['proxy.m4a']);
  expect(await store.find(HASH, 'proxy')).toMatchObject({ mime: 'audio/mp4' });
});

it('leaves nothing when making fails, and passes the reason on', async () => {
  const { cache, store, folder } = setup();
  const reason = new Error('no picture in it');
  const attempt = store.make(HASH, 'poster', 'jpg', async (tmp) => {
    await writeFile(tmp, 'half');
    throw reason;
  });
  await expect(attempt).rejects.toBe(reason);
  await expect(store.make(HASH, 'poster', 'jpg', () => Promise.resolve())).rejects.toThrow('ENOENT');
  expect(existsSync(folder)).toBe(false);
  expect(readdirSync(path.join(cache, 'derived', '.tmp'))).toEqual([]);
});

it('refuses an extension it could not serve, and a hash that is none', async () => {
  const { store } = setup();
  await expect(store.make(HASH, 'poster', 'exe', () => Promise.resolve())).rejects.toMatchObject({ code: 'bad_input' });
  await expect(store.find('../x', 'poster')).rejects.toMatchObject({ code: 'bad_input' });
});

it('does without the cache when it was deleted, and sweeps half-made files', async () => {
  const { cache, store } = setup();
  await store.make(HASH, 'poster', 'jpg', (tmp) => writeFile(tmp, 'x'));
  writeFileSync(path.join(cache, 'derived', '.tmp', 'dead.mp4'), 'half');
  await store.make(HASH, 'proxy', 'mp4', async (tmp) => {
    await writeFile(tmp, 'x');
    expect(await store.sweep()).toBe(1);
    expect(existsSync(tmp)).toBe(true);
  });
  rmSync(path.join(cache, 'derived'), { recursive: true });
  expect(await store.find(HASH, 'poster')).toBeNull();
  expect(await store.sweep()).toBe(0);
  await store.make(HASH, 'poster', 'jpg', (tmp) => writeFile(tmp, 'again'));
  expect(await store.find(HASH, 'poster')).not.toBeNull();
});
