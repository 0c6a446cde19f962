/** The folder libass takes its fonts from: the two bundled ones and nothing else. */
import { copyFile, mkdir, readdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { halfFileOf, renameOver } from '../../files.ts';

const FONTS = ['400Regular/NotoSansSC_400Regular.ttf', '700Bold/NotoSansSC_700Bold.ttf'];

/** The built page's fonts, outside the archive: `NotoSansSC_700Bold-<hash>.ttf` and its sister, alone in their folder. */
const BUILT = /^NotoSansSC_(?:400Regular|700Bold)-[\w-]+\.ttf$/;

/** The packaged program's own folder, or null in a checkout. */
async function packaged(): Promise<string | null> {
  const { resourcesPath } = process as { resourcesPath?: string };
  if (resourcesPath === undefined) return null;
  const dir = path.join(resourcesPath, 'app.asar.unpacked', 'out', 'renderer', 'assets');
  const names = await readdir(dir).catch(() => []);
  return names.length === FONTS.length && names.every((name) => BUILT.test(name)) ? dir : null;
}

/** Absolute folder with the fonts; in a checkout they are copied beside the cache once. Errors: of the file system. */
export async function fontsDir(cacheDir: string): Promise<string> {
  const ready = await packaged();
  if (ready !== null) return ready;
  const require = createRequire(import.meta.url);
  const dir = path.join(cacheDir, 'fonts');
  await mkdir(dir, { recursive: true });
  for (const font of FONTS) {
    const from = require.resolve(`@expo-google-fonts/noto-sans-sc/${font}`);
    const to = path.join(dir, path.basename(font));
    const [want, have] = await Promise.all([stat(from), stat(to).catch(() => null)]);
    if (have?.size === want.size) continue;
    const half = path.join(cacheDir, path.basename(halfFileOf(to)));
    await copyFile(from, half);
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
