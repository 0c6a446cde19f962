/** What files say of an AI: the `AIGC` tag of a container, the TC260 mark of a picture (GB 45438-2025, annex E). */
import type { MediaProblem } from '../../model/contract/index.ts';
import { ownAigc } from '../../model/platforms/index.ts';

const AIGC_MARK = /tc260\.org\.cn\/ns\/AIGC|["'<:]AIGC/i;
const OF_ELEMENT = /<(?:\w+:)?AIGC[^>]*>([^<]*)</i;
const OF_ATTRIBUTE = /\b(?:\w+:)?AIGC\s*=\s*(?:"([^"]*)"|'([^']*)')/i;
const ENTITIES: Readonly<Record<string, string>> = { quot: '"', apos: "'", lt: '<', gt: '>', amp: '&' };

const decoded = (text: string): string =>
  text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, dec?: string, hex?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = dec === undefined ? parseInt(hex ?? '', 16) : Number(dec);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

/** Value of a container's `AIGC` tag, whatever its case; null without. */
export const aigcOf = (tags: Readonly<Record<string, string>>): string | null =>
  Object.entries(tags).find(([key]) => key.toUpperCase() === 'AIGC')?.[1] ?? null;

export const saysAigc = (xmp: string): boolean => AIGC_MARK.test(xmp);

/** The label in a picture's XMP as JSON text; of a mark that cannot be read the studio's own; null without a mark. */
export function aigcOfXmp(xmp: string | undefined): string | null {
  if (xmp === undefined || !saysAigc(xmp)) return null;
  const attribute = OF_ATTRIBUTE.exec(xmp);
  const text = decoded(OF_ELEMENT.exec(xmp)?.[1] ?? attribute?.[1] ?? attribute?.[2] ?? '').trim();
  return text.startsWith('{') ? text : ownAigc();
}

/** What the library says of a file that carries such a label. */
export const AI_MADE: MediaProblem = {
  code: 'ai_made',
  message: '文件自带“人工智能生成”标识，用到它的成片会自动标注。',
};
