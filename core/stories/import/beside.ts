/**
 * Pictures that lie beside a Markdown or HTML file. Only files in the document's own folder and below are read, through
 * no link out of it; nothing is fetched.
 */
import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { MAX_DATA_PICTURE, fileAddress } from './pictures.ts';

const MOST_PICTURES = 1000;
const MOST_BYTES = 400 * 1024 * 1024;
const SOURCES = [/!\[[^\]\n]*\]\(\s*(?:<([^>\n]+)>|([^)\s]+))/g, /<img\b[^>]*?\ssrc\s*=\s*(?:"([^"]+)"|'([^']+)')/gi];

/** Addresses of pictures in a text that name a file. */
function localSources(text: string): string[] {
  const found = SOURCES.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? ''));
  const local = found.filter((src) => src !== '' && !/^(?:[a-z][a-z0-9+.-]*:|\/\/|[\\/])/i.test(src));
  return [...new Set(local.map(fileAddress))].slice(0, MOST_PICTURES);
}

/** Bytes of the pictures a document names, by their address (`fileAddress`). Whatever cannot be read is not there. */
export async function picturesBeside(file: string, bytes: Uint8Array): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  if (!/\.(?:md|markdown|html?)$/i.test(file)) return found;
  const dir = await realpath(path.dirname(file));
  let total = 0;
  for (const src of localSources(Buffer.from(bytes).toString('utf8'))) {
    try {
      const full = await realpath(path.resolve(dir, src));
      const info = await stat(full);
      const inside = full.startsWith(dir + path.sep);
      if (!inside || !info.isFile() || info.size > MAX_DATA_PICTURE || total + info.size > MOST_BYTES) continue;
      found.set(src, await readFile(full));
      total += info.size;
    } catch {
      continue; // told as a picture that is not in the file
    }
  }
  return found;
}
