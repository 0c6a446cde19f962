import { expect, it } from 'vitest';
import { RestartPolicy } from './restart-policy.ts';

it('waits longer each time, gives up at the fourth death in a minute, and forgets after it', () => {
  const policy = new RestartPolicy();
  expect([policy.next(0), policy.next(1000), policy.next(2000), policy.next(3000)]).toEqual([200, 400, 800, null]);
  expect(policy.next(60_500)).toBe(800);
  expect(policy.next(60_600)).toBeNull();
  policy.reset();
  expect(policy.next(60_700)).toBe(200);
});
