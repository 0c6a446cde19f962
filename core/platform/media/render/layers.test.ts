/** Music, voice and effects in real films: where they begin and end, how loud, and how they step back for speech. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planCover, planRender, planStill } from '../../../video/index.ts';
import { HAS_FFMPEG, SAMPLES, inspect, make, moving, refusalOf, scratch, x264 } from '../fixtures.ts';
import { filmOf, loudness, meanVolume, testMaker, type TestSound } from './fixtures.ts';

const { dir, remove } = scratch();
afterAll(remove);
const maker = testMaker(dir, { planCover, planRender, planStill });
const S = 1_000_000;

let films = 0;
async function rendered(clip: string, sounds: readonly TestSound[]): Promise<string> {
  const outDir = path.join(dir, `out-${(films += 1)}`);
  mkdirSync(outDir);
  const film = await filmOf([{ file: clip, inUs: 0, outUs: 6 * S }], [], { sounds });
  const { outputs } = await maker.render({ ...film, targets: ['archive'], outDir });
  return outputs[0]?.file ?? '';
}

const MUSIC = 'bandpass=f=1000:width_type=h:w=120,bandpass=f=1000:width_type=h:w=120';
const SPEECH = 'bandpass=f=300:width_type=h:w=60,bandpass=f=300:width_type=h:w=60';
/** Sine waves of amplitude 0.1414: -20 dBFS. */
const wave = (hz: number, when: string, seconds: number): string[] => [
  ...['-f', 'lavfi', '-i', `aevalsrc=0.1414*sin(2*PI*${hz}*t)*${when}:d=${seconds}:s=48000`],
];

let talk = '';
let quiet = '';
let song = '';

describe.skipIf(!HAS_FFMPEG)('sounds beside the storyline', () => {
  beforeAll(() => {
    const picture = moving('320x180', 30, 6);
    // Somebody "speaks" from 2 to 4.
    const speech = wave(300, 'between(t\\,2\\,4)', 6);
    talk = make(path.join(dir, 'talk.mp4'), ...picture, ...speech, ...x264(), '-c:a', 'aac', '-shortest');
    quiet = make(path.join(dir, 'quiet.mp4'), ...picture, ...x264(), '-an');
    song = make(path.join(dir, '茶歌.mp3'), ...wave(1000, '1', 20), '-c:a', 'libmp3lame', '-b:a', '192k');
  });

  test('music begins, fades, steps back for speech by what was asked, comes up again and ends', async () => {
    const music = { track: 'music' as const, file: song, startUs: S, inUs: 5 * S, outUs: 9.5 * S };
    const file = await rendered(talk, [{ ...music, fadeInUs: 0.4 * S, duckDb: -12 }]);
    const at = (from: number, to: number) => meanVolume(file, from, to, MUSIC);
    const full = at(1.6, 1.9);
    expect(at(0.2, 0.9)).toBeLessThan(full - 40);
    expect(at(1, 1.1)).toBeLessThan(full - 6);
    expect(at(2.5, 3.9) - full).toBeGreaterThan(-14);
    expect(at(2.5, 3.9) - full).toBeLessThan(-10);
    expect(Math.abs(at(5.2, 5.45) - full)).toBeLessThan(1.5);
    expect(at(5.6, 5.95)).toBeLessThan(full - 40);
    // The speech is as loud as it was: adding something makes nothing quieter.
    const plain = await rendered(talk, [music]);
    const share = (film: string) => meanVolume(film, 2.5, 3.9, SPEECH) - meanVolume(film, 1.6, 1.9, MUSIC);
    expect(Math.abs(share(file) - share(plain))).toBeLessThan(1);
    expect(Math.abs(meanVolume(plain, 2.5, 3.9, MUSIC) - meanVolume(plain, 1.6, 1.9, MUSIC))).toBeLessThan(1);
    expect(Math.abs(loudness(file).lufs + 16)).toBeLessThanOrEqual(1);
    expect(Number(inspect(file).streams[1]?.['duration'])).toBeCloseTo(6, 2);
  });

  test('a voice over a film without sound, from a video; what is muted or behind the end is not heard', async () => {
    const voice = { track: 'voice' as const, file: talk, startUs: 0.5 * S, inUs: 2 * S, outUs: 3 * S };
    const file = await rendered(quiet, [
      voice,
      { track: 'effects', file: song, startUs: 0, inUs: 0, outUs: 6 * S, muted: true },
      { track: 'music', file: song, startUs: 6 * S, inUs: 0, outUs: 6 * S },
    ]);
    const full = meanVolume(file, 0.6, 1.4, SPEECH);
    expect(full).toBeGreaterThan(-40);
    expect(meanVolume(file, 0, 0.4, SPEECH)).toBeLessThan(full - 40);
    expect(meanVolume(file, 1.7, 6, SPEECH)).toBeLessThan(full - 40);
    expect(meanVolume(file, 0, 6, MUSIC)).toBeLessThan(full - 30);
  });

  test('a voice makes the music step back too, a gain is in decibels', async () => {
    const music = { track: 'music' as const, file: song, startUs: 0, inUs: 0, outUs: 6 * S };
    const file = await rendered(quiet, [
      { ...music, duckDb: -9 },
      { track: 'voice', file: talk, startUs: 0, inUs: 0, outUs: 6 * S, gainDb: 0 },
    ]);
    const down = meanVolume(file, 2.5, 3.9, MUSIC) - meanVolume(file, 1, 1.9, MUSIC);
    expect(Math.abs(down + 9)).toBeLessThan(2);
    const quieter = await rendered(talk, [{ ...music, gainDb: -10 }]);
    const share = meanVolume(quieter, 1, 1.9, MUSIC) - meanVolume(quieter, 2.5, 3.9, SPEECH);
    expect(Math.abs(share + 10)).toBeLessThan(1);
  });

  test('a sound whose file is gone is named', async () => {
    const film = await filmOf([{ file: quiet, inUs: 0, outUs: S }], [], {
      sounds: [{ track: 'music', file: song, startUs: 0, inUs: 0, outUs: S }],
    });
    const gone = {
      ...film,
      source: (sha: string) =>
        sha === film.timeline.assets[1]?.sha256 ? Promise.resolve(path.join(dir, 'gone.mp3')) : film.source(sha),
    };
    const refusal = await refusalOf(maker.render({ ...gone, targets: ['douyin'], outDir: dir }));
    expect(refusal).toMatchObject({ code: 'source_vanished', files: ['茶歌.mp3'] });
  });
});

describe.skipIf(!HAS_FFMPEG || !SAMPLES)('the sample of two sound tracks without a picture', () => {
  test('can be the music', async () => {
    const file = path.join(SAMPLES ?? '', 'two-audio-no-video.mp4');
    const film = await rendered(quiet, [{ track: 'music', file, startUs: 0, inUs: 0, outUs: 3 * S }]);
    expect(meanVolume(film, 0.5, 2.5)).toBeGreaterThan(-40);
    expect(meanVolume(film, 3.2, 5.9)).toBeLessThan(-70);
  });
});
