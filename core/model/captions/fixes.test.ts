/** Mending what the check found: what is offered, that it is gone afterwards, and that nothing else is found. */
import { describe, expect, it } from 'vitest';
import { Chance, cue, frozen, made } from '../../../tests/fixtures/timeline.ts';
import { applyOperations } from '../timeline/operations.ts';
import type { Operation } from '../timeline/operation.ts';
import type { Cue } from '../timeline/timeline.ts';
import { checkCaptions, type CaptionRule } from './check.ts';
import { canFix, fixAllFindings, fixFinding, type FixOptions } from './fixes.ts';

const MS = 1000;
let ids = 0;
const options: FixOptions = { newId: () => `n${(ids += 1)}` };
const at = (startMs: number, endMs: number, text: string, id = `q${startMs}`): Cue =>
  cue(id, startMs * MS, endMs * MS, text);
const apply = (cues: readonly Cue[], operations: readonly Operation[]): Cue[] =>
  applyOperations(made({ type: 'importCues', cues: [...cues], mode: 'replace' }), operations).timeline.captions.cues;
const brief = (cues: readonly Cue[]) => cues.map((c) => [c.startUs / MS, c.endUs / MS, c.text]);
const rules = (cues: readonly Cue[]) => checkCaptions(cues).map((f) => [f.cue, f.rule]);

/** The table after the fix of the first finding of the rule; null where none is offered. */
function fixed(rule: CaptionRule, ...cues: Cue[]) {
  const finding = checkCaptions(cues).find((each) => each.rule === rule);
  if (!finding) throw new Error(`nothing found of ${rule}`);
  const operations = fixFinding(frozen(cues), finding, options);
  return operations && brief(apply(cues, operations));
}

describe('a second language', () => {
  const two = (lastsMs: number, translation: string, text = '好茶'): Cue => ({ ...at(0, lastsMs, text), translation });
  const mended = (rule: CaptionRule, ...cues: Cue[]) => {
    const operations = fixFinding(frozen(cues), { cue: 1, rule }, options);
    return operations && apply(cues, operations).map(({ text, translation, endUs }) => [text, translation, endUs / MS]);
  };
  it('is broken between words, joined where it has too many lines, and left alone where two lines do not hold it', () => {
    const long = 'He has been roasting tea by hand for forty years, and never by machine';
    expect(mended('translation_line_too_long', two(6000, long))).toEqual([
      ['好茶', 'He has been roasting tea by hand for\nforty years, and never by machine', 6000],
    ]);
    expect(mended('translation_too_many_lines', two(6000, 'Spring tea\nis picked\nat dawn'))).toEqual([
      ['好茶', 'Spring tea is picked at dawn', 6000],
    ]);
    expect(mended('translation_line_too_long', two(6000, `${long} ${long}`))).toBeNull();
  });
  it('too fast: as long as both take to read, where there is room', () => {
    const said = 'Spring tea is picked at dawn';
    expect(mended('translation_too_fast', two(1000, said))).toEqual([['好茶', said, 1400]]);
    expect(mended('translation_too_fast', two(1000, said), at(1100, 3000, '茶'))).toBeNull();
  });
  it('is shared out with the text where a caption is split', () => {
    const text = '今年雨水足，茶叶长得好，比去年早了七天开采，全村人都在山上忙着采茶';
    const said = 'Rain was plenty this year, picking began early, and the whole village is out';
    const parts = mended('line_too_long', two(6900, said, text)) ?? [];
    expect(parts.map(([, translation]) => translation)).toEqual([
      'Rain was plenty this year, picking began early, and',
      'the whole village is out',
    ]);
  });
});

