/** Finds out how a text file is encoded. */
import iconv from 'iconv-lite';
import jschardet from 'jschardet';

/** First bytes of files that are no text whatever they are called. */
const BINARY_MAGIC: readonly (readonly number[])[] = [
  [0x50, 0x4b, 0x03, 0x04], // zip, docx
  [0xd0, 0xcf, 0x11, 0xe0], // OLE: doc, wps
  [0x25, 0x50, 0x44, 0x46, 0x2d], // PDF
  [0x7b, 0x5c, 0x72, 0x74, 0x66], // RTF
  [0x89, 0x50, 0x4e, 0x47], // PNG
  [0xff, 0xd8, 0xff], // JPEG
  [0x47, 0x49, 0x46, 0x38], // GIF
  [0x52, 0x61, 0x72, 0x21], // RAR
  [0x37, 0x7a, 0xbc, 0xaf], // 7z
  [0x1f, 0x8b, 0x08], // gzip
  [0x7f, 0x45, 0x4c, 0x46], // ELF
];

const MARKS: readonly { bytes: readonly number[]; encoding: string }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf8' },
  { bytes: [0xff, 0xfe, 0x00, 0x00], encoding: 'utf-32le' },
  { bytes: [0x00, 0x00, 0xfe, 0xff], encoding: 'utf-32be' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
  { bytes: [0x84, 0x31, 0x95, 0x33], encoding: 'gb18030' },
];

/** Encodings tried by their letter frequencies when nothing else tells. */
const GUESSED = ['GB18030', 'Big5', 'CP932', 'EUC-JP', 'EUC-KR', 'Windows-1252'];
/** Bytes looked at for guesses; letter frequencies settle long before. */
const SAMPLE = 256 * 1024;
/** More control characters than this, and than this share of a text, is no text. Stray ones are dropped later. */
const MAX_CONTROLS = 10;
const MAX_CONTROL_SHARE = 0.02;

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, i) => bytes[i] === byte);

/** Strict UTF-8, or null. Lone surrogates written as UTF-8 are not UTF-8. */
function strictUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null; // the question was whether it is UTF-8
  }
}

function isBinary(text: string): boolean {
  const controls = text.match(/(?![\t\n\r\f])\p{Cc}/gu)?.length ?? 0;
  return controls > text.length / 2 || (controls > MAX_CONTROLS && controls > text.length * MAX_CONTROL_SHARE);
}

/** Share of characters that ordinary Chinese or Latin text is made of. */
function plausible(text: string): number {
  const common = text.match(/[\t\n\r\x20-\x7e\u4e00-\u9fff\u3000-\u303f\uff01-\uff5e\u2014\u2018-\u201d\u2026\u00b7]/g);
  return text.length === 0 ? 0 : (common?.length ?? 0) / text.length;
}

/** UTF-16 without a mark: ASCII characters have a zero at every second byte; pure Chinese has to look Chinese. */
function unmarkedUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes.length < 4 || bytes.length % 2 !== 0) return null;
  const sample = Buffer.from(bytes.subarray(0, SAMPLE));
  const hasZero = sample.includes(0);
  for (const encoding of ['utf-16le', 'utf-16be'] as const) {
    const share = plausible(iconv.decode(sample, encoding, { stripBOM: false }));
    // Without a zero byte GB18030 may fit as well; then nearly everything has to be a common character.
    if (share >= (hasZero ? 0.9 : 0.98) && (hasZero || iconv.decode(sample, 'gb18030').includes('\uFFFD')))
      return encoding;
  }
  return null;
}

/** The encoding an HTML page names in its first bytes (WHATWG: within 1024). */
function declaredCharset(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  const name = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1]?.toLowerCase();
  if (name === undefined || !iconv.encodingExists(name)) return null;
  // Pages that say gb2312 use the characters of its supersets; a page whose meta could be read is not UTF-16.
  if (/^gb/.test(name)) return 'gb18030';
  return /^(?:utf-?16|utf-?32|utf-?7|base64|hex|ucs)/.test(name) ? null : name;
}

function guess(bytes: Uint8Array): { encoding: string; sure: boolean } {
  const sample = Buffer.from(bytes.subarray(0, SAMPLE));
  const broken = (encoding: string): number => {
    // A sample cut inside a character ends in one broken one.
    return brokenIn(iconv.decode(sample, encoding));
  };
  const ranked = jschardet
    .detectAll(sample, { minimumThreshold: 0, detectEncodings: GUESSED })
    .flatMap(({ encoding }) => (encoding !== null && iconv.encodingExists(encoding) ? [encoding] : []));
  const clean = ranked.find((encoding) => broken(encoding) <= (bytes.length > SAMPLE ? 1 : 0));
  // Chinese Windows writes GB18030, so it also stands where nothing fits.
  const encoding = clean ?? 'gb18030';
  return { encoding, sure: encoding.toLowerCase() === 'gb18030' };
}

