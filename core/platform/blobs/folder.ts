/**
 * Originals in a folder, named by their SHA-256: `<root>/ab/<sha256>`, with `<root>/.staging/` for what is not
 * complete yet (the same file system, so that the last step is a rename).
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StudioError } from '../../model/errors.ts';
import type { BlobState, BlobStore, StagedBlob } from '../../ports/index.ts';
import { renameOver, syncDir, syncFile, systemCode, writeError } from '../files.ts';
import { copyHashed, type CopyOptions } from './copy.ts';

const SHA256 = /^[0-9a-f]{64}$/;
const PREFIX = /^[0-9a-f]{2}$/;

async function namesIn(dir: string): Promise<string[]> {
  try {
    return await readdir(dir);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

interface Look {
  bytes: number;
  /** Another one after the file was written to or replaced. */
  touched: string;
  touchedMs: number;
}

/** Clocks of file systems tick; what was touched this shortly ago may be touched again without showing it. */
const TICK_MS = 2_000;

/** A file's size, and what tells that it was touched; null when it is not there. */
async function lookAt(file: string): Promise<Look | null> {
  try {
    const found = await stat(file);
    if (!found.isFile()) return null;
    const touched = `${found.ino} ${found.size} ${found.mtimeMs} ${found.ctimeMs}`;
    return { bytes: found.size, touched, touchedMs: Math.max(found.mtimeMs, found.ctimeMs) };
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

const sizeOf = async (file: string): Promise<number | null> => (await lookAt(file))?.bytes ?? null;

class FolderBlobs implements BlobStore {
  readonly #root: string;
  readonly #staging: string;
  /** Staged by this process and not yet committed or discarded; a sweep leaves them alone. */
  readonly #live = new Set<string>();
  /** Blobs whose bytes were hashed, with the file as it was then. */
  readonly #verified = new Map<string, { touched: string; state: 'there' | 'altered' }>();

  constructor(root: string) {
    this.#root = path.resolve(root);
    this.#staging = path.join(this.#root, '.staging');
  }

  stageFile(source: string, options: CopyOptions = {}): Promise<StagedBlob> {
    return this.#stage((target) => copyHashed(source, target, options));
  }

  stageBytes(bytes: Uint8Array): Promise<StagedBlob> {
    return this.#stage(async (target) => {
      await writeFile(target, bytes, { flag: 'wx' });
      return { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
    });
  }

  async #stage(fill: (target: string) => Promise<{ sha256: string; bytes: number }>): Promise<StagedBlob> {
    const target = path.join(this.#staging, randomUUID());
    this.#live.add(target);
    try {
      await mkdir(this.#staging, { recursive: true });
      return { path: target, ...(await fill(target)) };
    } catch (error) {
      await rm(target, { force: true });
      this.#live.delete(target);
      throw writeError(error, this.#root);
    }
  }

  async commit(staged: StagedBlob): Promise<{ existed: boolean }> {
    const target = this.pathOf(staged.sha256);
    // What stands there of the wrong size or with other bytes was touched from outside; the good copy takes its place.
    if ((await sizeOf(target)) === staged.bytes && (await this.verify(staged.sha256)) === 'there') {
      await this.discard(staged);
      return { existed: true };
    }
    const dir = path.dirname(target);
    try {
      await syncFile(staged.path);
      const made = await mkdir(dir, { recursive: true });
      await renameOver(staged.path, target);
      this.#verified.delete(staged.sha256);
      await syncDir(dir);
      if (made !== undefined) await syncDir(this.#root);
    } catch (error) {
      await this.discard(staged);
      throw writeError(error, this.#root);
    }
    this.#live.delete(staged.path);
    return { existed: false };
  }

  async discard(staged: StagedBlob): Promise<void> {
    await rm(staged.path, { force: true });
    this.#live.delete(staged.path);
  }

  async has(sha256: string): Promise<boolean> {
    return (await sizeOf(this.pathOf(sha256))) !== null;
  }

  async state(sha256: string, bytes: number): Promise<BlobState> {
    const now = await lookAt(this.pathOf(sha256));
    if (!now) return 'missing';
    if (now.bytes !== bytes) return 'altered';
    const known = this.#verified.get(sha256);
    return known?.touched === now.touched ? known.state : 'there';
  }

  async verify(sha256: string): Promise<BlobState> {
    const now = await lookAt(this.pathOf(sha256));
    if (!now) return 'missing';
    const known = this.#verified.get(sha256);
    if (known?.touched === now.touched) return known.state;
    const state = (await this.rehash(sha256)) === sha256 ? 'there' : 'altered';
    // A good answer is kept only where a change after it would show.
    const settled = Math.abs(Date.now() - now.touchedMs) > TICK_MS;
    if (state === 'altered' || settled) this.#verified.set(sha256, { touched: now.touched, state });
    return state;
  }

  pathOf(sha256: string): string {
    if (!SHA256.test(sha256)) throw new StudioError('bad_input', { what: 'sha256' });
    return path.join(this.#root, sha256.slice(0, 2), sha256);
  }

  /** `range`: byte positions, both inclusive. The stream fails with ENOENT if the blob is absent: ask `has` first. */
  read(sha256: string, range?: { start: number; end: number }) {
    return createReadStream(this.pathOf(sha256), range);
  }

  async *list(): AsyncGenerator<{ sha256: string; bytes: number }> {
    for (const prefix of (await namesIn(this.#root)).filter((name) => PREFIX.test(name)).sort()) {
      for (const name of (await namesIn(path.join(this.#root, prefix))).sort()) {
        if (!SHA256.test(name) || !name.startsWith(prefix)) continue;
        const bytes = await sizeOf(path.join(this.#root, prefix, name));
        if (bytes !== null) yield { sha256: name, bytes };
      }
    }
  }

  async rehash(sha256: string): Promise<string> {
    const hash = createHash('sha256');
    for await (const chunk of this.read(sha256)) hash.update(chunk as Buffer);
    return hash.digest('hex');
  }

  async sweep(): Promise<number> {
    const left = (await namesIn(this.#staging))
      .map((name) => path.join(this.#staging, name))
      .filter((file) => !this.#live.has(file));
    for (const file of left) await rm(file, { force: true, recursive: true });
    return left.length;
  }
}

/** The blob store in the folder `root` (made when first written to). Originals outside it are only ever read. */
export function createFolderBlobs(root: string): BlobStore {
  return new FolderBlobs(root);
}
