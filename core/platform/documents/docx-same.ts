/**
 * The same article is the same Word file on any day. The library that writes it puts the hour, and for every link a name by chance,
 * into the file; two packages of one approved article would differ by nothing but that.
 */
import JSZip from 'jszip';

/** Written into the file where no date is known. */
const NO_DATE = new Date('2000-01-01T00:00:00Z');

const LINK = /<Relationship Id="([^"]+)" Type="[^"]+\/hyperlink"/g;
const relationshipsOf = (part: string): string => part.replace(/([^/]+)$/, '_rels/$1.rels');

/** The links of one part are named by their order. */
function nameLinks(parts: Map<string, string>, part: string): void {
  const beside = relationshipsOf(part);
  const text = parts.get(part);
  const relationships = parts.get(beside);
  if (text === undefined || relationships === undefined) return;
  const names = new Map([...relationships.matchAll(LINK)].map(([, id = ''], i) => [id, `link${String(i + 1)}`]));
  const named = (whole: string): string =>
    whole.replace(/(\s(?:r:id|Id)=")([^"]+)"/g, (all, head: string, id: string) => {
      const name = names.get(id);
      return name === undefined ? all : `${head}${name}"`;
    });
  parts.set(part, named(text));
  parts.set(beside, named(relationships));
}

/**
 * Writes the file anew with `at` for every hour in it and links named by their order. Pictures are stored as they are: they are
 * packed already.
 *
 * @param at when the article was last changed or published; null where that is not known.
 */
export async function sameDocx(data: Uint8Array, at: Date | null): Promise<Buffer> {
  const date = at ?? NO_DATE;
  const made = await JSZip.loadAsync(data);
  const files = Object.values(made.files).filter((file) => !file.dir);
  const isXml = (name: string): boolean => /\.(?:xml|rels)$/.test(name);
  const parts = new Map<string, string>();
  for (const file of files) if (isXml(file.name)) parts.set(file.name, await file.async('string'));
  for (const name of [...parts.keys()]) if (!name.endsWith('.rels')) nameLinks(parts, name);
  const core = parts.get('docProps/core.xml');
  if (core !== undefined) {
    const hour = date.toISOString().replace(/\.\d+Z$/, 'Z');
    parts.set('docProps/core.xml', core.replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${hour}`));
  }
  const zip = new JSZip();
  for (const file of files) {
    const whole = parts.get(file.name) ?? (await file.async('nodebuffer'));
    const compression = isXml(file.name) ? 'DEFLATE' : 'STORE';
    zip.file(file.name, whole, { date, compression, createFolders: false });
  }
  return zip.generateAsync({ type: 'nodebuffer', platform: 'DOS' });
}
