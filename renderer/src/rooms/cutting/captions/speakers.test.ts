import { describe, expect, it } from 'vitest';
import type { Cue } from '../../../../../core/model/timeline/timeline.ts';
import {
  allBehind,
  filmSpeakers,
  nameSpeaker,
  speakerBefore,
  speakerChoices,
  speakerFrom,
  unnamedBehind,
} from './speakers.ts';

const cue = (id: string, speaker?: string): Cue => ({
  ...{ id, startUs: 0, endUs: 1, text: id },
  ...(speaker === undefined ? {} : { speaker }),
});
const cues = [cue('a', '李干部'), cue('b'), cue('c'), cue('d', '老周'), cue('e', '老周'), cue('f')];

describe('who speaks', () => {
  it('those who speak most first, then the people of the story', () => {
    expect(filmSpeakers(cues)).toEqual(['老周', '李干部']);
    expect(speakerChoices(cues, ['周大山', '老周'])).toEqual(['老周', '李干部', '周大山']);
  });

  it('the captions behind, up to the next speaker or to the end', () => {
    expect([...unnamedBehind(cues, 'a')]).toEqual(['b', 'c']);
    expect([...unnamedBehind(cues, 'd')]).toEqual([]);
    expect([...unnamedBehind(cues, 'e')]).toEqual(['f']);
    expect([...allBehind(cues, 'd')]).toEqual(['e', 'f']);
    expect(speakerBefore(cues, 'b')).toBe('李干部');
    expect(speakerBefore(cues, 'a')).toBeNull();
    expect(speakerBefore(cues, 'c')).toBeNull();
  });

  it('names only where it says something else', () => {
    expect(nameSpeaker(cues, new Set(['b', 'd', 'e']), '老周')).toEqual([
      { type: 'editCue', cueId: 'b', speaker: '老周' },
    ]);
    expect(nameSpeaker(cues, new Set(['a', 'b']), null)).toEqual([{ type: 'editCue', cueId: 'a', speaker: null }]);
  });

  it('a name is one line of at most 80 characters', () => {
    expect(speakerFrom('  老 \n 周 ')).toBe('老 周');
    expect(speakerFrom(' \t ')).toBeNull();
    expect(speakerFrom('长'.repeat(90))).toHaveLength(80);
  });
});
