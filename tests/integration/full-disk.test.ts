/** A disk that fills up: a small file system of the test's own. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDerivedStore } from '../../core/platform/blobs/derived.ts';
import { createFolderBlobs } from '../../core/platform/blobs/folder.ts';
import { openSqlite } from '../../core/platform/db/sqlite.ts';
import { writeFileAtomic } from '../../core/platform/files.ts';
import { WAV_HEADER_BYTES } from '../../core/model/sound/wav.ts';
import { createTakeStore } from '../../core/platform/workspace/takes.ts';
import { mountTmpfs, unmount } from '../support/tmpfs.ts';
import { closeWorkspaceFolder, createWorkspaceFolder } from '../../core/platform/workspace/folder.ts';

const MIB = 1024 * 1024;

const disk = mountTmpfs(8);
const reason = disk === null ? ': only as root on Linux where mounting is allowed' : '';

describe.skipIf(disk === null)(`a full disk${reason}`, () => {
  const at = (...parts: string[]): string => path.join(disk ?? '', ...parts);
  const outside = mkdtempSync(path.join(os.tmpdir(), 'tongxin-source-'));

  /** Leaves `bytes` of room and returns the way to free the rest again. */
  const fill = (bytes: number, where = at()): (() => void) => {
    const { bavail, bsize } = statfsSync(where);
    const ballast = path.join(where, 'ballast');
    writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - bytes)));
    return () => {
      rmSync(ballast);
    };
  };

  beforeAll(() => {
    writeFileSync(path.join(outside, 'clip.mp4'), Buffer.alloc(3 * MIB, 7));
  });
  afterAll(() => {
    if (disk !== null) {
      unmount(disk);
    }
    rmSync(outside, { recursive: true });
  });

  it('refuses a copy, leaves nothing of it, and takes it once there is room', async () => {
    const blobs = createFolderBlobs(at('blobs'));
    const free = fill(2 * MIB);
    const source = path.join(outside, 'clip.mp4');
    await expect(blobs.stageFile(source)).rejects.toMatchObject({ code: 'disk_full', retryable: true });
    await expect(blobs.stageBytes(Buffer.alloc(3 * MIB))).rejects.toMatchObject({ code: 'disk_full' });
    expect(readdirSync(at('blobs', '.staging'))).toEqual([]);
    free();
    const blob = await blobs.stageFile(source);
    await blobs.commit(blob);
    expect(await blobs.rehash(blob.sha256)).toBe(blob.sha256);
    rmSync(at('blobs'), { recursive: true });
  });

  it('refuses a small file and leaves the old one whole', async () => {
    await writeFileAtomic(at('recent.json'), 'old');
    const free = fill(0);
    await expect(writeFileAtomic(at('recent.json'), 'x'.repeat(5 * MIB))).rejects.toMatchObject({ code: 'disk_full' });
    free();
    expect(readdirSync(at())).toEqual(['recent.json']);
    rmSync(at('recent.json'));
  });

  it('refuses a piece of a take, keeps what was spoken before, and goes on once there is room', async () => {
    const takes = createTakeStore(at('recordings'));
    const takeId = randomUUID();
    const note = { projectId: 'p', storyId: 's', name: '配音', atUs: 0, by: 'u', startedAt: 1 };
    await takes.begin(takeId, note);
    const piece = (value: number): Buffer => Buffer.alloc(72_000, value);
    await takes.append(takeId, 0, piece(1));
    const free = fill(40_000);
    await expect(takes.append(takeId, 72_000, piece(2))).rejects.toMatchObject({ code: 'disk_full', retryable: true });
    expect((await takes.get(takeId)).bytes).toBe(72_000);
    await expect(takes.begin(randomUUID(), { ...note, name: 'x'.repeat(80_000) })).rejects.toMatchObject({
      code: 'disk_full',
    });
    expect(await takes.list()).toHaveLength(1);
    expect(readdirSync(at('recordings'))).toHaveLength(2);
    free();
    expect(await takes.append(takeId, 72_000, piece(2))).toBe(144_000);
    const sound = readFileSync(await takes.seal(takeId)).subarray(WAV_HEADER_BYTES);
    expect(sound.equals(Buffer.concat([piece(1), piece(2)]))).toBe(true);
    rmSync(at('recordings'), { recursive: true });
  });

  it('refuses a derived file and leaves nothing of it', async () => {
    const derived = createDerivedStore(at('cache'));
    const hash = 'a'.repeat(64);
    await derived.make(hash, 'poster', 'jpg', (tmp) => writeFileAtomic(tmp, 'x'));
    rmSync(at('cache', 'derived', 'aa'), { recursive: true });
    const free = fill(0);
    const attempt = derived.make(hash, 'poster', 'jpg', (tmp) => writeFileAtomic(tmp, 'x'.repeat(MIB)));
    await expect(attempt).rejects.toMatchObject({ code: 'disk_full' });
    free();
    expect(readdirSync(at('cache', 'derived', '.tmp'))).toEqual([]);
    rmSync(at('cache'), { recursive: true });
  });

  it('refuses a write to the database, keeps what was there, and goes on once there is room', async () => {
    const handle = await openSqlite(at('studio.db'));
    await handle.kysely.insertInto('setting').values({ key: 'kept', value: 'old' }).execute();
    const free = fill(64 * 1024);
    const write = () =>
      handle.kysely.transaction().execute(async (trx) => {
        await trx.updateTable('setting').set({ value: 'new' }).where('key', '=', 'kept').execute();
        await trx
          .insertInto('setting')
          .values({ key: 'big', value: 'x'.repeat(2 * MIB) })
          .execute();
      });
    await expect(write()).rejects.toMatchObject({ code: 'disk_full' });
    await expect(
      handle.kysely
        .insertInto('setting')
        .values({ key: 'alone', value: 'x'.repeat(2 * MIB) })
        .execute(),
    ).rejects.toMatchObject({ code: 'disk_full' });
    expect(await handle.kysely.selectFrom('setting').selectAll().execute()).toEqual([{ key: 'kept', value: 'old' }]);
    free();
    await write();
    expect(await handle.kysely.selectFrom('setting').select('key').orderBy('key').execute()).toEqual([
      { key: 'big' },
      { key: 'kept' },
    ]);
    expect(await handle.integrity()).toEqual([]);
    await handle.close();
    rmSync(at('studio.db'));
  });

  it.each([0, 8 * 1024, 40 * 1024])('does not make a workspace in %i bytes, and leaves nothing of it', async (room) => {
    // A disk of its own: the engine gives a closed database's room back when its statements are collected, which would be
    // more room than this test says, at any moment.
    const own = mountTmpfs(8)!;
    try {
      const free = fill(room, own);
      await expect(createWorkspaceFolder(path.join(own, 'w'))).rejects.toMatchObject({ code: 'disk_full' });
      free();
      expect(readdirSync(own)).toEqual([]);
      await closeWorkspaceFolder(await createWorkspaceFolder(path.join(own, 'w')));
      expect(readdirSync(own)).toEqual([]);
    } finally {
      unmount(own);
    }
  });
});
