/** Captions in two languages: told apart, matched, kept by what is done to captions. */
import { describe, expect, it } from 'vitest';
import { cue, made } from '../../../tests/fixtures/timeline.ts';
import type { Operation } from './operation.ts';
import { applyOperations } from './operations.ts';
import type { Cue, CueWish } from './timeline.ts';
import { asTwoLanguages, matchTranslations, splitLanguages, stackedText, wordEdgeAt } from './two-languages.ts';

const S = 1_000_000;
const wish = (startS: number, endS: number, text: string): CueWish => ({ startUs: startS * S, endUs: endS * S, text });
const at = (id: string, startS: number, endS: number, text: string, translation?: string): Cue => ({
  ...cue(id, startS * S, endS * S, text),
  ...(translation === undefined ? {} : { translation }),
});
const after = (cues: Cue[], ...operations: Operation[]): Cue[] =>
  applyOperations(made({ type: 'importCues', cues, mode: 'replace' }), operations).timeline.captions.cues;
const words = (cues: readonly Cue[]) => cues.map(({ text, translation }) => [text, translation]);

describe('telling two languages apart', () => {
  it.each([
    ['春茶开采了\nSpring tea is picked', '春茶开采了', 'Spring tea is picked'],
    ['Spring tea\nis picked\n春茶开采了', '春茶开采了', 'Spring tea\nis picked'],
    ['村里通了 5G\n2026\nThe village has 5G', '村里通了 5G\n2026', 'The village has 5G'],
    ['用 WeChat 卖茶\nSold on WeChat', '用 WeChat 卖茶', 'Sold on WeChat'],
  ])('%j', (text, first, second) => {
    expect(splitLanguages(text)).toEqual({ text: first, translation: second });
  });
  it.each(['春茶\n开采了', 'Spring\ntea', '春茶\nSpring\n开采', '亩产\n5 t', ''])('%j is one, or mixed', (text) => {
    expect(splitLanguages(text)).toBeNull();
  });
});

describe('a file in two languages', () => {
  it('by its lines; a caption in one stays as it is', () => {
    const read = asTwoLanguages([wish(0, 1, '春茶\nSpring tea'), wish(1, 2, '好'), wish(2, 3, '走\nLet us go')]);
    expect(read?.count).toBe(2);
    expect(read?.cues.map(({ text, translation }) => [text, translation])).toEqual([
      ['春茶', 'Spring tea'],
      ['好', undefined],
      ['走', 'Let us go'],
    ]);
  });
  it('by captions that come twice, in either order; place and speaker are those of the Chinese one', () => {
    const top: CueWish = { ...wish(2, 3, '走'), position: 'top', speaker: '老周' };
    const read = asTwoLanguages([wish(0, 1, '春茶'), wish(0, 1.04, 'Spring tea'), wish(2, 3, 'Let us go'), top]);
    expect(read).toEqual({
      cues: [
        { ...wish(0, 1, '春茶'), translation: 'Spring tea' },
        { ...top, translation: 'Let us go' },
      ],
      count: 2,
    });
  });
  it('not where few captions have both, nor where two speak at once', () => {
    expect(asTwoLanguages([wish(0, 1, '一'), wish(1, 2, '二'), wish(2, 3, '三\nthree')])).toBeNull();
    expect(asTwoLanguages([wish(0, 1, '——谁'), wish(0, 1, '——我')])).toBeNull();
    expect(asTwoLanguages([])).toBeNull();
  });
});

describe('a second file, matched by time', () => {
  const cues = [at('a', 0, 2, '一'), at('b', 2, 4, '二', 'old'), at('c', 6, 8, '三', 'kept')];
  it('each caption to the one it has most time in common with, several in their order', () => {
    const second = [wish(0.2, 1, 'one'), wish(1, 2.4, 'and more'), wish(2.1, 4.5, 'two'), wish(4.6, 5.9, 'nobody')];
    const { operations, left } = matchTranslations(cues, second);
    expect(words(after(cues, ...operations))).toEqual([
      ['一', 'one and more'],
      ['二', 'two'],
      ['三', 'kept'],
    ]);
    expect(left).toEqual([wish(4.6, 5.9, 'nobody')]);
  });
  it('a moment in common is chance', () => {
    expect(matchTranslations(cues, [wish(3.9, 5.9, 'late')]).operations).toEqual([]);
  });
});

describe('what is done to captions keeps the second language', () => {
  const text = '清晨六点茶园醒了';
  const one = at('q', 0, 8, text, 'At six in the morning the garden wakes');
  it('split: in proportion, between words; or where it is asked for', () => {
    expect(words(after([one], { type: 'splitCue', cueId: 'q', newId: 'r', offset: 4 }))).toEqual([
      ['清晨六点', 'At six in the morning'],
      ['茶园醒了', 'the garden wakes'],
    ]);
    const asked: Operation = { type: 'splitCue', cueId: 'q', newId: 'r', offset: 4, translationOffset: 6 };
    expect(words(after([one], asked))[0]).toEqual(['清晨六点', 'At six']);
    const whole: Operation = { type: 'splitCue', cueId: 'q', newId: 'r', offset: 0, atUs: 4 * S };
    expect(words(after([one], whole))).toEqual([
      ['', undefined],
      [text, one.translation],
    ]);
    expect(() => after([one], { ...asked, translationOffset: 99 })).toThrow();
  });
  it('merged: joined as the texts are, by a space where those need none', () => {
    const two = [at('a', 0, 1, '一', 'one'), at('b', 1, 2, '二'), at('c', 2, 3, '三', 'three')];
    const merge = (joiner?: '' | ' '): Operation => ({
      ...{ type: 'mergeCues', cueIds: ['a', 'b', 'c'] },
      ...(joiner === undefined ? {} : { joiner }),
    });
    expect(words(after(two, merge()))).toEqual([['一\n二\n三', 'one\nthree']]);
    expect(words(after(two, merge('')))).toEqual([['一二三', 'one three']]);
    const plain = [at('a', 0, 1, '一'), at('b', 1, 2, '二')];
    expect(after(plain, { type: 'mergeCues', cueIds: ['a', 'b'] })[0]).not.toHaveProperty('translation');
    const long = [at('a', 0, 1, '一', 'x'.repeat(1500)), at('b', 1, 2, '二', 'x'.repeat(1500))];
    expect(() => after(long, { type: 'mergeCues', cueIds: ['a', 'b'] })).toThrow();
  });
  it('edited and taken away', () => {
    expect(words(after([one], { type: 'editCue', cueId: 'q', translation: 'Dawn' }))).toEqual([[text, 'Dawn']]);
    expect(after([one], { type: 'editCue', cueId: 'q', translation: null })[0]).not.toHaveProperty('translation');
  });
});

describe('measures', () => {
  it('the place between two words, or between two characters', () => {
    expect(wordEdgeAt('one two three', 0.4)).toBe(7);
    expect([wordEdgeAt('word', 0.3), wordEdgeAt('', 0.5), wordEdgeAt('清晨六点', 0.5)]).toEqual([0, 0, 2]);
  });
  it('all lines of a cue', () => {
    expect([stackedText(one('一', 'one')), stackedText(one('一')), stackedText(one('', 'one'))]).toEqual([
      '一\none',
      '一',
      'one',
    ]);
    function one(first: string, translation?: string) {
      return at('q', 0, 1, first, translation);
    }
  });
});
