/** Bad files at the door: a clear code each, nothing left behind, and the next import works. */
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statfsSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MediaImportResult } from '../../core/model/contract/index.ts';
import { codeOf, makeStudio, samplesDir, type TestStudio } from '../support/studio.ts';
import { mountTmpfs, unmount } from '../support/tmpfs.ts';

const video = (name: string): string => path.join(samplesDir, 'video', name);

describe.skipIf(!existsSync(samplesDir))('bad input (samples beside the checkout)', () => {
  let t: TestStudio;
  beforeEach(async () => {
    t = await makeStudio({ jobKinds: ['media.import', 'story.import'] });
  });
  afterEach(async () => {
    await t.stop();
  });

  function files(dir: string): string[] {
    return readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((e) => e.isFile())
      .map((e) => e.name);
  }

  async function importMedia(...sources: string[]): Promise<MediaImportResult> {
    const { jobId } = await t.client.media.import({ sources: sources.map((file) => ({ path: file })) });
    const job = await t.finished(jobId);
    expect(job.error).toBeNull();
    return job.result as MediaImportResult;
  }

  async function codesOf(...sources: string[]): Promise<(string | null)[]> {
    return (await importMedia(...sources)).map((entry) => ('error' in entry ? entry.error.code : null));
  }

  async function storyCode(file: string): Promise<string | undefined> {
    const { jobId } = await t.client.stories.import({ source: { path: file } });
    return (await t.finished(jobId)).error?.code;
  }

  it('refuses each by its own code and imports the good file among them', async () => {
    const empty = path.join(t.root, '空.mp4');
    const text = path.join(t.root, '采访 "二".mp4');
    writeFileSync(empty, '');
    writeFileSync(text, '这是一段文字，不是视频。'.repeat(50));
    const codes = await codesOf(video('truncated.mp4'), empty, text, video('cockatoo.mp4'));
    expect(codes).toEqual(['media_truncated', 'empty_file', 'unreadable_media', null]);
    expect(files(path.join(t.dir, 'blobs'))).toHaveLength(1);
    expect((await t.client.media.list({})).total).toBe(1);
  });

  it('imports what is damaged but plays, and names the problem', async () => {
    const result = await importMedia(video('starts-between-keyframes.ts'), video('two-audio-no-video.mp4'));
    expect(result).toMatchObject([
      { kind: 'video', problems: [{ code: 'starts_between_key_frames' }] },
      { kind: 'audio', audioTracks: 2 },
    ]);
    expect((result[1] as { problems: { code: string }[] }).problems.map((p) => p.code)).toContain('no_video');
  });

  it('refuses documents that are none', async () => {
    const notZip = path.join(t.root, '稿件.docx');
    const empty = path.join(t.root, 'empty.docx');
    writeFileSync(notZip, '这不是压缩包');
    writeFileSync(empty, '');
    expect(await storyCode(notZip)).toBe('not_a_document');
    expect(await storyCode(empty)).toBe('empty_file');
    expect(await storyCode(video('cockatoo.mp4'))).toBe('unsupported_format');
    expect((await t.client.stories.list({})).total).toBe(0);
    expect(await storyCode(path.join(samplesDir, 'text/real-article.docx'))).toBeUndefined();
    expect((await t.client.stories.list({})).total).toBe(1);
  });

  it('says so when a file goes away while it is being read', { timeout: 60_000 }, async () => {
    const gone = path.join(t.root, '存储卡.mp4');
    writeFileSync(gone, '');
    truncateSync(gone, 192 * 1024 * 1024);
    const staging = path.join(t.dir, 'blobs/.staging');
    const { jobId } = await t.client.media.import({ sources: [{ path: gone }] });
    while (!existsSync(staging) || files(staging).length === 0) await new Promise((r) => setTimeout(r, 1));
    rmSync(gone);
    const [entry] = (await t.finished(jobId)).result as MediaImportResult;
    expect(entry).toMatchObject({ error: { code: 'source_vanished' } });
    expect(files(path.join(t.dir, 'blobs'))).toEqual([]);
    expect(await codesOf(video('cockatoo.mp4'))).toEqual([null]);
  });

  it('keeps a refused upload, so that the part that plays can still be taken', async () => {
    const { uploadId } = await t.studio.receiveUpload(
      t.session,
      'truncated.mp4',
      createReadStream(video('truncated.mp4')),
    );
    const source = { uploadId, name: 'truncated.mp4' };
    const first = await t.client.media.import({ sources: [source] });
    expect((await t.finished(first.jobId)).result).toMatchObject([{ error: { code: 'media_truncated' } }]);
    const second = await t.client.media.import({ sources: [source], salvage: true });
    expect((await t.finished(second.jobId)).result).toMatchObject([{ problems: [{ code: 'truncated' }] }]);
    expect(files(path.join(t.dir, 'cache/uploads'))).toEqual([]);
  });

  it('refuses a missing file and a folder', async () => {
    mkdirSync(path.join(t.root, 'folder.mp4'));
    expect(await codesOf(path.join(t.root, 'nope.mp4'), path.join(t.root, 'folder.mp4'))).toEqual([
      'file_missing',
      'file_unreadable',
    ]);
  });
});

