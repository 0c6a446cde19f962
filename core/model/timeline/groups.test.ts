import { describe, expect, test } from 'vitest';
import { cue, made, SECOND as S } from '../../../tests/fixtures/timeline.ts';
import { StudioError } from '../errors.ts';
import { groupOf } from './groups.ts';
import { migrateTimeline, timelineContent } from './migrate.ts';
import { parseOperations } from './operation.ts';
import { applyOperation, applyOperations } from './operations.ts';

const start = made(
  { type: 'insertClip', clip: { id: 'c1', assetId: 'a', outUs: 2 * S } },
  { type: 'insertClip', clip: { id: 'c2', assetId: 'a', outUs: 2 * S } },
  { type: 'addCue', cue: cue('q', 0, S) },
  { type: 'addTitle', title: { id: 't', startUs: 0, look: 'headline', texts: {} } },
  { type: 'addSound', track: 'music', sound: { id: 's', assetId: 'a', outUs: S } },
);
const group = (groupId: string, ...items: string[]) => ({ type: 'group' as const, groupId, items });
const refused = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof StudioError) return `${error.code} ${Object.values(error.params).join()}`;
    throw error;
  }
  return 'done';
};

describe('a group', () => {
  test('holds things together until it is taken apart; undo gives back every byte', () => {
    expect(start).not.toHaveProperty('groups');
    const one = applyOperation(start, group('g', 'c1', 't', 's'));
    expect(groupOf(one.timeline, 't')).toEqual({ id: 'g', items: ['c1', 't', 's'] });
    expect(groupOf(one.timeline, 'c2')).toBeNull();
    expect(migrateTimeline(JSON.parse(timelineContent(one.timeline)))).toEqual(one.timeline);
    expect(timelineContent(applyOperation(one.timeline, one.inverse).timeline)).toBe(timelineContent(start));
    const apart = applyOperation(one.timeline, { type: 'ungroup', groupId: 'g' });
    expect(timelineContent(apart.timeline)).toBe(timelineContent(start));
    expect(applyOperation(apart.timeline, apart.inverse).timeline).toEqual(one.timeline);
  });

  test('a thing is in one group at most; one alone is none; what is gone is cleared away with the next', () => {
    const two = applyOperations(start, [group('g', 'c1', 't', 's'), group('h', 's', 'q')]).timeline;
    expect(two.groups).toEqual([
      { id: 'g', items: ['c1', 't'] },
      { id: 'h', items: ['s', 'q'] },
    ]);
    const three = applyOperations(two, [group('i', 't', 'c2')]).timeline;
    expect(three.groups?.map(({ id }) => id)).toEqual(['h', 'i']);
    const gone = applyOperations(two, [{ type: 'removeTitle', titleId: 't' }, group('j', 'c2', 's')]).timeline;
    expect(gone.groups).toEqual([{ id: 'j', items: ['c2', 's'] }]);
  });

  test('is refused where it makes no sense', () => {
    expect(refused(() => applyOperation(start, group('g', 'c1', 'nobody')))).toBe('unknown_id nobody');
    expect(refused(() => applyOperation(start, { type: 'ungroup', groupId: 'g' }))).toBe('unknown_id g');
    const one = applyOperation(start, group('g', 'c1', 't')).timeline;
    expect(refused(() => applyOperation(one, group('g', 'c2', 'q')))).toContain('is there already');
    expect(refused(() => parseOperations([group('g', 'c1')]))).toContain('items');
    expect(refused(() => parseOperations([group('g', 'c1', 'c1')]))).toContain('twice');
    const twice = {
      ...start,
      groups: [
        { id: 'g', items: ['c1', 't'] },
        { id: 'h', items: ['c1', 'q'] },
      ],
    };
    expect(refused(() => migrateTimeline(JSON.parse(JSON.stringify(twice))))).toContain('in two groups');
  });
});
