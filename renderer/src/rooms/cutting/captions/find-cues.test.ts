import { describe, expect, it } from 'vitest';
import { applyOperations } from '../../../../../core/model/timeline/operations.ts';
import { emptyTimeline, type Cue } from '../../../../../core/model/timeline/timeline.ts';
import { findInCues, hitFrom, replaceHits } from './find-cues.ts';

const cue = (id: string, text: string): Cue => ({ id, startUs: 0, endUs: 1, text });
const cues = [cue('a', '茶园的茶\n采茶'), cue('b', 'Tea tea (5.0)'), cue('c', '山')];
const places = (query: string, matchCase = false) =>
  findInCues(cues, { query, matchCase }).map(({ cueId, start, end }) => [cueId, start, end]);

describe('find', () => {
  it('in every caption, as it is written', () => {
    expect(places('茶')).toEqual([
      ['a', 0, 1],
      ['a', 3, 4],
      ['a', 6, 7],
    ]);
    expect(places('tea')).toHaveLength(2);
    expect(places('tea', true)).toEqual([['b', 4, 7]]);
    expect(places('(5.0)')).toEqual([['b', 8, 13]]);
    expect(places('.')).toEqual([['b', 10, 11]]);
    expect([places(''), places('没有')]).toEqual([[], []]);
  });
  it('goes on from a place, round the end', () => {
    const hits = findInCues(cues, { query: '茶', matchCase: false });
    expect([
      hitFrom(hits, { index: 0, field: 'text', offset: 0 }),
      hitFrom(hits, { index: 0, field: 'text', offset: 4 }),
    ]).toEqual([0, 2]);
    expect([
      hitFrom(hits, { index: 1, field: 'text', offset: 0 }),
      hitFrom([], { index: 0, field: 'text', offset: 0 }),
    ]).toEqual([0, -1]);
  });
});

describe('replace', () => {
  it('all hits, one operation a caption, also where the new words hold the old ones', () => {
    const { operations, count } = replaceHits(cues, findInCues(cues, { query: '茶', matchCase: false }), '茶叶');
    expect(count).toBe(3);
    expect(operations).toEqual([{ type: 'editCue', cueId: 'a', text: '茶叶园的茶叶\n采茶叶' }]);
    const timeline = { ...emptyTimeline(), captions: { ...emptyTimeline().captions, cues } };
    expect(applyOperations(timeline, operations).timeline.captions.cues[0]?.text).toContain('采茶叶');
  });
  it('leaves a caption that would become too long, and does nothing where nothing changes', () => {
    const long = [cue('a', '茶'.repeat(1500))];
    expect(replaceHits(long, findInCues(long, { query: '茶', matchCase: false }), '茶叶')).toEqual({
      operations: [],
      count: 0,
    });
    expect(replaceHits(cues, findInCues(cues, { query: '山', matchCase: false }), '山').operations).toEqual([]);
  });
});

describe('the second language', () => {
  const two: Cue[] = [
    { ...cue('a', '茶 tea'), translation: 'Tea and tea' },
    { ...cue('b', '山'), translation: 'tea' },
  ];
  const find = () => findInCues(two, { query: 'tea', matchCase: false });
  it('is searched behind the text of its caption', () => {
    expect(find().map(({ index, field, start }) => [index, field, start])).toEqual([
      [0, 'text', 2],
      [0, 'translation', 0],
      [0, 'translation', 8],
      [1, 'translation', 0],
    ]);
    expect(hitFrom(find(), { index: 0, field: 'text', offset: 3 })).toBe(1);
    expect(hitFrom(find(), { index: 0, field: 'translation', offset: 1 })).toBe(2);
  });
  it('is replaced in the same step; emptied, it is gone', () => {
    expect(replaceHits(two, find(), '').operations).toEqual([
      { type: 'editCue', cueId: 'a', text: '茶 ', translation: ' and ' },
      { type: 'editCue', cueId: 'b', translation: null },
    ]);
  });
});
