// The cover of a film: set and taken back, on its picture whatever is cut, its title inside what is free in every shape.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SECOND as S, made } from '../../../tests/fixtures/timeline.ts';
import { coverPictures, coverShapes, coversOf } from '../platforms/index.ts';
import { StudioError } from '../errors.ts';
import {
  COVER_LOOKS,
  applyOperation,
  applyOperations,
  coverFrameOf,
  coverMoments,
  coverToAss,
  parseTimeline,
  timelineContent,
  usedAssetIds,
} from './index.ts';
import type { FilmCover, Operation, Timeline } from './index.ts';

const clip = (id: string, inUs: number, outUs: number, assetId = 'a'): Operation => ({
  type: 'insertClip',
  clip: { id, assetId, inUs, outUs },
});
/** Clips of 2 s, 4 s and 1 s. */
const film = (...more: Operation[]): Timeline =>
  made(clip('1', 0, 2 * S), clip('2', S, 5 * S), clip('3', 0, S), ...more);
const run = (timeline: Timeline, ...list: Operation[]): Timeline => applyOperations(timeline, list).timeline;
const set = (cover: FilmCover | null): Operation => ({ type: 'setCover', cover });
const refusal = (timeline: Timeline, op: Operation): string => {
  try {
    applyOperation(timeline, op);
  } catch (error) {
    if (error instanceof StudioError) return `${error.code} ${String(error.params['what'])}`;
  }
  return 'done';
};

describe('a cover', () => {
  it('is a part of the timeline only where there is one, and is taken back to the byte', () => {
    const before = film();
    expect(timelineContent(before)).not.toContain('cover');
    const first = applyOperation(before, set({ atUs: 3 * S, title: { look: 'band', texts: { title: '春茶' } } }));
    expect(first.timeline.cover).toEqual({ atUs: 3 * S, title: { look: 'band', texts: { title: '春茶' } } });
    expect(timelineContent(parseTimeline(JSON.parse(timelineContent(first.timeline))))).toBe(
      timelineContent(first.timeline),
    );
    const second = applyOperation(first.timeline, set({ assetId: 'e' }));
    expect(timelineContent(applyOperation(second.timeline, second.inverse).timeline)).toBe(
      timelineContent(first.timeline),
    );
    expect(timelineContent(applyOperation(first.timeline, first.inverse).timeline)).toBe(timelineContent(before));
    // What says nothing is none; the same once more changes nothing.
    expect(run(first.timeline, set({})).cover).toBeUndefined();
    expect(applyOperation(second.timeline, set({ assetId: 'e' })).timeline).toBe(second.timeline);
  });

  it('names a picture of the table or a moment, and a look that is there', () => {
    expect(refusal(film(), set({ assetId: 'x' }))).toMatch(/^bad_timeline cover: .*not in the table/);
    expect(refusal(film(), set({ assetId: 'a' }))).toMatch(/no picture/);
    expect(refusal(film(), set({ assetId: 'e', atUs: 0 }))).toMatch(/at once/);
    expect(refusal(film(), set({ title: { look: 'headline', texts: {} } }))).toBe(
      'bad_timeline cover: no look headline',
    );
    const pictured = run(film(), set({ assetId: 'e' }));
    expect(usedAssetIds(pictured)).toEqual(['a', 'e']);
    expect(refusal(pictured, { type: 'removeAsset', assetId: 'e' })).toMatch(/cover/);
  });

  it('stays on its picture when the storyline is cut; without its clip none is chosen any more', () => {
    // 1.5 s into the second clip.
    const at = run(film(), set({ atUs: 3.5 * S, words: true }));
    const moved = (...ops: Operation[]) => run(at, ...ops).cover?.atUs;
    expect(moved({ type: 'removeClip', clipId: '1' })).toBe(1.5 * S);
    expect(moved({ type: 'moveClip', clipId: '2', to: 2 })).toBe(4.5 * S);
    expect(moved({ type: 'trimClip', clipId: '2', inUs: 2 * S })).toBe(2.5 * S);
    expect(moved({ type: 'setSpeed', clipId: '2', speed: '2/1' })).toBe(2.75 * S);
    expect(moved({ type: 'setReversed', clipId: '2', reversed: true })).toBe(4.5 * S - 1);
    expect(moved({ type: 'splitClip', atUs: 3 * S, newId: 'n' })).toBe(3.5 * S);
    expect(moved({ type: 'insertClip', clip: { id: 'n', assetId: 'b', inUs: 0, outUs: 1_001_000 }, at: 0 })).toBe(
      4_501_000,
    );
    // Cut off: the nearest that is left of the same clip.
    expect(moved({ type: 'trimClip', clipId: '2', outUs: 2 * S })).toBe(3 * S - 1);
    const gone = run(at, { type: 'removeClip', clipId: '2' });
    expect(gone.cover).toEqual({ words: true });
    expect(run(film(), set({ atUs: 3 * S }), { type: 'removeClip', clipId: '2' }).cover).toBeUndefined();
    const cut = applyOperation(at, { type: 'removeClip', clipId: '2' });
    expect(timelineContent(applyOperation(cut.timeline, cut.inverse).timeline)).toBe(timelineContent(at));
    // A picture stays whatever is cut.
    expect(run(film(), set({ assetId: 'e' }), { type: 'removeClip', clipId: '1' }).cover).toEqual({ assetId: 'e' });
  });

  it('has for one platform what that has otherwise, over what its shape has', () => {
    const [left, right] = [
      { x: 0, y: 500, zoom: 1000 },
      { x: 1000, y: 500, zoom: 2000 },
    ];
    const cover: FilmCover = {
      frames: { '3:4': { fill: left, at: { x: 500, y: 200 } } },
      platforms: {
        douyin: { '3:4': { fill: right }, '4:3': { fill: left } },
        channels: { '3:4': { fill: null, at: { x: 1, y: 2 } } },
      },
    };
    const of = (shape: string, target?: string) => coverFrameOf(cover, { shape, target });
    expect(of('3:4')).toEqual({ fill: left, at: { x: 500, y: 200 } });
    expect(of('3:4', 'xiaohongshu')).toEqual(of('3:4'));
    expect(of('3:4', 'douyin')).toEqual({ fill: right, at: { x: 500, y: 200 } });
    expect(of('3:4', 'channels')).toEqual({ at: { x: 1, y: 2 } });
    expect([of('4:3', 'douyin'), of('4:3', 'channels'), of('4:3')]).toEqual([{ fill: left }, {}, {}]);
    const framed = applyOperation(film(), set(cover));
    const text = timelineContent(framed.timeline);
    expect(timelineContent(parseTimeline(JSON.parse(text)))).toBe(text);
    expect(timelineContent(applyOperation(framed.timeline, framed.inverse).timeline)).toBe(timelineContent(film()));
    // It stays with the cover whatever is cut, and says something where it is there.
    expect(run(framed.timeline, { type: 'removeClip', clipId: '2' }).cover).toEqual(cover);
    // A platform that says nothing is refused, and a name that no profile can have.
    const parsed = (platforms: unknown) => () =>
      parseTimeline({ ...(JSON.parse(timelineContent(film())) as object), cover: { platforms } });
    expect(parsed({ douyin: { '3:4': { fill: null } } })).not.toThrow();
    for (const wrong of [{}, { douyin: {} }, { douyin: { '3:4': {} } }, { 'Dou Yin': { '3:4': { fill: null } } }])
      expect(parsed(wrong)).toThrow();
  });

  it('is looked for a third into the first clip where nobody chose one, then further on', () => {
    expect(coverMoments(film())).toEqual([666_666, 1_333_333, 3_333_333, 4_666_666, 6_333_333, 6_666_666]);
    expect(coverMoments(made())).toEqual([]);
  });
});

