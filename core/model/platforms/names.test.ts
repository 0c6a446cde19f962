import { describe, expect, test } from 'vitest';
import { safeFileName } from '../file-name.ts';
import { utf8Bytes } from '../text-form.ts';
import { PLATFORM_TARGETS, coverStem, filmStem, platformOf } from './index.ts';

const TALL = { width: 1080, height: 1920 };

describe('names of films', () => {
  test('are the title, the platform as people call it and the canvas', () => {
    expect(filmStem('清晨的茶园', platformOf('douyin'), TALL)).toBe('清晨的茶园-抖音-1080x1920');
    expect(filmStem('清晨的茶园', platformOf('channels'), TALL)).toBe('清晨的茶园-视频号-1080x1920');
    expect(filmStem('清晨的茶园', platformOf('bilibili'), { width: 1920, height: 1080 }, 2)).toBe(
      '清晨的茶园-哔哩哔哩-1920x1080-2',
    );
  });

  test.each([
    ['老周的“春茶”/上:<第一集>?*|"\\', '老周的“春茶”_上__第一集______'],
    ['CON', '_CON'],
    ['com1.茶', '_com1.茶'],
    ['lpt¹', '_lpt¹'],
    ['...', '_'],
    ['  ', '未命名视频'],
    ['', '未命名视频'],
    ['茶\u0000\n园', '茶__园'],
    ['gpj.\u202Eexe', 'gpj.exe'],
    ['坏\uD83D了', '坏_了'],
    ['春茶。. . ', '春茶。'],
    ['e\u0301te\u0301', '\u00E9t\u00E9'],
  ])('%j becomes %j', (title, kept) => {
    expect(filmStem(title, platformOf('douyin'), TALL)).toBe(`${kept}-抖音-1080x1920`);
  });

  test('have at most 200 bytes with every ending, and are never cut inside a character', () => {
    for (const title of ['茶'.repeat(300), 'a'.repeat(300), '👩‍🌾'.repeat(100), `CON.${'茶'.repeat(100)}`]) {
      for (const target of PLATFORM_TARGETS) {
        const stem = filmStem(title, platformOf(target), { width: 3840, height: 2160 }, 9999);
        expect(utf8Bytes(`${stem}.mp4`)).toBeLessThanOrEqual(200);
        // Film and cover are cut at the same character, and stand together.
        const cover = coverStem(title, platformOf(target), { width: 3840, height: 2160 }, 9999);
        expect(utf8Bytes(`${cover}.jpg`)).toBeLessThanOrEqual(200);
        expect(cover.replace('-封面', '')).toBe(stem);
        expect(stem).not.toMatch(/\p{Cs}/u);
        expect(stem.split('-')[0]?.replace(/(?:茶|a|👩‍🌾)+$/u, '')).toMatch(/^(?:_CON\.)?$/);
      }
    }
  });

  test('take a platform that an office named with signs no file takes', () => {
    expect(filmStem('茶', { name: { zh: '县/融:媒', en: 'x' } }, TALL)).toBe('茶-县_融_媒-1080x1920');
    expect(
      utf8Bytes(coverStem('茶'.repeat(300), { name: { zh: '\u{20000}'.repeat(12), en: 'x' } }, TALL)),
    ).toBeLessThan(200);
  });

  test('a shorter room than usual is kept', () => {
    expect(safeFileName('清晨的茶园', 'x', 7)).toBe('清晨');
    expect(safeFileName('清晨', 'x', 2)).toBe('x');
  });
});
