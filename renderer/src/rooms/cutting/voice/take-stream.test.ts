import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StudioError } from '../../../../../core/model/errors.ts';
import { LINE_LOST } from '../../../client/connection.ts';
import { TakeStream, toBase64 } from './take-stream.ts';

const LOST = new StudioError('internal', { ref: LINE_LOST });
/** Samples whose values say their place. */
const samples = (from: number, count: number) => Float32Array.from({ length: count }, (_, i) => (from + i) / 2 ** 23);

/** A core that keeps what it gets, and fails as it is told. */
function core(fails: (StudioError | null)[] = []) {
  const kept = Buffer.alloc(48_000 * 3 * 10);
  let length = 0;
  const send = vi.fn(({ offset, data }: { offset: number; data: string }) => {
    const bytes = Buffer.from(data, 'base64');
    expect(offset).toBeLessThanOrEqual(length);
    bytes.copy(kept, offset);
    length = Math.max(length, offset + bytes.length);
    // What it wrote is there, whether its answer comes through or not.
    const error = fails.shift() ?? null;
    return error ? Promise.reject(error) : Promise.resolve();
  });
  const heard = () => Array.from({ length: length / 3 }, (_, i) => kept.readIntLE(3 * i, 3));
  return { send, heard };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('a take on its way to the core', () => {
  it('goes in half seconds, in order, and the rest at its end', async () => {
    const { send, heard } = core();
    const stream = new TakeStream(send, () => expect.unreachable());
    for (let at = 0; at < 60_000; at += 1000) stream.push(samples(at, 1000));
    await vi.advanceTimersByTimeAsync(10);
    expect(send.mock.calls.length).toBeGreaterThan(0);
    await stream.end();
    expect(stream.kept).toBe(60_000);
    expect(heard()).toEqual(Array.from({ length: 60_000 }, (_, i) => i));
  });

  it('waits for a line that is broken, and sends nothing twice into another place', async () => {
    const { send, heard } = core(Array.from({ length: 12 }, () => LOST));
    const stream = new TakeStream(send, () => expect.unreachable());
    stream.push(samples(0, 30_000));
    const end = stream.end();
    await vi.advanceTimersByTimeAsync(20_000);
    await end;
    expect(send).toHaveBeenCalledTimes(13);
    expect(heard()).toEqual(Array.from({ length: 30_000 }, (_, i) => i));
  });

  it.each([
    ['a full disk at once', [new StudioError('disk_full')], 1],
    ['a refusal at once', [new StudioError('unknown_id', { id: 't' })], 1],
    [
      'a core that fails again and again',
      Array.from({ length: 9 }, () => new StudioError('internal', { ref: '1' })),
      5,
    ],
  ])('tells of %s, once', async (_what, fails, calls) => {
    const { send } = core(fails);
    const failed = vi.fn();
    const stream = new TakeStream(send, failed);
    stream.push(samples(0, 30_000));
    const end = stream.end();
    await vi.advanceTimersByTimeAsync(20_000);
    await end;
    expect(send).toHaveBeenCalledTimes(calls);
    expect(failed).toHaveBeenCalledTimes(1);
    stream.push(samples(0, 30_000));
    await stream.end();
    expect(send).toHaveBeenCalledTimes(calls);
  });

  it('is written in base64, however long', () => {
    const bytes = Uint8Array.from({ length: 200_000 }, (_, i) => i % 251);
    expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  });
});
