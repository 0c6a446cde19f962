/** Takes a document in: bytes and a file name to an article, its pictures, and a list of what was changed. */
import { MAX_ARTICLE_BYTES, articleBytes, parseArticle } from '../../model/article/index.ts';
import { StudioError } from '../../model/errors.ts';
import type { ArticleDoc } from '../../model/article/index.ts';
import type { Repair } from '../../model/contract/index.ts';
import { cleanCharacters } from './characters.ts';
import { decodeText } from './decode.ts';
import { importDocx } from './docx.ts';
import { importHtml } from './html.ts';
import { importMarkdown } from './markdown.ts';
import { PictureList } from './pictures.ts';
import type { ImportedImage } from './pictures.ts';
import { importPlain } from './plain.ts';
import { RepairList } from './repairs.ts';
import type { TitledArticle } from './title.ts';

export { picturesBeside } from './beside.ts';
export { replaceImages } from './replace-images.ts';
export type { ImportedImage } from './pictures.ts';

export interface ImportedDocument {
  /** Never empty: the file's name without its extension where the document has no text. At most 100 characters. */
  title: string;
  /** Passes `parseArticle`. Pictures have a placeholder (`import:0`) as asset id, see `replaceImages`. */
  doc: ArticleDoc;
  images: ImportedImage[];
  repairs: Repair[];
}

/** Largest file, bytes. */
export const MAX_DOCUMENT_BYTES = 200 * 1024 * 1024;
/** Formats as the sentence of `unsupported_format` lists them. */
export const DOCUMENT_FORMATS = 'docx md html txt';

type Format = 'docx' | 'md' | 'html' | 'txt';
const FORMATS: Readonly<Record<string, Format>> = {
  docx: 'docx',
  md: 'md',
  markdown: 'md',
  html: 'html',
  htm: 'html',
  txt: 'txt',
};

const OLE = [0xd0, 0xcf, 0x11, 0xe0];

function formatOf(file: string, bytes: Uint8Array): Format {
  const extension = /\.([^.]+)$/.exec(file)?.[1]?.toLowerCase() ?? '';
  const format = Object.hasOwn(FORMATS, extension) ? FORMATS[extension] : undefined;
  if (format) return format;
  // Old Word and WPS files: the way out is to save them as docx, which is what this error says.
  if (OLE.every((byte, i) => bytes[i] === byte)) throw new StudioError('not_a_document', { file });
  throw new StudioError('unsupported_format', { file, supported: DOCUMENT_FORMATS });
}

async function read(
  bytes: Uint8Array,
  file: string,
  pictures: PictureList,
  repairs: RepairList,
): Promise<TitledArticle> {
  const format = formatOf(file, bytes);
  if (bytes.length === 0) throw new StudioError('empty_file', { file });
  if (format === 'docx') return importDocx(bytes, file, pictures, repairs);
  const text = decodeText(bytes, file, { html: format === 'html' }, repairs);
  if (text.trim() === '') throw new StudioError('empty_file', { file });
  if (format === 'html') return importHtml(text, file, pictures, repairs);
  if (format === 'md') return importMarkdown(cleanCharacters(text, repairs), file, pictures, repairs);
  return importPlain(text, file, repairs);
}

/**
 * Reads a .docx, .md, .html, .htm or .txt file into an article. Nothing is fetched from the network.
 *
 * The title is what the document itself names (HTML, front matter), else its title paragraph or first heading,
 * else its first line; it is taken out of the body when it is the body's first block.
 *
 * @param name file name as the person knows it; a path is cut to its last part.
 * @param beside pictures that lie beside a Markdown or HTML file (`picturesBeside`), by the address it names them with.
 * @throws StudioError too_large {file, limit}: file over 200 MB, XML of a docx over 200 MB unpacked, article
 *   over 5 MB; unsupported_format {file, supported}; empty_file {file}; not_a_document {file}: what the
 *   extension promises is not inside.
 */
export async function importDocument(
  bytes: Uint8Array,
  name: string,
  beside: ReadonlyMap<string, Uint8Array> = new Map(),
): Promise<ImportedDocument> {
  const file = name.split(/[\\/]/).at(-1) ?? name;
  if (bytes.length > MAX_DOCUMENT_BYTES) throw new StudioError('too_large', { file, limit: '200 MB' });
  const repairs = new RepairList();
  const stem =
    cleanCharacters(file, new RepairList())
      .replace(/\.[^.]+$/, '')
      .trim() || '稿件';
  const pictures = new PictureList([...stem].slice(0, 80).join(''), repairs, beside);
  const { title, doc } = await read(bytes, file, pictures, repairs);
  if (articleBytes(doc) > MAX_ARTICLE_BYTES) throw new StudioError('too_large', { file, limit: '5 MB' });
  return {
    title: cleanCharacters(title, repairs).trim() || [...stem].slice(0, 100).join(''),
    doc: parseArticle(doc),
    images: pictures.images,
    repairs: repairs.toArray(),
  };
}
