import { describe, expect, it, test } from 'vitest';
import { fullArticle } from '../../../tests/fixtures/article.ts';
import { WECHAT_PICTURES } from '../../../tests/fixtures/wechat.ts';
import { brightness, readColour, toHsl, type Rgb } from './colour.ts';
import { darkSurface, darkText } from './dark.ts';
import { WECHAT_DARK, WECHAT_THEMES, renderWechat, wechatDark } from './index.ts';
import { textRuns } from './readable.ts';

const rgb = (text: string): Rgb => readColour(text) ?? [0, 0, 0];
const PAGE = rgb(WECHAT_DARK.page);

describe('colours at night', () => {
  it('white paper becomes the dark page', () => {
    expect(darkSurface(rgb('#fff')).map(Math.round)).toEqual([25, 25, 25]);
    expect(toHsl(darkSurface(rgb('#f5f5f5')))[2]).toBeCloseTo(109.8 - 96.08, 1);
  });

  it('bright colours are dimmed to 190, very dark ones lifted, others stay', () => {
    expect(brightness(darkSurface(rgb('#ffe9a8')))).toBeCloseTo(190, 0);
    expect(toHsl(darkSurface(rgb('#1a0505')))[2]).toBeCloseTo(22, 5);
    expect(darkSurface(rgb('#17477f'))).toEqual(rgb('#17477f'));
  });

  it('black text gets the brightness of the page’s own, white stays white', () => {
    expect(brightness(darkText(rgb('#333'), PAGE))).toBeCloseTo(163, 0);
    expect(darkText(rgb('#fff'), PAGE)).toEqual(rgb('#fff'));
  });

  it('text keeps its distance from the surface it stands on', () => {
    for (const text of ['#000', '#333', '#777', '#c0362c', '#1b4f8f', '#eee'])
      for (const surface of ['#191919', '#222', '#ffe9a8', '#17477f', '#888']) {
        const ground = darkSurface(rgb(surface));
        const apart = Math.abs(brightness(darkText(rgb(text), ground)) - brightness(ground));
        expect(apart, `${text} on ${surface}`).toBeGreaterThanOrEqual(64);
      }
  });
});

describe('an article at night', () => {
  it('changes colours and nothing else', () => {
    const html =
      '<section style="font-size:16px"><p style="margin:0;color:#333;border:1px solid #ddd">a &amp; b</p></section>';
    expect(wechatDark(html)).toBe(
      '<section style="font-size:16px"><p style="margin:0;color:#a3a3a3;border:1px solid #a3a3a3">a &amp; b</p></section>',
    );
    expect(wechatDark('<p>无色</p>')).toBe('<p>无色</p>');
  });

  it('gives text a colour where only the surface has one', () => {
    expect(wechatDark('<p style="background-color:#ffe9a8">字</p>')).toMatch(/color:#191919"|color:#(?:[0-4].){3}"/);
  });

  it('leaves drawings as they are', () => {
    const svg =
      '<section style="color:#333"><svg viewBox="0 0 1 1"><path fill="#333" style="fill:#333"/></svg></section>';
    expect(wechatDark(svg)).toContain('<path fill="#333" style="fill:#333"/>');
  });

  test.each(WECHAT_THEMES.map((t) => [t.id, t] as const))('%s can be read', (_id, theme) => {
    const runs = textRuns(wechatDark(renderWechat(fullArticle(), { ...WECHAT_PICTURES, theme }).html), WECHAT_DARK);
    expect(runs.length).toBeGreaterThan(60);
    for (const run of runs) expect(run.contrast, run.text).toBeGreaterThanOrEqual(run.bold && run.size >= 18 ? 3 : 4.5);
  });
});
