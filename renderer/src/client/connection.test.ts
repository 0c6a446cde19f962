import type { ClientContext, ClientLink } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { backoff } from './backoff.ts';
import { Connection, isLineLost } from './connection.ts';

const link = (answer: string): ClientLink<ClientContext> => ({ call: () => Promise.resolve(answer) });
const call = (connection: Connection) => connection.link.call(['x'], null, { context: {} });

describe('the line to the core', () => {
  it('lets the first calls wait until it is open', async () => {
    const connection = new Connection();
    const first = call(connection);
    connection.opened(link('a'));
    expect(await first).toBe('a');
  });

  it('fails calls at once while it is broken, and says that it was the line', async () => {
    const connection = new Connection();
    connection.opened(link('a'));
    connection.lost();
    const error: unknown = await call(connection).catch((e: unknown) => e);
    expect(isLineLost(error)).toBe(true);
  });

  it('fails what was waiting when the line never came', async () => {
    const connection = new Connection();
    const first = call(connection).catch((e: unknown) => isLineLost(e));
    connection.lost('refused');
    expect(await first).toBe(true);
    expect(connection.getState()).toBe('refused');
  });

  it('uses the new line when it is back, and tells', async () => {
    const connection = new Connection();
    const states: string[] = [];
    const stop = connection.subscribe((s) => states.push(s));
    connection.opened(link('a'));
    connection.lost();
    connection.opened(link('b'));
    stop();
    connection.lost();
    expect(await (async () => connection.state)()).toBe('lost');
    expect(states).toEqual(['open', 'lost', 'open']);
  });

  it('waits longer each time, up to a limit', () => {
    expect([0, 1, 2, 3, 50].map((n) => backoff(n, 500, 3000))).toEqual([500, 1000, 2000, 3000, 3000]);
  });
});
