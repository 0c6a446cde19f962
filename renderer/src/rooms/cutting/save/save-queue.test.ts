import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Operation } from '../../../../../core/model/timeline/operation.ts';
import { emptyTimeline } from '../../../../../core/model/timeline/timeline.ts';
import { sameValue } from './same-value.ts';
import { SaveQueue, type SaveQueueOptions } from './save-queue.ts';

const op = (id: string): Operation => ({ type: 'removeClip', clipId: id });
const batch = (...ids: string[]) => ({ operations: ids.map(op), after: emptyTimeline() });
const idsOf = (operations: readonly Operation[]) => operations.map((o) => (o.type === 'removeClip' ? o.clipId : ''));

interface Call {
  baseHash: string;
  operations: Operation[];
  answer: (contentHash: string) => void;
  fail: (error: unknown) => void;
}

/** A queue whose core answers when the test says so. */
function rig() {
  const calls: Call[] = [];
  const kept: { ids: string[]; baseHash: string }[] = [];
  const send: SaveQueueOptions['send'] = ({ baseHash, operations }) =>
    new Promise((resolve, reject) => {
      const answer = (contentHash: string) => resolve({ contentHash, savedAt: calls.length });
      calls.push({ baseHash, operations, answer, fail: reject });
    });
  const queue = new SaveQueue({
    baseHash: 'h0',
    savedAt: 0,
    send,
    judge: (error) => error as 'conflict' | 'retry' | 'refuse',
    keep: (operations, baseHash) => kept.push({ ids: idsOf(operations), baseHash }),
  });
  return { queue, calls, kept };
}
const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('the save queue', () => {
  it('sends at once, one call at a time, in order, each from the hash of the one before', async () => {
    const { queue, calls, kept } = rig();
    queue.push(batch('a'));
    queue.push(batch('b', 'c'));
    queue.push(batch('d'));
    expect(calls).toHaveLength(1);
    expect(queue.getState().status).toBe('saving');
    calls[0]!.answer('h1');
    await settled();
    expect(calls).toHaveLength(2);
    expect(calls[1]).toMatchObject({ baseHash: 'h1' });
    expect(idsOf(calls[1]!.operations)).toEqual(['b', 'c', 'd']);
    calls[1]!.answer('h2');
    await settled();
    expect(queue.dirty).toBe(false);
    expect(queue.getState().status).toBe('saved');
    expect(kept.at(-1)).toEqual({ ids: [], baseHash: 'h2' });
  });

  it('keeps everything while the line is lost, tries again with growing pauses, and at once when told', async () => {
    const { queue, calls, kept } = rig();
    queue.push(batch('a'));
    calls[0]!.fail('retry');
    await settled();
    expect(queue.getState().status).toBe('retrying');
    queue.push(batch('b'));
    expect(kept.at(-1)).toEqual({ ids: ['a', 'b'], baseHash: 'h0' });
    expect(calls).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls).toHaveLength(2);
    expect(idsOf(calls[1]!.operations)).toEqual(['a', 'b']);
    calls[1]!.fail('retry');
    await settled();
    await vi.advanceTimersByTimeAsync(1900);
    expect(calls).toHaveLength(2);
    queue.retryNow();
    expect(calls).toHaveLength(3);
    calls[2]!.answer('h1');
    await settled();
    expect(queue.getState()).toMatchObject({ status: 'saved', error: null });
  });

  it('stops at a conflict and goes on from what the core has', async () => {
    const { queue, calls } = rig();
    queue.push(batch('a'));
    queue.push(batch('b'));
    calls[0]!.fail('conflict');
    await settled();
    queue.push(batch('c'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls).toHaveLength(1);
    expect(queue.inFlight).toHaveLength(1);
    queue.restart('other', 5, [batch('b'), batch('c')]);
    expect(calls[1]).toMatchObject({ baseHash: 'other' });
    expect(idsOf(calls[1]!.operations)).toEqual(['b', 'c']);
  });

  it('does not do twice what the core did though its answer was lost', async () => {
    const { queue, calls } = rig();
    queue.push(batch('a'));
    queue.push(batch('b'));
    calls[0]!.fail('conflict');
    await settled();
    queue.accepted('h1', 1);
    expect(calls[1]).toMatchObject({ baseHash: 'h1' });
    expect(idsOf(calls[1]!.operations)).toEqual(['b']);
  });

  it('says refused and keeps what waits', async () => {
    const { queue, calls, kept } = rig();
    queue.push(batch('a'));
    calls[0]!.fail('refuse');
    await settled();
    expect(queue.getState().status).toBe('refused');
    expect(kept.at(-1)?.ids).toEqual(['a']);
  });
});

describe('sameValue', () => {
  it('goes by what is said, not by the order of fields', () => {
    expect(sameValue({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 })).toBe(true);
    expect(sameValue({ a: 1, b: undefined }, { a: 1 })).toBe(true);
    expect(sameValue([1, 2], [2, 1])).toBe(false);
    expect(sameValue({ a: 1 }, { a: 1, b: 2 })).toBe(false);
    expect(sameValue([], {})).toBe(false);
  });
});
