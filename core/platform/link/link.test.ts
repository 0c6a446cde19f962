import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { makeStudio, type TestStudio } from '../../../tests/support/studio.ts';
import type { StudioClient } from '../../model/contract/client.ts';
import { connectLink, startLink, type Link } from './local.ts';
import { servePort } from './serve.ts';

let house: TestStudio;
let link: Link;
beforeAll(async () => {
  house = await makeStudio({ jobKinds: [] });
  link = await startLink(house.studio);
});
afterAll(async () => {
  await link.close();
  await house.stop();
});

describe('a message port', () => {
  it('lives through whatever is not a request', async () => {
    const { port1, port2 } = new MessageChannel();
    servePort(house.studio, port1, house.session);
    const client: StudioClient = createORPCClient(new RPCLink({ port: port2 }));
    port2.start();
    for (const message of [
      '',
      'hello',
      '{"i":"1","p":{}}',
      '[]',
      'null',
      5,
      null,
      { i: '2', p: { u: '/x' } },
      new Uint8Array(9),
    ]) {
      port2.postMessage(message);
    }
    port2.postMessage(`"${'x'.repeat(17 * 1024 * 1024)}"`);
    expect((await client.stories.list({})).total).toBe(0);
    port2.close();
  });
});

describe('the local link', () => {
  const refused = (headers: Record<string, string>, url = link.url): Promise<string> =>
    new Promise((resolve) => {
      const ws = new WebSocket(url, { headers });
      ws.on('open', () => resolve('open'));
      ws.on('error', (error) => resolve(error.message));
    });

  it('opens to nobody without its token, and to no page of a browser', async () => {
    const authorization = `Bearer ${link.token}`;
    expect(await refused({})).toMatch(/401/);
    expect(await refused({ authorization: `${authorization}x` })).toMatch(/401/);
    expect(await refused({ authorization: link.token })).toMatch(/401/);
    expect(await refused({ authorization, origin: 'http://127.0.0.1' })).toMatch(/401/);
    expect(await refused({ authorization }, link.url.replace('/rpc', '/other'))).toMatch(/404/);
    expect((await fetch(link.url.replace('ws:', 'http:'), { headers: { authorization } })).status).toBe(426);
  });

  it('ends the calls of a holder that stops', async () => {
    const other = await startLink(house.studio);
    const { client } = await connectLink(other);
    const events = await client.events.subscribe();
    expect((await events.next()).value).toMatchObject({ type: 'ready' });
    const waiting = events.next().then(
      ({ done }) => done === true,
      () => true,
    );
    await other.close();
    expect(await waiting).toBe(true);
    await expect(connectLink(other)).rejects.toThrow();
  });
});
