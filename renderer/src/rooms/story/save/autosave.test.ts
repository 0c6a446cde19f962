import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Autosave, MAX_WAIT_MS, type Draft, type SaveAnswer } from './autosave.ts';

class Refused extends Error {}
class Conflict extends Error {}

type Sent = Draft & { baseHash: string; checkpoint: boolean; reason: string };

/** A core that answers when it is told to. */
function desk() {
  const sent: Sent[] = [];
  const kept: (Draft | null)[] = [];
  const answers: { resolve: (a: SaveAnswer) => void; reject: (e: unknown) => void }[] = [];
  let text = '';
  const autosave = new Autosave({
    baseHash: 'h0',
    savedAt: 0,
    read: () => ({ title: text, doc: { type: 'doc' } }),
    send: (input) => {
      sent.push(input);
      return new Promise((resolve, reject) => answers.push({ resolve, reject }));
    },
    judge: (e) => (e instanceof Conflict ? 'conflict' : e instanceof Refused ? 'refuse' : 'retry'),
    keep: (draft) => kept.push(draft),
  });
  const states: string[] = [];
  autosave.subscribe(() => states.push(autosave.getState().status));
  return {
    autosave,
    sent,
    kept,
    states,
    type: (t: string) => {
      text = t;
      autosave.change();
    },
    answer: async (hash: string) => {
      answers.shift()!.resolve({ contentHash: hash, savedAt: Date.now(), versionNo: 1, versionHash: null });
      await vi.advanceTimersByTimeAsync(0);
    },
    fail: async (error: unknown) => {
      answers.shift()!.reject(error);
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('timing', () => {
  it('tells of unsaved text once, not with every key: each telling draws the room anew', async () => {
    const d = desk();
    for (const text of ['a', 'ab', 'abc']) {
      d.type(text);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(d.states).toEqual(['unsaved']);
  });

  it('waits for a pause in the typing', async () => {
    const d = desk();
    d.type('a');
    await vi.advanceTimersByTimeAsync(400);
    d.type('ab');
    await vi.advanceTimersByTimeAsync(400);
    expect(d.sent).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(100);
    expect(d.sent.map((s) => s.title)).toEqual(['ab']);
  });

  it('asks within a second of the first change, however fast the typing', async () => {
    const d = desk();
    const start = Date.now();
    while (d.sent.length === 0 && Date.now() - start < 3000) {
      d.type(`x${Date.now()}`);
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(Date.now() - start).toBeLessThanOrEqual(1000);
    expect(MAX_WAIT_MS).toBeLessThan(1000);
  });

  it('has one save on its way and goes on from the hash it answered', async () => {
    const d = desk();
    d.type('a');
    await vi.advanceTimersByTimeAsync(500);
    d.type('ab');
    await vi.advanceTimersByTimeAsync(5000);
    expect(d.sent).toHaveLength(1);
    await d.answer('h1');
    await vi.advanceTimersByTimeAsync(1000);
    expect(d.sent.map((s) => [s.title, s.baseHash])).toEqual([
      ['a', 'h0'],
      ['ab', 'h1'],
    ]);
    await d.answer('h2');
    expect(d.autosave.getState().status).toBe('saved');
    expect(d.autosave.dirty).toBe(false);
  });

  it('does nothing when nothing changed', async () => {
    const d = desk();
    expect(await d.autosave.flush()).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(d.sent).toHaveLength(0);
  });
});

describe('flush and checkpoint', () => {
  it('flush saves at once, after the save on its way', async () => {
    const d = desk();
    d.type('a');
    const first = d.autosave.flush();
    d.type('ab');
    const second = d.autosave.flush();
    expect(d.sent).toHaveLength(1);
    await d.answer('h1');
    expect(await first).toBe(false);
    expect(d.sent.map((s) => s.title)).toEqual(['a', 'ab']);
    await d.answer('h2');
    expect(await second).toBe(true);
  });

  it('checkpoint makes a version even when nothing changed', async () => {
    const d = desk();
    const done = d.autosave.checkpoint();
    await vi.advanceTimersByTimeAsync(0);
    expect(d.sent[0]).toMatchObject({ baseHash: 'h0', checkpoint: true });
    await d.answer('h1');
    expect((await done)?.contentHash).toBe('h1');
    d.type('a');
    await vi.advanceTimersByTimeAsync(1000);
    expect(d.sent[1]).toMatchObject({ checkpoint: false });
  });
});

describe('when saving does not work', () => {
  it('keeps the text, tries again with growing pauses, and sends the newest', async () => {
    const d = desk();
    d.type('a');
    await vi.advanceTimersByTimeAsync(500);
    await d.fail(new Error('line lost'));
    expect(d.autosave.getState().status).toBe('retrying');
    expect(d.kept.at(-1)).toMatchObject({ title: 'a' });
    d.type('ab');
    await vi.advanceTimersByTimeAsync(500);
    expect(d.kept.at(-1)).toMatchObject({ title: 'ab' });
    await vi.advanceTimersByTimeAsync(500);
    expect(d.sent).toHaveLength(2);
    await d.fail(new Error('line lost'));
    await vi.advanceTimersByTimeAsync(1900);
    expect(d.sent).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(200);
    expect(d.sent.map((s) => s.title)).toEqual(['a', 'ab', 'ab']);
    await d.answer('h1');
    expect(d.autosave.getState().status).toBe('saved');
    expect(d.kept.at(-1)).toBeNull();
  });

  it('tries at once when the line is back', async () => {
    const d = desk();
    d.type('a');
    await vi.advanceTimersByTimeAsync(500);
    await d.fail(new Error('line lost'));
    d.autosave.retryNow();
    expect(d.sent).toHaveLength(2);
    await d.answer('h1');
    expect(d.autosave.dirty).toBe(false);
  });

  it('does not drop the kept text before the core has the newest', async () => {
    const d = desk();
    d.type('a');
    await vi.advanceTimersByTimeAsync(500);
    d.type('ab');
    await d.answer('h1');
    expect(d.kept).not.toContain(null);
    await vi.advanceTimersByTimeAsync(1000);
    await d.answer('h2');
    expect(d.kept.at(-1)).toBeNull();
  });

  it('stops at a refusal until the text changes', async () => {
    const d = desk();
    d.type('a');
    await vi.advanceTimersByTimeAsync(500);
    await d.fail(new Refused());
    await vi.advanceTimersByTimeAsync(60_000);
    expect(d.autosave.getState().status).toBe('refused');
    expect(d.sent).toHaveLength(1);
    d.type('ab');
    await vi.advanceTimersByTimeAsync(1000);
    expect(d.sent).toHaveLength(2);
  });
});

describe('conflict', () => {
  it('stops, keeps what is typed meanwhile, and overwrites on demand as a version', async () => {
    const d = desk();
    d.type('mine');
    await vi.advanceTimersByTimeAsync(500);
    await d.fail(new Conflict());
    expect(d.autosave.getState().status).toBe('conflict');
    d.type('mine too');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(d.sent).toHaveLength(1);
    expect(d.kept.at(-1)).toMatchObject({ title: 'mine too' });
    expect(await d.autosave.flush()).toBe(false);
    const done = d.autosave.overwrite('theirs');
    await vi.advanceTimersByTimeAsync(0);
    expect(d.sent[1]).toMatchObject({ title: 'mine too', baseHash: 'theirs', checkpoint: true });
    await d.answer('h2');
    expect((await done)?.contentHash).toBe('h2');
    expect(d.autosave.getState().status).toBe('saved');
  });

  it('takes over the other text without saving', async () => {
    const d = desk();
    d.type('mine');
    await vi.advanceTimersByTimeAsync(500);
    await d.fail(new Conflict());
    d.autosave.adopt('theirs', 42);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(d.sent).toHaveLength(1);
    expect(d.autosave.getState()).toMatchObject({ status: 'saved', savedAt: 42 });
    expect(d.kept.at(-1)).toBeNull();
    d.type('on top');
    await vi.advanceTimersByTimeAsync(1000);
    expect(d.sent[1]).toMatchObject({ baseHash: 'theirs' });
  });
});

describe('a snapshot before a large change', () => {
  it('sends the text as it was, then the text as it is', async () => {
    const d = desk();
    d.type('before');
    const made = d.autosave.snapshot('beforePaste');
    d.type('after');
    await d.answer('h1');
    expect(await made).toMatchObject({ contentHash: 'h1' });
    expect(d.sent[0]).toMatchObject({ title: 'before', checkpoint: true, reason: 'beforePaste', baseHash: 'h0' });
    await vi.advanceTimersByTimeAsync(1000);
    expect(d.sent[1]).toMatchObject({ title: 'after', checkpoint: false, baseHash: 'h1' });
    await d.answer('h2');
    expect(d.autosave.dirty).toBe(false);
  });

  it('is of the moment it was asked for, also while a save is on its way', async () => {
    const d = desk();
    d.type('before');
    await vi.advanceTimersByTimeAsync(600);
    d.type('before it');
    const made = d.autosave.snapshot('beforeReplace');
    d.type('after');
    await d.answer('h1');
    await d.answer('h2');
    expect(await made).toMatchObject({ contentHash: 'h2' });
    expect(d.sent.map(({ title, checkpoint }) => [title, checkpoint])).toEqual([
      ['before', false],
      ['before it', true],
    ]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(d.sent[2]).toMatchObject({ title: 'after', baseHash: 'h2' });
  });

  it('keeps the newest text on this computer meanwhile, and survives a lost line', async () => {
    const d = desk();
    d.type('before');
    const made = d.autosave.snapshot('beforePaste');
    d.type('after');
    await d.fail(new Error('line'));
    expect(await made).toBeNull();
    await vi.advanceTimersByTimeAsync(1000);
    expect(d.sent[1]).toMatchObject({ title: 'before', reason: 'beforePaste' });
    expect(d.kept.at(-1)?.title).toBe('after');
    await d.answer('h1');
    await vi.advanceTimersByTimeAsync(1000);
    expect(d.sent[2]?.title).toBe('after');
  });

  it('lets a flush save everything behind it', async () => {
    const d = desk();
    d.type('before');
    void d.autosave.snapshot('beforePaste');
    d.type('after');
    const flushed = d.autosave.flush();
    await d.answer('h1');
    await d.answer('h2');
    expect(await flushed).toBe(true);
    expect(d.sent.map(({ title }) => title)).toEqual(['before', 'after']);
  });

  it('lets a version asked for behind it be of the newest text', async () => {
    const d = desk();
    d.type('before');
    void d.autosave.snapshot('beforePaste');
    d.type('after');
    const saved = d.autosave.checkpoint();
    await d.answer('h1');
    await d.answer('h2');
    expect(await saved).toMatchObject({ contentHash: 'h2' });
    expect(d.sent[1]).toMatchObject({ title: 'after', checkpoint: true, reason: 'saved' });
  });

  it('does nothing while a conflict waits for a decision', async () => {
    const d = desk();
    d.type('mine');
    await vi.advanceTimersByTimeAsync(600);
    await d.fail(new Conflict());
    expect(await d.autosave.snapshot('beforeTheme')).toBeNull();
    expect(d.sent).toHaveLength(1);
  });
});
