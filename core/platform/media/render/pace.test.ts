/** Frozen frames, clips that run backwards, loudness over time and the film's end, in films of real files. */
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planCover, planRender, planStill } from '../../../video/index.ts';
import { fileUrl } from '../files.ts';
import { HAS_FFMPEG, inspect, make, moving, scratch, tone, x264 } from '../fixtures.ts';
import { filmOf, meanVolume, psnr, testMaker, outDirs, type TestFilm } from './fixtures.ts';

const { dir, remove } = scratch();
afterAll(remove);
const maker = testMaker(dir, { planCover, planRender, planStill });
const S = 1_000_000;
const outDir = outDirs(dir);

let scene = '';
let halfLoud = '';
let light = '';

beforeAll(() => {
  if (!HAS_FFMPEG) return;
  scene = make(path.join(dir, 'scene.mp4'), ...moving('320x180', 30, 5), ...tone(5), ...x264(), '-c:a', 'aac');
  // Heard in its first two seconds only.
  const half = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=5,volume=enable=gte(t\\,2):volume=0'];
  halfLoud = make(path.join(dir, 'half.mp4'), ...moving('320x180', 30, 5), ...half, ...x264(), '-c:a', 'aac');
  const plain = ['-f', 'lavfi', '-i', 'color=0xc0c0c0:s=320x180:r=30:d=5'];
  light = make(path.join(dir, 'light.mp4'), ...plain, ...tone(5), ...x264(), '-c:a', 'aac');
});

async function film(of: TestFilm, target = 'archive'): Promise<string> {
  const { outputs } = await maker.render({ ...of, targets: [target], outDir: outDir() });
  return outputs[0]?.file ?? '';
}

const frame = (n: number): string => `select=eq(n\\,${n}),scale=320:180`;
/** How much frame `n` of a film is frame `of` of a source, decibels. */
const alike = (file: string, n: number, of: number, source = scene): number =>
  psnr({ file, filter: frame(n) }, { file: source, filter: frame(of) });
/** Expects frame `n` of the film to be frame `of` of the source and no other near it. */
function expectFrame(file: string, n: number, of: number, source = scene): void {
  const right = alike(file, n, of, source);
  expect(right, `frame ${n} is ${of} of the source`).toBeGreaterThan(22);
  for (const off of of < 3 ? [3] : [-3, 3])
    expect(right, `frame ${n} is not ${of + off}`).toBeGreaterThan(alike(file, n, of + off, source) + 2);
}
const frames = (file: string): string => String(inspect(file).streams[0]?.['nb_frames']);

/** Grey of the middle of each frame, 0 to 255. */
function greys(file: string): number[] {
  const filter = 'crop=40:40,scale=1:1:in_color_matrix=bt709:out_range=pc,format=gray';
  return [...spawnSync('ffmpeg', ['-v', 'error', '-i', fileUrl(file), '-vf', filter, '-f', 'rawvideo', '-']).stdout];
}

describe.skipIf(!HAS_FFMPEG)('a frozen frame', () => {
  test('stands for as long as it says and is silent, whatever its speed and out point', async () => {
    const of = await filmOf([
      { file: scene, inUs: 0, outUs: S },
      { file: scene, inUs: S, outUs: 3 * S, heldUs: 2 * S, speed: '2/1' },
      { file: scene, inUs: S, outUs: 2 * S },
    ]);
    const file = await film(of);
    expect(frames(file)).toBe('120');
    for (const n of [30, 31, 60, 89]) expectFrame(file, n, 30);
    expectFrame(file, 29, 29);
    expectFrame(file, 95, 35);
    expect(meanVolume(file, 1.2, 2.8)).toBeLessThan(-60);
    expect(meanVolume(file, 3.2, 3.8)).toBeGreaterThan(-40);
  });

  test('can be dissolved into and moved over, and a still of it is the frame of the film', async () => {
    const view = { x: 0, y: 0, size: 500 };
    const of = await filmOf([
      { file: light, inUs: 0, outUs: S },
      {
        ...{ file: scene, inUs: S, outUs: 1_033_333, heldUs: S, transition: { kind: 'dissolve', lengthUs: 400_000 } },
        zoom: { from: { x: 0, y: 0, size: 1000 }, to: view },
      },
    ]);
    const file = await film(of);
    expect(frames(file)).toBe('60');
    const { file: still } = await maker.still({ ...of, target: 'archive', atUs: 1.7 * S, outDir: outDir() });
    const same = psnr(
      { file: still, filter: 'scale=320:180:out_color_matrix=bt709:out_range=tv' },
      { file, filter: frame(51) },
    );
    expect(same).toBeGreaterThan(30);
  });
});

