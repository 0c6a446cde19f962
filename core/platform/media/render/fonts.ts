/** The folder libass takes its fonts from: the two bundled ones and nothing else. */
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { halfFileOf, renameOver, syncFile } from '../../files.ts';

const FONTS = ['400Regular/NotoSansSC_400Regular.ttf', '700Bold/NotoSansSC_700Bold.ttf'];

/** The built page's fonts, outside the archive: `NotoSansSC_700Bold-<hash>.ttf` and its sister, alone in their folder. */
const BUILT = /^NotoSansSC_(?:400Regular|700Bold)-[\w-]+\.ttf$/;

/** Of the name, what a build leaves as it is. */
const FAMILY = /^NotoSansSC_(?:400Regular|700Bold)/;

/** The packaged program's own folder, or null in a checkout. */
async function packaged(): Promise<string | null> {
  const { resourcesPath } = process as { resourcesPath?: string };
  if (resourcesPath === undefined) return null;
  const dir = path.join(resourcesPath, 'app.asar.unpacked', 'out', 'renderer', 'assets');
  const names = await readdir(dir).catch(() => []);
  return names.length === FONTS.length && names.every((name) => BUILT.test(name)) ? dir : null;
}

/**
 * The font with an empty `prep` table. Its seven bytes only switch on drop-out control, which no glyph of a font without instructions makes use
 * of, but they decide how wide FreeType (before 2.13) takes a letter: with them the advance is rounded, without them its autohinter works it
 * out, as it always does in the page, whose libass is built without an interpreter. A line of Latin letters was up to two pixels wider
 * in the film than in the page. Table directory: OpenType, "Font file".
 */
export function withoutPrep(font: Buffer): Buffer {
  const out = Buffer.from(font);
  const tables = out.readUInt16BE(4);
  for (let at = 12; at < 12 + tables * 16; at += 16) {
    if (out.toString('latin1', at, at + 4) === 'prep') out.writeUInt32BE(0, at + 12);
  }
  return out;
}

/** Absolute folder with the fonts, made beside the cache once. Errors: of the file system. */
export async function fontsDir(cacheDir: string): Promise<string> {
  const dir = path.join(cacheDir, 'fonts-autohinted');
  await mkdir(dir, { recursive: true });
  // As they are; what an earlier version drew with.
  await rm(path.join(cacheDir, 'fonts'), { recursive: true, force: true });
  for (const from of Object.values(await fontFiles())) {
    const to = path.join(dir, `${FAMILY.exec(path.basename(from))?.[0] ?? path.basename(from)}.ttf`);
    const [want, have] = await Promise.all([stat(from), stat(to).catch(() => null)]);
    if (have?.size === want.size) continue;
    // Beside the folder: libass takes every file that stands in it.
    const half = path.join(cacheDir, path.basename(halfFileOf(to)));
    await writeFile(half, withoutPrep(await readFile(from)));
    await syncFile(half);
    await renameOver(half, to);
  }
  return dir;
}

/** Absolute paths of the two fonts, as they are. */
export async function fontFiles(): Promise<{ regular: string; bold: string }> {
  const ready = await packaged();
  const names = ready === null ? [] : await readdir(ready);
  const require = createRequire(import.meta.url);
  const [regular = '', bold = ''] = FONTS.map((font) => {
    const stem = path.basename(font, '.ttf');
    const built = names.find((name) => name.startsWith(stem));
    return ready !== null && built !== undefined
      ? path.join(ready, built)
      : require.resolve(`@expo-google-fonts/noto-sans-sc/${font}`);
  });
  return { regular, bold };
}
