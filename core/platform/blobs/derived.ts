/** Posters, proxies, peaks and filmstrips: `<cacheDir>/derived/<ab>/<sha256>/<variant>.<ext>`. Everything here can be made again. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { StudioError } from '../../model/errors.ts';
import type { DerivedStore, DerivedVariant } from '../../ports/index.ts';
import { renameOver, syncDir, syncFile, systemCode, writeError } from '../files.ts';

const MIME: Record<string, string> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  webm: 'video/webm',
  m4a: 'audio/mp4',
  json: 'application/json',
  peaks: 'application/vnd.tongxin.peaks',
};

const VARIANTS: readonly DerivedVariant[] = ['poster', 'proxy', 'peaks', 'strip', 'scenes'];

async function namesIn(dir: string): Promise<string[]> {
  try {
    return await readdir(dir);
  } catch (error) {
    // The cache may be deleted at any time.
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

class FolderDerived implements DerivedStore {
  readonly #root: string;
  readonly #tmp: string;
  readonly #live = new Set<string>();

  constructor(cacheDir: string) {
    this.#root = path.join(path.resolve(cacheDir), 'derived');
    this.#tmp = path.join(this.#root, '.tmp');
  }

  #dirOf(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new StudioError('bad_input', { what: 'sha256' });
    return path.join(this.#root, sha256.slice(0, 2), sha256);
  }

  async find(sha256: string, variant: DerivedVariant): Promise<{ path: string; mime: string } | null> {
    const dir = this.#dirOf(sha256);
    for (const name of await namesIn(dir)) {
      const { name: stem, ext } = path.parse(name);
      const mime = MIME[ext.slice(1)];
      if (stem === variant && mime !== undefined) return { path: path.join(dir, name), mime };
    }
    return null;
  }

  async variants(sha256: string): Promise<Map<DerivedVariant, string>> {
    const names = (await namesIn(this.#dirOf(sha256))).map((name) => path.parse(name));
    return new Map(
      VARIANTS.flatMap((variant) => {
        const file = names.find(({ name, ext }) => name === variant && Object.hasOwn(MIME, ext.slice(1)));
        return file ? [[variant, file.ext.slice(1)] as const] : [];
      }),
    );
  }

  async make(
    sha256: string,
    variant: DerivedVariant,
    extension: string,
    make: (tmpPath: string) => Promise<void>,
  ): Promise<string> {
    const ext = extension.replace(/^\./, '');
    if (!Object.hasOwn(MIME, ext)) throw new StudioError('bad_input', { what: `.${ext}` });
    const dir = this.#dirOf(sha256);
    const target = path.join(dir, `${variant}.${ext}`);
    // The extension stays: the tool that writes the file chooses its format by it.
    const tmp = path.join(this.#tmp, `${randomUUID()}.${ext}`);
    this.#live.add(tmp);
    let making = false;
    try {
      await mkdir(this.#tmp, { recursive: true });
      making = true;
      await make(tmp);
      making = false;
      await syncFile(tmp);
      await mkdir(dir, { recursive: true });
      await renameOver(tmp, target);
      await syncDir(dir);
      await this.#removeOthers(dir, variant, `${variant}.${ext}`);
      return target;
    } catch (error) {
      await rm(tmp, { force: true });
      // What `make` throws is about its tools and its source; only our own steps are about this folder.
      throw making ? error : writeError(error, this.#root);
    } finally {
      this.#live.delete(tmp);
    }
  }

  /** A variant made earlier in another format would otherwise still be found. */
  async #removeOthers(dir: string, variant: string, keep: string): Promise<void> {
    for (const name of await namesIn(dir)) {
      if (name !== keep && path.parse(name).name === variant) await rm(path.join(dir, name), { force: true });
    }
  }

  async sweep(): Promise<number> {
    const left = (await namesIn(this.#tmp))
      .map((name) => path.join(this.#tmp, name))
      .filter((file) => !this.#live.has(file));
    for (const file of left) await rm(file, { force: true, recursive: true });
    return left.length;
  }
}

/** The store of derived files under `cacheDir`. `make` takes the extensions of `MIME`. */
export function createDerivedStore(cacheDir: string): DerivedStore {
  return new FolderDerived(cacheDir);
}