const disk = existsSync(samplesDir) ? mountTmpfs(12) : null;
const why = disk === null ? ': only as root on Linux where mounting is allowed, with the samples' : '';

describe.skipIf(disk === null)(`a full disk${why}`, () => {
  const at = (...parts: string[]): string => path.join(disk ?? '', ...parts);
  afterAll(() => {
    if (disk !== null) unmount(disk);
  });

  /** Fills the disk but for `bytes`; returns the way to free it again. */
  function fill(bytes: number): () => void {
    const { bavail, bsize } = statfsSync(at());
    writeFileSync(at('ballast'), Buffer.alloc(Math.max(0, bavail * bsize - bytes)));
    return () => {
      rmSync(at('ballast'));
    };
  }

  it('fails the import with disk_full, leaves nothing, and goes on after space is freed', async () => {
    const t = await makeStudio({ workspace: false, jobKinds: ['media.import'] });
    await t.client.workspace.create({ dir: at('工作区'), name: '小盘' });
    const story = await t.client.stories.create({ title: '先写下的' });
    const free = fill(1024 * 1024);
    const run = await t.client.media.import({ sources: [{ path: video('street-cars.mp4') }] });
    const failed = await t.finished(run.jobId);
    expect(failed.error?.code).toBe('disk_full');
    const blobs = readdirSync(at('工作区/blobs'), { recursive: true, withFileTypes: true });
    expect(blobs.filter((e) => e.isFile())).toEqual([]);
    expect((await t.client.stories.get({ storyId: story.storyId })).title).toBe('先写下的');
    free();
    await t.client.jobs.retry({ jobId: run.jobId });
    expect((await t.finished(run.jobId)).state).toBe('done');
    expect((await t.client.workspace.check()).problems).toEqual([]);
    await t.stop();
  });

  it('refuses a save on a disk with no room at all, and takes the same save later', async () => {
    const t = await makeStudio({ workspace: false, jobKinds: ['media.import'] });
    await t.client.workspace.create({ dir: at('二'), name: '小盘' });
    const story = await t.client.stories.create({ title: '一' });
    const free = fill(0);
    const doc = {
      type: 'doc' as const,
      content: [{ type: 'paragraph', content: [{ type: 'text', text: '字'.repeat(200_000) }] }],
    };
    const save = { storyId: story.storyId, baseHash: story.contentHash, title: '一', doc };
    expect(await codeOf(t.client.stories.save(save))).toBe('disk_full');
    expect((await t.client.stories.get({ storyId: story.storyId })).contentHash).toBe(story.contentHash);
    free();
    expect((await t.client.stories.save(save)).contentHash).not.toBe(story.contentHash);
    await t.stop();
  });
});