describe('lines', () => {
  it('too long: broken after a mark, else between words, never inside a number with its unit', () => {
    expect(fixed('line_too_long', at(0, 4000, '清晨五点，茶园的雾还没有散，人上山'))).toEqual([
      [0, 4000, '清晨五点，\n茶园的雾还没有散，人上山'],
    ]);
    expect(fixed('line_too_long', at(0, 4000, '今年全村的春茶一共卖出了12800公斤'))).toEqual([
      [0, 4000, '今年全村的春茶一共\n卖出了12800公斤'],
    ]);
  });
  it('too long for two lines: shared out over cues, by the text, ends at a pause without a mark', () => {
    const long = '今年雨水足，茶叶长得好，比去年早了七天开采，全村人都在山上忙着采茶';
    const parts = fixed('line_too_long', at(0, 6000, long)) ?? [];
    expect(parts.map(([, , text]) => text)).toEqual([
      '今年雨水足，茶叶长得好，\n比去年早了七天开采',
      '全村人都在山上忙着采茶',
    ]);
    expect(parts.map(([start, end]) => [start, end])).toEqual([
      [0, 3937.5],
      [3937.5, 6000],
    ]);
  });
  it('a word that fits no line, or parts that would be too short to see, are left to the person', () => {
    expect(fixed('line_too_long', at(0, 6000, 'a'.repeat(40)))).toBeNull();
    expect(fixed('line_too_long', at(0, 1500, '字'.repeat(40)))).toBeNull();
  });
  it('too many: short ones joined, a space where only the break parted them; else split', () => {
    expect(fixed('too_many_lines', at(0, 4000, '春天来了\n茶园绿了，\n人也忙了'))).toEqual([
      [0, 4000, '春天来了\n茶园绿了，人也忙了'],
    ]);
    expect(fixed('too_many_lines', at(0, 4000, '春天来了\n茶园绿了\n人忙了'))).toEqual([
      [0, 4000, '春天来了\n茶园绿了 人忙了'],
    ]);
    expect(fixed('too_many_lines', at(0, 4000, '——几点上山？\n——五点\n——这么早'))?.map(([, , text]) => text)).toEqual([
      '——几点上山？',
      '——五点\n——这么早',
    ]);
  });
  it('a wrong break: one line again, or broken elsewhere', () => {
    expect(fixed('bad_break', at(0, 3000, '一斤卖到1800\n元'))).toEqual([[0, 3000, '一斤卖到1800元']]);
    expect(fixed('bad_break', at(0, 4000, '村里的老周最喜欢的书是《茶\n经》已经读了三遍'))).toEqual([
      [0, 4000, '村里的老周最喜欢的书是《茶经》\n已经读了三遍'],
    ]);
  });
  it('a mark at the end goes', () => {
    expect(fixed('final_punctuation', at(0, 3000, '雾还没有散，\n人上山了。'))).toEqual([
      [0, 3000, '雾还没有散，\n人上山了'],
    ]);
  });
});

describe('times', () => {
  it('too short, too fast: longer, two frames before the next cue at the latest, within the film', () => {
    expect(fixed('too_short', at(0, 500, '好'))).toEqual([[0, 833, '好']]);
    expect(fixed('too_fast', at(0, 1000, '一二三四五六七八九十'), at(1179, 3000, '好'))).toEqual([
      [0, 1112, '一二三四五六七八九十'],
      [1179, 3000, '好'],
    ]);
    expect(fixed('too_fast', at(0, 1000, '一二三四五六七八九十'), at(1178, 3000, '好'))).toBeNull();
    const finding = { cue: 1, rule: 'too_short' } as const;
    expect(fixFinding([at(0, 500, '好')], finding, { ...options, filmUs: 800 * MS })).toBeNull();
    // 25 frames a second: two of them are 80 ms.
    expect(fixFinding([at(0, 500, '好'), at(900, 2000, '好')], finding, { ...options, gapUs: 80 * MS })).toBeNull();
  });
  it('too long: ends after seven seconds if it is read at ease in them', () => {
    expect(fixed('too_long', at(0, 9000, '好'))).toEqual([[0, 7000, '好']]);
    expect(fixed('too_long', at(0, 9000, '字'.repeat(15) + '\n' + '字'.repeat(15)))).toBeNull();
  });
  it('a gap of one frame: two frames, or none where the earlier one needs its time', () => {
    expect(fixed('gap_too_small', at(0, 2000, '好'), at(2033, 4000, '来'))?.[0]).toEqual([0, 1966.333, '好']);
    expect(fixed('gap_too_small', at(0, 833, '好'), at(866, 4000, '来'))?.[0]).toEqual([0, 866, '好']);
  });
  it('an overlap: the earlier one ends where the later one begins, if it is long enough then', () => {
    expect(fixed('overlap', at(0, 3000, '好'), at(2000, 4000, '来'))?.[0]).toEqual([0, 2000, '好']);
    expect(fixed('overlap', at(0, 3000, '好'), at(500, 4000, '来'))).toBeNull();
    expect(fixed('overlap', at(0, 3000, '好', 'a'), at(0, 4000, '来', 'b'))).toBeNull();
    expect(fixed('overlap', at(0, 9000, '好'), at(6000, 7000, '来'))?.slice(0, 1)).toEqual([[0, 6000, '好']]);
  });
  it('cues without words are being written: nothing is offered for them', () => {
    expect(fixFinding([at(0, 100, '')], { cue: 1, rule: 'too_short' }, options)).toBeNull();
    expect(fixAllFindings([at(0, 100, '')], options)).toEqual({ operations: [], count: 0 });
  });
});

