import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { asOrdinaryUser, tempDirs } from '../../../tests/support/temp.ts';
import { createFolderBlobs } from './folder.ts';

const temp = tempDirs();
const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function setup() {
  const dir = temp();
  const root = path.join(dir, 'blobs');
  const blobs = createFolderBlobs(root);
  const staged = (): string[] => {
    const staging = path.join(root, '.staging');
    return existsSync(staging) ? readdirSync(staging) : [];
  };
  const source = (bytes: Uint8Array, name = '素材 1.mp4'): string => {
    const file = path.join(dir, name);
    writeFileSync(file, bytes);
    return file;
  };
  return { dir, root, blobs, staged, source };
}

async function list(blobs: ReturnType<typeof createFolderBlobs>) {
  const found = [];
  for await (const blob of blobs.list()) found.push(blob);
  return found;
}

/** Three chunks and a bit, so that the source can change between them. */
const BIG = randomBytes(3 * 1024 * 1024 + 17);

describe('staging and committing', () => {
  it('copies a file under its hash and leaves the original as it was', async () => {
    const { root, blobs, staged, source } = setup();
    const file = source(BIG);
    const before = statSync(file);
    const progress: number[] = [];
    const blob = await blobs.stageFile(file, {
      onProgress: (bytes, total) => {
        expect(total).toBe(BIG.length);
        progress.push(bytes);
      },
    });
    expect(blob).toMatchObject({ sha256: sha(BIG), bytes: BIG.length });
    expect(progress.at(-1)).toBe(BIG.length);
    expect(progress.length).toBeGreaterThan(3);
    expect(await blobs.has(blob.sha256)).toBe(false);
    expect(await blobs.commit(blob)).toEqual({ existed: false });
    expect(await blobs.has(blob.sha256)).toBe(true);
    const target = path.join(root, blob.sha256.slice(0, 2), blob.sha256);
    expect(blobs.pathOf(blob.sha256)).toBe(target);
    expect(readFileSync(target).equals(BIG)).toBe(true);
    expect(staged()).toEqual([]);
    expect(readFileSync(file).equals(BIG)).toBe(true);
    expect(statSync(file).mtimeMs).toBe(before.mtimeMs);
  });

  it('keeps the same bytes once, also when they are committed at the same time', async () => {
    const { blobs, staged, source } = setup();
    const file = source(Buffer.from('same'));
    const [a, b] = [await blobs.stageFile(file), await blobs.stageBytes(Buffer.from('same'))];
    await Promise.all([blobs.commit(a), blobs.commit(b)]);
    const c = await blobs.stageFile(file);
    expect(await blobs.commit(c)).toEqual({ existed: true });
    expect(await list(blobs)).toEqual([{ sha256: sha(Buffer.from('same')), bytes: 4 }]);
    expect(staged()).toEqual([]);
  });

  it('puts a whole copy in the place of one that was cut short', async () => {
    const { blobs } = setup();
    const blob = await blobs.stageBytes(BIG);
    await blobs.commit(blob);
    truncateSync(blobs.pathOf(blob.sha256), 5);
    expect(await blobs.commit(await blobs.stageBytes(BIG))).toEqual({ existed: false });
    expect(await blobs.rehash(blob.sha256)).toBe(blob.sha256);
  });

  it('stages an empty file', async () => {
    const { blobs, source } = setup();
    expect(await blobs.stageFile(source(Buffer.alloc(0)))).toMatchObject({ bytes: 0, sha256: sha(Buffer.alloc(0)) });
  });

  it('follows a link to a file', async () => {
    const { blobs, source, dir } = setup();
    symlinkSync(source(Buffer.from('x')), path.join(dir, 'link'));
    expect(await blobs.stageFile(path.join(dir, 'link'))).toMatchObject({ bytes: 1 });
  });

  it('discards', async () => {
    const { blobs, staged } = setup();
    const blob = await blobs.stageBytes(Buffer.from('x'));
    expect(staged()).toHaveLength(1);
    await blobs.discard(blob);
    await blobs.discard(blob);
    expect(staged()).toEqual([]);
  });
});

