/** Word documents. Mammoth reads the package; what it finds is converted by `docx-convert.ts`. */
import mammoth from 'mammoth';
import { StudioError } from '../../model/errors.ts';
import { ArticleBuilder } from './builder.ts';
import { convertDocument } from './docx-convert.ts';
import type { WordDocument, WordElement, WordImage } from './docx-types.ts';
import { markNumbers, readNumbering } from './docx-numbering.ts';
import type { PictureList } from './pictures.ts';
import type { RepairCode, RepairList } from './repairs.ts';
import { takeTitle } from './title.ts';
import type { TitledArticle } from './title.ts';
import { ZipDamaged, ZipEntryMissing, ZipFile, ZipTooLarge } from './zip.ts';

const MB = 1024 * 1024;
/** Unpacked XML over this is refused before anything is unpacked. */
export const MAX_UNPACKED_XML = 200 * MB;
/** All of a package unpacked, pictures included. */
const MAX_UNPACKED = 1024 * MB;
/**
 * Tags in one XML part. An article of 5 MB has far fewer; a tree of more would not fit into memory
 * (about 400 bytes a tag in the XML reader).
 */
const MAX_TAGS = 3_000_000;

/** The package as mammoth's reader asks for it. */
interface PackageReader {
  exists(name: string): boolean;
  read(name: string, encoding?: string): Promise<Uint8Array | string>;
}

const tooLarge = (file: string, limit: string): StudioError => new StudioError('too_large', { file, limit });

function openPackage(bytes: Uint8Array, file: string): ZipFile {
  try {
    const zip = new ZipFile(bytes, { xml: MAX_UNPACKED_XML, total: MAX_UNPACKED });
    if (!zip.has('[Content_Types].xml') || !zip.names().some((name) => /^word\/.*document.*\.xml$/i.test(name))) {
      throw new ZipDamaged('no Word document inside');
    }
    return zip;
  } catch (error) {
    if (error instanceof ZipTooLarge) throw tooLarge(file, '200 MB');
    throw new StudioError('not_a_document', { file }, { cause: error });
  }
}

async function readText(zip: ZipFile, name: string, file: string): Promise<string> {
  const text = new TextDecoder().decode(await zip.read(name));
  let tags = 0;
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at + 1)) tags += 1;
  if (tags > MAX_TAGS) throw tooLarge(file, '200 MB');
  return text;
}

/** What mammoth passes over or takes without a word, by the tags that show it. */
const SILENT: readonly [RegExp, RepairCode][] = [
  [/<m:oMath[\s>]/g, 'formula_left_out'],
  [/<(?:c:chart|cx:chart|dgm:relIds)[\s>]/g, 'drawing_left_out'],
  [/<w:(?:ins|del|moveFrom|moveTo)\s[^>]*w:(?:author|date)=/g, 'revisions_accepted'],
  [/<w:vanish(?:\s+w:val="(?:1|true|on)")?\s*\/>/g, 'hidden_text_kept'],
];

function noteSilent(xml: string, repairs: RepairList): void {
  for (const [pattern, code] of SILENT) repairs.add(code, xml.match(pattern)?.length ?? 0);
}

/**
 * Relationships with an entry for every id the document names and the package lacks: Word shows a placeholder
 * there, mammoth would give the whole document up.
 */
