/** Plain text, in and out: one line a cue. */
import { cueText, readingTimeUs } from '../model/captions/index.ts';
import type { Cue } from '../model/captions/index.ts';
import type { RawCue } from './finish.ts';
import { joinLines } from './lrc.ts';
import type { RepairList } from './repairs.ts';
import { noteUnwritten } from './unwritten.ts';

/** Every line with text as a cue, one after the other from 0, each as long as it takes to read. */
export function readTxt(text: string, repairs: RepairList): RawCue[] {
  let at = 0;
  const cues: RawCue[] = [];
  for (const line of text.split('\n')) {
    const words = cueText(line);
    if (words === '') continue;
    const startUs = at;
    at += readingTimeUs(words);
    cues.push({ startUs, endUs: at, text: words });
  }
  repairs.add('times_estimated', cues.length);
  return cues;
}

/** The words alone, one line a cue. */
export function writeTxt(cues: readonly Cue[], repairs: RepairList): string {
  repairs.add('times_not_written', cues.length);
  noteUnwritten(cues, 'TXT', ['id', 'speaker', 'style'], repairs);
  repairs.add('lines_joined', cues.filter((cue) => cue.text.includes('\n')).length);
  return cues.map((cue) => `${joinLines(cue.text)}\n`).join('');
}