describe('a source that cannot be copied', () => {
  it('is missing', async () => {
    const { blobs, dir, staged } = setup();
    const attempt = blobs.stageFile(path.join(dir, '没有.mp4'));
    await expect(attempt).rejects.toMatchObject({
      code: 'file_missing',
      params: { file: '没有.mp4' },
      files: ['没有.mp4'],
    });
    expect(staged()).toEqual([]);
  });

  it('is a folder, or a pipe that would never end', async () => {
    const { blobs, dir, staged } = setup();
    mkdirSync(path.join(dir, 'folder'));
    await expect(blobs.stageFile(path.join(dir, 'folder'))).rejects.toMatchObject({ code: 'file_unreadable' });
    if (process.platform !== 'win32') {
      execFileSync('mkfifo', [path.join(dir, 'pipe')]);
      await expect(blobs.stageFile(path.join(dir, 'pipe'))).rejects.toMatchObject({ code: 'file_unreadable' });
    }
    expect(staged()).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('may not be read', async () => {
    const { blobs, dir, root, source } = setup();
    const file = source(Buffer.from('secret'));
    chmodSync(file, 0o000);
    chmodSync(dir, 0o755);
    mkdirSync(root);
    chmodSync(root, 0o777);
    const attempt = asOrdinaryUser(() => blobs.stageFile(file));
    await expect(attempt).rejects.toMatchObject({ code: 'file_unreadable', params: { file: '素材 1.mp4' } });
  });

  it.each<[string, (file: string) => void]>([
    ['goes away', (file) => rmSync(file)],
    ['is cut short', (file) => truncateSync(file, 2 * 1024 * 1024)],
    ['grows', (file) => appendFileSync(file, 'more')],
    ['is written anew', (file) => utimesSync(file, new Date(0), new Date(0))],
  ])('%s while it is read', async (_, change) => {
    const { blobs, source, staged } = setup();
    const file = source(BIG);
    let changed = false;
    const attempt = blobs.stageFile(file, {
      onProgress: () => {
        if (!changed) change(file);
        changed = true;
      },
    });
    await expect(attempt).rejects.toMatchObject({ code: 'source_vanished', params: { file: '素材 1.mp4' } });
    expect(staged()).toEqual([]);
  });

  it('is no longer wanted', async () => {
    const { blobs, source, staged } = setup();
    const file = source(BIG);
    await expect(blobs.stageFile(file, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
    const stop = new AbortController();
    let seen = 0;
    const attempt = blobs.stageFile(file, {
      signal: stop.signal,
      onProgress: (bytes) => {
        seen = bytes;
        stop.abort();
      },
    });
    await expect(attempt).rejects.toMatchObject({ code: 'cancelled' });
    expect(seen).toBeLessThan(BIG.length);
    expect(staged()).toEqual([]);
  });
});

describe('reading back', () => {
  it('reads all, or a range with both ends included', async () => {
    const { blobs } = setup();
    const blob = await blobs.stageBytes(Buffer.from('0123456789'));
    await blobs.commit(blob);
    const text = async (range?: { start: number; end: number }) =>
      Buffer.concat((await blobs.read(blob.sha256, range).toArray()) as Buffer[]).toString();
    expect(await text()).toBe('0123456789');
    expect(await text({ start: 2, end: 4 })).toBe('234');
  });

  it('rehash shows a changed byte', async () => {
    const { blobs } = setup();
    const blob = await blobs.stageBytes(Buffer.from('abc'));
    await blobs.commit(blob);
    expect(await blobs.rehash(blob.sha256)).toBe(blob.sha256);
    writeFileSync(blobs.pathOf(blob.sha256), 'abd');
    expect(await blobs.rehash(blob.sha256)).toBe(sha(Buffer.from('abd')));
  });

  it('tells what is gone and what was changed: by its size at a look, by its bytes once they were read', async () => {
    const { blobs } = setup();
    const bytes = new Uint8Array(randomBytes(64));
    const { sha256 } = await blobs.stageBytes(bytes).then(async (one) => (await blobs.commit(one), one));
    const file = blobs.pathOf(sha256);
    const both = async () => [await blobs.state(sha256, 64), await blobs.verify(sha256), await blobs.state(sha256, 64)];
    expect(await both()).toEqual(['there', 'there', 'there']);
    const changed = Uint8Array.from(bytes, (byte, i) => (i === 9 ? byte ^ 1 : byte));
    writeFileSync(file, changed);
    // A look does not see it; whoever is about to use the bytes reads them, and from then on a look knows.
    expect(await both()).toEqual(['there', 'altered', 'altered']);
    appendFileSync(file, 'x');
    expect((await both())[0]).toBe('altered');
    // The same bytes again: they take the place of what stands there.
    writeFileSync(file, changed);
    expect(await blobs.commit(await blobs.stageBytes(bytes))).toEqual({ existed: false });
    expect(await both()).toEqual(['there', 'there', 'there']);
    rmSync(file);
    expect(await both()).toEqual(['missing', 'missing', 'missing']);
  });
  it('lists blobs only', async () => {
    const { blobs, root } = setup();
    expect(await list(blobs)).toEqual([]);
    const bytes = [Buffer.from('a'), Buffer.from('bb')];
    for (const part of bytes) await blobs.commit(await blobs.stageBytes(part));
    await blobs.stageBytes(Buffer.from('staged'));
    writeFileSync(path.join(root, sha(Buffer.from('a')).slice(0, 2), 'note.txt'), '');
    const expected = bytes.map((part) => ({ sha256: sha(part), bytes: part.length }));
    expect(await list(blobs)).toEqual(expected.sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1)));
  });

  it.each([['../../etc/passwd'], ['A'.repeat(64)], ['']])('refuses %j as a hash', (hash) => {
    expect(() => setup().blobs.pathOf(hash)).toThrow(expect.objectContaining({ code: 'bad_input' }));
  });
});

it('sweeps what a dead process left, but not what is being staged', async () => {
  const { blobs, root, staged } = setup();
  const live = await blobs.stageBytes(Buffer.from('live'));
  writeFileSync(path.join(root, '.staging', 'dead'), 'half');
  expect(await blobs.sweep()).toBe(1);
  expect(staged()).toEqual([path.basename(live.path)]);
  await blobs.commit(live);
  expect(await createFolderBlobs(path.join(root, 'none')).sweep()).toBe(0);
});
