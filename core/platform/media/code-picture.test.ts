import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { codeMatrix, codeSvg } from '../../model/code.ts';
import { codePicture } from './code-picture.ts';

describe('a code as a picture', () => {
  it('has every module as it was, in whole pixels, with its quiet zone', async () => {
    const dark = codeMatrix('https://example.org/guide') ?? [];
    const picture = await codePicture(dark, 430);
    expect(picture.format).toBe('png');
    expect(picture.width).toBeGreaterThanOrEqual(430);
    expect(picture.width % dark.length).toBe(0);
    const module = picture.width / dark.length;
    const { data, info } = await sharp(picture.data).greyscale().raw().toBuffer({ resolveWithObject: true });
    const read = dark.map((row, y) =>
      row.map(
        (_, x) =>
          (data[(Math.floor((y + 0.5) * module) * info.width + Math.floor((x + 0.5) * module)) * info.channels] ?? 0) <
          128,
      ),
    );
    expect(read).toEqual(dark);
    for (let i = 0; i < dark.length; i += 1)
      for (const edge of [0, 1, 2, 3]) expect(dark[edge]?.[i] || dark[i]?.[edge]).toBe(false);
    // The corner squares of every code (ISO/IEC 18004): seven dark modules in a row.
    expect(dark[4]?.slice(4, 12)).toEqual([true, true, true, true, true, true, true, false]);
  });

  it('is none for an address that no code holds', () => {
    expect(codeMatrix(`https://example.org/?${'茶'.repeat(770)}`)).not.toBeNull();
    expect(codeMatrix(`https://example.org/?${'茶'.repeat(771)}`)).toBeNull();
    expect(codeSvg('x'.repeat(4096))).toBeNull();
    expect(codeSvg('https://example.org/')).toMatch(/^<svg .*<path fill="#000" d="M4 4h7v1h-7z/);
  });

  it('refuses what is no code', async () => {
    await expect(codePicture([], 430)).rejects.toMatchObject({ code: 'tool_failed' });
  });
});
