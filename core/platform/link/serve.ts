/** Serves the contract to the clients of a shell: over a message port, a WebSocket, or plain HTTP. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { BodyLimitPlugin, RPCHandler as HttpHandler } from '@orpc/server/node';
import { RPCHandler as SocketHandler } from '@orpc/server/websocket';
import type { RawData, WebSocket } from 'ws';
import type { CallContext, Session, Studio } from '../../types.ts';
import { MESSAGE_LIMIT, errorBody, handlerOptions, tooLarge } from './wire.ts';

/** Under this path HTTP calls arrive. */
const PREFIX = '/rpc';
/** A connection that has not answered a ping for this long is dead (a sleeping laptop, a pulled cable). */
const PING_EVERY_MS = 30_000;

/** A worker's `MessagePort` or Electron's `MessagePortMain`. */
export interface MessagePortLike {
  on(event: string, listener: (value: unknown) => void): unknown;
  postMessage(message: unknown): void;
  start?(): void;
  close(): void;
}

/** The caller's number for a request whose text starts as oRPC writes it; null when it does not. */
function requestId(head: string): string | null {
  return /^\{"i":"([^"\\]{1,64})"/.exec(head)?.[1] ?? null;
}

/** Answers a request that is too large to be read; null when even its number cannot be told. */
function refusal(head: string): string | null {
  const id = requestId(head);
  const error = tooLarge();
  return id === null ? null : JSON.stringify({ i: id, p: { s: error.status, b: errorBody(error) } });
}

/** What arrived on a port: Electron hands over an event, a worker's port the value itself. */
function messageOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'data' in value ? value.data : value;
}

/**
 * Serves one message port for as long as it is open. What is not a request in text is ignored: the
 * other side is the same version of the same program.
 */
export function servePort(studio: Studio, port: MessagePortLike, session: Session): void {
  // oRPC's own port adapter leaves the rejections of unreadable messages unhandled, which would end the
  // process; the socket handler speaks the same protocol and returns them.
  const handler = new SocketHandler<CallContext>(studio.router, handlerOptions());
  const peer = {
    addEventListener: (): void => undefined,
    send: (data: unknown): void => port.postMessage(data),
  };
  port.on('message', (value: unknown) => {
    const data = messageOf(value);
    if (typeof data !== 'string') return;
    if (data.length > MESSAGE_LIMIT) {
      const answer = refusal(data.slice(0, 100));
      if (answer !== null) port.postMessage(answer);
      return;
    }
    handler.message(peer, data, { context: { session } }).catch(() => undefined);
  });
  port.on('close', () => handler.close(peer));
  port.start?.();
}

function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}

function keepAlive(ws: WebSocket): void {
  let alive = true;
  ws.on('pong', () => (alive = true));
  const timer = setInterval(() => {
    if (!alive) {
      ws.terminate();
      return;
    }
    alive = false;
    ws.ping();
  }, PING_EVERY_MS);
  timer.unref();
  ws.on('close', () => clearInterval(timer));
}

/**
 * Serves one WebSocket until it closes; then every call and subscription of it is aborted. Text that is
 * not of the protocol ends the connection (1008), binary frames too (1003): the contract has none.
 * The server that accepts the socket must set `maxPayload` to FRAME_LIMIT.
 */
export function serveSocket(studio: Studio, ws: WebSocket, session: Session): void {
  const handler = new SocketHandler<CallContext>(studio.router, handlerOptions());
  const peer = {
    addEventListener: (): void => undefined,
    // Answering slower than the socket can take keeps a slow client from filling the memory.
    send: (data: string | ArrayBufferLike | Blob | ArrayBufferView): Promise<void> =>
      new Promise((resolve, reject) => ws.send(data, (error) => (error ? reject(error) : resolve()))),
  };
  ws.on('message', (data, isBinary) => {
    const bytes = bytesOf(data);
    if (isBinary) {
      ws.close(1003);
      return;
    }
    if (bytes.length > MESSAGE_LIMIT) {
      const answer = refusal(bytes.toString('utf8', 0, 100));
      if (answer === null) ws.close(1009);
      else ws.send(answer);
      return;
    }
    handler.message(peer, bytes.toString('utf8'), { context: { session } }).catch(() => {
      if (ws.readyState === ws.OPEN) ws.close(1008);
    });
  });
  ws.on('close', () => handler.close(peer));
  // `close` follows; without a listener the error would end the process.
  ws.on('error', () => undefined);
  keepAlive(ws);
}

/** Answers one HTTP call of `session`; false (and nothing written) when the path is not under `/rpc`. */
export type HttpCallHandler = (req: IncomingMessage, res: ServerResponse, session: Session) => Promise<boolean>;

/** Makes the {@link HttpCallHandler} of a studio. Bodies above MESSAGE_LIMIT are refused with `too_large` (413). */
export function createHttpHandler(studio: Studio): HttpCallHandler {
  const handler = new HttpHandler<CallContext>(studio.router, {
    ...handlerOptions(),
    plugins: [new BodyLimitPlugin({ maxBodySize: MESSAGE_LIMIT })],
  });
  return async (req, res, session) => {
    const { matched } = await handler.handle(req, res, { prefix: PREFIX, context: { session } });
    return matched;
  };
}
