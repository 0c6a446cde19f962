/** The files of the page, served under `app://studio/`. */
import path from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.otf': 'font/otf',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * What a page may do. No remote content, no inline or evaluated script; `wasm-unsafe-eval` is for libass
 * alone. Inline styles stay allowed: Mantine and the article editor write style elements at run time, and
 * without script they cannot send anything anywhere.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' media: data: blob:",
  'media-src media: blob:',
  "font-src 'self' data:",
  "connect-src 'self' media:",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

/** Isolation headers give the page SharedArrayBuffer, which libass' threads need. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
};

export interface PageFile {
  path: string;
  type: string;
}

/**
 * The file a URL of the page names, or null when it names none. A path without an extension is a route of
 * the page's own router and gives `index.html`. The answer always lies inside `root`.
 */
export function pageFile(root: string, url: URL): PageFile | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(url.pathname);
  } catch {
    return null; // a lone % is not a name
  }
  if (/[\0\\]/.test(decoded)) return null;
  const file = path.resolve(root, `.${path.posix.normalize(`/${decoded}`)}`);
  const relative = path.relative(root, file);
  if (relative.startsWith('..') || path.isAbsolute(relative)) return null;
  const extension = path.extname(file).toLowerCase();
  if (extension === '') return { path: path.join(root, 'index.html'), type: typeOf('.html') };
  const type = Object.hasOwn(TYPES, extension) ? typeOf(extension) : null;
  return type === null ? null : { path: file, type };
}

function typeOf(extension: string): string {
  return TYPES[extension] ?? 'application/octet-stream';
}
