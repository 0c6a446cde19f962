/** How the server answers: one set of security headers, errors as data, plain pages. */
import type { ServerResponse } from 'node:http';
import { toStudioError } from '../../core/model/contract/client.ts';

/** `wasm-unsafe-eval` is for the subtitle renderer; `unsafe-inline` styles are what the UI kit writes. */
const PAGE_CSP = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'none'",
].join('; ');

/** For files people brought: should one be opened by itself, nothing in it runs. */
export const FILE_CSP = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

/** Sets what every answer carries. */
export function secure(res: ServerResponse): void {
  res.setHeader('content-security-policy', PAGE_CSP);
  res.setHeader('x-content-type-options', 'nosniff');
  res.setHeader('referrer-policy', 'no-referrer');
  res.setHeader('cross-origin-resource-policy', 'same-origin');
  res.setHeader('cross-origin-opener-policy', 'same-origin');
  res.setHeader('cache-control', 'no-store');
}

export function sendJson(res: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  res.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  });
  res.end(body);
}

/** Answers `{error: ErrorData}` with the status of the error table. */
export function sendError(res: ServerResponse, error: unknown): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const known = toStudioError(error);
  sendJson(res, known.status, { error: known.toData() });
}

/** A page of two sentences, each in Chinese and English. No script, no style but the browser's. */
export function sendPage(res: ServerResponse, status: number, title: string, lines: readonly string[]): void {
  const body = `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body>
<h1>${title}</h1>
${lines.map((line) => `<p>${line}</p>`).join('\n')}
</body>
</html>
`;
  res.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'content-length': Buffer.byteLength(body) });
  res.end(body);
}

/** For a browser without a session: how to get in. */
export function sendNoEntry(res: ServerResponse): void {
  sendPage(res, 403, '同心创作台 Tongxin Studio', [
    '这个地址已经用过，或者不对。每个地址只能打开一次。',
    '在启动程序的终端里按回车，会得到一个新地址；重新启动程序也会。',
    'This address has been used already, or is wrong. Each address opens once.',
    'Press Enter in the terminal the program was started in to get a new one; starting it again gives one too.',
  ]);
}
