/** The ready-made looks in templates/captions. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CAPTION_PRESETS, captionPreset, looksLike } from './caption-presets.ts';
import { applyOperations } from './operations.ts';
import { captionStyle, emptyTimeline } from './timeline.ts';

const folder = path.resolve(import.meta.dirname, '../../../templates/captions');

/** Relative luminance of #RRGGBB (WCAG 2.2). */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe('caption presets', () => {
  it('are all the files of the folder, named once', () => {
    const files = readdirSync(folder).map((name) => name.replace('.json', ''));
    expect(CAPTION_PRESETS.map(({ id }) => id).sort()).toEqual(files.sort());
    for (const part of ['zh', 'en'] as const)
      expect(new Set(CAPTION_PRESETS.map(({ name }) => name[part])).size).toBe(CAPTION_PRESETS.length);
    expect(CAPTION_PRESETS.map(({ order }) => order)).toEqual([1, 2, 3, 4, 5]);
  });
  it('are told apart, and chosen by one operation that leaves font and line width alone', () => {
    const before = { ...emptyTimeline() };
    const wide = captionStyle.parse({ font: 'Other', lineWidth: 700, size: 44 });
    const timeline = { ...before, captions: { ...before.captions, style: wide } };
    for (const preset of CAPTION_PRESETS) {
      const done = applyOperations(timeline, [{ type: 'setCaptionStyle', style: preset.style }]);
      const { style } = done.timeline.captions;
      expect([style.font, style.lineWidth]).toEqual(['Other', 700]);
      expect(CAPTION_PRESETS.filter((each) => looksLike(style, each))).toEqual([preset]);
      expect(applyOperations(done.timeline, done.inverse).timeline.captions.style).toEqual(wide);
    }
    expect(looksLike(captionStyle.parse({}), CAPTION_PRESETS[0]!)).toBe(true);
  });
  it('read on black and on white: 4.5 to 1 against their rim or plate', () => {
    for (const { id, style } of CAPTION_PRESETS) {
      const ground = style.box?.colour ?? style.outlineColour;
      const [light, dark] = [luminance(style.colour), luminance(ground)].sort((a, b) => b - a) as [number, number];
      expect((light + 0.05) / (dark + 0.05), id).toBeGreaterThan(4.5);
      expect(style.outlineWidth > 0 || style.box !== null, id).toBe(true);
    }
  });
  it('a file that does not fit is refused with its place', () => {
    const bad = { ...CAPTION_PRESETS[0], style: { ...CAPTION_PRESETS[0]!.style, size: 4 } };
    expect(captionPreset.safeParse(bad).error?.issues[0]?.path).toEqual(['style', 'size']);
    expect(captionPreset.safeParse({ ...CAPTION_PRESETS[0], font: 'x' }).success).toBe(false);
  });
});
