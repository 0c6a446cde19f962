import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { lineWidthEm } from '../fonts/index.ts';
import { timelineToAss, windowsToAss } from './ass.ts';
import type { AssCanvas } from './ass.ts';
import { breakLine } from './breaking.ts';
import { parseTimeline } from './migrate.ts';
import { SAFE_AREAS, safeAreaOf } from './safe-areas.ts';
import { TARGET_CANVAS } from './targets.ts';
import type { Timeline } from './timeline.ts';

const TALL: AssCanvas = { width: 1080, height: 1920 };

interface TestCue {
  text: string;
  startUs?: number;
  endUs?: number;
  translation?: string;
  position?: 'bottom' | 'middle' | 'top';
}

function film(cues: TestCue[], style: object = {}): Timeline {
  const all = cues.map((cue, i) => ({ id: `q${i}`, startUs: 0, endUs: 1_000_000, ...cue }));
  return parseTimeline({ version: 1, assets: [], storyline: [], captions: { style, cues: all } });
}

const dialogues = (ass: string): string[] => ass.split('\n').filter((line) => line.startsWith('Dialogue:'));
const textOf = (line: string): string => line.split(',').slice(9).join(',');
const lines = (text: string, maxEm: number): string[] => breakLine(text, true, maxEm).lines;

describe('breaking lines', () => {
  test('leaves alone what fits', () => {
    expect(lines(' 春茶开采了 ', 5)).toEqual(['春茶开采了']);
  });

  test('ends lines at pauses where they are', () => {
    expect(lines('今年的明前茶卖到1800元，比去年同期上涨了30%。', 15)).toEqual([
      '今年的明前茶卖到1800元，',
      '比去年同期上涨了30%。',
    ]);
  });

  test('parts Chinese characters evenly where there is no pause', () => {
    expect(lines('一二三四五六七八九十', 6)).toEqual(['一二三四五', '六七八九十']);
  });

  test.each([
    ['一二三四五1800元六七八', 7],
    ['上涨了百分之几现在是30%左右', 7.5],
    ['他说WeChat公众号和GitHub都要发', 6],
    ['气温达到38.5℃创下新纪录了', 5],
  ])('never parts a number from its unit nor a word: %s', (text, maxEm) => {
    const broken = lines(text, maxEm);
    expect(broken.length).toBeGreaterThan(1);
    expect(broken.join('')).toBe(text);
    for (const whole of ['1800元', '30%', 'WeChat', 'GitHub', '38.5℃'].filter((word) => text.includes(word))) {
      expect(broken.some((line) => line.includes(whole))).toBe(true);
    }
  });

  test('no closing mark begins a line, no opening one ends it, whatever the width', () => {
    const text = '书记说：“要把《乡村振兴》（第3届）办好！”大家鼓掌……——完。';
    for (let maxEm = 6; maxEm < 24; maxEm += 0.5) {
      const broken = lines(text, maxEm);
      expect(broken.join('')).toBe(text);
      for (const line of broken) {
        expect(line).not.toMatch(/^[，。：！”》）…—]/u);
        expect(line).not.toMatch(/[“《（第]$/u);
        expect(lineWidthEm(line, true)).toBeLessThanOrEqual(maxEm);
      }
    }
  });

  test('English breaks at its spaces', () => {
    expect(lines('the quick brown fox jumps', 7)).toEqual(['the quick', 'brown', 'fox jumps']);
  });

  test('straight quotes stay with their words', () => {
    for (let maxEm = 4; maxEm < 12; maxEm += 0.5) {
      for (const line of lines('he said "come along, you" and left', maxEm))
        expect(line).not.toMatch(/^"(?=\s|$)|(?:^|\s)"$/);
    }
  });

  test('a title stays whole where that costs no line more; a number keeps its Latin letters', () => {
    expect(lines('老周每天晚上读《茶经浅说》', 9)).toEqual(['老周每天晚上读', '《茶经浅说》']);
    expect(lines('一二三《四五六七八》九', 6)).toEqual(['一二三《四五', '六七八》九']);
    for (let maxEm = 4; maxEm < 9; maxEm += 1) {
      expect(lines('村里通了5G以后快递10km内当天到', maxEm).some((line) => line.includes('5G'))).toBe(true);
    }
  });

  test('a word that fits no line is named and stands alone', () => {
    expect(breakLine('看Llanfairpwllgwyngyll吧', true, 5)).toEqual({
      lines: ['看', 'Llanfairpwllgwyngyll', '吧'],
      tooWide: 'Llanfairpwllgwyngyll',
    });
  });
});

