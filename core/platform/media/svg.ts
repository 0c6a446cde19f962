/** Which drawings are taken: SVG is a program's language as well as a picture's, so only plain pictures pass. */
import { open } from 'node:fs/promises';

const MAX_SVG_BYTES = 8 * 1024 * 1024;
const DATA_PICTURE = /^data:image\/(?:png|jpeg|webp|gif);base64,/i;

/** Text of the file if it is an SVG, else null. An SVG is UTF-8 text whose first element is `svg`. */
export async function readSvg(file: string, bytes: number): Promise<string | null> {
  if (bytes > MAX_SVG_BYTES) return null;
  const handle = await open(file, 'r');
  try {
    const head = Buffer.alloc(Math.min(bytes, 4096));
    await handle.read(head, 0, head.length, 0);
    const start = head
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .trimStart();
    if (!start.startsWith('<') || head.includes(0)) return null;
    const text = (await handle.readFile('utf8')).replace(/^\uFEFF/, '');
    const opening = text
      .replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE[^>[]*(?:\[[\s\S]*?\])?\s*>/gi, '')
      .trimStart();
    return /^<(?:\w+:)?svg[\s>]/i.test(opening) ? text : null;
  } finally {
    await handle.close();
  }
}

/**
 * What makes an SVG more than a picture, or null if it is one: scripts, event handlers, entities, style imports, foreign
 * content, and references to anything outside the file (OWASP, "SVG: script and external resource vectors"). A refused
 * drawing is better sent as PNG.
 */
export function svgDanger(svg: string): string | null {
  const text = svg.replace(/&#x?[0-9a-f]+;?/gi, (reference) => decodeReference(reference));
  if (/<!ENTITY|<!DOCTYPE[^>]*\[/i.test(text)) return 'entity';
  if (/<\?xml-stylesheet/i.test(text)) return 'stylesheet';
  if (
    /<(?:\w+:)?(?:script|foreignObject|iframe|object|embed|audio|video|handler|listener|set|animate\w*)[\s/>]/i.test(
      text,
    )
  )
    return 'active element';
  if (/[\s"']on\w+\s*=/i.test(text)) return 'event handler';
  if (/javascript\s*:|@import|expression\s*\(/i.test(text)) return 'script';
  for (const match of text.matchAll(/(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)) {
    const target = (match[1] ?? match[2] ?? '').trim();
    if (target !== '' && !target.startsWith('#') && !DATA_PICTURE.test(target)) return 'reference outside';
  }
  for (const match of text.matchAll(/url\(\s*(["']?)([^)"']*)\1\s*\)/gi)) {
    const target = (match[2] ?? '').trim();
    if (!target.startsWith('#') && !DATA_PICTURE.test(target)) return 'reference outside';
  }
  return null;
}

function decodeReference(reference: string): string {
  const hex = /^&#x([0-9a-f]+)/i.exec(reference)?.[1];
  const code = hex === undefined ? Number(/\d+/.exec(reference)?.[0]) : Number.parseInt(hex, 16);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