describe.skipIf(!HAS_FFMPEG)('a clip that runs backwards', () => {
  test('shows every frame from its last to its first, over the pieces it is read in', async () => {
    const file = await film(await filmOf([{ file: scene, inUs: 0.5 * S, outUs: 4.5 * S, reversed: true }]));
    expect(frames(file)).toBe('120');
    for (const n of [0, 1, 30, 59, 60, 61, 90, 118, 119]) expectFrame(file, n, 134 - n);
  });

  test('twice as fast too, and its sound comes from the end', async () => {
    const file = await film(await filmOf([{ file: halfLoud, inUs: 0, outUs: 4 * S, reversed: true, speed: '2/1' }]));
    expect(frames(file)).toBe('60');
    for (const n of [0, 10, 29, 59]) expectFrame(file, n, 118 - 2 * n, halfLoud);
    expect(meanVolume(file, 0.1, 0.8)).toBeLessThan(-50);
    expect(meanVolume(file, 1.2, 1.8)).toBeGreaterThan(-40);
  });

  test('goes on beyond its cuts in a dissolve, backwards as well', async () => {
    const of = await filmOf([
      { file: scene, inUs: S, outUs: 2 * S, reversed: true },
      { file: light, inUs: 0, outUs: S, transition: { kind: 'dissolve', lengthUs: 400_000 } },
    ]);
    const file = await film(of);
    expect(frames(file)).toBe('60');
    // Frame 25 is a twelfth of light over the scene's frame 59 - 25.
    expect(alike(file, 25, 34)).toBeGreaterThan(alike(file, 25, 37) + 1);
    expect(alike(file, 25, 34)).toBeGreaterThan(alike(file, 25, 31) + 1);
  });

  test('no frame of what is masked is uncovered: the mask goes backwards with its pictures', async () => {
    // The mask follows a moving edge: 0 at the source's beginning, half the width later at its end.
    const keys = [
      { atUs: 0, x: 0, y: 0, width: 300, height: 1000 },
      { atUs: 2 * S, x: 600, y: 0, width: 300, height: 1000 },
    ];
    const mask = { id: 'm', shape: 'rectangle', effect: 'mosaic', keys };
    const clip = { file: scene, inUs: 0, outUs: 2 * S, masks: [mask] };
    const [there, back] = [await film(await filmOf([clip])), await film(await filmOf([{ ...clip, reversed: true }]))];
    for (const n of [0, 17, 59]) {
      const same = psnr({ file: back, filter: frame(n) }, { file: there, filter: frame(59 - n) });
      expect(same, `frame ${n}`).toBeGreaterThan(30);
      const forwards = psnr({ file: back, filter: frame(n) }, { file: there, filter: frame(n) });
      expect(same, `frame ${n}`).toBeGreaterThan(forwards + 3);
    }
  });

  test('a still is the frame of the film', async () => {
    const of = await filmOf([{ file: scene, inUs: 0, outUs: 4 * S, reversed: true }]);
    const { file } = await maker.still({ ...of, target: 'archive', atUs: S + 1000, outDir: outDir() });
    const is = (n: number): number =>
      psnr({ file, filter: 'scale=320:180:out_color_matrix=bt709:out_range=tv' }, { file: scene, filter: frame(n) });
    expect(is(89)).toBeGreaterThan(is(86) + 2);
    expect(is(89)).toBeGreaterThan(is(92) + 2);
  });
});