describe('captions as ASS', () => {
  test('sizes follow the shorter side, the font size holds ascent and descent', () => {
    const style = (canvas: AssCanvas): string[] =>
      (/^Style: (.*)$/m.exec(timelineToAss(film([{ text: '字' }]), canvas).ass)?.[1] ?? '').split(',');
    expect(style(TALL).slice(0, 3)).toEqual(['Caption', 'Noto Sans SC', '86.88']);
    expect(style({ width: 720, height: 1280 })[2]).toBe('57.92');
    expect(style({ width: 1920, height: 1080 })[2]).toBe('86.88');
  });

  test('colours, rim, shadow, plate, weight and place are those of the style', () => {
    const plain = film([{ text: '字' }], { colour: '#112233', outlineColour: '#AABBCC', outlineWidth: 5, shadow: 2 });
    expect(timelineToAss(plain, TALL).ass).toContain(
      'Style: Caption,Noto Sans SC,86.88,&H00332211,&H00332211,&H00CCBBAA,&H80000000,-1,0,0,0,100,100,0,0,1,5,2,2,0,0,0,1',
    );
    const box = film([{ text: '字' }], { bold: false, box: { colour: '#102030', opacity: 40 }, position: 'top' });
    expect(timelineToAss(box, TALL).ass).toMatch(
      /Style: Caption,Noto Sans SC,86.88,.*,&H99302010,0,0,0,0,100,100,0,0,4,3,12,8,/,
    );
    expect(timelineToAss(box, TALL).ass).toContain('YCbCr Matrix: TV.709');
  });

  test('margins: the safe area, or the share of the height that the style names', () => {
    const margin = (style: object, canvas = TALL): string | undefined =>
      dialogues(timelineToAss(film([{ text: '字' }], style), canvas).ass)[0]?.split(',')[7];
    expect(margin({})).toBe('422');
    expect(margin({ margin: 100 })).toBe('192');
    expect(margin({ position: 'top' })).toBe('230');
    expect(margin({}, { width: 1920, height: 1080 })).toBe('86');
    expect(margin({}, { ...TALL, safe: { top: 0, left: 0, right: 0, bottom: 50 } })).toBe('96');
  });

  test('one caption stands at a place of its own, where its edge is kept free, whatever margin the others have', () => {
    const placed = (cue: TestCue, style: object = {}): string[] => {
      const line = dialogues(timelineToAss(film([cue], style), TALL).ass)[0] ?? '';
      return [line.split(',')[7] ?? '', textOf(line)];
    };
    expect(placed({ text: '字', position: 'top' }, { margin: 100 })).toEqual(['230', '{\\an8}字']);
    expect(placed({ text: '字', position: 'middle' })).toEqual(['0', '{\\an5}字']);
    expect(placed({ text: '字', position: 'bottom' }, { position: 'top' })).toEqual(['422', '{\\an2}字']);
    // The same place as all: nothing is said twice, and the style's margin holds.
    expect(placed({ text: '字', position: 'bottom' }, { margin: 100 })).toEqual(['192', '字']);
  });

  test('captions at different places do not push each other; those at one place stand above each other', () => {
    const cues: TestCue[] = [
      { text: '甲' },
      { text: '乙', position: 'top' },
      { text: '丙' },
      { text: '丁', position: 'top' },
    ];
    const read = dialogues(timelineToAss(film(cues), TALL).ass).map((line) => line.split(','));
    expect(read.map((fields) => [fields[0], fields[7]])).toEqual([
      ['Dialogue: 0', '422'],
      ['Dialogue: 0', '230'],
      ['Dialogue: 1', '509'],
      ['Dialogue: 1', '317'],
    ]);
  });

  test('a long line breaks sooner at the bottom, beside the buttons, than at the top', () => {
    const text = '一二三四五六七八九十一二三四五六';
    const safe = { top: 50, left: 50, right: 300, bottom: 200 };
    const lines = (position: 'bottom' | 'top'): number =>
      textOf(dialogues(timelineToAss(film([{ text, position }]), { ...TALL, safe }).ass)[0] ?? '').split('\\N').length;
    expect([lines('bottom'), lines('top')]).toEqual([2, 1]);
  });

  test('a wide line keeps free of the buttons at the right, a short one stands in the middle', () => {
    const middle = (text: string): number => {
      const [, , , , , left = '', right = ''] = (dialogues(timelineToAss(film([{ text }]), TALL).ass)[0] ?? '').split(
        ',',
      );
      return (1080 + Number(left) - Number(right)) / 2;
    };
    expect(middle('一二三四五')).toBe(540);
    const wide = '一二三四五六七八九十一二三四五';
    expect(middle(wide) + 450).toBeLessThanOrEqual(1080 * 0.88 + 1);
    expect(middle(wide) - 450).toBeGreaterThanOrEqual(1080 * 0.04 - 1);
  });

  test('times stand between frames of thirty a second', () => {
    const ass = timelineToAss(film([{ text: '字', startUs: 1_000_000, endUs: 2_033_333 }]), TALL).ass;
    // On from frame 30 (29.5/30 s) to frame 60 (60.5/30 s).
    expect(dialogues(ass)[0]).toContain('Dialogue: 0,0:00:00.98,0:00:02.02,');
  });

  test('cues on together stand above each other, also in a window that begins between them', () => {
    const timeline = film([
      { text: '甲\n乙', startUs: 0, endUs: 2_000_000 },
      { text: '丙', startUs: 1_000_000, endUs: 4_000_000 },
      { text: '丁', startUs: 3_000_000, endUs: 4_000_000 },
    ]);
    const margins = (ass: string): (string | undefined)[] => dialogues(ass).map((line) => line.split(',')[7]);
    expect(margins(timelineToAss(timeline, TALL).ass)).toEqual(['422', '596', '422']);
    const [late] = windowsToAss(timeline, TALL, [{ from: 75, to: 105 }]);
    expect(margins(late?.ass ?? '')).toEqual(['596', '422']);
    expect(dialogues(late?.ass ?? '')[0]).toContain(',0:00:00.00,0:00:00.98,');
  });

  test('a window holds what it shows, counted from its first frame; a draft is marked', () => {
    const timeline = film([{ text: '字', startUs: 2_000_000, endUs: 3_000_000 }]);
    const windows = windowsToAss(timeline, { ...TALL, draft: true }, [
      { from: 0, to: 60 },
      { from: 60, to: 120 },
    ]);
    expect(windows.map((w) => dialogues(w.ass).map(textOf))).toEqual([['草稿 未经审核'], ['字', '草稿 未经审核']]);
    expect(windowsToAss(timeline, TALL, [{ from: 0, to: 60 }])[0]?.events).toBe(0);
  });

  test('what would open a tag or break a line is text', () => {
    const ass = timelineToAss(film([{ text: '{\\b1}甲\\N乙' }]), TALL).ass;
    expect(textOf(dialogues(ass)[0] ?? '')).toBe('\\{\\\u2060b1\\}甲\\\u2060N乙');
  });

  test('names what the font lacks and what fits no line, by cue', () => {
    const timeline = film([{ text: '春茶🍵' }, { text: 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch' }]);
    expect(timelineToAss(timeline, TALL).problems).toEqual([
      { code: 'missing_glyphs', cueId: 'q0', chars: '🍵' },
      {
        code: 'caption_too_wide',
        cueId: 'q1',
        text: 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch',
      },
    ]);
  });

  test('empty captions draw nothing', () => {
    expect(timelineToAss(film([{ text: '' }, { text: ' \n ' }]), TALL).events).toBe(0);
  });
});

describe('a second language as ASS', () => {
  test('stands below, smaller, in the same event: one plate, and room for both', () => {
    const cues = [
      { text: '茶园醒了', translation: 'The tea garden {wakes}' },
      { text: '', translation: 'Only English' },
    ];
    const read = dialogues(timelineToAss(film(cues), TALL).ass);
    expect(read.map(textOf)).toEqual(['茶园醒了\\N{\\fs60.82}The tea garden \\{wakes\\}', '{\\fs60.82}Only English']);
    // Above both lines: 422 pixels, a line of 60 and one of 42, each as high as the font has it.
    expect(read.map((line) => line.split(',')[7])).toEqual(['422', String(Math.round(422.4 + 1.7 * 86.88))]);
  });

  test('breaks between words, by its own measure; forty-two letters are one line', () => {
    const translation = (text: string): string[] => {
      const event = textOf(dialogues(timelineToAss(film([{ text: '字', translation: text }]), TALL).ass)[0] ?? '');
      return event
        .split('\\N')
        .slice(1)
        .map((line) => line.replace(/^\{.*?\}/, ''));
    };
    expect(translation('He has been roasting tea by hand for forty')).toHaveLength(1);
    expect(translation('He has been roasting tea by hand for forty years, and "never once" by machine')).toEqual([
      'He has been roasting tea by hand for',
      'forty years, and "never once" by machine',
    ]);
    const wide = timelineToAss(film([{ text: '字', translation: 'W'.repeat(60) }]), TALL);
    expect(wide.problems).toEqual([{ code: 'caption_too_wide', cueId: 'q0', text: 'W'.repeat(60) }]);
    const odd = timelineToAss(film([{ text: '字', translation: 'Tea 🍵' }]), TALL);
    expect(odd.problems).toEqual([{ code: 'missing_glyphs', cueId: 'q0', chars: '🍵' }]);
  });
});

describe('safe areas', () => {
  const folder = path.resolve(import.meta.dirname, '../../../templates/platforms');

  test('stand in templates/platforms with their source', () => {
    // The archive has its source's shape and the preview is nobody's film: neither has an area of its own.
    const files = readdirSync(folder)
      .filter((file) => !['archive.json', 'preview.json'].includes(file))
      .sort();
    expect(files).toEqual(
      Object.keys(SAFE_AREAS)
        .sort()
        .map((name) => `${name}.json`),
    );
    for (const file of files) {
      const data = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as {
        target: keyof typeof SAFE_AREAS;
        canvas: object;
        safeArea: { source: string };
      };
      expect(file).toBe(`${data.target}.json`);
      expect(data.safeArea).toMatchObject(SAFE_AREAS[data.target]);
      expect(data.safeArea.source).toMatch(/^(?:inferred|https:)/);
      expect(data.canvas).toMatchObject(TARGET_CANVAS[data.target]);
    }
  });

  test('other canvases have that of the platform of their shape', () => {
    expect(safeAreaOf('archive', { width: 720, height: 1280 })).toBe(SAFE_AREAS.douyin);
    expect(safeAreaOf(null, { width: 1440, height: 1080 })).toBe(SAFE_AREAS.bilibili);
  });
});
