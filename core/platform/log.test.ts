import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { tempDirs } from '../../tests/support/temp.ts';
import { createFileLog, createMemoryLog } from './log.ts';

const temp = tempDirs();

function lines(folder: string): Record<string, unknown>[] {
  const text = readFileSync(path.join(folder, 'studio.log'), 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

it('writes one JSON line each, complete once it is closed', async () => {
  const folder = path.join(temp(), '日志');
  const log = createFileLog({ folder });
  log.info('打开工作区', { dir: '/tmp/一' });
  log.warn('w');
  log.error('e', { error: new Error('outer', { cause: new TypeError('inner') }) });
  await log.close();
  await log.close();
  log.info('after closing');
  expect(lines(folder)).toMatchObject([
    { level: 30, msg: '打开工作区', dir: '/tmp/一' },
    { level: 40, msg: 'w' },
    { level: 50, msg: 'e', error: { name: 'Error', message: 'outer', cause: { name: 'TypeError', message: 'inner' } } },
  ]);
});

it('hides secrets at any depth', async () => {
  const folder = temp();
  const log = createFileLog({ folder });
  const secret = 's3cret';
  log.info(`open http://127.0.0.1/?token=${secret}&x=1`, {
    pin: secret,
    call: { oldPin: secret, list: [{ token: secret, name: 'kept' }], url: `http://h/#token=${secret}` },
    error: new Error(`failed at /?pin=${secret}`),
  });
  await log.close();
  const text = readFileSync(path.join(folder, 'studio.log'), 'utf8');
  expect(text).not.toContain(secret);
  expect(text).toContain('kept');
  expect(text).toContain('x=1');
});

it('takes whatever it is given', async () => {
  const folder = temp();
  const log = createFileLog({ folder });
  const loop: Record<string, unknown> = { big: 10n, bytes: Buffer.alloc(9) };
  loop['self'] = loop;
  const angry = Object.defineProperty({}, 'x', {
    enumerable: true,
    get: () => {
      throw new Error('no');
    },
  });
  log.info('loop', loop);
  log.info('angry', angry);
  log.info('next');
  await log.close();
  expect(lines(folder)).toMatchObject([
    { msg: 'loop', big: '10', bytes: '9 bytes' },
    { msg: 'angry', fieldsLost: 'Error: no' },
    { msg: 'next' },
  ]);
});

it('keeps at most ten files of about 5 MB', async () => {
  const folder = temp();
  const log = createFileLog({ folder });
  const text = 'x'.repeat(1024 * 1024);
  for (let n = 0; n < 65; n += 1) {
    log.info(text);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await log.close();
  const names = readdirSync(folder);
  expect(names.length).toBeGreaterThan(5);
  expect(names.length).toBeLessThanOrEqual(10);
  for (const name of names) expect(statSync(path.join(folder, name)).size).toBeLessThan(7 * 1024 * 1024);
});

it('drops its lines with one sentence when the folder cannot be written', async () => {
  const file = path.join(temp(), 'file');
  writeFileSync(file, '');
  const errors = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const log = createFileLog({ folder: path.join(file, 'logs') });
  log.info('a');
  log.error('b');
  await log.close();
  expect(errors).toHaveBeenCalledTimes(1);
  errors.mockRestore();
});

it('keeps its lines in memory for tests, with the same secrets hidden', () => {
  const log = createMemoryLog();
  log.warn('w', { pin: '1234', a: 1 });
  expect(log.lines).toEqual([{ level: 'warn', message: 'w', fields: { pin: '[hidden]', a: 1 } }]);
});
