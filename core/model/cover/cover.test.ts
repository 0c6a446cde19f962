import { describe, expect, it } from 'vitest';
import { random } from '../../../tests/fixtures/random-article.ts';
import { parseArticle } from '../article/index.ts';
import { versionContent } from '../article/canonical.ts';
import { assetIds, coverOfArticle } from '../article/text.ts';
import { lineWidthEm } from '../fonts/index.ts';
import {
  COVER_PLACES,
  COVER_RATIOS,
  COVER_RATIO_IDS,
  COVER_SIZES,
  COVER_STYLES,
  COVER_STYLE_IDS,
  coverLayout,
  coverOf,
  coverProblem,
  cropOf,
  cropString,
  normalCover,
  ratioById,
  settledView,
  type Cover,
  type CoverRatioId,
} from './index.ts';

const titled = (words: string, more: Partial<NonNullable<Cover['text']>> = {}): Cover => ({
  ...coverOf('a'),
  text: { words, style: 'shade', place: 'bottom', size: 'large', ...more },
});

describe('a crop', () => {
  it('lies inside the picture, has the frame’s shape within a pixel, and is as large as its zoom allows', () => {
    const next = random(7);
    for (let n = 0; n < 2000; n += 1) {
      const picture = { width: 1 + Math.floor(next() * 5000), height: 1 + Math.floor(next() * 5000) };
      const frame = COVER_RATIOS[n % COVER_RATIOS.length]!;
      const view = { x: next(), y: next(), zoom: 1 + next() * 3 };
      const crop = cropOf(frame, view, picture);
      expect(crop.left).toBeGreaterThanOrEqual(0);
      expect(crop.top).toBeGreaterThanOrEqual(0);
      expect(crop.left + crop.width).toBeLessThanOrEqual(picture.width);
      expect(crop.top + crop.height).toBeLessThanOrEqual(picture.height);
      const wanted = (crop.width * frame.height) / frame.width;
      expect(Math.abs(crop.height - wanted)).toBeLessThanOrEqual(1);
      const most = Math.min(picture.width, (picture.height * frame.width) / frame.height);
      expect(Math.abs(crop.width - most / view.zoom)).toBeLessThanOrEqual(1);
      // What its settled view shows is the same crop.
      expect(cropOf(frame, settledView(frame, view, picture), picture)).toEqual(crop);
    }
  });

  it('is told to official accounts as corners of the unit square', () => {
    const picture = { width: 2000, height: 1500 };
    const wide = cropOf(ratioById('2.35x1'), { x: 0.5, y: 0, zoom: 1 }, picture);
    expect(wide).toEqual({ left: 0, top: 0, width: 2000, height: 851 });
    expect(cropString(wide, picture)).toBe('0_0_1_0.567333');
    const square = cropOf(ratioById('1x1'), { x: 1, y: 0.5, zoom: 2 }, picture);
    expect(cropString(square, picture)).toBe('0.625_0.25_1_0.75');
  });
});

describe('a cover', () => {
  it('is refused with its place where it is none', () => {
    const good = { ...titled('茶'), own: { '1x1': { x: 0, y: 1, zoom: 4 } } };
    expect(coverProblem(good)).toBeNull();
    const view = { x: 0.5, y: 0.5, zoom: 1 };
    const bad: [unknown, RegExp][] = [
      [7, /cover/],
      [[], /cover/],
      [{ ...good, image: '' }, /image/],
      [{ ...good, ai: 'yes' }, /ai/],
      [{ ...good, view: { ...view, x: 1.01 } }, /view/],
      [{ ...good, view: { ...view, x: NaN } }, /view/],
      [{ ...good, view: { ...view, zoom: 4.5 } }, /view/],
      [{ ...good, view: { ...view, extra: 1 } }, /view/],
      [{ ...good, own: { '5x4': view } }, /own/],
      [{ ...good, own: { '1x1': { x: 0 } } }, /own\.1x1/],
      [{ ...good, text: { ...good.text, words: '茶'.repeat(61) } }, /words/],
      [{ ...good, text: { ...good.text, words: 'a\u0007b' } }, /words/],
      [{ ...good, text: { ...good.text, words: '\ud800' } }, /words/],
      [{ ...good, text: { ...good.text, style: 'comic' } }, /style/],
      [{ ...good, text: { ...good.text, html: '<b>' } }, /html/],
      [{ ...good, path: '/etc/passwd' }, /path/],
    ];
    for (const [value, place] of bad) expect(coverProblem(value), JSON.stringify(value)).toMatch(place);
  });

  it('belongs to the article: kept, hashed the same however it was written, its picture among the assets', () => {
    const content = [{ type: 'paragraph', content: [{ type: 'text', text: '春。' }] }];
    const cover = { ...titled('春茶'), view: { x: 0.123456, y: 0.5, zoom: 1 } };
    const doc = parseArticle({ type: 'doc', attrs: { cover }, content });
    expect(doc.attrs).toEqual({ cover: normalCover(cover) });
    expect(doc.attrs?.cover?.view.x).toBe(0.1235);
    expect(assetIds(doc)).toEqual(['a']);
    const otherOrder = Object.fromEntries(Object.entries(cover).toReversed());
    const again = parseArticle({ type: 'doc', attrs: { cover: otherOrder, theme: null }, content });
    expect(versionContent({ title: '', doc: again })).toBe(versionContent({ title: '', doc }));
    expect(parseArticle({ type: 'doc', attrs: { cover: null }, content })).toEqual(
      parseArticle({ type: 'doc', content }),
    );
    expect(() => parseArticle({ type: 'doc', attrs: { cover: { image: 'a' } }, content })).toThrow('cover');
  });

  it('is an AI’s where the text says so of its picture, whatever was said when it was chosen', () => {
    const image = (ai: boolean) => ({ type: 'image', attrs: { assetId: 'a', ai } });
    const article = (ai: boolean) =>
      parseArticle({ type: 'doc', attrs: { cover: coverOf('a') }, content: [image(ai)] });
    expect(coverOfArticle(article(true))?.ai).toBe(true);
    expect(coverOfArticle(article(false))?.ai).toBe(false);
    expect(coverOfArticle(parseArticle({ type: 'doc', content: [image(true)] }))).toBeNull();
  });

  it('has the ratios and styles that its shape names, each safe part inside its frame', () => {
    expect(COVER_RATIOS.map(({ id }) => id)).toEqual(COVER_RATIO_IDS);
    expect(COVER_STYLES.map(({ id }) => id)).toEqual(COVER_STYLE_IDS);
    for (const { id, width, height, safe, source, checked } of COVER_RATIOS) {
      const [w, h] = id.split('x').map(Number);
      expect(Math.abs(width / height - w! / h!)).toBeLessThan(0.001);
      expect(safe.left + safe.right).toBeLessThan(0.3);
      expect(safe.top + safe.bottom).toBeLessThan(0.4);
      expect(source.length).toBeGreaterThan(10);
      expect(checked).toMatch(/^2026-/);
    }
  });
});

