/** Originals as they came in, for whoever is about to make something of them that people sign or see. */
import { StudioError } from '../model/errors.ts';
import type { BlobStore } from '../ports/index.ts';

/**
 * Path of an original whose bytes are those that came in. `file`: its name for people.
 * Errors: source_vanished (it is gone), original_altered (something else stands there).
 */
export async function originalOf(
  blobs: Pick<BlobStore, 'verify' | 'pathOf'>,
  sha256: string,
  file: string,
): Promise<string> {
  const state = await blobs.verify(sha256);
  if (state === 'there') return blobs.pathOf(sha256);
  throw new StudioError(state === 'missing' ? 'source_vanished' : 'original_altered', { file }, { files: [file] });
}
