import { readFileSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { children } from '../../../tests/support/child.ts';
import { tempDirs } from '../../../tests/support/temp.ts';
import { acquireLock, readHolder } from './lock.ts';

const temp = tempDirs();
const start = children();

it('holds a folder for one process, and says who that is', async () => {
  const dir = temp();
  const child = await start('lock', dir);
  expect(child.answer).toEqual({ ok: true });
  const refusal = await acquireLock(dir).then(
    () => null,
    (error: unknown) => error,
  );
  expect(refusal).toMatchObject({
    code: 'workspace_in_use',
    params: { pid: child.pid, host: os.hostname() },
    details: { pid: child.pid, host: os.hostname(), startedAt: expect.any(Number) as number },
  });
});

it('is free as soon as the holder is killed, though its holder file stays', async () => {
  const dir = temp();
  const child = await start('lock', dir);
  await child.kill();
  expect(await readHolder(dir)).toMatchObject({ pid: child.pid });
  const lock = await acquireLock(dir);
  expect(await readHolder(dir)).toMatchObject({ pid: process.pid });
  await lock.release();
});

it('holds within one process too, until it is released', async () => {
  const dir = temp();
  const lock = await acquireLock(dir, { now: () => 7 });
  await expect(acquireLock(dir)).rejects.toMatchObject({ code: 'workspace_in_use', params: { pid: process.pid } });
  await lock.release();
  await lock.release();
  expect(await readHolder(dir)).toBeNull();
  await (await acquireLock(dir)).release();
});

it('refuses the other process while this one holds', async () => {
  const dir = temp();
  const lock = await acquireLock(dir);
  const child = await start('lock', dir);
  expect(child.answer).toMatchObject({ code: 'workspace_in_use', params: { pid: process.pid } });
  await lock.release();
});

it('publishes its address to the owner of the folder alone', async () => {
  const dir = temp();
  const lock = await acquireLock(dir, { now: () => 7 });
  const address = { url: 'http://127.0.0.1:1', token: 't' };
  await lock.publish(address);
  expect(await readHolder(dir)).toEqual({ pid: process.pid, host: os.hostname(), startedAt: 7, address });
  if (process.platform !== 'win32') expect(statSync(path.join(dir, 'holder.json')).mode & 0o777).toBe(0o600);
  await lock.publish(null);
  expect(readFileSync(path.join(dir, 'holder.json'), 'utf8')).not.toContain('"t"');
  await lock.release();
  await lock.publish(address);
  expect(await readHolder(dir)).toBeNull();
});

it.each([['not JSON'], ['{"pid":"x"}'], ['']])('reads a holder file %j as nobody', async (text) => {
  const dir = temp();
  writeFileSync(path.join(dir, 'holder.json'), text);
  expect(await readHolder(dir)).toBeNull();
});
