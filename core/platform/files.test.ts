import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { tempDirs } from '../../tests/support/temp.ts';
import { halfFileOf, sweepHalfFiles, writeFileAtomic } from './files.ts';

const temp = tempDirs();

it('writes a file whole, over an older one, and leaves nothing else', async () => {
  const file = path.join(temp(), '新', 'a.json');
  await writeFileAtomic(file, 'old');
  await writeFileAtomic(file, '新', 0o600);
  expect(readFileSync(file, 'utf8')).toBe('新');
  expect(readdirSync(path.dirname(file))).toEqual(['a.json']);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('leaves nothing when it fails', async () => {
  const dir = temp();
  mkdirSync(path.join(dir, 'a', 'full'), { recursive: true });
  await expect(writeFileAtomic(path.join(dir, 'a'), 'x')).rejects.toThrow();
  expect(readdirSync(dir)).toEqual(['a']);
  writeFileSync(path.join(dir, 'file'), '');
  await expect(writeFileAtomic(path.join(dir, 'file', 'x'), 'x')).rejects.toMatchObject({ code: 'not_writable' });
});

it('sweeps its own half files only', async () => {
  const dir = temp();
  writeFileSync(halfFileOf(path.join(dir, 'a.json')), '');
  writeFileSync(path.join(dir, '.keep.tmp'), '');
  writeFileSync(path.join(dir, 'a.tmp'), '');
  expect(await sweepHalfFiles(dir)).toBe(1);
  expect(readdirSync(dir).sort()).toEqual(['.keep.tmp', 'a.tmp']);
  expect(await sweepHalfFiles(path.join(dir, 'none'))).toBe(0);
});