describe('words on a cover', () => {
  const TITLES = [
    '春茶',
    '老周的第四十个春茶季',
    '一张红纸，\n三代人',
    '岚溪县 2026 年上半年惠企便民十件实事',
    'GDP 增长 6.5%',
  ];

  it('stand inside the safe part of every frame, in every style, place and size, over what lies under them', () => {
    for (const ratio of COVER_RATIOS) {
      const { safe, width: W, height: H } = ratio;
      for (const words of TITLES)
        for (const style of COVER_STYLE_IDS)
          for (const place of COVER_PLACES)
            for (const size of COVER_SIZES) {
              const { lines, shapes, problems } = coverLayout(titled(words, { style, place, size }), ratio);
              const about = [ratio.id, words, style, place, size].join(' ');
              if (problems.length > 0) continue;
              expect(
                lines
                  .map((l) => l.text)
                  .join('')
                  .replaceAll(/\s/g, ''),
                about,
              ).toBe(words.replaceAll(/\s/g, ''));
              for (const line of lines) {
                const right = line.x + lineWidthEm(line.text, true) * line.size;
                expect(line.x, about).toBeGreaterThanOrEqual(W * safe.left - 0.5);
                expect(right, about).toBeLessThanOrEqual(W * (1 - safe.right) + 0.5);
                expect(line.y - line.size * 0.9, about).toBeGreaterThanOrEqual(H * safe.top - 0.5);
                expect(line.y + line.size * 0.15, about).toBeLessThanOrEqual(H * (1 - safe.bottom) + 0.5);
              }
              for (const shape of shapes) {
                expect(shape.y, about).toBeGreaterThanOrEqual(-0.5);
                expect(shape.y + shape.height, about).toBeLessThanOrEqual(H + 0.5);
              }
            }
    }
  });

  it('fit every frame when they are short, and say so when they are too long for a list', () => {
    for (const ratio of COVER_RATIOS)
      for (const style of COVER_STYLE_IDS) {
        expect(coverLayout(titled('老周的第四十个春茶季', { style, size: 'medium' }), ratio).problems).toEqual([]);
        const long = coverLayout(titled(Array(12).fill('茶').join('\n'), { style }), ratio);
        expect(
          long.problems.map(({ code }) => code),
          `${ratio.id} ${style}`,
        ).toEqual(['text_long']);
      }
  });

  it('are broken where they are read: a number keeps its unit, and a short line shrinks before it breaks', () => {
    const linesOf = (words: string, id: CoverRatioId): string[] =>
      coverLayout(titled(words), ratioById(id)).lines.map(({ text }) => text);
    for (const id of COVER_RATIO_IDS) {
      expect(linesOf('岚溪县 2026 年惠企便民', id).join('|'), id).toContain('2026 年');
      expect(linesOf('云上合作社', id)).toEqual(['云上合作社']);
    }
  });

  it('that the font lacks are named; an AI’s picture and a draft are labelled', () => {
    const ratio = ratioById('1x1');
    expect(coverLayout(titled('茶🍵'), ratio).problems).toEqual([{ code: 'glyphs', params: { characters: '🍵' } }]);
    const marked = coverLayout({ ...coverOf('a'), ai: true }, ratio, { draft: true });
    expect(marked.lines.map(({ text }) => text)).toEqual(['AI 生成', '草稿 · 未经审核，不得发布']);
    // GB 45438-2025: at least a twentieth of the shorter side.
    expect(marked.lines[0]!.size).toBeGreaterThanOrEqual(25);
    expect(coverLayout(coverOf('a'), ratio)).toEqual({ shapes: [], lines: [], problems: [] });
  });

  it('a part of the picture smaller than the file is told', () => {
    const crop = { left: 0, top: 0, width: 300, height: 300 };
    const [problem] = coverLayout(coverOf('a'), ratioById('1x1'), { crop }).problems;
    expect(problem).toEqual({ code: 'picture_small', params: { width: 300, wanted: 500 } });
    expect(coverLayout(coverOf('a'), ratioById('1x1'), { crop: { ...crop, width: 450 } }).problems).toEqual([]);
  });
});
