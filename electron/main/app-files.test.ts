import { describe, expect, it } from 'vitest';
import { PAGE_HEADERS, pageFile } from './app-files.ts';

const find = (pathname: string) => {
  const url = new URL('app://studio/');
  url.pathname = pathname;
  return pageFile('/app/out/renderer', url);
};

describe('pageFile', () => {
  it.each([
    ['/', '/app/out/renderer/index.html', 'text/html; charset=utf-8'],
    ['/stories/018f', '/app/out/renderer/index.html', 'text/html; charset=utf-8'],
    ['/assets/index-a1.js', '/app/out/renderer/assets/index-a1.js', 'text/javascript; charset=utf-8'],
    ['/fonts/%E5%AD%97.woff2', '/app/out/renderer/fonts/字.woff2', 'font/woff2'],
    ['/a.WASM', '/app/out/renderer/a.WASM', 'application/wasm'],
  ])('%s', (pathname, path, type) => {
    expect(find(pathname)).toEqual({ path, type });
  });

  it.each(['/../main/index.js', '/..%2f..%2fmain%2findex.js', '/%2e%2e/main/index.js', '/a/..%2f..%2f..%2fetc/x.txt'])(
    '%s stays inside the folder',
    (pathname) => {
      expect(find(pathname)?.path ?? '/app/out/renderer/').toMatch(/^\/app\/out\/renderer\//);
    },
  );

  it.each(['/a%00.js', '/..%5c..%5cmain%5cindex.js', '/%zz.js', '/run.exe', '/index.js.map'])(
    '%s is refused',
    (pathname) => {
      expect(find(pathname)).toBeNull();
    },
  );
});

describe('PAGE_HEADERS', () => {
  it('allows no evaluated or inline script and nothing remote', () => {
    const policy = PAGE_HEADERS['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/'unsafe-eval'|https?:|\*/);
    expect(/script-src [^;]*/.exec(policy)?.[0]).toBe("script-src 'self' 'wasm-unsafe-eval'");
  });
});
