/** What a format has no place for, told and not silently left out. */
import type { Cue } from '../model/captions/index.ts';
import type { RepairList } from './repairs.ts';

const CODES = { id: 'ids_not_written', speaker: 'speakers_not_written', style: 'styles_not_written' } as const;

/** Notes the cues that have one of `fields`, which `format` cannot hold. */
export function noteUnwritten(
  cues: readonly Cue[],
  format: string,
  fields: readonly (keyof typeof CODES)[],
  repairs: RepairList,
): void {
  for (const field of fields) repairs.add(CODES[field], cues.filter((cue) => cue[field] !== undefined).length, format);
}
