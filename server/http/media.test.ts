import { readdir } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, codeOf } from '../../tests/support/browser.ts';
import { makeStudio, type TestStudio } from '../../tests/support/studio.ts';
import { startHttp, type HttpServer } from './server.ts';

let house: TestStudio;
let server: HttpServer;
let browser: Browser;

beforeAll(async () => {
  house = await makeStudio({ jobKinds: ['media.import', 'story.import'] });
  server = await startHttp(house.studio, { port: 0, rendererDir: house.root });
  browser = await Browser.enter(server);
});
afterAll(async () => {
  await server.close();
  await house.stop();
});

describe('media', () => {
  let bytes: Buffer;
  let url = '';
  let svgUrl = '';

  async function take(name: string, content: Buffer): Promise<string> {
    const { uploadId } = JSON.parse(
      (await browser.post(`/upload?name=${encodeURIComponent(name)}`, content)).body.toString(),
    ) as {
      uploadId: string;
    };
    const { jobId } = await house.client.media.import({ sources: [{ uploadId, name }] });
    const [entry] = (await house.finished(jobId)).result as { assetId: string }[];
    return `/media/${entry!.assetId}/original`;
  }

  beforeAll(async () => {
    bytes = await sharp({ create: { width: 64, height: 48, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
    url = await take('岚溪 "茶园" (1).png', bytes);
    svgUrl = await take(
      '图.svg',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>'),
    );
  });

  it('comes whole, with its name and type', async () => {
    const reply = await browser.get(url);
    expect(reply.status).toBe(200);
    expect(reply.body.equals(bytes)).toBe(true);
    expect(reply.headers).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(bytes.length),
      'accept-ranges': 'bytes',
      'content-disposition': `inline; filename*=UTF-8''%E5%B2%9A%E6%BA%AA%20%22%E8%8C%B6%E5%9B%AD%22%20%281%29.png`,
    });
    const head = await browser.request('HEAD', url, { cookie: browser.cookie, range: 'bytes=0-3' });
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, String(bytes.length), 0]);
  });

  it.each([
    ['bytes=0-3', 0, 3],
    ['bytes=10-', 10, null],
    ['bytes=-5', -5, null],
    ['bytes=4-99999999', 4, null],
  ])('comes in parts: %s', async (range, from, to) => {
    const part = bytes.subarray(from, to === null ? undefined : to + 1);
    const start = from < 0 ? bytes.length + from : from;
    const reply = await browser.get(url, { range });
    expect(reply.status).toBe(206);
    expect(reply.headers['content-range']).toBe(`bytes ${start}-${start + part.length - 1}/${bytes.length}`);
    expect(reply.body.equals(part)).toBe(true);
  });

  it('says so when a part is not there', async () => {
    const reply = await browser.get(url, { range: `bytes=${bytes.length}-` });
    expect([reply.status, reply.headers['content-range'], reply.body.length]).toEqual([
      416,
      `bytes */${bytes.length}`,
      0,
    ]);
  });

  it('is not sent twice to a browser that has it', async () => {
    const etag = String((await browser.get(url)).headers.etag);
    expect((await browser.get(url, { 'if-none-match': etag })).status).toBe(304);
    expect((await browser.get(url, { 'if-none-match': `"other", W/${etag}` })).status).toBe(304);
    expect((await browser.get(url, { 'if-none-match': '"other"' })).status).toBe(200);
    expect((await browser.get(url, { range: 'bytes=0-3', 'if-range': etag })).status).toBe(206);
    expect((await browser.get(url, { range: 'bytes=0-3', 'if-range': '"other"' })).status).toBe(200);
  });

  it('runs nothing when opened by itself', async () => {
    const reply = await browser.get(svgUrl);
    expect(reply.headers['content-type']).toMatch(/^image\//);
    expect(reply.headers['content-security-policy']).toMatch(/default-src 'none';.*sandbox/);
  });

  it('is not there under another name', async () => {
    for (const target of [
      '/media/nope/original',
      '/media/nope',
      url.replace('original', 'poster'),
      url.replace('original', 'x'),
      '/media/..%2f..%2fstudio.db/original',
    ]) {
      const reply = await browser.get(target);
      expect([target, reply.status, codeOf(reply)]).toEqual([target, 404, 'unknown_id']);
    }
  });
});

describe('uploads', () => {
  it('need a name', async () => {
    for (const target of ['/upload', '/upload?name=', `/upload?name=${'a'.repeat(256)}`]) {
      const reply = await browser.post(target, 'x');
      expect([reply.status, codeOf(reply)]).toEqual([400, 'bad_input']);
    }
  });

  it('are refused to whoever may not add files, without a trace', async () => {
    await house.client.users.add({ name: '李审', role: 'reviewer', pin: '2468' });
    const theirs = await Browser.enter(server);
    await theirs.rpc('session/signIn', { name: '李审', pin: '2468' });
    const reply = await theirs.post('/upload?name=a.png', Buffer.alloc(300_000));
    expect([reply.status, codeOf(reply)]).toEqual([403, 'not_permitted']);
    expect(await readdir(path.join(house.dir, 'cache', 'uploads'))).toEqual([]);
  });
});
