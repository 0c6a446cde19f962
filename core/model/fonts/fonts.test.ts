import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FONT_TABLE_FILE, bundledFont, fontTableText } from '../../../scripts/font-table.ts';
import { FONTSIZE_OF_EM, lineWidthEm, missingGlyphs } from './index.ts';

describe('the table of the bundled font', () => {
  test('is what the font says', async () => {
    expect(readFileSync(FONT_TABLE_FILE, 'utf8')).toBe(await fontTableText());
  });

  test.each(['regular', 'bold'] as const)('%s: every character as wide as in the font', (weight) => {
    const font = bundledFont(weight);
    const bold = weight === 'bold';
    const wrong = font.characterSet.filter((code) => {
      const width = font.glyphForCodePoint(code).advanceWidth / font.unitsPerEm;
      return Math.abs(lineWidthEm(String.fromCodePoint(code), bold) - width) > 1e-9;
    });
    expect(wrong).toEqual([]);
  });

  test('knows what is missing, each once; spaces and joiners are not', () => {
    expect(missingGlyphs('春茶🍵开采🍵\n2026 年\u2060\u00A0𠀋𪚥')).toEqual(['🍵', '𠀋', '𪚥']);
    expect(missingGlyphs('')).toEqual([]);
  });

  test('a Chinese character is one em, Latin ones are narrower, bold ones wider', () => {
    expect(lineWidthEm('春茶开采', true)).toBe(4);
    expect(lineWidthEm('WiFi', false)).toBeLessThan(lineWidthEm('WiFi', true));
    expect(FONTSIZE_OF_EM).toBe(1.448);
  });
});