function withDangling(rels: string, document: string): string {
  const known = new Set([...rels.matchAll(/\sId="([^"]*)"/g)].map((match) => match[1]));
  const named = new Set([...document.matchAll(/\sr:(?:embed|id|link)="([^"]*)"/g)].map((match) => match[1] ?? ''));
  const missing = [...named].filter((id) => id !== '' && !known.has(id));
  const entries = missing.map((id) => `<Relationship Id="${id}" Type="missing" Target="missing"/>`).join('');
  return rels.replace(/<\/Relationships>\s*$/, `${entries}</Relationships>`);
}

async function readPackage(zip: ZipFile, file: string, repairs: RepairList): Promise<PackageReader> {
  const textOf = async (name: string): Promise<string> => (zip.has(name) ? readText(zip, name, file) : '');
  const numbering = readNumbering(await textOf('word/numbering.xml'), await textOf('word/styles.xml'));
  return {
    exists: (name) => zip.has(name),
    read: async (name, encoding) => {
      if (encoding === undefined) return zip.read(name);
      if (encoding === 'base64') return (await zip.read(name)).toString('base64');
      const text = await readText(zip, name, file);
      if (name === 'word/_rels/document.xml.rels') return withDangling(text, await textOf('word/document.xml'));
      if (!/^word\/[^/]*document[^/]*\.xml$/i.test(name)) return text;
      noteSilent(text, repairs);
      return markNumbers(text, numbering);
    },
  };
}

/** Runs mammoth for its reading of the document; its HTML is not used, it would lose alignment and numbers. */
async function runMammoth(reader: PackageReader): Promise<WordDocument> {
  const found: WordDocument[] = [];
  // `file` takes an opened package in place of bytes; mammoth's types leave it out.
  const input = { file: reader } as unknown as Parameters<typeof mammoth.convertToHtml>[0];
  await mammoth.convertToHtml(input, {
    externalFileAccess: false,
    includeEmbeddedStyleMap: false,
    transformDocument: (document: WordDocument) => {
      found.push(document);
      return { ...document, children: [] };
    },
  });
  const [document] = found;
  if (!document) throw new Error('mammoth found no document');
  return document;
}

async function readDocument(zip: ZipFile, file: string, repairs: RepairList): Promise<WordDocument> {
  try {
    return await runMammoth(await readPackage(zip, file, repairs));
  } catch (error) {
    if (error instanceof StudioError) throw error;
    // Mammoth throws plain errors for whatever it cannot make sense of.
    throw new StudioError('not_a_document', { file }, { cause: error });
  }
}

/** Every picture below the elements given, without recursion. */
function imagesIn(elements: readonly WordElement[]): WordImage[] {
  const images: WordImage[] = [];
  const stack = elements.toReversed();
  for (let element = stack.pop(); element; element = stack.pop()) {
    if (element.type === 'image') images.push(element);
    else if ('children' in element) for (const child of element.children.toReversed()) stack.push(child);
  }
  return images;
}

async function readImages(
  document: WordDocument,
  zip: ZipFile,
  repairs: RepairList,
): Promise<Map<WordImage, Uint8Array>> {
  const found = new Map<WordImage, Uint8Array>();
  for (const image of imagesIn(document.children)) {
    try {
      const bytes = await image.readAsBuffer();
      found.set(image, new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    } catch (error) {
      // A picture kept elsewhere has an address where others have an entry of the package.
      const remote = error instanceof ZipEntryMissing ? /:\/\//.test(error.message) : !(error instanceof ZipDamaged);
      repairs.add(remote ? 'remote_image_left_out' : 'picture_unreadable');
    }
  }
  return found;
}

/**
 * Article of a docx.
 *
 * @throws StudioError not_a_document {file} for anything Word itself would not open as docx (old .doc,
 *   encrypted, damaged); too_large when it would unpack to more than 200 MB of XML or the article is over 5 MB.
 */
export async function importDocx(
  bytes: Uint8Array,
  file: string,
  pictures: PictureList,
  repairs: RepairList,
): Promise<TitledArticle> {
  const zip = openPackage(bytes, file);
  const document = await readDocument(zip, file, repairs);
  const images = await readImages(document, zip, repairs);
  const builder = new ArticleBuilder(repairs, file);
  try {
    convertDocument(document, { builder, pictures, repairs, images });
  } catch (error) {
    // The stack ends: nested deeper than anything a person makes in Word.
    if (error instanceof RangeError) throw new StudioError('not_a_document', { file }, { cause: error });
    throw error;
  }
  return takeTitle(builder.finish(), { given: null, look: 'heading1' }, repairs);
}