const WORDS = [
  '清晨五点，',
  '1800元',
  '茶园的雾还没有散。',
  '老周',
  '《茶经》',
  '5G网络',
  'good tea',
  '一斤',
  '\n',
  '、',
  '上山',
];

function randomCues(seed: number, count: number): Cue[] {
  const chance = new Chance(seed);
  const cues: Cue[] = [];
  let startUs = 0;
  for (let i = 0; i < count; i += 1) {
    const text = Array.from({ length: 1 + chance.below(9) }, () => WORDS[chance.below(WORDS.length)]).join('');
    const endUs = startUs + 200 * MS + chance.below(5000) * MS;
    cues.push(cue(`q${i}`, startUs, endUs, text.replace(/^\n+|\n+$|(?<=\n)\n+/g, '') || '好'));
    startUs = Math.max(startUs, endUs + (chance.below(900) - 300) * MS);
  }
  return cues;
}

describe('all at once', () => {
  it('is one list of operations, and says how many findings it mends', () => {
    const cues = [
      at(0, 2500, '清晨五点，茶园的雾还没有散，人上山。'),
      at(2000, 2400, '好'),
      at(5000, 20_000, '一斤卖到1800\n元'),
    ];
    expect(rules(cues)).toEqual([
      [1, 'line_too_long'],
      [1, 'final_punctuation'],
      [2, 'too_short'],
      [2, 'overlap'],
      [3, 'bad_break'],
      [3, 'too_long'],
    ]);
    const { operations, count } = fixAllFindings(frozen(cues), options);
    expect(operations.map((op) => op.type)).toEqual(['editCue', 'editCue', 'editCue']);
    const after = apply(cues, operations);
    expect(brief(after)).toEqual([
      [0, 2000, '清晨五点，\n茶园的雾还没有散，人上山'],
      [2000, 2833, '好'],
      [5000, 12_000, '一斤卖到1800元'],
    ]);
    expect(rules(after)).toEqual([]);
    expect(count).toBe(6);
  });
  it('whatever the table: it applies, mends the number it says, brings nothing new, and then has nothing more to do', () => {
    let all = 0;
    for (let seed = 1; seed <= 60; seed += 1) {
      const cues = randomCues(seed, 20);
      const { operations, count } = fixAllFindings(frozen(cues), options);
      const after = apply(cues, operations);
      expect(rules(after).length, `seed ${seed}`).toBeLessThanOrEqual(rules(cues).length + after.length - cues.length);
      expect(count > 0, `seed ${seed}`).toBe(operations.length > 0);
      expect(fixAllFindings(after, options).operations, `seed ${seed}`).toEqual([]);
      // No word is lost: only spaces, breaks and final marks differ.
      const words = (table: readonly Cue[]) =>
        table
          .map(({ text }) => text.replace(/[，。]\s*$/u, ''))
          .join('')
          .replace(/[\s，。]/gu, '');
      expect(words(after), `seed ${seed}`).toBe(words(cues));
      all += count;
    }
    expect(all).toBeGreaterThan(1000);
  });
  it('every single fix takes its finding away', () => {
    for (let seed = 1; seed <= 15; seed += 1) {
      const cues = randomCues(seed, 12);
      for (const finding of checkCaptions(cues)) {
        const operations = fixFinding(frozen(cues), finding, options);
        expect(canFix(cues, finding, options)).toBe(operations !== null);
        if (!operations) continue;
        expect(operations.length).toBeGreaterThan(0);
        const after = apply(cues, operations);
        const place = after.findIndex(({ id }) => id === cues[finding.cue - 1]?.id);
        expect(
          rules(after).some(([n, rule]) => n === place + 1 && rule === finding.rule),
          `seed ${seed} ${finding.message}`,
        ).toBe(false);
      }
    }
  });
  it('what is remembered of an earlier table holds only where nothing around it changed', () => {
    const cues = randomCues(7, 400);
    fixAllFindings(cues, options);
    const edited = cues.map((each, i) => (i % 7 === 3 ? { ...each, text: '改', startUs: each.startUs + 1 } : each));
    const fresh = edited.map((each) => ({ ...each }));
    const words = (table: readonly Cue[]) => brief(apply(table, fixAllFindings(table, options).operations));
    expect(words(edited)).toEqual(words(fresh));
  });
});
