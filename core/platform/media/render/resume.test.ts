/** Renders that are broken off, by what goes wrong on office computers: nothing half-made stands, and a retry goes on. */
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statfsSync,
  truncateSync,
} from 'node:fs';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mountTmpfs, unmount } from '../../../../tests/support/tmpfs.ts';
import type { RenderOrder } from '../../../ports/video.ts';
import { planCover, planRender, planStill } from '../../../video/index.ts';
import { HAS_FFMPEG, inspect, make, moving, refusalOf, scratch, tone, x264 } from '../fixtures.ts';
import { samplesOf } from './boxes.ts';
import { filmOf, killNext, outDirs, testMaker } from './fixtures.ts';
import type { Rendered, TestFilm } from './fixtures.ts';
import { diskOf, lacking, pictureBytes, roomNeeded } from './room.ts';

const { dir, remove } = scratch();
const disk = HAS_FFMPEG ? mountTmpfs(64) : null;
afterAll(() => {
  if (disk !== null) unmount(disk);
  remove();
});
const newOut = outDirs(dir);

let [one, two] = ['', ''];
let film: TestFilm;
/** Frames of the segments of {@link film}, of the two files in turn. */
const FRAMES = [30, 120, 30, 30];

beforeAll(async () => {
  if (!HAS_FFMPEG) return;
  one = make(path.join(dir, 'one.mp4'), ...moving('320x180', 30, 2), ...tone(2), ...x264(), '-c:a', 'aac');
  two = make(path.join(dir, 'two.mp4'), ...moving('320x180', 25, 4), ...x264());
  film = await filmOf([
    { file: one, inUs: 0, outUs: 1_000_000 },
    { file: two, inUs: 0, outUs: 4_000_000 },
    { file: one, inUs: 1_000_000, outUs: 2_000_000 },
    { file: two, inUs: 2_000_000, outUs: 3_000_000 },
  ]);
});

interface Place {
  outDir: string;
  segments: () => string[];
  render: (extra?: Partial<RenderOrder>) => Promise<Rendered>;
}

/** A cache and a folder for films of a test's own, both below `root`. */
function placeIn(root: string): Place {
  const outDir = path.join(root, 'films');
  mkdirSync(outDir, { recursive: true });
  const maker = testMaker(root, { planCover, planRender, planStill });
  const segments = (): string[] => {
    const folder = path.join(root, 'cache', 'segments');
    return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.mp4')) : [];
  };
  return {
    outDir,
    segments,
    render: (extra = {}) => maker.render({ ...film, targets: ['archive'], outDir, ...extra }),
  };
}

/** Renders, does something when the first segment is there, and gives the error's data. */
async function breaking(
  { render, segments }: Place,
  act: () => void | Promise<void>,
  extra: Partial<RenderOrder> = {},
) {
  const acting: Promise<void>[] = [];
  // By the folder and not by the progress, which is told twice a second: what is begun next has hardly opened its files.
  const watch = setInterval(() => {
    if (acting.length === 0 && segments().length > 0) acting.push(Promise.resolve(act()));
  }, 1);
  try {
    const refusal = await refusalOf(render(extra));
    await Promise.all(acting);
    return refusal;
  } finally {
    clearInterval(watch);
  }
}

/** The rest is encoded, what was kept is not, and the film is whole. */
async function goesOn(place: Place, extra: Partial<RenderOrder> = {}): Promise<void> {
  const kept = place.segments().length;
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThan(FRAMES.length);
  const [output] = (await place.render(extra)).outputs;
  expect(output?.segments).toEqual({ encoded: FRAMES.length - kept, reused: kept, copied: 0 });
  expect(inspect(output?.file ?? '').packets).toHaveLength(210);
}

/** Nothing of the film, not even hidden, and no work under way. */
function leavesNothing({ outDir }: Place): void {
  expect(readdirSync(outDir)).toEqual([]);
  const cache = path.join(outDir, '..', 'cache');
  expect(readdirSync(cache).filter((name) => name.startsWith('work-'))).toEqual([]);
}

describe.skipIf(!HAS_FFMPEG)('a render that is broken off', () => {
  test.skipIf(process.platform !== 'linux')('ffmpeg is killed', async () => {
    const root = newOut();
    const place = placeIn(root);
    expect(await breaking(place, () => killNext(root))).toMatchObject({ code: 'tool_killed', retryable: true });
    leavesNothing(place);
    await goesOn(place);
  });

  test('a source goes away, comes back cut short, and is whole again', async () => {
    const place = placeIn(newOut());
    const shaOfTwo = film.timeline.assets[1]?.sha256;
    const drive = path.join(newOut(), 'two.mp4');
    const source = (sha: string) => (sha === shaOfTwo ? Promise.resolve(drive) : film.source(sha));
    copyFileSync(two, drive);
    const gone = await breaking(place, () => rmSync(drive), { source });
    expect(gone).toMatchObject({ code: 'source_vanished', params: { file: 'two.mp4' }, files: ['two.mp4'] });
    leavesNothing(place);
    copyFileSync(two, drive);
    rmSync(path.join(place.outDir, '..', 'cache'), { recursive: true });
    const short = await breaking(place, () => truncateSync(drive, 20_000), { source });
    expect(short).toMatchObject({ code: 'source_vanished', params: { file: 'two.mp4' } });
    copyFileSync(two, drive);
    await goesOn(place, { source });
  });

  test('a segment that a power cut left short is made again', async () => {
    const place = placeIn(newOut());
    await place.render();
    const [first = ''] = place.segments();
    const file = path.join(place.outDir, '..', 'cache', 'segments', first);
    truncateSync(file, 3_000);
    expect(await samplesOf(file)).toBeNull();
    const [output] = (await place.render()).outputs;
    expect(output?.segments).toEqual({ encoded: 1, reused: 3, copied: 0 });
    expect(FRAMES).toContain(await samplesOf(file));
    expect(inspect(output?.file ?? '').packets).toHaveLength(210);
  });
});

