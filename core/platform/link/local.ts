/** The link between processes of one computer: the holder of a workspace answers, a command calls. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { WebSocket, WebSocketServer } from 'ws';
import type { StudioClient } from '../../model/contract/client.ts';
import { PROTOCOL_VERSION } from '../../model/contract/index.ts';
import type { Studio } from '../../types.ts';
import { serveSocket } from './serve.ts';
import { FRAME_LIMIT } from './wire.ts';

/** The part of a browser's WebSocket that oRPC's client uses; `ws` has it too, with types of its own. */
type LinkSocket = ConstructorParameters<typeof RPCLink>[0]['websocket'];

const PATH = '/rpc';
/** How long a holder may take to answer; a busy one answers in milliseconds, a hung one never. */
const ANSWER_MS = 3000;

export interface Link {
  readonly url: string;
  readonly token: string;
  /** Withdraws the address, ends every connection and closes the socket. */
  close(): Promise<void>;
}

function sameToken(given: string | undefined, token: string): boolean {
  const expected = Buffer.from(`Bearer ${token}`);
  const actual = Buffer.from(given ?? '');
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

/** A browser page can reach 127.0.0.1 but always says where it comes from; a command never does. */
function admit(req: http.IncomingMessage, token: string): string | null {
  if (req.url !== PATH) return '404 Not Found';
  if (req.headers.origin !== undefined || !sameToken(req.headers.authorization, token)) return '401 Unauthorized';
  return null;
}

/**
 * Starts answering commands on 127.0.0.1, on a port the system chooses, and publishes address and token
 * with every workspace the studio holds. Whoever can read the token (mode 0600) can read the
 * workspace itself, so its bearer acts as the owner unless it signs in as somebody.
 */
export async function startLink(studio: Studio): Promise<Link> {
  const token = randomBytes(32).toString('base64url');
  const sockets = new WebSocketServer({ noServer: true, maxPayload: FRAME_LIMIT });
  const server = http.createServer((_req, res) => {
    res.writeHead(426, { connection: 'close', upgrade: 'websocket' }).end();
  });
  server.headersTimeout = ANSWER_MS * 5;
  server.on('upgrade', (req, socket, head) => {
    socket.on('error', () => undefined);
    const refused = admit(req, token);
    if (refused !== null) {
      refuse(socket, refused);
      return;
    }
    sockets.handleUpgrade(req, socket, head, (ws) => {
      serveSocket(studio, ws, studio.newSession({ shell: 'cli', localFiles: true, trust: 'owner' }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // The link alone must not keep a shell alive.
  server.unref();
  const { port } = server.address() as AddressInfo;
  const url = `ws://127.0.0.1:${port}${PATH}`;
  await studio.publish({ url, token });
  return {
    url,
    token,
    close: async () => {
      await studio.publish(null);
      for (const ws of sockets.clients) ws.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * Becomes a client of the process at `address`. Rejects when nobody answers within 3 seconds, when the
 * token is wrong, or when the other side speaks another version of the contract.
 */
export async function connectLink(address: {
  url: string;
  token: string;
}): Promise<{ client: StudioClient; close(): void }> {
  const ws = new WebSocket(address.url, {
    headers: { authorization: `Bearer ${address.token}` },
    handshakeTimeout: ANSWER_MS,
    maxPayload: FRAME_LIMIT,
  });
  const socket: unknown = ws;
  const client: StudioClient = createORPCClient(new RPCLink({ websocket: socket as LinkSocket }));
  try {
    await once(ws, 'open');
    // Calls and subscriptions of a lost connection are rejected by the client itself.
    ws.on('error', () => undefined);
    const { protocol } = await client.workspace.current(undefined, { signal: AbortSignal.timeout(ANSWER_MS) });
    if (protocol !== PROTOCOL_VERSION)
      throw new Error(`The holder speaks version ${protocol}, not ${PROTOCOL_VERSION}`);
  } catch (error) {
    ws.on('error', () => undefined);
    ws.terminate();
    throw error;
  }
  return { client, close: () => ws.close() };
}
