import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Browser, codeOf } from '../../tests/support/browser.ts';
import { makeStudio, type TestStudio } from '../../tests/support/studio.ts';
import { startHttp, type HttpServer } from './server.ts';

let house: TestStudio;
let server: HttpServer;
let browser: Browser;

beforeAll(async () => {
  house = await makeStudio({ jobKinds: ['media.import', 'story.import'] });
  const rendererDir = path.join(house.root, 'renderer');
  await mkdir(path.join(rendererDir, 'assets'), { recursive: true });
  await writeFile(path.join(rendererDir, 'index.html'), '<!doctype html><title>studio</title>');
  await writeFile(path.join(rendererDir, 'assets/index-Ab3_x-9Z.js'), 'export {};');
  await writeFile(path.join(rendererDir, 'assets/plain.css'), 'body{}');
  await writeFile(path.join(rendererDir, '.hidden'), 'secret');
  await writeFile(path.join(house.root, 'outside.txt'), 'outside');
  server = await startHttp(house.studio, { port: 0, rendererDir });
  browser = await Browser.enter(server);
});
afterAll(async () => {
  await server.close();
  await house.stop();
});

describe('the door', () => {
  it('lets a browser in once per address, by a cookie that scripts and other sites do not get', async () => {
    const address = new URL(server.newAddress());
    expect(address.host).toBe(`127.0.0.1:${server.port}`);
    expect(address.searchParams.get('token')).toMatch(/^[\w-]{43}$/);
    const first = await browser.request('GET', `/${address.search}`);
    expect(first.status).toBe(302);
    expect(first.headers.location).toBe('/');
    expect(first.headers['set-cookie']?.[0]).toMatch(
      new RegExp(`^tongxin-${server.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    );
    const again = await browser.request('GET', `/${address.search}`);
    expect(again.status).toBe(403);
    expect(again.headers['set-cookie']).toBeUndefined();
    expect(again.body.toString()).toMatch(/按回车[\s\S]*Press Enter/);
  });

  it('does not take a token of HEAD, nor one it never gave', async () => {
    const { search } = new URL(server.newAddress());
    expect((await browser.request('HEAD', `/${search}`)).headers['set-cookie']).toBeUndefined();
    expect((await browser.request('GET', '/?token=AAAA')).status).toBe(403);
    expect((await browser.request('GET', `/${search}`)).status).toBe(302);
  });

  it('answers nothing without the cookie', async () => {
    const page = await browser.request('GET', '/', { accept: 'text/html' });
    expect(page.status).toBe(403);
    for (const [method, target] of [
      ['GET', '/assets/plain.css'],
      ['GET', '/media/x/original'],
      ['POST', '/rpc/workspace/current'],
      ['POST', '/upload?name=a'],
    ] as const) {
      const reply = await browser.request(method, target, {
        origin: browser.origin,
        cookie: `tongxin-${server.port}=wrong`,
      });
      expect([target, reply.status, codeOf(reply)]).toEqual([target, 401, 'signed_out']);
    }
  });

  it('knows only its own names (DNS rebinding)', async () => {
    for (const host of ['evil.example', `evil.example:${server.port}`, '127.0.0.1', `127.0.0.1:${server.port + 1}`]) {
      expect((await browser.get('/', { host })).status).toBe(403);
    }
    expect((await browser.get('/', { host: `localhost:${server.port}` })).status).toBe(200);
  });

  it('takes calls and uploads only from its own pages', async () => {
    for (const from of [
      'http://evil.example',
      'null',
      `http://localhost:${server.port}`,
      `https://127.0.0.1:${server.port}`,
    ]) {
      expect((await browser.rpc('workspace/current', undefined, { origin: from })).status).toBe(403);
      expect((await browser.post('/upload?name=a.png', 'x', { origin: from })).status).toBe(403);
    }
    expect((await browser.request('POST', '/rpc/workspace/current', { cookie: browser.cookie })).status).toBe(403);
    expect((await browser.rpc('workspace/current', undefined)).status).toBe(200);
  });

  it('does not let another site embed what is here', async () => {
    expect(
      (await browser.get('/assets/plain.css', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' })).status,
    ).toBe(403);
    expect(
      (await browser.get('/assets/plain.css', { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'no-cors' })).status,
    ).toBe(200);
  });

  it('refuses methods it has no use for', async () => {
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      expect((await browser.request(method, '/', { cookie: browser.cookie, origin: browser.origin })).status).toBe(405);
    }
    expect((await browser.get('/rpc/workspace/current')).status).toBe(405);
    expect((await browser.get('/upload')).status).toBe(405);
    expect((await browser.post('/somewhere', '')).status).toBe(405);
  });
});

describe('the interface', () => {
  it('is served with a policy that lets nothing else in', async () => {
    const reply = await browser.get('/');
    expect(reply.body.toString()).toContain('studio');
    expect(reply.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(reply.headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; " +
        "media-src 'self' blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'",
    );
  });

  it('keeps files that are named by their content', async () => {
    const hashed = await browser.get('/assets/index-Ab3_x-9Z.js');
    expect(hashed.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'private, max-age=31536000, immutable',
    });
    expect((await browser.get('/assets/plain.css')).headers['cache-control']).toBe('no-cache');
    const head = await browser.request('HEAD', '/assets/plain.css', { cookie: browser.cookie });
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, '6', 0]);
  });

  it('answers a page of its own with index.html, and a missing file with 404', async () => {
    expect((await browser.get('/stories/01a', { accept: 'text/html,*/*' })).status).toBe(200);
    expect((await browser.get('/stories/01a', { accept: '*/*' })).status).toBe(404);
    expect((await browser.get('/assets/missing.js', { accept: 'text/html' })).status).toBe(404);
  });

  it.each([
    '/../outside.txt',
    '/assets/../../outside.txt',
    '/%2e%2e/outside.txt',
    '/..%2foutside.txt',
    '/assets/..%5c..%5coutside.txt',
    '/%00',
    '/assets/%zz.css',
    '/.hidden',
    '//etc/passwd',
    '/C:/Windows/win.ini',
  ])('does not leave its folder for %s', async (target) => {
    const reply = await browser.get(target);
    expect(reply.body.toString()).not.toMatch(/outside|secret|root:/);
    expect([403, 404]).toContain(reply.status);
  });
});

