import { beforeEach, expect, test } from 'vitest';
import { dropLeft, keptPlatforms, leavePlatform, leftPlatform, type Opened } from './kept-platform.ts';

const opened = (target: string): Opened => ({
  ...{ profile: { target, n: 1 }, before: { target, n: 1 }, base: null, isNew: false, title: target },
});
const changed = (target: string, n: number) => ({ ...opened(target), draft: { target, n } });
const [mine, others] = ['house.me', 'house.you'];

beforeEach(() => localStorage.clear());

test('each platform that is being changed is kept for its person until it is saved or thrown away', () => {
  leavePlatform(mine, changed('douyin', 2));
  leavePlatform(mine, changed('weibo', 3));
  leavePlatform(mine, changed('douyin', 4));
  expect(keptPlatforms(mine)).toEqual([changed('weibo', 3), changed('douyin', 4)]);
  expect(leftPlatform(mine)).toEqual(changed('douyin', 4));
  expect([keptPlatforms(others), leftPlatform(others)]).toEqual([[], null]);
  // Changed back, there is nothing to keep.
  leavePlatform(mine, changed('weibo', 1));
  expect(keptPlatforms(mine)).toEqual([changed('douyin', 4)]);
  dropLeft(mine, opened('douyin'));
  expect([keptPlatforms(mine), leftPlatform(mine)]).toEqual([[], null]);
  expect(localStorage.length).toBe(0);
});

test('what cannot be read counts as nothing', () => {
  for (const text of ['{', '[{"profile":1}]', '{"profile":{}}', 'null']) {
    localStorage.setItem(`tongxin.kept-platform.${mine}`, text);
    expect(keptPlatforms(mine), text).toEqual([]);
  }
});
