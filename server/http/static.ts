/** The built user interface, served as files. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { sendPage } from './respond.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

/** Vite names built files by content: `name-<8 characters>.ext`. Such a file never changes. */
const HASHED = /-[\w-]{8}\.\w+$/;

/**
 * The file a URL path names inside `root`; null for a path that cannot be one: broken escapes, NUL,
 * backslashes (Windows would take them for separators), hidden files, and every way out of `root`.
 */
export function fileFor(root: string, urlPath: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null; // malformed percent-encoding names no file
  }
  if (/[\0\\:]/.test(decoded)) return null;
  const parts = decoded.split('/').filter((part) => part !== '');
  if (parts.some((part) => part.startsWith('.'))) return null;
  return path.join(root, ...parts);
}

async function sizeOf(file: string): Promise<number | null> {
  const found = await stat(file).catch(() => null);
  return found?.isFile() ? found.size : null;
}

async function sendFile(req: IncomingMessage, res: ServerResponse, file: string, bytes: number): Promise<void> {
  res.writeHead(200, {
    'content-type': TYPES[path.extname(file).toLowerCase()] ?? 'application/octet-stream',
    'content-length': bytes,
    'cache-control': HASHED.test(path.basename(file)) ? 'private, max-age=31536000, immutable' : 'no-cache',
  });
  if (req.method === 'HEAD') {
    res.end();
    return;
  }
  await pipeline(createReadStream(file), res);
}

/** True for a navigation: pages of the interface have paths of their own and no file behind them. */
function wantsPage(req: IncomingMessage, urlPath: string): boolean {
  return path.posix.extname(urlPath) === '' && (req.headers.accept ?? '').includes('text/html');
}

/** Answers GET and HEAD below `root`; a path of the interface gets index.html, anything else 404. */
export async function serveStatic(
  root: string,
  req: IncomingMessage,
  res: ServerResponse,
  urlPath: string,
): Promise<void> {
  const index = path.join(root, 'index.html');
  const named = urlPath === '/' ? index : fileFor(root, urlPath);
  const bytes = named === null ? null : await sizeOf(named);
  if (named !== null && bytes !== null) {
    await sendFile(req, res, named, bytes);
    return;
  }
  const indexBytes = await sizeOf(index);
  if (indexBytes === null) {
    sendPage(res, 503, '同心创作台 Tongxin Studio', [
      '界面还没有构建。请先运行 npm run build。',
      'The user interface has not been built. Run npm run build first.',
    ]);
    return;
  }
  if (named !== null && (urlPath === '/' || wantsPage(req, urlPath))) {
    await sendFile(req, res, index, indexBytes);
    return;
  }
  sendPage(res, 404, '404', ['找不到这个页面。', 'There is no such page.']);
}
