import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WAV_HEADER_BYTES } from '../../model/sound/wav.ts';
import { createTakeStore } from './takes.ts';

let dir = '';
beforeEach(async () => (dir = await mkdtemp(path.join(os.tmpdir(), 'takes-'))));
afterEach(() => rm(dir, { recursive: true, force: true }));

const ID = '3f0d1a52-7a55-4f0e-9d57-0a1b2c3d4e5f';
const note = { projectId: 'p', storyId: 's', name: '配音 1', atUs: 2_000_000, by: 'u', startedAt: 5 };
const fileOf = (): string => path.join(dir, `${ID}.wav`);

it('keeps what came, piece by piece; a piece sent twice is there once', async () => {
  const store = createTakeStore(dir);
  await store.begin(ID, note);
  expect(await store.append(ID, 0, Uint8Array.of(1, 2, 3, 4, 5, 6))).toBe(6);
  expect(await store.append(ID, 6, Uint8Array.of(7, 8, 9))).toBe(9);
  expect(await store.append(ID, 6, Uint8Array.of(7, 8, 9))).toBe(9);
  expect(await store.append(ID, 3, Uint8Array.of(4, 5, 6))).toBe(9);
  expect([...(await readFile(fileOf())).subarray(WAV_HEADER_BYTES)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const file = await store.seal(ID);
  const bytes = await readFile(file);
  expect(bytes.readUInt32LE(40)).toBe(9);
  expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
  expect(await store.list()).toEqual([{ takeId: ID, ...note, bytes: 9, idleMs: expect.any(Number) as number }]);
});

it('refuses a hole, part of a sample, what it does not know and names that lead elsewhere', async () => {
  const store = createTakeStore(dir);
  await store.begin(ID, note);
  await expect(store.append(ID, 3, Uint8Array.of(1, 2, 3))).rejects.toMatchObject({ code: 'bad_input' });
  await expect(store.append(ID, 0, Uint8Array.of(1, 2))).rejects.toMatchObject({ code: 'bad_input' });
  const other = ID.replace('3', '4');
  await expect(store.append(other, 0, Uint8Array.of(1, 2, 3))).rejects.toMatchObject({ code: 'unknown_id' });
  await expect(store.get('../studio')).rejects.toMatchObject({ code: 'unknown_id' });
  await expect(store.drop('../studio')).rejects.toMatchObject({ code: 'unknown_id' });
  expect((await store.get(ID)).bytes).toBe(0);
});

it('after a death every whole sample is there, and nobody seems to be recording', async () => {
  const first = createTakeStore(dir);
  await first.begin(ID, note);
  await first.append(ID, 0, Uint8Array.of(1, 2, 3, 4, 5, 6));
  // The process died in the middle of a write.
  await truncate(fileOf(), WAV_HEADER_BYTES + 5);
  await writeFile(path.join(dir, 'broken.json'), '{');
  const second = createTakeStore(dir);
  expect(await second.list()).toEqual([{ takeId: ID, ...note, bytes: 3, idleMs: null }]);
  const bytes = await readFile(await second.seal(ID));
  expect([...bytes.subarray(WAV_HEADER_BYTES)]).toEqual([1, 2, 3]);
  expect(bytes.readUInt32LE(40)).toBe(3);
  await second.drop(ID);
  await second.drop(ID);
  expect(await second.list()).toEqual([]);
});
