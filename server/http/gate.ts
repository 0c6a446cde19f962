/**
 * Who may talk to the server of this computer: a browser that was given a one-time address, on the
 * address the server really has. Other pages in the same browser, and names that were made to point
 * at 127.0.0.1 (DNS rebinding), stay outside.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Session, Studio } from '../../core/index.ts';

/** 256 bits: not to be guessed. */
const SECRET_BYTES = 32;
/** Longer Cookie headers are not ours; read no further. */
const MAX_COOKIE_CHARS = 8192;

function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

export class Gate {
  readonly #studio: Studio;
  readonly #port: number;
  /** Both are kept as hashes: looking one up takes no time that depends on how much of it was guessed. */
  readonly #tokens = new Set<string>();
  readonly #sessions = new Map<string, Session>();

  constructor(studio: Studio, port: number) {
    this.#studio = studio;
    this.#port = port;
  }

  /** Cookies do not tell ports apart, so two servers on one computer need two names. */
  get cookieName(): string {
    return `tongxin-${this.#port}`;
  }

  /** A new address that lets one browser in, once. */
  newAddress(): string {
    const token = randomBytes(SECRET_BYTES).toString('base64url');
    this.#tokens.add(digest(token));
    return `http://127.0.0.1:${this.#port}/?token=${token}`;
  }

  /** Uses up a token. Answers the `set-cookie` value of the new session; null for a used or wrong token. */
  admit(token: string): string | null {
    if (!this.#tokens.delete(digest(token))) return null;
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    const session = this.#studio.newSession({ shell: 'browser', localFiles: false, trust: 'owner-without-pin' });
    this.#sessions.set(digest(secret), session);
    return `${this.cookieName}=${secret}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** The session of a request's cookie; null without a valid one. */
  sessionOf(req: IncomingMessage): Session | null {
    const header = req.headers.cookie ?? '';
    if (header.length > MAX_COOKIE_CHARS) return null;
    for (const part of header.split(';')) {
      const [name, value] = part.trim().split('=', 2);
      if (name === this.cookieName && value) return this.#sessions.get(digest(value)) ?? null;
    }
    return null;
  }

  /** Whether the request names this server and nothing else in its Host header. */
  knowsHost(req: IncomingMessage): boolean {
    return req.headers.host === `127.0.0.1:${this.#port}` || req.headers.host === `localhost:${this.#port}`;
  }

  /**
   * Whether the request was made by a page of this server. Browsers send Origin with every POST and
   * every WebSocket, and cannot be talked out of it.
   */
  sameOrigin(req: IncomingMessage): boolean {
    return req.headers.origin === `http://${req.headers.host ?? ''}`;
  }

  /** False when the browser itself says that another site asked (Fetch Metadata). */
  notCrossSite(req: IncomingMessage): boolean {
    const site = req.headers['sec-fetch-site'];
    return site === undefined || site === 'same-origin' || site === 'none';
  }
}
