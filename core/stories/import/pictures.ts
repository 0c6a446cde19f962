/** Pictures found inside a document. */
import type { RepairList } from './repairs.ts';

export interface ImportedImage {
  /** Stands in `attrs.assetId` until the service puts the asset's id there. */
  placeholder: string;
  bytes: Uint8Array;
  /** File name for the media library, made from the document's name. */
  name: string;
  alt: string;
}

/** Beginning of every placeholder, so that a forgotten one is recognised. */
export const PLACEHOLDER_PREFIX = 'import:';

/** Largest picture taken from a `data:` address, bytes. */
export const MAX_DATA_PICTURE = 20 * 1024 * 1024;

const startsWith = (bytes: Uint8Array, magic: readonly number[], at = 0): boolean =>
  magic.every((byte, i) => bytes[at + i] === byte);

/** Kind of a picture by its first bytes (file extensions lie); null for what a browser cannot show. */
export function pictureExtension(bytes: Uint8Array): 'png' | 'jpg' | 'gif' | 'webp' | 'bmp' | null {
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'jpg';
  if (startsWith(bytes, [0x47, 0x49, 0x46, 0x38])) return 'gif';
  if (startsWith(bytes, [0x52, 0x49, 0x46, 0x46]) && startsWith(bytes, [0x57, 0x45, 0x42, 0x50], 8)) return 'webp';
  if (startsWith(bytes, [0x42, 0x4d]) && bytes.length > 26) return 'bmp';
  return null;
}

/** Name of a picture format that is not taken, for the repair's sentence. */
export function foreignFormat(bytes: Uint8Array): string {
  if (startsWith(bytes, [0x20, 0x45, 0x4d, 0x46], 40)) return 'EMF';
  if (startsWith(bytes, [0xd7, 0xcd, 0xc6, 0x9a]) || startsWith(bytes, [0x01, 0x00, 0x09, 0x00])) return 'WMF';
  if (startsWith(bytes, [0x49, 0x49, 0x2a, 0x00]) || startsWith(bytes, [0x4d, 0x4d, 0x00, 0x2a])) return 'TIFF';
  const head = Buffer.from(bytes.subarray(0, 512)).toString('latin1');
  if (/<svg[\s>]/i.test(head)) return 'SVG';
  if (startsWith(bytes, [0x66, 0x74, 0x79, 0x70], 4)) return 'HEIC/AVIF';
  // Word stores EMF and WMF gzipped as .emz and .wmz.
  if (startsWith(bytes, [0x1f, 0x8b])) return 'EMZ/WMZ';
  return '未知格式';
}

/** The name of a file as an address gives it: no query, nothing percent-encoded. */
export function fileAddress(address: string): string {
  const bare = address.split(/[?#]/)[0] ?? address;
  try {
    return decodeURIComponent(bare);
  } catch {
    return bare; // not percent-encoded after all
  }
}

/** The pictures of one import, in order of appearance. */
export class PictureList {
  readonly images: ImportedImage[] = [];
  readonly #stem: string;
  readonly #repairs: RepairList;
  readonly #beside: ReadonlyMap<string, Uint8Array>;

  /** @param beside pictures that lie beside the document, by their address (`fileAddress`). */
  constructor(stem: string, repairs: RepairList, beside: ReadonlyMap<string, Uint8Array> = new Map()) {
    this.#stem = stem;
    this.#repairs = repairs;
    this.#beside = beside;
  }

  isBeside(address: string): boolean {
    return this.#beside.has(fileAddress(address));
  }

  /** As `add`, for a picture beside the document; null when there is none of that name, or (told) of another format. */
  addBeside(address: string, alt: string): string | null {
    const bytes = this.#beside.get(fileAddress(address));
    return bytes ? this.add(bytes, alt) : null;
  }

  /** Takes a picture in and returns its placeholder; null (and a repair) when its format is not supported. */
  add(bytes: Uint8Array, alt: string): string | null {
    const extension = pictureExtension(bytes);
    if (extension === null) {
      if (bytes.length === 0) this.#repairs.add('picture_unreadable');
      else this.#repairs.add('picture_format_left_out', 1, foreignFormat(bytes));
      return null;
    }
    const n = this.images.length;
    const placeholder = `${PLACEHOLDER_PREFIX}${n}`;
    this.images.push({ placeholder, bytes, name: `${this.#stem}-图${n + 1}.${extension}`, alt });
    return placeholder;
  }

  /** As `add`, for a `data:` address; null with a repair when it is not a base64 picture of at most 20 MB. */
  addDataUri(uri: string, alt: string): string | null {
    const match = /^data:([^,;]*)[^,]*;base64,/i.exec(uri);
    if (!match) {
      this.#repairs.add('picture_format_left_out', 1, /^data:image\/svg/i.test(uri) ? 'SVG' : '未知格式');
      return null;
    }
    // Four characters carry three bytes; checked before decoding.
    if ((uri.length - match[0].length) * 0.75 > MAX_DATA_PICTURE) {
      this.#repairs.add('picture_too_large');
      return null;
    }
    return this.add(new Uint8Array(Buffer.from(decodePercent(uri.slice(match[0].length)), 'base64')), alt);
  }
}

function decodePercent(text: string): string {
  return text.includes('%')
    ? text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    : text;
}
