import { describe, expect, it } from 'vitest';
import { hrefOf } from './href.ts';

describe('hrefOf', () => {
  it('completes what people write', () => {
    expect(hrefOf(' https://a.cn/x ')).toBe('https://a.cn/x');
    expect(hrefOf('www.a.cn/x')).toBe('https://www.a.cn/x');
    expect(hrefOf('a.cn:8080/x')).toBe('https://a.cn:8080/x');
    expect(hrefOf('someone@a.cn')).toBe('mailto:someone@a.cn');
    expect(hrefOf('mailto:someone@a.cn')).toBe('mailto:someone@a.cn');
  });
  it('refuses everything else', () => {
    for (const bad of ['', 'javascript:alert(1)', 'ftp://a.cn', 'file:///etc', 'word', 'a b.cn', 'data:text/html,x']) {
      expect(hrefOf(bad), bad).toBeNull();
    }
  });
});
