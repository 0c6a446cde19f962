/** Names of people: where they are found, that no line ends inside one, and the fix. */
import { describe, expect, it } from 'vitest';
import { cue, made } from '../../../tests/fixtures/timeline.ts';
import { timelineToAss } from '../timeline/ass.ts';
import { breakLine } from '../timeline/breaking.ts';
import { applyOperations } from '../timeline/operations.ts';
import type { Operation } from '../timeline/operation.ts';
import type { Cue } from '../timeline/timeline.ts';
import { checkCaptions } from './check.ts';
import { fixAllFindings, fixFinding } from './fixes.ts';
import { nameIn, namesFrom, partedName, peopleIn, peopleOfArticle } from './names.ts';

const S = 1_000_000;

describe('where names come from', () => {
  it.each([
    ['周大山', '周大山'],
    [' 周大山（茶农）', '周大山'],
    ['周大山 村支书', '周大山'],
    ['阿依古丽·买买提，社员', '阿依古丽·买买提'],
    ['John  Smith', 'John Smith'],
    ['李', null],
    ['……', null],
    ['', null],
    ['一'.repeat(31), null],
  ])('%j names %j', (text, name) => {
    expect(nameIn(text)).toBe(name);
  });
  it('speakers and name bars of the film, person cards of the story; the longer ones first, each once', () => {
    const bar = (id: string, look: string, texts: Record<string, string>): Operation => ({
      ...{ type: 'addTitle', title: { id, look, texts, startUs: 0, endUs: S } },
    });
    const film = made(
      { type: 'addCue', cue: { ...cue('q', 0, S, '好'), speaker: '李明' } },
      bar('a', 'name-plate', { name: '周大山', role: '茶农' }),
      bar('b', 'name-line', { name: '李明' }),
      bar('c', 'headline', { title: '春茶开采' }),
    );
    expect(peopleIn(film)).toEqual(['周大山', '李明']);
    const text = (words: string) => [{ type: 'text', text: words }];
    const card = {
      type: 'personCard',
      content: [
        { type: 'cardTitle', content: text('林秀英') },
        { type: 'cardNote', content: text('村医') },
        { type: 'paragraph', content: text('不是名字') },
      ],
    };
    expect(peopleOfArticle({ content: [{ type: 'paragraph', content: text('也不是') }, card] })).toEqual(['林秀英']);
  });
});

describe('a break inside a name', () => {
  const names = namesFrom(['周大山', '李明', 'John Smith', '阿依古丽·买买提']);
  it.each([
    ['我们去看周', '大山炒茶', '周大山', ''],
    ['我们去看周大', '山炒茶', '周大山', ''],
    ['记者李', '明报道', '李明', ''],
    ['he met John', 'Smith there', 'John Smith', ' '],
    ['社员阿依古丽·', '买买提说', '阿依古丽·买买提', ''],
  ])('%s / %s', (before, after, name, joiner) => {
    expect(partedName(before, after, names)).toEqual({ name, joiner });
  });
  it.each([
    ['我们去看', '周大山炒茶'],
    ['我们去看周大山', '炒茶'],
    // Chance: nobody is called so here.
    ['收拾行李', '明天出发'],
    ['四周', '大家都在'],
  ])('none in %s / %s', (before, after) => {
    expect(partedName(before, after, names)).toBeNull();
  });
});

describe('captions', () => {
  const names = ['周大山'];
  const at = (text: string): Cue => cue('q', 0, 4 * S, text);
  const after = (cues: Cue[], operations: readonly Operation[]): string[] =>
    applyOperations(made({ type: 'importCues', cues, mode: 'replace' }), operations).timeline.captions.cues.map(
      ({ text }) => text,
    );
  const mended = (text: string): string[] | null => {
    const cues = [at(text)];
    const operations = fixFinding(cues, { cue: 1, rule: 'bad_break' }, { names, newId: () => 'n' });
    return operations && after(cues, operations);
  };
  it('the check says which name, and one click puts it together', () => {
    const [finding] = checkCaptions([at('今天跟着周大\n山上山')], names);
    expect(finding).toMatchObject({ rule: 'bad_break', fix: '把名字放回同一行，在标点或词语之间换行。' });
    expect(finding?.message).toBe('第 1 条把人名“周大山”断成两行（GB/T 15834 与 Netflix 断行规定）');
    expect(mended('今天跟着周大\n山上山')).toEqual(['今天跟着周大山上山']);
    expect(mended('今天清晨五点我们一起跟着周大\n山上山去采茶')).toEqual([
      '今天清晨五点我们一起\n跟着周大山上山去采茶',
    ]);
  });
  it('whoever speaks is known without being told', () => {
    const cues = [at('今天跟着周大\n山上山'), { ...cue('r', 4 * S, 6 * S, '好'), speaker: '周大山' }];
    expect(checkCaptions(cues).map(({ rule }) => rule)).toEqual(['bad_break']);
    const { operations, count } = fixAllFindings(cues, { newId: () => 'n' });
    expect([after(cues, operations)[0], count]).toEqual(['今天跟着周大山上山', 1]);
    expect(checkCaptions([at('今天跟着周大\n山上山')])).toEqual([]);
  });
  it('a long line is broken beside names, whatever the width; a name wider than a line is parted', () => {
    const text = '今天我们跟着周大山和阿依古丽·买买提一起上山采茶';
    const both = namesFrom(['周大山', '阿依古丽·买买提']);
    for (let em = 8; em < 24; em += 0.5) {
      const { lines } = breakLine(text, true, em, both);
      expect(lines.join('')).toBe(text);
      for (const name of both)
        expect(
          lines.some((line) => line.includes(name)),
          `${String(em)} ${name}`,
        ).toBe(true);
    }
    expect(breakLine('阿依古丽·买买提', true, 5, both).lines.length).toBe(2);
    const english = 'In the morning we followed John Smith up the hill';
    for (let em = 8; em < 24; em += 0.5) {
      const { lines } = breakLine(english, true, em, ['John Smith']);
      expect(
        lines.some((line) => line.includes('John Smith')),
        String(em),
      ).toBe(true);
    }
  });
  it('what is drawn breaks beside the names that the film itself has', () => {
    // Even halves of nine characters would part the name.
    const text = '清晨五点大家跟着周大山上山采茶去了吧';
    const film = (speaker: object) => made({ type: 'addCue', cue: { ...at(text), ...speaker } });
    const drawn = (speaker: object): string[] =>
      (
        timelineToAss(film(speaker), { width: 1080, height: 1920 })
          .ass.split('\n')
          .find((line) => line.startsWith('Dialogue')) ?? ''
      )
        .split(',')
        .slice(9)
        .join(',')
        .split('\\N');
    expect(drawn({}).some((line) => line.includes('周大山'))).toBe(false);
    expect(drawn({ speaker: '周大山' }).some((line) => line.includes('周大山'))).toBe(true);
  });
});
