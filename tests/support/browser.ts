/** A browser for tests: requests as they stand, without the tidying that `fetch` does to paths and headers. */
import http, { type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import type { HttpServer } from '../../server/http/server.ts';

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

function send(
  port: number,
  method: string,
  target: string,
  headers: OutgoingHttpHeaders,
  body: string | Buffer | undefined,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const req = http.request({ host: '127.0.0.1', port, method, path: target, headers }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(chunks) }));
      res.on('error', reject);
    });
    req.on('error', reject);
    req.end(body);
  });
}

export class Browser {
  readonly #port: number;
  readonly origin: string;
  cookie = '';

  constructor(server: HttpServer) {
    this.#port = server.port;
    this.origin = `http://127.0.0.1:${server.port}`;
  }

  /** Opens a one-time address and keeps the cookie. */
  static async enter(server: HttpServer): Promise<Browser> {
    const browser = new Browser(server);
    const reply = await browser.request('GET', `/${new URL(server.newAddress()).search}`);
    browser.cookie = reply.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    return browser;
  }

  /** Exactly these headers (and `host`, unless it is given). */
  request(method: string, target: string, headers: OutgoingHttpHeaders = {}, body?: string | Buffer): Promise<Reply> {
    return send(this.#port, method, target, headers, body);
  }

  get(target: string, headers: OutgoingHttpHeaders = {}): Promise<Reply> {
    return this.request('GET', target, { cookie: this.cookie, ...headers });
  }

  post(target: string, body: string | Buffer, headers: OutgoingHttpHeaders = {}): Promise<Reply> {
    return this.request('POST', target, { cookie: this.cookie, origin: this.origin, ...headers }, body);
  }

  rpc(procedure: string, input: unknown, headers: OutgoingHttpHeaders = {}): Promise<Reply> {
    const type = { 'content-type': 'application/json' };
    return this.post(`/rpc/${procedure}`, JSON.stringify({ json: input }), { ...type, ...headers });
  }
}

/** The code of an `{error: ErrorData}` answer. */
export function codeOf(reply: Reply): unknown {
  return (JSON.parse(reply.body.toString()) as { error: { code: string } }).error.code;
}
