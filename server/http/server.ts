/** The server of this computer: the studio in a browser, on 127.0.0.1 only. */
import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { createHttpHandler, serveSocket, type Session, type Studio } from '../../core/index.ts';
import { StudioError } from '../../core/model/errors.ts';
import { Gate } from './gate.ts';
import { mediaPath, receive, serveMedia } from './media.ts';
import { secure, sendError, sendNoEntry } from './respond.ts';
import { serveStatic } from './static.ts';

/** Largest WebSocket frame that is read at all, in bytes. */
const FRAME_BYTES = 32 * 1024 * 1024;
/** A browser sends its headers at once; whoever takes longer is holding connections open on purpose. */
const HEADERS_MS = 15_000;
/** A connection on which nothing moves for this long is given up (uploads and downloads that move may take hours). */
const IDLE_MS = 120_000;
/** How long answers under way may take once the server stops. */
const DRAIN_MS = 2000;

export interface HttpServer {
  readonly port: number;
  /** A new one-time address for a browser. */
  newAddress(): string;
  /** Ends all connections; answers under way get two seconds. The studio itself goes on. */
  close(): Promise<void>;
}

export interface HttpServerOptions {
  /** 0: the system chooses. */
  port: number;
  /** Folder of the built user interface. */
  rendererDir: string;
}

interface Parts extends HttpServerOptions {
  studio: Studio;
  gate: Gate;
  call: ReturnType<typeof createHttpHandler>;
}

function urlOf(req: IncomingMessage): URL | null {
  return URL.canParse(req.url ?? '', 'http://localhost') ? new URL(req.url ?? '', 'http://localhost') : null;
}

function methodNotAllowed(res: ServerResponse, allow: string): void {
  res.writeHead(405, { allow, 'content-length': 0 }).end();
}

/** `GET /?token=…`: lets the browser in and leads it to `/`, so that the token is not in its address bar. */
function enter(gate: Gate, res: ServerResponse, token: string): void {
  const cookie = gate.admit(token);
  if (cookie === null) {
    sendNoEntry(res);
    return;
  }
  res.writeHead(302, { location: '/', 'set-cookie': cookie, 'content-length': 0 }).end();
}

async function servePost(
  parts: Parts,
  session: Session,
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
): Promise<void> {
  if (url.pathname === '/upload') {
    await receive(parts.studio, session, req, res, url.searchParams.get('name'));
  } else if (!(await parts.call(req, res, session))) {
    methodNotAllowed(res, 'GET, HEAD');
  }
}

async function serveGet(
  parts: Parts,
  session: Session,
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
): Promise<void> {
  if (url.pathname === '/rpc' || url.pathname.startsWith('/rpc/') || url.pathname === '/upload') {
    methodNotAllowed(res, 'POST');
    return;
  }
  if (!url.pathname.startsWith('/media/')) {
    await serveStatic(parts.rendererDir, req, res, url.pathname);
    return;
  }
  const wanted = mediaPath(url.pathname);
  if (!wanted) throw new StudioError('unknown_id', { id: url.pathname.slice('/media/'.length) });
  await serveMedia(parts.studio, session, req, res, wanted);
}

async function answer(parts: Parts, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { gate } = parts;
  secure(res);
  const url = urlOf(req);
  if (!url || !gate.knowsHost(req)) {
    sendNoEntry(res);
    return;
  }
  const reads = req.method === 'GET' || req.method === 'HEAD';
  const token = url.pathname === '/' ? url.searchParams.get('token') : null;
  if (req.method === 'GET' && token !== null) {
    enter(gate, res, token);
    return;
  }
  const session = gate.sessionOf(req);
  if (!session) {
    if (reads && (req.headers.accept ?? '').includes('text/html')) sendNoEntry(res);
    else sendError(res, new StudioError('signed_out'));
    return;
  }
  if (reads) {
    // A link in a chat or mail may lead here (a navigation), but no other site may embed what is here.
    if (!gate.notCrossSite(req) && req.headers['sec-fetch-mode'] !== 'navigate') sendNoEntry(res);
    else await serveGet(parts, session, req, res, url);
  } else if (req.method === 'POST') {
    if (!gate.sameOrigin(req)) sendNoEntry(res);
    else await servePost(parts, session, req, res, url);
  } else {
    methodNotAllowed(res, 'GET, HEAD, POST');
  }
}

/** A browser that goes away while it is being answered is no failure. */
function gone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

function upgrade(parts: Parts, sockets: WebSocketServer, req: IncomingMessage, socket: Duplex, head: Buffer): void {
  socket.on('error', () => undefined);
  const session = parts.gate.sessionOf(req);
  const allowed = urlOf(req)?.pathname === '/rpc' && parts.gate.knowsHost(req) && parts.gate.sameOrigin(req);
  if (!session || !allowed) {
    socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
    return;
  }
  sockets.handleUpgrade(req, socket, head, (ws) => serveSocket(parts.studio, ws, session));
}

/** Rejects with the system's error (EADDRINUSE, EACCES) when the port cannot be had. */
export async function startHttp(studio: Studio, options: HttpServerOptions): Promise<HttpServer> {
  const server = http.createServer();
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = 0; // an upload of a card full of video takes as long as it takes; IDLE_MS ends a stalled one
  server.timeout = IDLE_MS;
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const gate = new Gate(studio, port);
  const parts: Parts = { ...options, studio, gate, call: createHttpHandler(studio) };
  const sockets = new WebSocketServer({ noServer: true, maxPayload: FRAME_BYTES });
  server.on('request', (req, res) => {
    answer(parts, req, res).catch((error: unknown) => {
      if (gone(error)) res.destroy();
      else sendError(res, error);
    });
  });
  server.on('upgrade', (req, socket, head) => upgrade(parts, sockets, req, socket, head));
  return {
    port,
    newAddress: () => gate.newAddress(),
    close: async () => {
      for (const ws of sockets.clients) ws.close(1001);
      const closed = new Promise((resolve) => server.close(resolve));
      const drain = setTimeout(() => {
        for (const ws of sockets.clients) ws.terminate();
        server.closeAllConnections();
      }, DRAIN_MS);
      server.closeIdleConnections();
      await closed;
      clearTimeout(drain);
    },
  };
}