/** What {@link decodeText} found. */
export interface DecodedText {
  /** Without the byte order mark. */
  text: string;
  /** As people write it: `UTF-8`, `UTF-16LE`, `GB18030`, `Big5` … */
  encoding: string;
  /** A byte order mark stood at the beginning and was left out. */
  mark: boolean;
  /** The encoding is a guess that a person should look at (never for UTF-8, UTF-16 and GB18030). */
  guessed: boolean;
  /** Characters that could not be read; they stand as U+FFFD. */
  unreadable: number;
}

type Found = Pick<DecodedText, 'text' | 'encoding' | 'mark' | 'guessed'>;

/**
 * Text of a file in whatever encoding: a byte order mark, else strict UTF-8, else what an HTML page declares (where it fits),
 * else UTF-16 without a mark, else UTF-8 with a few damaged places, else GB18030, Big5 and others by letter
 * frequency. Null for bytes that are no text.
 */
export function decodeText(bytes: Uint8Array, options: { html: boolean }): DecodedText | null {
  if (BINARY_MAGIC.some((magic) => startsWith(bytes, magic))) return null;
  const found = decodeKnown(bytes, options.html) ?? decodeGuessed(bytes);
  if (isBinary(found.text.slice(0, SAMPLE))) return null;
  const unreadable = brokenIn(found.text);
  // Bytes of a picture or a program come out as broken characters in every encoding.
  if (unreadable > 10 && unreadable > found.text.length * 0.1) return null;
  return { ...found, unreadable };
}

const LABELS: Readonly<Record<string, string>> = { utf8: 'UTF-8', big5: 'Big5' };

function label(encoding: string): string {
  const name = encoding.toLowerCase();
  return LABELS[name] ?? (/^(?:utf|gb)/.test(name) ? name.toUpperCase() : encoding);
}

function brokenIn(text: string): number {
  return text.match(/\uFFFD/g)?.length ?? 0;
}

function decodeKnown(bytes: Uint8Array, html: boolean): Found | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sure = (text: string, encoding: string, mark = false): Found => ({
    text,
    encoding: label(encoding),
    mark,
    guessed: false,
  });
  const mark = MARKS.find(({ bytes: magic }) => startsWith(bytes, magic));
  if (mark) return sure(iconv.decode(buffer.subarray(mark.bytes.length), mark.encoding), mark.encoding, true);
  const utf8 = strictUtf8(bytes);
  // UTF-16 of Latin text is valid UTF-8 full of zeros.
  if (utf8 !== null && !(utf8.includes('\0') && unmarkedUtf16(bytes))) return sure(utf8, 'utf8');
  const declared = html ? declaredCharset(bytes) : null;
  if (declared !== null) {
    const text = iconv.decode(buffer, declared);
    // A page that was saved in another encoding, or whose meta was copied from elsewhere, says what it is not.
    if (fits(text)) return sure(text, declared);
  }
  const utf16 = unmarkedUtf16(bytes);
  if (utf16 !== null) return sure(iconv.decode(buffer, utf16), utf16);
  const damaged = damagedUtf8(bytes);
  return damaged === null ? null : sure(damaged, 'utf8');
}

/**
 * UTF-8 with a few bytes wrong: a file cut off inside a character, or with a foreign line pasted in. Text in
 * another encoding never has ten well-formed sequences for each broken one.
 */
function damagedUtf8(bytes: Uint8Array): string | null {
  const text = new TextDecoder('utf-8').decode(withoutSurrogates(bytes));
  return fits(text) ? text : null;
}

/** A pair of surrogates, or one alone, written as if it were a character (CESU-8): old programs write emoji so. */
const SURROGATES = /\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]|\xed[\xa0-\xbf][\x80-\xbf]/g;

/** A pair becomes its character, one alone a single unreadable sign and not three. */
function withoutSurrogates(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(0xed)) return bytes;
  const unit = (three: string): number => 0xd000 | ((three.charCodeAt(1) & 0x3f) << 6) | (three.charCodeAt(2) & 0x3f);
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const mended = raw.replace(SURROGATES, (found) => {
    const character = found.length === 6 ? String.fromCharCode(unit(found), unit(found.slice(3))) : '\uFFFD';
    return Buffer.from(character, 'utf8').toString('latin1');
  });
  return Buffer.from(mended, 'latin1');
}

/** Whether at most one of ten characters beyond ASCII is broken: damage, then, and not the wrong encoding. */
function fits(text: string): boolean {
  const sequences = text.match(/[\u0080-\uFFFC]/g)?.length ?? 0;
  return sequences >= 10 * brokenIn(text);
}

function decodeGuessed(bytes: Uint8Array): Found {
  const { encoding, sure } = guess(bytes);
  const text = iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), encoding);
  return { text, encoding: label(encoding), mark: false, guessed: !sure };
}
