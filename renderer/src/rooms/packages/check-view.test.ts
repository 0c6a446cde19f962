import { describe, expect, it } from 'vitest';
import type { TargetCheck } from '../../../../core/model/contract/packages.ts';
import { firstTarget, goodTargets, levelOf, sortedChecks, type Level, type TargetView } from './check-view.ts';

const line = (level: Level, code: string = level): TargetCheck => ({ level, code, params: {} });
const wechat = (...levels: Level[]): TargetView => ({
  target: 'wechat',
  kind: 'article',
  checks: levels.map((l) => line(l)),
});
const douyin = (...levels: Level[]): TargetView => ({
  target: 'douyin',
  kind: 'video',
  checks: levels.map((l) => line(l)),
});

describe('check lists', () => {
  it('are as good as their worst line', () => {
    expect(levelOf([line('ok'), line('stop'), line('warn')])).toBe('stop');
    expect(levelOf([line('ok'), line('warn')])).toBe('warn');
    expect(levelOf([])).toBe('ok');
  });
  it('show the worst first and keep the order within a level', () => {
    const sorted = sortedChecks([line('ok', 'a'), line('stop', 'b'), line('warn', 'c'), line('stop', 'd')]);
    expect(sorted.map((c) => c.code)).toEqual(['b', 'd', 'c', 'a']);
  });
  it('let go out what nothing stops', () => {
    expect(goodTargets([wechat('ok', 'warn'), douyin('stop')])).toEqual(['wechat']);
  });
  it('open where something is wrong', () => {
    expect(firstTarget([wechat('ok'), douyin('warn')])).toBe('douyin');
    expect(firstTarget([wechat('ok'), douyin('ok')])).toBe('wechat');
    expect(firstTarget([])).toBeNull();
  });
});
