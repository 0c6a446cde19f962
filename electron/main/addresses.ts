/** Which addresses the program knows. Compared by the URL parser, never by text. */
export const APP_SCHEME = 'app';
export const MEDIA_SCHEME = 'media';
export const PAGE_ORIGIN = 'app://studio';
export const PAGE_URL = `${PAGE_ORIGIN}/`;

function parse(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null;
}

/**
 * True for a page of the studio itself (`app://studio/…`). Scheme and host are compared, because Node's
 * URL parser gives every non-web scheme the origin "null".
 */
export function isStudioPage(url: string): boolean {
  const parsed = parse(url);
  return (
    parsed !== null &&
    parsed.protocol === `${APP_SCHEME}:` &&
    parsed.host === 'studio' &&
    parsed.username === '' &&
    parsed.password === ''
  );
}

/** What a page may load: the studio's own files and media, and what it made itself (blob, data). */
export function mayLoad(url: string, developer: boolean): boolean {
  const parsed = parse(url);
  if (!parsed) return false;
  switch (parsed.protocol) {
    case `${APP_SCHEME}:`:
      return isStudioPage(url);
    case `${MEDIA_SCHEME}:`:
      return parsed.host === 'asset';
    case 'blob:':
    case 'data:':
      return true;
    case 'devtools:':
      return developer;
    default:
      return false;
  }
}

/** Longest address handed to the system. */
const MAX_ADDRESS_CHARS = 2048;

/**
 * The address to open outside, normalised by the parser, or null when it is refused: only https, without
 * credentials, and mailto. Everything else (file:, smb:, ms-…:) could start a program.
 */
export function externalAddress(url: string): string | null {
  if (url.length > MAX_ADDRESS_CHARS) return null;
  const parsed = parse(url);
  if (!parsed) return null;
  if (parsed.protocol === 'mailto:') return parsed.href;
  if (parsed.protocol !== 'https:' || parsed.host === '') return null;
  return parsed.username === '' && parsed.password === '' ? parsed.href : null;
}
