import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatClock,
  formatDuration,
  formatFrameRate,
  formatNumber,
  formatPercent,
  formatWhen,
  timeLeft,
} from './format.ts';
import { initialOf, tintOf } from './people.ts';

describe('sizes', () => {
  it('steps by 1024 and keeps one decimal only below ten units', () => {
    expect(formatBytes(0, 'zh-CN')).toBe('0 B');
    expect(formatBytes(1023, 'zh-CN')).toBe('1,023 B');
    expect(formatBytes(1536, 'zh-CN')).toBe('1.5 KB');
    expect(formatBytes(12 * 1024 * 1024 + 400_000, 'en')).toBe('12 MB');
    expect(formatBytes(3.25 * 1024 ** 4, 'en')).toBe('3.3 TB');
    expect(formatBytes(5000 * 1024 ** 4, 'en')).toBe('5,000 TB');
  });
});

describe('durations', () => {
  it('rounds down to the second and grows an hour only when there is one', () => {
    expect(formatDuration(0)).toBe('00:00');
    expect(formatDuration(999_999)).toBe('00:00');
    expect(formatDuration(88_400_000)).toBe('01:28');
    expect(formatDuration(3_723_000_000)).toBe('1:02:03');
  });
  it('splits the time left for a sentence', () => {
    expect(timeLeft(0)).toEqual({ minutes: 0, seconds: 1 });
    expect(timeLeft(80_000)).toEqual({ minutes: 1, seconds: 20 });
    expect(timeLeft(605_000)).toEqual({ minutes: 11, seconds: 0 });
  });
});

describe('numbers', () => {
  it('never says 100% before the end', () => {
    expect(formatPercent(0.996, 'zh-CN')).toBe('99%');
    expect(formatPercent(1, 'zh-CN')).toBe('100%');
    expect(formatPercent(-1, 'en')).toBe('0%');
    expect(formatNumber(1864, 'zh-CN')).toBe('1,864');
  });
  it('reads the frame rate of a probe', () => {
    expect(formatFrameRate('30000/1001', 'en')).toBe('29.97');
    expect(formatFrameRate('25', 'en')).toBe('25');
    expect(formatFrameRate('0/0', 'en')).toBe('0/0');
    expect(formatFrameRate('what', 'en')).toBe('what');
  });
});

describe('moments', () => {
  const now = new Date(2026, 3, 23, 15, 0).getTime();
  it('says less the nearer it is', () => {
    const today = new Date(2026, 3, 23, 9, 5).getTime();
    expect(formatClock(today, 'zh-CN')).toBe('09:05');
    expect(formatWhen(today, now, 'zh-CN')).toBe('09:05');
    expect(formatWhen(new Date(2026, 3, 22, 9, 5).getTime(), now, 'zh-CN')).toBe('4月22日 09:05');
    expect(formatWhen(new Date(2025, 3, 22).getTime(), now, 'zh-CN')).toBe('2025年4月22日');
  });
});

describe('people', () => {
  it('takes the first letter whole and a steady tint', () => {
    expect(initialOf('林小满')).toBe('林');
    expect(initialOf(' ann')).toBe('A');
    expect(initialOf('𠮷田')).toBe('𠮷');
    expect(tintOf('林小满')).toBe(tintOf('林小满'));
    expect(new Set(['林', '方', '何', '陶', '周', '苏', '叶'].map(tintOf)).size).toBeGreaterThan(1);
  });
});
