import { describe, expect, it } from 'vitest';
import { Shelf } from './shelf.ts';

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

function shelf(maxBytes: number) {
  const loads: string[] = [];
  const dropped: string[] = [];
  const missing = new Set<string>();
  const made = new Shelf<string>({
    load: async (key) => {
      loads.push(key);
      await settled();
      if (key === 'broken') throw new Error('no line');
      return missing.has(key) ? null : key;
    },
    bytesOf: () => 10,
    drop: (value) => dropped.push(value),
    maxBytes,
  });
  const come = async (...keys: string[]) => {
    for (const key of keys) {
      made.get(key);
      await settled();
      await settled();
    }
  };
  return { made, loads, dropped, missing, come };
}

describe('a shelf', () => {
  it('fetches once, however often it is asked', async () => {
    const { made, loads } = shelf(100);
    const told: string[] = [];
    made.subscribe((key) => told.push(key));
    expect([made.get('a'), made.get('a')]).toEqual([null, null]);
    await settled();
    expect(made.get('a')).toBe('a');
    expect([loads, told]).toEqual([['a'], ['a']]);
  });

  it('stays within its bound; the longest unused goes first', async () => {
    const { made, dropped, come, loads } = shelf(30);
    await come('a', 'b', 'c');
    made.get('a');
    await come('d');
    expect([made.bytes, dropped]).toEqual([30, ['b']]);
    await come('b');
    expect(loads).toEqual(['a', 'b', 'c', 'd', 'b']);
    expect(dropped).toEqual(['b', 'c']);
  });

  it('hands over what comes, or that nothing does', async () => {
    const { made, missing, loads } = shelf(100);
    missing.add('b');
    expect(await Promise.all([made.take('a'), made.take('a'), made.take('b')])).toEqual(['a', 'a', null]);
    expect([await made.take('a'), await made.take('b')]).toEqual(['a', null]);
    expect(loads).toEqual(['a', 'b']);
  });

  it('fetches three at once and no more', async () => {
    const { made, loads } = shelf(100);
    for (const key of 'abcde') made.get(key);
    expect(loads).toEqual(['a', 'b', 'c']);
    await settled();
    await settled();
    expect(loads).toHaveLength(5);
  });

  it('does not ask over and over for what is not there, but when told to', async () => {
    const { made, loads, missing, come } = shelf(100);
    missing.add('a');
    await come('a', 'a', 'broken', 'broken');
    expect(loads).toEqual(['a', 'broken']);
    expect(made.isMissing('a')).toBe(true);
    missing.clear();
    made.retry('a');
    await come('a');
    expect(made.get('a')).toBe('a');
  });
});
