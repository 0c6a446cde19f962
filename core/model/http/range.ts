/** Byte ranges by RFC 9110 section 14, shared by `media://` in the desktop window and the HTTP server. */

export type RangeAnswer =
  /** Send the whole file. */
  | { status: 200 }
  /** Send bytes `start` to `end`, both included. */
  | { status: 206; start: number; end: number }
  /** Nothing of what was asked for is there; answer with a `content-range` that names only the size. */
  | { status: 416 };

/** Longer than any honest Range header; anything above is refused unread. */
const MAX_HEADER_CHARS = 1024;

const SPEC = /^(\d*)-(\d*)$/;

/** One range of the header against a file of `size` bytes; null when it is malformed. */
function parseSpec(spec: string, size: number): RangeAnswer | null {
  const match = SPEC.exec(spec.trim());
  if (!match) return null;
  const [, from = '', to = ''] = match;
  if (from === '' && to === '') return null;
  if (from === '') {
    const last = Number(to);
    if (last === 0 || size === 0) return { status: 416 };
    return { status: 206, start: Math.max(0, size - last), end: size - 1 };
  }
  const start = Number(from);
  if (to !== '' && Number(to) < start) return null;
  if (start >= size) return { status: 416 };
  return { status: 206, start, end: to === '' ? size - 1 : Math.min(Number(to), size - 1) };
}

/**
 * Decides what a `Range` header asks of a file of `size` bytes.
 *
 * `a-b`, `a-` and `-n` give 206; a range that begins past the end, and a malformed one, give 416
 * (RFC 9110 15.5.17); a unit other than bytes is ignored (14.2). Several ranges in one header are
 * ignored, as 14.2 allows, when at least one could be served: media players never send them, and
 * multipart/byteranges would be a format nobody here reads.
 */
export function parseRange(header: string | null, size: number): RangeAnswer {
  if (header === null) return { status: 200 };
  if (header.length > MAX_HEADER_CHARS) return { status: 416 };
  const equals = header.indexOf('=');
  if (equals < 0) return { status: 416 };
  if (header.slice(0, equals).trim().toLowerCase() !== 'bytes') return { status: 200 };
  // RFC 9110 5.6.1: a recipient must accept empty list elements.
  const specs = header
    .slice(equals + 1)
    .split(',')
    .filter((spec) => spec.trim() !== '');
  const answers = specs.map((spec) => parseSpec(spec, size));
  const [only] = answers;
  if (!only || answers.includes(null)) return { status: 416 };
  if (answers.length === 1) return only;
  return answers.some((answer) => answer?.status === 206) ? { status: 200 } : { status: 416 };
}

/**
 * Whether a range may be served under an `If-Range` header: only when the file is still the one the
 * client has a part of (RFC 9110 13.1.5, strong comparison; a date never matches here, since files
 * are named by content and carry no date).
 */
export function ifRangeMatches(header: string | null, etag: string): boolean {
  return header === null || (header.trim() === etag && !etag.startsWith('W/'));
}
