import { describe, expect, it } from 'vitest';
import { en, zh } from './catalogues.ts';

type Leaves = Map<string, string>;

function leaves(value: object, path = '', into: Leaves = new Map()): Leaves {
  for (const [key, inner] of Object.entries(value) as [string, unknown][]) {
    const here = path ? `${path}.${key}` : key;
    if (typeof inner === 'string') into.set(here, inner);
    else if (typeof inner === 'object' && inner !== null) leaves(inner, here, into);
  }
  return into;
}

/** Plural forms differ by language: Chinese has one, English two. */
const singular = (key: string) => key.replace(/_(one|other)$/, '');
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1] ?? '').sort();

describe('catalogues', () => {
  const [chinese, english] = [leaves(zh), leaves(en)];

  it('have the same keys', () => {
    const keysOf = (l: Leaves) => [...new Set([...l.keys()].map(singular))].sort();
    expect(keysOf(english)).toEqual(keysOf(chinese));
  });

  it('leave no sentence empty', () => {
    for (const [key, text] of [...chinese, ...english]) expect(text.trim(), key).not.toBe('');
  });

  it('fill the same places in both languages', () => {
    const counted = new Set(['count', 'n', 'name', 'names']);
    for (const [key, text] of chinese) {
      const other = english.get(key) ?? english.get(`${singular(key)}_other`) ?? '';
      const strict = (list: string[]) => (/_(one|other)$/.test(key) ? list.filter((p) => !counted.has(p)) : list);
      expect(strict(placeholders(other)), key).toEqual(strict(placeholders(text)));
    }
  });

  it('has both plural forms in English', () => {
    for (const key of english.keys()) {
      if (key.endsWith('_one')) expect(english.has(key.replace(/_one$/, '_other')), key).toBe(true);
    }
  });

  it('never says 确定, and English has no Chinese', () => {
    for (const [key, text] of chinese) expect(text, key).not.toContain('确定');
    const named = new Set(['frame.command.language.zh-CN']);
    for (const [key, text] of english) if (!named.has(key)) expect(/\p{Script=Han}/u.test(text), key).toBe(false);
  });
});