describe('the platforms’ covers', () => {
  it('are one picture a shape, as the profiles say', () => {
    expect(
      coverShapes().map(({ shape, width, height, targets, maxBytes }) => [shape, width, height, targets, maxBytes]),
    ).toEqual([
      ['9:16', 1080, 1920, ['douyin', 'kuaishou'], 10_000_000],
      ['3:4', 1080, 1440, ['douyin', 'channels', 'xiaohongshu'], null],
      ['4:3', 1440, 1080, ['douyin', 'channels'], null],
      ['16:10', 1146, 717, ['bilibili'], 5_000_000],
      ['16:9', 1920, 1080, ['weibo'], 5_000_000],
    ]);
    expect(coversOf('archive')).toEqual([]);
  });

  it('are one more for each platform that is framed by itself; the shape’s own only while somebody shows it', () => {
    const fill = { x: 0, y: 500, zoom: 1000 };
    const pictures = (cover: FilmCover | null) =>
      coverPictures(coverShapes(), cover).map(({ shape, targets, alone }) => [shape, targets.join(' '), alone]);
    const plain = pictures(null);
    expect(plain).toHaveLength(5);
    expect(coverPictures(coverShapes(), { frames: { '3:4': { fill } } })).toEqual(coverShapes());
    const platforms = {
      douyin: { '3:4': { fill }, '9:16': { fill }, '16:9': { fill } },
      kuaishou: { '9:16': { fill: null } },
      gone: { '3:4': { fill } },
    };
    expect(pictures({ platforms })).toEqual([
      ['9:16', 'douyin', 'douyin'],
      ['9:16', 'kuaishou', 'kuaishou'],
      ['3:4', 'channels xiaohongshu', undefined],
      ['3:4', 'douyin', 'douyin'],
      ...plain.slice(2),
    ]);
  });
});

