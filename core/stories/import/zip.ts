/** Reads the zip file inside a docx, with limits that hold whatever the file claims about itself. */
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';

const inflate = promisify(inflateRaw);

/** The bytes are no readable zip: not one at all, cut short, encrypted, or packed in an unknown way. */
export class ZipDamaged extends Error {}
/** Unpacking would go over the limits. */
export class ZipTooLarge extends Error {}
/** The zip has no such entry. */
export class ZipEntryMissing extends Error {}

interface Entry {
  method: number;
  encrypted: boolean;
  packed: number;
  size: number;
  offset: number;
}

export interface ZipLimits {
  /** Bytes of all XML parts together, unpacked. */
  xml: number;
  /** Bytes of everything together, unpacked. */
  total: number;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
/** End record (22 bytes) and the longest comment that may follow it. */
const END_SEARCH = 22 + 0xffff;

export const isXmlPart = (name: string): boolean => /\.(?:xml|rels)$/i.test(name);

export class ZipFile {
  readonly #bytes: Buffer;
  readonly #entries: Map<string, Entry>;

  /**
   * Reads the central directory and checks the declared sizes before anything is unpacked.
   *
   * @throws ZipDamaged, ZipTooLarge
   */
  constructor(bytes: Uint8Array, limits: ZipLimits) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    try {
      this.#entries = readDirectory(this.#bytes);
    } catch (error) {
      // Reading past the end means that an offset points out of the file.
      throw error instanceof RangeError ? new ZipDamaged('the directory is damaged', { cause: error }) : error;
    }
    let xml = 0;
    let total = 0;
    for (const [name, entry] of this.#entries) {
      total += entry.size;
      if (isXmlPart(name)) xml += entry.size;
    }
    if (xml > limits.xml || total > limits.total) throw new ZipTooLarge(`${total} bytes unpacked`);
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  names(): string[] {
    return [...this.#entries.keys()];
  }

  /**
   * Unpacks one entry; never more bytes than the directory declares for it.
   *
   * @throws ZipEntryMissing, ZipDamaged
   */
  async read(name: string): Promise<Buffer> {
    const entry = this.#entries.get(name);
    if (!entry) throw new ZipEntryMissing(name);
    if (entry.encrypted) throw new ZipDamaged(`${name} is encrypted`);
    try {
      const bytes = this.#bytes;
      if (bytes.readUInt32LE(entry.offset) !== LOCAL_ENTRY) throw new ZipDamaged(`${name} is not where it should be`);
      const start = entry.offset + 30 + bytes.readUInt16LE(entry.offset + 26) + bytes.readUInt16LE(entry.offset + 28);
      const packed = bytes.subarray(start, start + entry.packed);
      if (packed.length < entry.packed) throw new ZipDamaged(`${name} is cut short`);
      if (entry.method === 0) return packed;
      if (entry.method !== 8) throw new ZipDamaged(`${name} is packed by method ${entry.method}`);
      return await inflate(packed, { maxOutputLength: Math.max(entry.size, 1) });
    } catch (error) {
      if (error instanceof ZipDamaged) throw error;
      throw new ZipDamaged(`${name} cannot be unpacked`, { cause: error });
    }
  }
}

function readDirectory(bytes: Buffer): Map<string, Entry> {
  const end = findEnd(bytes);
  const entries = new Map<string, Entry>();
  let at = bytes.readUInt32LE(end + 16);
  const count = bytes.readUInt16LE(end + 10);
  for (let i = 0; i < count; i++) {
    if (bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new ZipDamaged('the directory is damaged');
    const nameLength = bytes.readUInt16LE(at + 28);
    const extraLength = bytes.readUInt16LE(at + 30);
    const flags = bytes.readUInt16LE(at + 8);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/');
    const entry: Entry = {
      method: bytes.readUInt16LE(at + 10),
      encrypted: (flags & 1) === 1,
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    };
    readZip64(bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength), entry);
    if (!name.endsWith('/')) entries.set(name, entry);
    at += 46 + nameLength + extraLength + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

function findEnd(bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - END_SEARCH); at--) {
    if (bytes.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  throw new ZipDamaged('no zip directory');
}

/** Some writers put even small sizes into the zip64 field (APPNOTE 4.5.3): those saturated above, in order. */
function readZip64(extra: Buffer, entry: Entry): void {
  const SATURATED = 0xffffffff;
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let field = at + 4;
    for (const key of ['size', 'packed', 'offset'] as const) {
      if (entry[key] !== SATURATED) continue;
      entry[key] = Number(extra.readBigUInt64LE(field));
      field += 8;
    }
  }
}
