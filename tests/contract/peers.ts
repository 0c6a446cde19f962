/** The ways a client reaches the studio, each with the real transport between. */
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import type { ClientLink } from '@orpc/client';
import { RPCLink as FetchLink } from '@orpc/client/fetch';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import { WebSocket } from 'ws';
import { connectLink, servePort, startLink, type Session, type Studio } from '../../core/index.ts';
import type { StudioClient } from '../../core/model/contract/client.ts';
import { startHttp, type HttpServer } from '../../server/http/server.ts';

/** One client: a session of its own. */
export interface Peer {
  client: StudioClient;
  /** Calls whatever is named, as somebody with another version (or other intentions) could. */
  call(path: readonly string[], input: unknown): Promise<unknown>;
  /** Goes away without a word, as a closed window or a pulled cable does. */
  vanish(): Promise<void>;
}

/** A transport that is ready to be called. */
export interface Way {
  connect(): Promise<Peer>;
  stop(): Promise<void>;
}

const LIKE_A_BROWSER = { shell: 'test', localFiles: true, trust: 'owner-without-pin' } as const;

type AnyLink = ClientLink<Record<string, unknown>>;

function peerOf(link: AnyLink, vanish: () => Promise<void>): Peer {
  const client: StudioClient = createORPCClient(link);
  return { client, call: (path, input) => link.call(path, input, { context: {} }), vanish };
}

/** Walks the in-process client by name; what is not a procedure is not callable. */
function callByName(client: unknown, path: readonly string[], input: unknown): Promise<unknown> {
  return Promise.resolve().then(() => {
    let at: unknown = client;
    for (const name of path) at = (at as Record<string, unknown>)[name];
    return (at as (input: unknown) => unknown)(input);
  });
}

export async function inProcess(studio: Studio): Promise<Way> {
  return {
    connect: async () => {
      const session: Session = studio.newSession(LIKE_A_BROWSER);
      const client = studio.client(session);
      return { client, call: (path, input) => callByName(client, path, input), vanish: async () => undefined };
    },
    stop: async () => undefined,
  };
}

export async function messagePort(studio: Studio): Promise<Way> {
  return {
    connect: async () => {
      const { port1, port2 } = new MessageChannel();
      servePort(studio, port1, studio.newSession(LIKE_A_BROWSER));
      const link = new PortLink({ port: port2 });
      port2.start();
      return peerOf(link, async () => port2.close());
    },
    stop: async () => undefined,
  };
}

/** What a browser keeps after it opened a one-time address: the cookie. */
export async function enter(server: HttpServer): Promise<Record<string, string>> {
  const answer = await fetch(server.newAddress(), { redirect: 'manual' });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { cookie, origin: `http://127.0.0.1:${server.port}` };
}

async function server(studio: Studio): Promise<HttpServer> {
  return startHttp(studio, { port: 0, rendererDir: '/nonexistent' });
}

export async function http(studio: Studio): Promise<Way> {
  const running = await server(studio);
  return {
    connect: async () => {
      const headers = await enter(running);
      const gone = new AbortController();
      const link = new FetchLink({
        url: `http://127.0.0.1:${running.port}/rpc`,
        headers,
        fetch: (request, init) => fetch(request, { ...init, signal: AbortSignal.any([gone.signal, request.signal]) }),
      });
      return peerOf(link, async () => gone.abort());
    },
    stop: () => running.close(),
  };
}

export async function webSocket(studio: Studio): Promise<Way> {
  const running = await server(studio);
  return {
    connect: async () => {
      const ws = new WebSocket(`ws://127.0.0.1:${running.port}/rpc`, { headers: await enter(running) });
      // A browser's WebSocket says nothing but "close" when it could not connect; the calls then fail.
      ws.on('error', () => undefined);
      return peerOf(new SocketLink({ websocket: ws as unknown as globalThis.WebSocket }), async () => ws.terminate());
    },
    stop: () => running.close(),
  };
}

export async function localLink(studio: Studio): Promise<Way> {
  const link = await startLink(studio);
  return {
    connect: async () => {
      const { client, close } = await connectLink(link);
      const ws = new WebSocket(link.url, { headers: { authorization: `Bearer ${link.token}` } });
      ws.on('error', () => undefined);
      const { call } = peerOf(
        new SocketLink({ websocket: ws as unknown as globalThis.WebSocket }),
        async () => undefined,
      );
      return {
        client,
        call,
        vanish: async () => {
          close();
          ws.terminate();
        },
      };
    },
    stop: () => link.close(),
  };
}

/** What differs between the ways, by design. */
export interface WayKind {
  open(studio: Studio): Promise<Way>;
  /** The command line acts as the owner even where the owner has a PIN. */
  alwaysOwner: boolean;
  /** Files are named by path; else (a browser) they are uploads. */
  localFiles: boolean;
  /** Requests are bytes before they are values, so their size is limited as bytes. */
  wire: boolean;
}

export const WAYS: Record<string, WayKind> = {
  'in-process': { open: inProcess, alwaysOwner: false, localFiles: true, wire: false },
  MessagePort: { open: messagePort, alwaysOwner: false, localFiles: true, wire: true },
  WebSocket: { open: webSocket, alwaysOwner: false, localFiles: false, wire: true },
  HTTP: { open: http, alwaysOwner: false, localFiles: false, wire: true },
  'local link': { open: localLink, alwaysOwner: true, localFiles: true, wire: true },
};
