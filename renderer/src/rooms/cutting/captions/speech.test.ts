import { expect, it } from 'vitest';
import { layout } from '../../../../../core/model/timeline/layout.ts';
import { emptyTimeline, type Cue, type Timeline } from '../../../../../core/model/timeline/timeline.ts';
import { heardAround, toSpeech } from './speech.ts';

const S = 1_000_000;
const cue = (id: string, startUs: number, endUs: number): Cue => ({ id, startUs, endUs, text: id });

function film(): Timeline {
  const clip = { inUs: 0, outUs: 10 * S, speed: '1/1' as const, gainDb: 0, muted: false, fit: null };
  const asset = (assetId: string, hasAudio: boolean) => ({
    ...{ assetId, hasAudio, sha256: 'a'.repeat(64), name: assetId, kind: 'video' as const, durationUs: 10 * S },
    ...{ width: 16, height: 9, frameRate: '30/1', variable: false },
  });
  const sound = { inUs: 0, outUs: 4 * S, gainDb: 0, muted: false, fadeInUs: 0, fadeOutUs: 0, duckDb: 0 };
  return {
    ...emptyTimeline(),
    assets: [asset('talk', true), asset('mute', false)],
    storyline: [
      { ...clip, id: 'c1', assetId: 'talk', inUs: 2 * S, speed: '2/1' },
      { ...clip, id: 'c2', assetId: 'mute' },
      { ...clip, id: 'c3', assetId: 'talk', muted: true },
    ],
    voice: [{ ...sound, id: 's1', assetId: 'talk', startUs: 6 * S }],
    music: [{ ...sound, id: 's2', assetId: 'talk', startUs: 0 }],
  };
}

it('listens to the storyline and to voices around the captions, not to what is muted, silent or music', () => {
  const timeline = film();
  const heard = (...cues: Cue[]) => heardAround(timeline, layout(timeline), cues).map(({ startUs }) => startUs);
  expect(heard(cue('q', S, 2 * S))).toEqual([0]);
  expect(heard(cue('q', S, 5 * S))).toEqual([0, 6 * S]);
  expect(heard(cue('q', 15 * S, 16 * S))).toEqual([]);
  expect(heardAround(timeline, layout(timeline), [cue('q', 0, S)])).toEqual([
    { assetId: 'talk', inUs: 2 * S, outUs: 10 * S, startUs: 0, speed: 2 },
  ]);
});

it('sets captions to it, and leaves alone what stands right or has no speech near', () => {
  const timeline = film();
  const cues = [cue('a', 0.9 * S, 2.2 * S), cue('b', S, 2 * S), cue('far', 20 * S, 21 * S)];
  // From 4 to 6 s of the recording, which runs twice as fast from its second second on.
  const speechOf = () => [{ startUs: 4 * S, endUs: 6 * S }];
  expect(toSpeech(cues, heardAround(timeline, layout(timeline), cues.slice(0, 2)), speechOf)).toEqual([
    { type: 'editCue', cueId: 'a', startUs: S, endUs: 2 * S },
  ]);
});
