import { expect, it } from 'vitest';
import { startOfYesterday } from './since.ts';

it('is midnight of the day before, by the calendar, over the turn of a month and a year', () => {
  const began = (...now: [number, number, number, number, number]): string =>
    new Date(startOfYesterday(new Date(...now))).toString().slice(0, 21);
  expect(began(2026, 10, 29, 0, 0)).toBe('Sat Nov 28 2026 00:00');
  expect(began(2026, 10, 29, 23, 59)).toBe('Sat Nov 28 2026 00:00');
  expect(began(2026, 2, 1, 9, 30)).toBe('Sat Feb 28 2026 00:00');
  expect(began(2027, 0, 1, 9, 30)).toBe('Thu Dec 31 2026 00:00');
});
