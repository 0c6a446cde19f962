import { mkdir, mkdtemp, readdir, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StudioError } from '../../core/model/errors.ts';
import { answerMedia, readMediaUrl, type MediaSource } from './media.ts';

const SIZE = 1_000_003;
const bytes = Uint8Array.from({ length: SIZE }, (_, i) => (i * 7 + (i >> 8)) & 255);
let dir: string;
let source: MediaSource;

beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'media-'));
  const root = path.join(dir, 'office');
  await mkdir(path.join(root, 'blobs'), { recursive: true });
  const place: Record<string, { path: string; mime: string }> = {
    clip: { path: path.join(root, 'blobs/clip'), mime: 'video/mp4' },
    empty: { path: path.join(root, 'blobs/empty'), mime: 'video/mp4' },
    gone: { path: path.join(root, 'blobs/gone'), mime: 'video/mp4' },
    folder: { path: path.join(root, 'blobs'), mime: 'video/mp4' },
    loud: { path: path.join(root, 'blobs/clip'), mime: 'application/vnd.tongxin.peaks' },
    page: { path: path.join(root, 'blobs/clip'), mime: 'text/html' },
    drawing: { path: path.join(root, 'blobs/clip'), mime: 'image/svg+xml' },
    outside: { path: path.join(dir, 'outside'), mime: 'video/mp4' },
    neighbour: { path: path.join(dir, 'office-2/clip'), mime: 'video/mp4' },
    link: { path: path.join(root, 'blobs/link'), mime: 'video/mp4' },
  };
  await mkdir(path.join(dir, 'office-2'));
  for (const name of ['office/blobs/clip', 'outside', 'office-2/clip']) await writeFile(path.join(dir, name), bytes);
  await writeFile(path.join(root, 'blobs/empty'), '');
  await symlink(path.join(dir, 'outside'), path.join(root, 'blobs/link'));
  source = {
    root: () => root,
    locate: async (windowId, assetId, variant) => {
      const found = place[assetId];
      if (!found) throw new StudioError('unknown_id', { id: assetId });
      if (windowId === 2) throw new StudioError('signed_out');
      return { ...found, bytes: SIZE, name: 'a.mp4', etag: `"${assetId}-${variant}"` };
    },
  };
});
afterAll(async () => {
  await rm(dir, { recursive: true });
});

const ask = (asset: string, headers: Record<string, string> = {}, method = 'GET', windowId: number | null = 1) =>
  answerMedia(new Request(`media://asset/${asset}/proxy`, { headers, method }), windowId, source);
const bodyOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());
const openClips = async () => {
  const links = await Promise.all(
    (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
  );
  return links.filter((link) => link.startsWith(dir)).length;
};

describe('answerMedia', () => {
  it.each([
    ['bytes=0-9', 0, 9],
    ['bytes=999000-', 999_000, SIZE - 1],
    ['bytes=-5', SIZE - 5, SIZE - 1],
    ['bytes=300000-900000', 300_000, 900_000],
  ])('%s', async (range, start, end) => {
    const response = await ask('clip', { range });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end}/${SIZE}`);
    expect(response.headers.get('content-length')).toBe(String(end - start + 1));
    expect(Buffer.compare(await bodyOf(response), bytes.subarray(start, end + 1))).toBe(0);
  });

  it('sends peaks', async () => {
    const reply = await ask('loud');
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/vnd.tongxin.peaks']);
  });

  it('sends the whole file without a range, and on HEAD its head, whatever range is asked for', async () => {
    const whole = await ask('clip');
    expect([whole.status, whole.headers.get('content-type'), whole.headers.get('accept-ranges')]).toEqual([
      200,
      'video/mp4',
      'bytes',
    ]);
    expect(whole.headers.get('x-content-type-options')).toBe('nosniff');
    expect(Buffer.compare(await bodyOf(whole), bytes)).toBe(0);
    const head = await ask('clip', { range: 'bytes=1-2' }, 'HEAD');
    expect([head.status, head.headers.get('content-length'), (await bodyOf(head)).length]).toEqual([
      200,
      String(SIZE),
      0,
    ]);
  });

  it('answers 416 with the size', async () => {
    const response = await ask('clip', { range: `bytes=${SIZE}-` });
    expect([response.status, response.headers.get('content-range')]).toEqual([416, `bytes */${SIZE}`]);
    expect((await ask('empty', { range: 'bytes=0-' })).status).toBe(416);
    expect((await ask('empty')).status).toBe(200);
  });

  it('keeps to the tag', async () => {
    const etag = '"clip-proxy"';
    expect((await ask('clip', { 'if-none-match': etag })).status).toBe(304);
    expect((await ask('clip', { 'if-none-match': `"x", W/${etag}` })).status).toBe(304);
    expect((await ask('clip', { 'if-none-match': '"x"' })).status).toBe(200);
    expect((await ask('clip', { range: 'bytes=0-1', 'if-range': etag })).status).toBe(206);
    const changed = await ask('clip', { range: 'bytes=0-1', 'if-range': '"other"' });
    expect(changed.status).toBe(200);
    await changed.body?.cancel();
  });

  it.each(['gone', 'nobody', 'outside', 'neighbour', 'link', 'folder'])('%s is not there', async (asset) => {
    expect((await ask(asset)).status).toBe(404);
  });

  it('refuses types no player needs, other methods, and windows nobody is signed in to', async () => {
    expect((await ask('page')).status).toBe(415);
    expect((await ask('drawing')).status).toBe(415);
    expect((await ask('clip', {}, 'POST')).status).toBe(405);
    expect((await ask('clip', {}, 'GET', 2)).status).toBe(401);
    expect((await ask('clip', {}, 'GET', null)).status).toBe(401);
    expect((await answerMedia(new Request('media://asset/clip'), 1, source)).status).toBe(400);
  });

  it.runIf(process.platform === 'linux')('closes the file at the end and when the player goes away', async () => {
    await bodyOf(await ask('clip'));
    await ask('clip', {}, 'HEAD');
    await ask('clip', { range: 'bytes=9999999-' });
    const cut = await ask('clip');
    expect(await openClips()).toBe(0);
    const reader = cut.body!.getReader();
    await reader.read();
    expect(await openClips()).toBe(1);
    await reader.cancel();
    expect(await openClips()).toBe(0);
  });
});

describe('readMediaUrl', () => {
  it.each([
    'media://asset/../../etc/passwd',
    'media://asset/a%2f..%2fb/proxy',
    'media://asset/a/other',
    'media://asset/a/proxy/b',
    'media://other/a/proxy',
    'media://asset//proxy',
    `media://asset/${'a'.repeat(65)}/proxy`,
    'nonsense',
  ])('%s names nothing', (url) => {
    expect(readMediaUrl(url)).toBeNull();
  });
  it('reads id and variant', () => {
    expect(readMediaUrl('media://asset/018f-a_b/poster?v=1')).toEqual({ assetId: '018f-a_b', variant: 'poster' });
    expect(readMediaUrl('media://asset/018f-a_b/peaks')).toEqual({ assetId: '018f-a_b', variant: 'peaks' });
    expect(readMediaUrl('media://asset/018f-a_b/strip')).toEqual({ assetId: '018f-a_b', variant: 'strip' });
  });
});
