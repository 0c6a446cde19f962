import { expect, it } from 'vitest';
import { languageName } from './track-names.ts';

it('names languages by either of their codes, and says the code of what it does not know', () => {
  expect(['chi', 'zho', 'zh', 'eng'].map((code) => languageName(code, 'zh-CN'))).toEqual([
    '中文',
    '中文',
    '中文',
    '英语',
  ]);
  expect(languageName('fre', 'en')).toBe('French');
  expect([languageName('qqx', 'en'), languageName('a!', 'en')]).toEqual(['qqx', 'a!']);
});
