import { describe, expect, it } from 'vitest';
import { externalAddress, isStudioPage, mayLoad } from './addresses.ts';

describe('isStudioPage', () => {
  it.each(['app://studio/', 'app://studio/stories/1?x=2#y'])('knows %s', (url) => {
    expect(isStudioPage(url)).toBe(true);
  });
  it.each([
    '',
    'about:blank',
    'app://studio.evil/',
    'app://evil/',
    'app://studio:80/',
    'app://user@studio/',
    'https://studio/',
    'https://x/?app://studio/',
    'file:///app://studio/',
    'media://asset/1/poster',
  ])('refuses %j', (url) => {
    expect(isStudioPage(url)).toBe(false);
  });
});

describe('mayLoad', () => {
  it.each([
    ['app://studio/assets/a.js', true],
    ['media://asset/a/proxy', true],
    ['blob:app://studio/1-2', true],
    ['data:image/png;base64,AA', true],
    ['app://other/', false],
    ['media://other/a/proxy', false],
    ['file:///etc/passwd', false],
    ['https://example.com/', false],
    ['http://127.0.0.1:80/', false],
    ['ws://127.0.0.1/', false],
    ['devtools://devtools/bundled/x.js', false],
  ])('%s: %s', (url, expected) => {
    expect(mayLoad(url, false)).toBe(expected);
  });
  it('lets the developer tools load themselves in a developer build only', () => {
    expect(mayLoad('devtools://devtools/bundled/x.js', true)).toBe(true);
  });
});

describe('externalAddress', () => {
  it.each([
    ['https://example.com', 'https://example.com/'],
    ['HTTPS://example.com/a b', 'https://example.com/a%20b'],
    ['mailto:a@b.cn', 'mailto:a@b.cn'],
    ['http://example.com', null],
    ['https://user:pin@example.com/', null],
    ['file:///etc/passwd', null],
    ['javascript:alert(1)', null],
    ['ms-msdt:/id', null],
    ['smb://host/share', null],
    ['//example.com', null],
    ['', null],
    [`https://example.com/${'a'.repeat(3000)}`, null],
  ])('%s', (url, expected) => {
    expect(externalAddress(url)).toBe(expected);
  });
});