describe('a cover’s title', () => {
  const folder = path.resolve(import.meta.dirname, '../../../templates/video/covers');
  const laid = (cover: FilmCover, shape: string, more = {}) => {
    const one = coverShapes().find((each) => each.shape === shape)!;
    return coverToAss(run(film(), set(cover)), { ...one, ...more }, { shape, frame: 10 });
  };
  const titled = (look: string, title: string, more: Partial<NonNullable<FilmCover['title']>> = {}): FilmCover => ({
    atUs: 0,
    title: { look, texts: { title, kicker: '乡村振兴 · 第三期' }, ...more },
  });

  it('has as many looks as there are files', () => {
    const files = readdirSync(folder);
    expect(COVER_LOOKS.map(({ id }) => `${id}.json`).sort()).toEqual(files.sort());
    for (const file of files)
      expect(JSON.parse(readFileSync(path.join(folder, file), 'utf8'))).toHaveProperty('name.zh');
  });

  it('lies inside what is free, in every look and shape, and shrinks before it takes too much', () => {
    for (const { shape, width, height, safe } of coverShapes()) {
      for (const { id } of COVER_LOOKS) {
        for (const words of ['春茶', '老周的第四十个春茶季', '岚溪县 2026 年上半年惠企便民十件实事']) {
          const { title, problems, tooLong } = laid(titled(id, words), shape);
          const about = `${shape} ${id} ${words}`;
          expect(problems, about).toEqual([]);
          expect(tooLong, about).toBe(false);
          if (!title) throw new Error(about);
          expect(title.x, about).toBeGreaterThanOrEqual((width * safe.left) / 1000 - 1);
          expect(title.x + title.width, about).toBeLessThanOrEqual(width * (1 - safe.left / 1000) + 1);
          expect(title.y, about).toBeGreaterThanOrEqual((height * safe.top) / 1000 - 1);
          expect(title.y + title.height, about).toBeLessThanOrEqual(height * (1 - safe.bottom / 1000) + 1);
        }
      }
      expect(laid(titled('large', '茶'.repeat(300)), shape)).toMatchObject({ tooLong: true });
    }
    expect(laid(titled('large', '茶🍵'), '3:4').problems).toMatchObject([{ code: 'missing_glyphs', chars: '🍵' }]);
  });

  it('is larger or smaller as asked, stands where it was put, in one shape elsewhere', () => {
    const height = (size: number) => laid(titled('band', '春茶', { size }), '3:4').title?.height ?? 0;
    expect(height(150) / height(100)).toBeCloseTo(1.5, 1);
    const put = {
      ...titled('band', '春茶', { at: { x: 500, y: 250 } }),
      frames: { '4:3': { at: { x: 700, y: 750 } } },
    };
    const middle = (shape: string) => {
      const one = coverShapes().find((each) => each.shape === shape)!;
      const { title } = laid(put, shape);
      if (!title) return null;
      const across = (title.x + title.width / 2) / one.width;
      return [across, (title.y + title.height / 2) / one.height].map((v) => Math.round(v * 1000));
    };
    expect(middle('3:4')).toEqual([500, 250]);
    expect(middle('4:3')).toEqual([700, 750]);
    const own = { ...put, platforms: { douyin: { '4:3': { at: { x: 400, y: 300 } } } } };
    const draw = (target?: string) =>
      coverToAss(run(film(), set(own)), { width: 1440, height: 1080 }, { shape: '4:3', target, frame: 10 }).title!;
    expect(Math.round(draw('douyin').y + draw('douyin').height / 2)).toBe(324);
    expect(draw('channels')).toEqual(draw());
  });

  it('has the film’s own words only where they are asked for; label and mark are drawn', () => {
    const spoken: Operation = {
      type: 'importCues',
      cues: [{ id: 'q', startUs: 0, endUs: S, text: '凌晨四点半' }],
      mode: 'replace',
    };
    const one = coverShapes()[0]!;
    const words = (cover: FilmCover | null, more = {}, frame: number | null = 10) =>
      coverToAss(run(film(), spoken, set(cover)), { ...one, ...more }, { shape: one.shape, frame });
    expect(words(null)).toMatchObject({ events: 0, title: null });
    expect(words({ words: true }).ass).toContain('凌晨四点半');
    expect(words({ words: true }, {}, null).events).toBe(0);
    expect(words({ words: true }, {}, 40).events).toBe(0);
    const told = words(titled('top', '春茶'), { aiMade: true, draft: true }).ass;
    expect(told).toContain('人工智能生成');
    expect(told).toContain('草稿 未经审核');
    expect(told).not.toContain('凌晨四点半');
  });
});
