/** What really lies in a package's folder, looked at without following anything. */
import { lstat, open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { sha256OfFile } from '../out-folder.ts';

export interface Problem {
  /** Path in the package, with "/"; "." is the package itself. */
  file: string;
  what: string;
}

export interface Listing {
  /** Regular files with their sizes. */
  files: Map<string, number>;
  folders: Set<string>;
  /** Whatever is neither: symbolic links, devices, pipes. */
  others: Map<string, string>;
}

/** More than this is no package; listing a million names would only keep the person waiting. */
const MAX_ENTRIES = 20_000;
/** A manifest of 20,000 parts is under 4 MB. */
export const MAX_JSON_BYTES = 16 * 1024 * 1024;

/** A name for people: control characters and broken characters made visible. */
export function shown(name: string): string {
  return name.replace(/[\p{Cc}\p{Cs}\uFFFD]/gu, '?');
}

/** Everything below `dir`. Problems: what cannot be read, too many entries. Never throws. */
export async function listPackage(dir: string, problems: Problem[]): Promise<Listing> {
  const listing: Listing = { files: new Map(), folders: new Set(), others: new Map() };
  const waiting = [''];
  let seen = 0;
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    let names: string[];
    try {
      names = (await readdir(path.join(dir, folder))).sort();
    } catch (error) {
      problems.push({ file: folder === '' ? '.' : shown(folder), what: `cannot be read (${reason(error)})` });
      continue;
    }
    for (const name of names) {
      seen += 1;
      if (seen > MAX_ENTRIES) {
        problems.push({ file: '.', what: `holds more than ${String(MAX_ENTRIES)} entries` });
        return listing;
      }
      const file = folder === '' ? name : `${folder}/${name}`;
      if (await take(dir, file, listing, problems)) waiting.push(file);
    }
  }
  return listing;
}

/** Notes one entry. Returns whether it is a folder to look into. */
async function take(dir: string, file: string, listing: Listing, problems: Problem[]): Promise<boolean> {
  try {
    const found = await lstat(path.join(dir, file));
    if (found.isDirectory()) {
      listing.folders.add(file);
      return true;
    }
    if (found.isFile()) listing.files.set(file, found.size);
    else listing.others.set(file, found.isSymbolicLink() ? 'is a symbolic link' : 'is not a file');
  } catch (error) {
    problems.push({ file: shown(file), what: `cannot be read (${reason(error)})` });
  }
  return false;
}

function reason(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}

/** SHA-256 of a file of the listing; null (and a problem) when it cannot be read. */
export async function hashIn(dir: string, file: string, problems: Problem[]): Promise<string | null> {
  try {
    return (await sha256OfFile(path.join(dir, file))).sha256;
  } catch (error) {
    problems.push({ file: shown(file), what: `cannot be read (${reason(error)})` });
    return null;
  }
}

/** Text of one of the two files at the root. Null (and a problem) when it is not there, not a file, too large or no UTF-8. */
export async function readProof(
  dir: string,
  name: string,
  listing: Listing,
  problems: Problem[],
): Promise<string | null> {
  const size = listing.files.get(name);
  const refuse = (what: string): null => {
    problems.push({ file: name, what });
    return null;
  };
  if (size === undefined) {
    if (listing.folders.has(name)) return refuse('is a folder');
    return listing.others.has(name) ? null : refuse('is missing');
  }
  if (size > MAX_JSON_BYTES) return refuse('is too large');
  try {
    const handle = await open(path.join(dir, name), 'r');
    try {
      const bytes = Buffer.alloc(size);
      const { bytesRead } = await handle.read(bytes, 0, size, 0);
      if (bytesRead !== size) return refuse('cannot be read (cut short)');
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return refuse(error instanceof TypeError ? 'is not UTF-8' : `cannot be read (${reason(error)})`);
  }
}
