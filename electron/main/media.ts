/** Answers `media://asset/<id>/<variant>`: files of the open workspace by id, with byte ranges. */
import { open, realpath, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { ERROR_TABLE, StudioError, type ErrorCode } from '../../core/model/errors.ts';
import { ifRangeMatches, parseRange, type RangeAnswer } from '../../core/model/http/range.ts';
import type { LocatedFile, Variant } from '../messages.ts';
import { PAGE_ORIGIN } from './addresses.ts';

export interface MediaSource {
  /** Root of the open workspace; files outside it are never served. null: none is open. */
  root(): string | null;
  /** Errors: StudioError with the code the core answered (unknown_id, signed_out, no_workspace). */
  locate(windowId: number, assetId: string, variant: Variant): Promise<LocatedFile>;
}

const VARIANTS: readonly string[] = ['original', 'poster', 'proxy', 'peaks', 'strip', 'scenes'] satisfies Variant[];
const ASSET_ID = /^[\w-]{1,64}$/;

/** Types a player or an image element needs, and the peaks. SVG and HTML are left out: they can carry script. */
const TYPES =
  /^(?:video|audio)\/[\w.+-]+$|^image\/(?:jpeg|png|gif|webp|avif|bmp|tiff|heic|heif)$|^application\/vnd\.tongxin\.peaks$/;

/** Bytes read at once: large enough for 4K video, small enough to stop soon after a seek. */
const CHUNK = 256 * 1024;

const COMMON_HEADERS: Readonly<Record<string, string>> = {
  'accept-ranges': 'bytes',
  'access-control-allow-origin': PAGE_ORIGIN,
  'access-control-allow-methods': 'GET, HEAD',
  'access-control-allow-headers': 'range, if-range, if-none-match',
  'access-control-expose-headers': 'accept-ranges, content-length, content-range, etag',
  'cross-origin-resource-policy': 'cross-origin',
  'cache-control': 'private, no-cache',
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
};

function bare(status: number, extra: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { ...COMMON_HEADERS, 'content-length': '0', ...extra } });
}

function refused(code: ErrorCode): Response {
  return bare(ERROR_TABLE[code].status, { 'x-error-code': code });
}

/** The asset and variant a URL names; null for anything else. */
export function readMediaUrl(url: string): { assetId: string; variant: Variant } | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  const [, assetId = '', variant = '', ...rest] = parsed.pathname.split('/');
  if (parsed.host !== 'asset' || rest.length > 0 || !ASSET_ID.test(assetId) || !VARIANTS.includes(variant)) return null;
  return { assetId, variant: variant as Variant };
}

/** The real path of `file` when it lies inside `root`, links resolved on both sides; else null. */
export async function insideRoot(root: string, file: string): Promise<string | null> {
  const [realRoot, realFile] = await Promise.all([realpath(root), realpath(file)]);
  const relative = path.relative(realRoot, realFile);
  const inside = relative !== '' && relative.split(path.sep)[0] !== '..' && !path.isAbsolute(relative);
  return inside ? realFile : null;
}

/**
 * Bytes `start` to `end` (included) of a file. Opens it when the first bytes are asked for (an answer
 * nobody reads holds nothing), reads only when the player asks for more, and closes it at the end, on an
 * error, and when the player goes away.
 */
function streamOf(file: string, start: number, end: number): ReadableStream<Uint8Array> {
  let position = start;
  let handle: FileHandle | null = null;
  const close = async () => {
    const open = handle;
    handle = null;
    await open?.close();
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          handle ??= await open(file, 'r');
          const want = Math.min(CHUNK, end - position + 1);
          const { bytesRead, buffer } = await handle.read(new Uint8Array(want), 0, want, position);
          if (bytesRead === 0) throw new Error(`the file ended at byte ${position}, before ${end}`);
          position += bytesRead;
          controller.enqueue(bytesRead === want ? buffer : buffer.subarray(0, bytesRead));
          if (position > end) {
            await close();
            controller.close();
          }
        } catch (error) {
          await close().catch(() => undefined); // the read error is the one to tell
          throw error;
        }
      },
      cancel: close,
    },
    { highWaterMark: 0 },
  );
}

function headersFor(file: LocatedFile, size: number, range: RangeAnswer): Record<string, string> {
  const headers: Record<string, string> = { ...COMMON_HEADERS, 'content-type': file.mime, etag: file.etag };
  if (range.status === 416) return { ...headers, 'content-range': `bytes */${size}`, 'content-length': '0' };
  if (range.status === 200) return { ...headers, 'content-length': String(size) };
  return {
    ...headers,
    'content-range': `bytes ${range.start}-${range.end}/${size}`,
    'content-length': String(range.end - range.start + 1),
  };
}

/** RFC 9110 13.1.2: `*` or a list that holds the tag. */
function namesTag(header: string | null, etag: string): boolean {
  return header !== null && header.split(',').some((tag) => ['*', etag, `W/${etag}`].includes(tag.trim()));
}

async function serve(request: Request, file: LocatedFile, realFile: string): Promise<Response> {
  if (namesTag(request.headers.get('if-none-match'), file.etag)) {
    return new Response(null, { status: 304, headers: { ...COMMON_HEADERS, etag: file.etag } });
  }
  const stats = await stat(realFile);
  if (!stats.isFile()) return refused('unknown_id');
  const fresh = ifRangeMatches(request.headers.get('if-range'), file.etag);
  // RFC 9110 14.2: a range is defined for GET only.
  const range = parseRange(fresh && request.method === 'GET' ? request.headers.get('range') : null, stats.size);
  const headers = headersFor(file, stats.size, range);
  if (range.status === 416 || request.method === 'HEAD' || stats.size === 0) {
    return new Response(null, { status: range.status, headers });
  }
  const [start, end] = range.status === 206 ? [range.start, range.end] : [0, stats.size - 1];
  return new Response(streamOf(realFile, start, end), { status: range.status, headers });
}

/**
 * Answers one request of window `windowId`. GET and HEAD; 400 for a URL that names no asset, 404 for one
 * that is not known or outside the workspace, 401 when nobody is signed in, 415 for a type no player needs.
 */
export async function answerMedia(request: Request, windowId: number | null, source: MediaSource): Promise<Response> {
  if (request.method === 'OPTIONS') return bare(204);
  if (request.method !== 'GET' && request.method !== 'HEAD') return bare(405, { allow: 'GET, HEAD' });
  const wanted = readMediaUrl(request.url);
  if (!wanted) return refused('bad_input');
  if (windowId === null) return refused('signed_out');
  try {
    const file = await source.locate(windowId, wanted.assetId, wanted.variant);
    if (!TYPES.test(file.mime)) return refused('unsupported_format');
    const root = source.root();
    const realFile = root === null ? null : await insideRoot(root, file.path);
    return realFile === null ? refused('unknown_id') : await serve(request, file, realFile);
  } catch (error) {
    if (error instanceof StudioError) return refused(error.code);
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR') return refused('unknown_id');
    throw error;
  }
}
