/** Several places of a film encoded at one time, as on a computer with many cores. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { planCover, planRender, planStill } from '../../../video/index.ts';
import { HAS_FFMPEG, inspect, make, moving, refusalOf, scratch, tone, x264 } from '../fixtures.ts';
import { filmOf, killNext, outDirs, testMaker } from './fixtures.ts';
import type { TestFilm } from './fixtures.ts';

const { dir, remove } = scratch();
afterAll(remove);
const newOut = outDirs(dir);

interface Made {
  packets: unknown;
  /** Segments under way at one time, at most. */
  most: number;
  progress: number[];
}

/** Names of all files below a folder that other work changes meanwhile. */
function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    // Not there yet, or a folder in it went away while it was read.
    return [];
  }
}

async function renderWith(cores: number, film: TestFilm): Promise<Made> {
  const home = path.join(dir, `home-${cores}`);
  const maker = testMaker(home, { planCover, planRender, planStill }, { cores });
  let most = 0;
  const watch = setInterval(() => {
    const under = filesBelow(path.join(home, 'cache')).filter((name) => /^work-.*[-0-9a-f]{36}\.mp4$/.test(name));
    most = Math.max(most, under.length);
  }, 2);
  const progress: number[] = [];
  const onProgress = (fraction: number): void => void progress.push(fraction);
  try {
    const { outputs } = await maker.render({ ...film, targets: ['douyin'], outDir: newOut(), onProgress });
    return { packets: inspect(outputs[0]?.file ?? '').packets, most, progress };
  } finally {
    clearInterval(watch);
  }
}

describe.skipIf(!HAS_FFMPEG)('places of a film', () => {
  test('several at a time make the very film that one at a time makes', { timeout: 120_000 }, async () => {
    const file = make(path.join(dir, 'one.mp4'), ...moving('640x360', 30, 5), ...tone(5), ...x264(), '-c:a', 'aac');
    const film = await filmOf([0, 1, 2, 3].map((s) => ({ file, inUs: s * 1_000_000, outUs: (s + 1) * 1_000_000 })));
    const alone = await renderWith(2, film);
    const together = await renderWith(16, film);
    expect(alone.most).toBe(1);
    expect(together.most).toBeGreaterThan(1);
    expect(together.packets).toEqual(alone.packets);
    expect(together.progress).toEqual([...together.progress].sort((a, b) => a - b));
    expect(together.progress.at(-1)).toBe(1);
  });

  const killed = test.skipIf(process.platform !== 'linux');
  killed('where one fails, none is begun any more', { timeout: 120_000 }, async () => {
    const file = make(path.join(dir, 'long.mp4'), ...moving('640x360', 30, 8), ...x264());
    const places = Array.from({ length: 16 }, (_, n) => ({ file, inUs: n * 400_000, outUs: n * 400_000 + 600_000 }));
    const film = await filmOf(places);
    const root = newOut();
    const maker = testMaker(root, { planCover, planRender, planStill }, { cores: 16 });
    const outDir = newOut();
    const [refusal] = await Promise.all([
      refusalOf(maker.render({ ...film, targets: ['douyin'], outDir })),
      killNext(root),
    ]);
    expect(refusal).toMatchObject({ code: 'tool_killed', retryable: true });
    expect(readdirSync(path.join(root, 'cache', 'segments')).length).toBeLessThan(places.length / 2);
    expect(readdirSync(outDir)).toEqual([]);
    expect(readdirSync(path.join(root, 'cache')).filter((name) => name.startsWith('work-'))).toEqual([]);
  });
});
