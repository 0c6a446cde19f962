/**
 * Takes in the workspace's folder `recordings`: `<id>.json` (what is known of it) and `<id>.wav` (its sound so far). The head of the
 * WAV is written for the sound there is when the take is asked for, so that a process that dies leaves nothing but whole samples.
 */
import { open, readFile, readdir, rm, stat, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { StudioError } from '../../model/errors.ts';
import { BYTES_PER_SAMPLE, MAX_TAKE_BYTES, WAV_HEADER_BYTES, wavHeader } from '../../model/sound/wav.ts';
import type { KeptTake, TakeNote, TakeStore } from '../../ports/index.ts';
import { systemCode, writeError, writeFileAtomic } from '../files.ts';

const note = z.object({
  projectId: z.string(),
  storyId: z.string(),
  name: z.string(),
  atUs: z.number().int().nonnegative(),
  by: z.string(),
  startedAt: z.number(),
});

const TAKE_ID = /^[0-9a-f-]{36}$/;

const unknown = (takeId: string): StudioError => new StudioError('unknown_id', { id: takeId });

/** Of a whole number of samples: a write that was cut short may have left part of one. */
const wholeSamples = (bytes: number): number => Math.max(0, bytes - (bytes % BYTES_PER_SAMPLE));

async function writeAt(file: string, at: number, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    const { size } = await handle.stat();
    try {
      // A disk that is nearly full takes part of a piece and says nothing; the next write is refused.
      for (let done = 0; done < bytes.length;)
        done += (await handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
      await handle.datasync();
    } catch (error) {
      // What stood there stays; half a piece does not.
      await handle.truncate(size).catch(() => undefined);
      throw error;
    }
  } finally {
    await handle.close();
  }
}

class FolderTakes implements TakeStore {
  readonly #dir: string;
  readonly #written = new Map<string, number>();

  constructor(dir: string) {
    this.#dir = dir;
  }

  #file(takeId: string, kind: 'json' | 'wav'): string {
    if (!TAKE_ID.test(takeId)) throw unknown(takeId);
    return path.join(this.#dir, `${takeId}.${kind}`);
  }

  /** Bytes of sound, or null where there is no such take. */
  async #bytes(takeId: string): Promise<number | null> {
    const found = await stat(this.#file(takeId, 'wav')).catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return null;
      throw error;
    });
    return found && wholeSamples(found.size - WAV_HEADER_BYTES);
  }

  async begin(takeId: string, taken: TakeNote): Promise<void> {
    await mkdir(this.#dir, { recursive: true });
    // The sound's file first: a note is only read where there is one.
    try {
      const handle = await open(this.#file(takeId, 'wav'), 'wx');
      try {
        await handle.writeFile(wavHeader(0));
        await handle.sync();
      } finally {
        await handle.close();
      }
      await writeFileAtomic(this.#file(takeId, 'json'), `${JSON.stringify(taken)}\n`);
    } catch (error) {
      await this.drop(takeId);
      throw writeError(error, this.#dir);
    }
    this.#written.set(takeId, performance.now());
  }

  async append(takeId: string, offset: number, bytes: Uint8Array): Promise<number> {
    const there = await this.#bytes(takeId);
    if (there === null) throw unknown(takeId);
    if (offset > there || offset % BYTES_PER_SAMPLE !== 0 || bytes.length % BYTES_PER_SAMPLE !== 0)
      throw new StudioError('bad_input', { what: `offset: ${String(offset)}, there: ${String(there)}` });
    const end = offset + bytes.length;
    if (end > MAX_TAKE_BYTES) throw new StudioError('too_large', { file: takeId, limit: '4 GB' });
    try {
      if (end > there) await writeAt(this.#file(takeId, 'wav'), WAV_HEADER_BYTES + offset, bytes);
    } catch (error) {
      throw writeError(error, this.#dir);
    }
    this.#written.set(takeId, performance.now());
    return Math.max(there, end);
  }

  async seal(takeId: string): Promise<string> {
    const bytes = await this.#bytes(takeId);
    if (bytes === null) throw unknown(takeId);
    const file = this.#file(takeId, 'wav');
    const handle = await open(file, 'r+');
    try {
      await handle.truncate(WAV_HEADER_BYTES + bytes);
      await handle.write(wavHeader(bytes), 0, WAV_HEADER_BYTES, 0);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return file;
  }

  async get(takeId: string): Promise<KeptTake> {
    const bytes = await this.#bytes(takeId);
    const text = bytes === null ? null : await readFile(this.#file(takeId, 'json'), 'utf8').catch(() => null);
    const read = text === null ? null : note.safeParse(parsed(text));
    if (bytes === null || !read?.success) throw unknown(takeId);
    const at = this.#written.get(takeId);
    return { takeId, ...read.data, bytes, idleMs: at === undefined ? null : performance.now() - at };
  }

  async list(): Promise<KeptTake[]> {
    const names = await readdir(this.#dir).catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return [];
      throw error;
    });
    const ids = names.flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -'.json'.length)] : []));
    const takes = await Promise.all(ids.map((takeId) => this.get(takeId).catch(() => null)));
    return takes.filter((take) => take !== null).sort((a, b) => a.startedAt - b.startedAt);
  }

  async drop(takeId: string): Promise<void> {
    this.#written.delete(takeId);
    await rm(this.#file(takeId, 'json'), { force: true });
    await rm(this.#file(takeId, 'wav'), { force: true });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Takes kept in `dir`, which is made with the first one. */
export const createTakeStore = (dir: string): TakeStore => new FolderTakes(dir);