describe.skipIf(!HAS_FFMPEG)('loudness over time', () => {
  test('goes where the keys say, of clips and of sounds', async () => {
    const volume = [
      { atUs: 2 * S, gainDb: 0 },
      { atUs: 3 * S, gainDb: -20 },
    ];
    const level = async (of: TestFilm): Promise<number[]> => {
      const file = await film(of);
      return [
        [0.3, 0.9],
        [1.45, 1.55],
        [2.3, 2.9],
      ].map(([from = 0, to = 0]) => meanVolume(file, from, to));
    };
    const clip = await level(await filmOf([{ file: scene, inUs: S, outUs: 4 * S, volume }]));
    const sounds = [{ track: 'music' as const, file: scene, startUs: 0, inUs: S, outUs: 4 * S, volume }];
    const sound = await level(await filmOf([{ file: light, inUs: 0, outUs: 3 * S, muted: true }], [], { sounds }));
    for (const [before = 0, amid = 0, behind = 0] of [clip, sound]) {
      expect(before - behind).toBeGreaterThan(18.5);
      expect(before - behind).toBeLessThan(21.5);
      expect(before - amid).toBeGreaterThan(8.5);
      expect(before - amid).toBeLessThan(11.5);
    }
  });
});

describe.skipIf(!HAS_FFMPEG)('the ending', () => {
  const withEnding = (of: TestFilm, ending: object): TestFilm => ({
    ...of,
    timeline: { ...of.timeline, ending } as TestFilm['timeline'],
  });

  test('takes picture, captions and sound down evenly to the last frame', async () => {
    const cues = [[0, 2 * S, '茶园里']] as const;
    const of = withEnding(await filmOf([{ file: light, inUs: 0, outUs: 2 * S }], cues), { kind: 'black', lengthUs: S });
    const file = await film(of, 'bilibili');
    const values = greys(file);
    expect(Math.abs((values[29] ?? 0) - 192)).toBeLessThan(6);
    expect(Math.abs((values[45] ?? 0) - 96)).toBeLessThan(8);
    expect(values[59]).toBeLessThan(12);
    // Brightest point of the last frame: a caption that stayed would be white.
    const brightest = spawnSync('ffmpeg', [
      '-v',
      'error',
      '-i',
      fileUrl(file),
      '-vf',
      'select=eq(n\\,59),format=gray',
      '-frames:v',
      '1',
      '-f',
      'rawvideo',
      '-',
    ]).stdout;
    expect(brightest.reduce((most, value) => Math.max(most, value), 0)).toBeLessThan(40);
    expect(meanVolume(file, 0.2, 0.8) - meanVolume(file, 1.85, 1.95)).toBeGreaterThan(14);
  });

  test('music goes down with it, and a longer one than the last clip begins with that', async () => {
    const sounds = [{ track: 'music' as const, file: scene, startUs: 0, inUs: 0, outUs: 3 * S }];
    const clips = [
      { file: light, inUs: 0, outUs: 2 * S, muted: true },
      { file: light, inUs: 0, outUs: S, muted: true, reversed: true },
    ];
    const of = withEnding(await filmOf(clips, [], { sounds }), { kind: 'white', lengthUs: 8 * S });
    const file = await film(of);
    const values = greys(file);
    expect(Math.abs((values[59] ?? 0) - 192)).toBeLessThan(6);
    expect(values[89]).toBeGreaterThan(248);
    expect(meanVolume(file, 0.5, 1.5) - meanVolume(file, 2.85, 2.95)).toBeGreaterThan(14);
  });

  test('begins in one piece of a clip that runs backwards and goes on in the next', async () => {
    const of = withEnding(await filmOf([{ file: light, inUs: 0, outUs: 4 * S, reversed: true }]), {
      kind: 'black',
      lengthUs: 3 * S,
    });
    const values = greys(await film(of));
    for (const [n, share] of [
      [29, 1],
      [45, 5 / 6],
      [60, 2 / 3],
      [75, 0.5],
      [105, 1 / 6],
    ] as const)
      expect(Math.abs((values[n] ?? 0) - 192 * share), `frame ${n}: ${values[n]}`).toBeLessThan(8);
  });
});
