/**
 * `node --import tsx scripts/font-table.ts`: writes core/model/fonts/noto-sans-sc.ts, what the studio must know of the
 * bundled caption font to break lines and to say which characters it lacks. A test fails when the table is old.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { openSync, type Font } from 'fontkit';
import { format, resolveConfig } from 'prettier';

export const FONT_TABLE_FILE = path.resolve(import.meta.dirname, '../core/model/fonts/noto-sans-sc.ts');
const require = createRequire(import.meta.url);

/** The font as shipped. */
export function bundledFont(weight: 'regular' | 'bold'): Font {
  const name = weight === 'bold' ? '700Bold/NotoSansSC_700Bold.ttf' : '400Regular/NotoSansSC_400Regular.ttf';
  const font = openSync(require.resolve(`@expo-google-fonts/noto-sans-sc/${name}`));
  if (!('glyphForCodePoint' in font)) throw new Error(`${name} is a collection`);
  return font;
}

/** Runs of neighbouring code points with one value, as `gap.length[.value]` in base 36, parted by spaces. */
function runs(points: readonly { code: number; value: number | null }[]): string {
  const found: { start: number; length: number; value: number | null }[] = [];
  for (const { code, value } of points) {
    const last = found.at(-1);
    if (last && last.start + last.length === code && last.value === value) last.length += 1;
    else found.push({ start: code, length: 1, value });
  }
  let end = 0;
  return found
    .map(({ start, length, value }) => {
      const parts = [start - end, length, ...(value === null ? [] : [value])];
      end = start + length;
      return parts.map((part) => part.toString(36)).join('.');
    })
    .join(' ');
}

const pointsOf = (font: Font): number[] => [...font.characterSet].sort((a, b) => a - b);

function widths(font: Font): string {
  const points = pointsOf(font).map((code) => ({ code, value: font.glyphForCodePoint(code).advanceWidth }));
  return runs(points.filter(({ value }) => value !== font.unitsPerEm));
}

/** Text of the table file. */
export async function fontTableText(): Promise<string> {
  const [regular, bold] = [bundledFont('regular'), bundledFont('bold')];
  const coverage = runs(pointsOf(regular).map((code) => ({ code, value: null })));
  if (coverage !== runs(pointsOf(bold).map((code) => ({ code, value: null })))) throw new Error('weights differ');
  const metrics = [regular, bold].map((font) => `${font.unitsPerEm}/${font.ascent}/${font.descent}`);
  if (metrics[0] !== metrics[1]) throw new Error('metrics differ');
  const text = `/** Written by scripts/font-table.ts from @expo-google-fonts/noto-sans-sc; core/model/fonts/index.ts reads it. */
export const NOTO_SANS_SC = {
  family: ${JSON.stringify(regular.familyName)},
  unitsPerEm: ${regular.unitsPerEm},
  /** Above and below the base line, units. */
  ascent: ${regular.ascent},
  descent: ${-regular.descent},
  /** Code points it has: \`gap.length\` in base 36. */
  coverage: ${JSON.stringify(coverage)},
  /** Advances that are not one em: \`gap.length.units\` in base 36. */
  widths: { regular: ${JSON.stringify(widths(regular))}, bold: ${JSON.stringify(widths(bold))} },
} as const;
`;
  return format(text, { ...(await resolveConfig(FONT_TABLE_FILE)), parser: 'typescript' });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(FONT_TABLE_FILE, await fontTableText());
}
