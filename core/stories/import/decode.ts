/** The text of a document file, with what had to be guessed noted. */
import { StudioError } from '../../model/errors.ts';
import { decodeText as decode } from '../../text/index.ts';
import type { RepairList } from './repairs.ts';

/**
 * Text of a file in whatever encoding (see `core/text`). Notes guesses other than GB18030 and characters that
 * could not be read.
 *
 * @throws StudioError not_a_document {file} for bytes that are no text.
 */
export function decodeText(bytes: Uint8Array, file: string, options: { html: boolean }, repairs: RepairList): string {
  const decoded = decode(bytes, options);
  if (!decoded) throw new StudioError('not_a_document', { file });
  if (decoded.guessed) repairs.add('encoding_guessed', 1, decoded.encoding);
  repairs.add('characters_unreadable', decoded.unreadable);
  return decoded.text;
}