describe('the WebSocket', () => {
  const url = (): string => `ws://127.0.0.1:${server.port}/rpc`;

  function closing(headers: Record<string, string>, first?: string | Buffer): Promise<number | 'refused'> {
    return new Promise((resolve) => {
      const ws = new WebSocket(url(), { headers });
      ws.on('error', () => resolve('refused'));
      ws.on('open', () => first !== undefined && ws.send(first));
      ws.on('close', (code) => resolve(code));
    });
  }

  it('opens only to its own pages with the cookie', async () => {
    expect(await closing({})).toBe('refused');
    expect(await closing({ cookie: browser.cookie })).toBe('refused');
    expect(await closing({ origin: browser.origin })).toBe('refused');
    expect(await closing({ cookie: browser.cookie, origin: 'http://evil.example' })).toBe('refused');
    expect(await closing({ cookie: browser.cookie, origin: browser.origin, host: 'evil.example' })).toBe('refused');
  });

  it.each([
    ['text that is no request', 'hello', 1008],
    ['a request without an address', '{"i":"1","p":{}}', 1008],
    ['bytes', Buffer.from([1, 2, 3]), 1003],
    ['a frame above 32 MB', 'x'.repeat(33 * 1024 * 1024), 1009],
  ])('ends on %s, and the server goes on', async (_what, first, code) => {
    expect(await closing({ cookie: browser.cookie, origin: browser.origin }, first)).toBe(code);
    expect((await browser.get('/')).status).toBe(200);
  });
});

describe('errors', () => {
  it('cross as code, sentence and data, and nothing else', async () => {
    const reply = await browser.rpc('stories/get', { storyId: 'nope' });
    expect(reply.status).toBe(404);
    expect(JSON.parse(reply.body.toString())).toEqual({
      json: {
        defined: false,
        code: 'unknown_id',
        status: 404,
        message: 'Nothing is known by “nope”',
        data: { code: 'unknown_id', params: { id: 'nope' }, retryable: false },
      },
    });
    const unreadable = await browser.post('/rpc/stories/get', '{"json":', { 'content-type': 'application/json' });
    expect(unreadable.status).toBe(400);
    expect(JSON.parse(unreadable.body.toString())).toMatchObject({ json: { data: { code: 'bad_input' } } });
  });
});

describe('stopping', () => {
  it('ends open subscriptions and frees the port', async () => {
    const other = await startHttp(house.studio, { port: 0, rendererDir: house.root });
    const { search } = new URL(other.newAddress());
    const entered = await fetch(`http://127.0.0.1:${other.port}/${search}`, { redirect: 'manual' });
    const mine = {
      cookie: String(entered.headers.get('set-cookie')?.split(';')[0]),
      origin: `http://127.0.0.1:${other.port}`,
    };
    const ws = new WebSocket(`ws://127.0.0.1:${other.port}/rpc`, { headers: mine });
    const ended = new Promise((resolve) => ws.on('close', resolve));
    await new Promise((resolve) => ws.on('open', resolve));
    const events = await fetch(`http://127.0.0.1:${other.port}/rpc/events/subscribe`, {
      method: 'POST',
      headers: mine,
    });
    const reading = events.text().catch(() => 'cut');
    await other.close();
    expect(await ended).toBe(1001);
    await reading;
    await expect(fetch(`http://127.0.0.1:${other.port}/`)).rejects.toThrow();
  });
});