describe.skipIf(disk === null)('a disk with little room', () => {
  const root = disk ?? '';
  /** Takes all room there is, also what is given back while it does so; returns the way back. */
  const fill = (): (() => void) => {
    const ballast = path.join(root, 'ballast');
    try {
      for (;;) appendFileSync(ballast, Buffer.alloc(256 * 1024));
    } catch {
      return () => rmSync(ballast);
    }
  };

  test('fills in the middle: the error says so, nothing stands, a retry goes on', async () => {
    // Two disks, as an office has: the films go to one with room.
    const place = { ...placeIn(root), outDir: newOut() };
    let free: (() => void) | undefined;
    const { outDir } = place;
    const refusal = await breaking(place, () => void (free = fill()), { outDir, targets: ['archive'] });
    expect(refusal).toMatchObject({ code: 'disk_full', retryable: true });
    expect(readdirSync(outDir)).toEqual([]);
    free?.();
    await goesOn(place, { outDir });
  }, 60_000);

  test('is told before anything is begun, with how much is missing; an old result gives way first', async () => {
    const place = placeIn(root);
    rmSync(path.join(root, 'cache'), { recursive: true });
    rmSync(place.outDir, { recursive: true });
    mkdirSync(place.outDir);
    mkdirSync(path.join(root, 'cache', 'segments'), { recursive: true });
    // A minute of the largest canvas cannot fit into 64 MB.
    const long = await filmOf(Array.from({ length: 30 }, () => ({ file: one, inUs: 0, outUs: 2_000_000 })));
    const order = { ...long, targets: ['douyin', 'bilibili'] };
    const begun: number[] = [];
    const refusal = await refusalOf(place.render({ ...order, onProgress: (fraction) => void begun.push(fraction) }));
    expect(refusal).toMatchObject({ code: 'disk_too_small', retryable: true });
    expect(refusal.params['missing']).toMatch(/^\d+ MB$/);
    expect(begun).toEqual([]);
    leavesNothing(place);
    expect(place.segments()).toEqual([]);
    const old = path.join(root, 'cache', 'segments', `${'0'.repeat(64)}.mp4`);
    const { bavail, bsize } = statfsSync(root);
    writeFileSync(old, Buffer.alloc(bavail * bsize - 1024 ** 2));
    await place.render();
    expect(place.segments()).not.toContain(path.basename(old));
    expect(place.segments()).toHaveLength(FRAMES.length);
  }, 60_000);
});

describe('room', () => {
  const plan = () => {
    const encoder = ['-c:v', 'libx264', '-maxrate', '10000k', '-bufsize', '20000k'];
    const segment = {
      ...{ clipId: 'c', sha256: '', seekUs: null, over: [], graph: '', ass: null, masks: [] },
      frames: 300,
    };
    const segments = [
      { ...segment, from: 0, hash: 'a' },
      { ...segment, from: 300, hash: 'b' },
    ];
    const group = { targets: ['douyin', 'kuaishou'], width: 1080, height: 1920, encoder, segments };
    return {
      version: 1 as const,
      frameRate: '30/1',
      frames: 600,
      samples: 960_000,
      groups: [group],
      sound: [],
      mix: null,
      covers: [],
    };
  };

  test('the cap over the length, for each film and each segment that is not there', () => {
    const [group] = plan().groups;
    // 10 Mbit/s over ten seconds.
    expect(group && pictureBytes(group, 300)).toBe(12_500_000);
    const sound = 20 * 24_000;
    expect(roomNeeded(plan(), (hash) => hash === 'a')).toEqual({
      cache: 12_500_000 + sound + 960_000 * 8,
      out: 2 * (25_000_000 + sound) + 1024 ** 2,
    });
    expect(group && pictureBytes({ ...group, encoder: ['-crf', '21'] }, 30)).toBe((1080 * 1920 * 30 * 0.25) / 8);
  });

  test('one disk bears both, two each their own, and what cannot be known refuses nothing', () => {
    const need = { cache: 100, out: 50 };
    expect(lacking(need, { device: 'a', free: 120n }, { device: 'a', free: 120n })).toEqual({
      needed: 150,
      missing: 30,
    });
    expect(lacking(need, { device: 'a', free: 120n }, { device: 'b', free: 10n })).toEqual({ needed: 50, missing: 40 });
    expect(lacking(need, { device: 'a', free: null }, { device: 'b', free: null }).missing).toBe(0);
  });

  test.skipIf(process.platform !== 'linux')(
    'a file system that does not count, and a folder that is not there',
    async () => {
      expect((await diskOf('/proc')).free).toBeNull();
      expect((await diskOf(path.join(dir, 'nowhere'))).free).toBeNull();
      expect((await diskOf(dir)).free).toBeGreaterThan(0n);
    },
  );
});
