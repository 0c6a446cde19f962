/** Characters that must not, or need not, come in with a document. */
import { visibleCharacters } from '../../text/index.ts';
import type { RepairList } from './repairs.ts';

/** Drops invisible characters and marks unreadable ones (see `core/text`), and notes both. */
export function cleanCharacters(text: string, repairs: RepairList): string {
  const clean = visibleCharacters(text);
  repairs.add('control_characters_dropped', clean.dropped);
  repairs.add('characters_unreadable', clean.unreadable);
  return clean.text;
}
