/** Scene cuts of made files: told at the frame they are at, and not where nothing is cut. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { decodeScenes, sceneTimes } from '../../model/strips/index.ts';
import { HAS_FFMPEG, make, quietLog, refusalOf, scratch, x264 } from './fixtures.ts';
import { createMediaEngine } from './index.ts';

vi.setConfig({ testTimeout: 90_000 });

const engine = createMediaEngine({ log: quietLog });
const temp = scratch();
afterAll(() => temp.remove());
const at = (name: string): string => path.join(temp.dir, name);

async function cutsOf(file: string): Promise<number[]> {
  const facts = await engine.probe(file, { name: path.basename(file) });
  const [proxy, out] = [`${file}.proxy.mp4`, `${file}.scenes.json`];
  await engine.proxy(file, facts, proxy, {});
  const seen: number[] = [];
  await engine.scenes({ path: proxy, leadUs: 0 }, facts.durationUs ?? 0, out, {
    onProgress: (part) => seen.push(part),
  });
  expect(seen.every((part) => part >= 0 && part <= 1)).toBe(true);
  return sceneTimes(decodeScenes(readFileSync(out, 'utf8')) ?? []);
}

describe.skipIf(!HAS_FFMPEG)('scenes (skipped where ffmpeg is not on the PATH)', () => {
  test('are cut at the first frame of the new shot', async () => {
    const shots = [
      'testsrc2=size=640x360:rate=25:duration=2',
      'mandelbrot=size=640x360:rate=25:maxiter=200,trim=duration=1.4',
      'color=white:size=640x360:rate=25:duration=1,format=yuv420p',
    ].map((shot, i) => `${shot},setsar=1,format=yuv420p[s${String(i)}]`);
    const graph = `${shots.join(';')};[s0][s1][s2]concat=n=3:v=1:a=0`;
    const file = make(at('cuts.mp4'), '-f', 'lavfi', '-i', graph, ...x264());
    expect(await cutsOf(file)).toEqual([2_000_000, 3_400_000]);
  });

  test('are none in one shot that moves, nor where one fades slowly into another', async () => {
    const file = make(
      at('fade.mp4'),
      ...['-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=25:duration=6,fade=t=out:st=2:d=3:c=white'],
      ...x264(),
    );
    expect(await cutsOf(file)).toEqual([]);
  });

  test('of what is no film are refused, and nothing is left', async () => {
    const out = at('none.json');
    const sound = make(at('sound.wav'), '-f', 'lavfi', '-i', 'sine=duration=1');
    expect((await refusalOf(engine.scenes({ path: sound, leadUs: 0 }, 1_000_000, out))).code).toBe('tool_failed');
    const stop = new AbortController();
    stop.abort();
    const cancelled = refusalOf(engine.scenes({ path: sound, leadUs: 0 }, 1_000_000, out, { signal: stop.signal }));
    expect((await cancelled).code).toBe('cancelled');
    expect(existsSync(out)).toBe(false);
  });
});
