import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fontFiles, fontsDir } from './fonts.ts';

const cache = mkdtempSync(path.join(os.tmpdir(), 'tongxin-fonts-'));
afterAll(() => rmSync(cache, { recursive: true, force: true }));

/** Tables of a font by their tag: where they begin, and their length. */
function tablesOf(font: Buffer): Map<string, { entry: number; length: number }> {
  const entries = Array.from({ length: font.readUInt16BE(4) }, (_, i) => 12 + 16 * i);
  return new Map(
    entries.map((entry) => [
      font.toString('latin1', entry, entry + 4),
      { entry, length: font.readUInt32BE(entry + 12) },
    ]),
  );
}

test('libass gets the two fonts and nothing else, their hinting switch emptied and not a byte more changed', async () => {
  mkdirSync(path.join(cache, 'fonts'));
  writeFileSync(path.join(cache, 'fonts', 'old.ttf'), 'of an earlier version');
  const dir = await fontsDir(cache);
  expect(readdirSync(dir).sort()).toEqual(['NotoSansSC_400Regular.ttf', 'NotoSansSC_700Bold.ttf']);
  expect(readdirSync(cache)).toEqual([path.basename(dir)]);
  for (const from of Object.values(await fontFiles())) {
    const [was, is] = [readFileSync(from), readFileSync(path.join(dir, path.basename(from)))];
    const entry = tablesOf(was).get('prep');
    expect(entry?.length).toBe(7);
    was.writeUInt32BE(0, (entry?.entry ?? 0) + 12);
    expect(is.equals(was)).toBe(true);
    // Else the interpreter is asked, and not the autohinter.
    expect(tablesOf(is).has('fpgm')).toBe(false);
  }
  // A second time nothing is written.
  const before = readdirSync(dir, { withFileTypes: true }).map(({ name }) => name);
  expect(await fontsDir(cache)).toBe(dir);
  expect(readdirSync(dir)).toEqual(before);
});
