import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { SECOND, made } from '../../../tests/fixtures/timeline.ts';
import { missingGlyphs } from '../fonts/index.ts';
import { timelineToAss, windowsToAss } from './ass.ts';
import { roomOf } from './ass-room.ts';
import { titlesOn } from './ass-titles.ts';
import { applyOperation } from './operations.ts';
import type { Operation } from './operation.ts';
import { TITLE_LOOKS } from './title-looks.ts';
import { TARGET_CANVAS } from './targets.ts';
import type { Timeline, Title } from './timeline.ts';

const clips: Operation[] = [
  { type: 'insertClip', clip: { id: 'c1', assetId: 'a', outUs: 4 * SECOND } },
  { type: 'insertClip', clip: { id: 'c2', assetId: 'a', outUs: 4 * SECOND } },
];
const bar = (texts: Record<string, string>, look = 'name-plate', startUs = SECOND): Operation => ({
  type: 'addTitle',
  title: { id: `t-${look}`, startUs, look, texts },
});
const WHO = { name: '周大山', role: '半山村茶农' };
const events = (timeline: Timeline): string[] =>
  timelineToAss(timeline, TARGET_CANVAS.douyin)
    .ass.split('\n')
    .filter((line) => line.startsWith('Dialogue'));

describe('titles', () => {
  test('every file of a look is read, its samples are in the font and fit every canvas within the safe area', () => {
    const folder = path.resolve(import.meta.dirname, '../../../templates/video/titles');
    expect(TITLE_LOOKS.map(({ id }) => `${id}.json`).sort()).toEqual(readdirSync(folder).sort());
    for (const look of TITLE_LOOKS) {
      const texts = Object.fromEntries(look.lines.map(({ field, sample }) => [field, sample]));
      const timeline = made(...clips, bar(texts, look.id));
      expect(missingGlyphs(Object.values(texts).join(''))).toEqual([]);
      for (const canvas of [TARGET_CANVAS.douyin, TARGET_CANVAS.bilibili, TARGET_CANVAS.xiaohongshu]) {
        const room = roomOf(timeline, canvas);
        const [laid] = titlesOn(timeline, room);
        expect(laid?.problems, look.id).toEqual([]);
        const box = laid?.box ?? { x: -1, y: -1, width: 0, height: 0 };
        expect(box.x).toBeGreaterThanOrEqual((canvas.width * room.safe.left) / 1000 - 1);
        expect(box.x + box.width).toBeLessThanOrEqual(canvas.width - (canvas.width * room.safe.left) / 1000 + 1);
        expect(box.y).toBeGreaterThanOrEqual((canvas.height * room.safe.top) / 1000 - 1);
        expect(box.y + box.height).toBeLessThanOrEqual(canvas.height - (canvas.height * room.safe.bottom) / 1000 + 1);
      }
    }
  });

  test('a title has an accent, a size, an opacity and a corner of its own', () => {
    const room = roomOf(made(...clips), TARGET_CANVAS.douyin);
    const title = { id: 'm', startUs: 0, endUs: SECOND, look: 'corner', texts: { text: '岚溪融媒' } };
    const laid = (own: Partial<Title>) => titlesOn({ ...made(...clips), titles: [{ ...title, ...own }] }, room)[0];
    const plain = laid({});
    expect(laid({ corner: 'topRight' })?.box).toEqual(plain?.box);
    const low = laid({ corner: 'bottomLeft', size: 200 });
    const { width, height } = plain?.box ?? { width: 0, height: 0 };
    expect(low?.box).toMatchObject({ width: width * 2, height: height * 2 });
    // Ten pixels from the safe area's edges, of a look twice its size.
    expect(low?.box.x).toBeCloseTo(1080 * 0.04 + 20);
    expect((low?.box.y ?? 0) + height * 2).toBeCloseTo(1920 * 0.78 - 20);
    expect(plain?.parts[0]?.tags).not.toContain('alpha');
    expect(laid({ opacity: 40 })?.parts[0]?.tags).toContain('\\alpha&H99&');
    const bars = made(...clips, bar(WHO), {
      type: 'editTitle',
      titleId: 't-name-plate',
      accent: '#00FF00',
      opacity: 50,
    });
    const [plate, edge] = titlesOn(bars, room)[0]?.parts ?? [];
    expect(edge?.tags).toContain('\\1c&H0000FF00&\\1a&H80&');
    // The look's own 72 percent, and half of that.
    expect(plate?.tags).toContain('\\1a&HA3&');
  });

  test('what a title has of its own is taken away again, and the title is what it was', () => {
    const before = made(...clips, bar(WHO));
    const set: Operation = {
      type: 'editTitle',
      titleId: 't-name-plate',
      accent: '#00FF00',
      size: 150,
      corner: 'topLeft',
    };
    const after = applyOperation(before, set).timeline;
    expect(after.titles[0]).toMatchObject({ accent: '#00FF00', size: 150, corner: 'topLeft' });
    const back = applyOperation(after, { ...set, accent: null, size: null, corner: null }).timeline;
    expect(back.titles[0]).toEqual(before.titles[0]);
    expect(applyOperation(back, { ...set, accent: null, size: null, corner: null }).timeline).toBe(back);
  });

  test('a name bar is a plate, a bar and two lines, in from the left and out again, over the captions', () => {
    const lines = events(made(...clips, bar(WHO)));
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^Dialogue: 40,0:00:00.98,0:00:04.98,Title/);
    expect(lines[0]).toContain('\\move(');
    expect(lines[0]).toContain('\\fade(255,0,255,3,303,3703,4003)');
    expect(lines[3]).toContain('半山村茶农');
  });

  test('a field that is empty takes no room, and a title that says nothing is not there', () => {
    expect(events(made(...clips, bar({ name: '周大山', role: ' ' })))).toHaveLength(3);
    expect(events(made(...clips, bar({})))).toEqual([]);
  });

  test('in every window it is what it is in the whole film', () => {
    const timeline = made(...clips, bar(WHO));
    const [one, two, three] = windowsToAss(timeline, TARGET_CANVAS.douyin, [
      { from: 0, to: 36 },
      { from: 36, to: 120 },
      { from: 149, to: 151 },
    ]);
    expect([one?.events, two?.events, three?.events]).toEqual([4, 4, 4]);
    // Six frames of its coming are over when the second window begins: it comes on from there.
    expect(two?.ass).toMatch(/\\move\([^)]*,-217,83\)/);
    expect(three?.ass).not.toContain('\\move(');
    expect(two?.ass).toContain('\\fade(255,0,255,-217,83,3483,3783)');
    expect(three?.ass).toContain('0:00:00.00,0:00:00.02');
  });

  test('what the font lacks and what is too wide is a problem of that title', () => {
    const { problems } = timelineToAss(made(...clips, bar({ name: '😀'.repeat(3) })), TARGET_CANVAS.douyin);
    expect(problems).toEqual([{ code: 'missing_glyphs', cueId: 't-name-plate', chars: '😀' }]);
  });

  test('goes with its pictures when the storyline is cut, and goes with them', () => {
    const timeline = made(...clips, bar(WHO, 'name-plate', 5 * SECOND), bar({ title: '片头' }, 'headline', 0));
    const cut = applyOperation(timeline, { type: 'removeClip', clipId: 'c1', cues: 'follow' });
    expect(cut.timeline.titles.map(({ id, startUs, endUs }) => [id, startUs, endUs])).toEqual([
      ['t-name-plate', SECOND, 4 * SECOND + SECOND],
    ]);
    expect(applyOperation(cut.timeline, cut.inverse).timeline).toEqual(timeline);
    const stay = applyOperation(timeline, { type: 'removeClip', clipId: 'c1', cues: 'stay' });
    expect(stay.timeline.titles).toBe(timeline.titles);
  });

  test('is edited, moved on the canvas and put back', () => {
    const timeline = made(...clips, bar(WHO));
    const moved = applyOperation(timeline, { type: 'editTitle', titleId: 't-name-plate', at: { x: 500, y: 100 } });
    const [laid] = titlesOn(moved.timeline, roomOf(moved.timeline, TARGET_CANVAS.douyin));
    expect((laid?.box.x ?? 0) + (laid?.box.width ?? 0) / 2).toBeCloseTo(540);
    expect((laid?.box.y ?? 0) + (laid?.box.height ?? 0) / 2).toBeCloseTo(192);
    const back = applyOperation(moved.timeline, { type: 'editTitle', titleId: 't-name-plate', at: null });
    expect(back.timeline).toEqual(timeline);
    expect(applyOperation(timeline, { type: 'editTitle', titleId: 't-name-plate', texts: WHO }).timeline).toBe(
      timeline,
    );
  });
});
