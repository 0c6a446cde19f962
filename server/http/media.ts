/** Originals, posters and proxies by asset id, with byte ranges; and uploads. */
import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { ServedFile, Session, Studio } from '../../core/index.ts';
import { StudioError } from '../../core/model/errors.ts';
import { ifRangeMatches, parseRange } from '../../core/model/http/range.ts';
import { FILE_CSP, sendJson } from './respond.ts';

const VARIANTS = ['original', 'poster', 'proxy', 'peaks', 'strip', 'scenes'] as const;
type Variant = (typeof VARIANTS)[number];

/** `/media/<assetId>/<variant>`; null for any other path. */
export function mediaPath(urlPath: string): { assetId: string; variant: Variant } | null {
  const match = /^\/media\/([\w-]{1,64})\/(\w+)$/.exec(urlPath);
  const variant = VARIANTS.find((name) => name === match?.[2]);
  return match?.[1] !== undefined && variant ? { assetId: match[1], variant } : null;
}

/** RFC 6266: the name as UTF-8, percent-encoded (RFC 8187 attr-char). */
function inlineName(name: string): string {
  const encoded = encodeURIComponent(Buffer.from(name, 'utf8').toString('utf8')).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `inline; filename*=UTF-8''${encoded}`;
}

/** RFC 9110 13.1.2, weak comparison: any tag of the list, or `*`. */
function noneMatch(header: string | undefined, etag: string): boolean {
  if (header === undefined) return true;
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return !tags.includes('*') && !tags.includes(etag.replace(/^W\//, ''));
}

function setHeaders(res: ServerResponse, file: ServedFile): void {
  res.setHeader('content-type', file.mime);
  res.setHeader('content-disposition', inlineName(file.name));
  res.setHeader('content-security-policy', FILE_CSP);
  res.setHeader('accept-ranges', 'bytes');
  res.setHeader('etag', file.etag);
  // Asked for again each time, so that signing out is the end of it; an unchanged file costs a 304.
  res.setHeader('cache-control', 'private, no-cache');
}

async function sendBytes(
  req: IncomingMessage,
  res: ServerResponse,
  file: ServedFile,
  range: { start: number; end: number } | null,
): Promise<void> {
  const { start, end } = range ?? { start: 0, end: file.bytes - 1 };
  res.setHeader('content-length', end - start + 1);
  if (range) res.setHeader('content-range', `bytes ${start}-${end}/${file.bytes}`);
  res.writeHead(range ? 206 : 200);
  if (req.method === 'HEAD' || file.bytes === 0) {
    res.end();
    return;
  }
  await pipeline(createReadStream(file.path, { start, end }), res);
}

/** Answers GET and HEAD of one media file (RFC 9110 13 and 14). Errors of `Studio.locate` pass through. */
export async function serveMedia(
  studio: Studio,
  session: Session,
  req: IncomingMessage,
  res: ServerResponse,
  wanted: { assetId: string; variant: Variant },
): Promise<void> {
  const file = await studio.locate(session, wanted.assetId, wanted.variant);
  setHeaders(res, file);
  if (!noneMatch(req.headers['if-none-match'], file.etag)) {
    res.writeHead(304).end();
    return;
  }
  const ifRange = req.headers['if-range'];
  const useRange = ifRangeMatches(typeof ifRange === 'string' ? ifRange : null, file.etag);
  // RFC 9110 14.2: Range is defined for GET only.
  const range = parseRange(req.method === 'GET' && useRange ? (req.headers.range ?? null) : null, file.bytes);
  if (range.status === 416) {
    res.setHeader('content-range', `bytes */${file.bytes}`);
    res.removeHeader('content-disposition');
    res.writeHead(416, { 'content-length': 0 }).end();
    return;
  }
  await sendBytes(req, res, file, range.status === 206 ? range : null);
}

/** Longest file name the contract takes, in UTF-16 units. */
const MAX_NAME = 255;

/** `POST /upload?name=`: streams the body into the studio and answers `{uploadId, bytes}`. */
export async function receive(
  studio: Studio,
  session: Session,
  req: IncomingMessage,
  res: ServerResponse,
  name: string | null,
): Promise<void> {
  if (name === null || name === '' || name.length > MAX_NAME) throw new StudioError('bad_input', { what: 'name' });
  const upload = await studio.receiveUpload(session, name, req);
  sendJson(res, 200, upload);
}
