/** Canvases that are made together: what is shared, and that nobody can tell. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planCover, planRender, planStill } from '../../../video/index.ts';
import { HAS_FFMPEG, SAMPLES, inspect, make, moving, scratch, tone, x264 } from '../fixtures.ts';
import { filmOf, outDirs, psnr, testMaker } from './fixtures.ts';
import { mergedGraph } from './graphs.ts';

const { dir, remove } = scratch();
afterAll(remove);
const newOut = outDirs(dir);

describe('one graph of several', () => {
  test('alike beginnings are computed once, labels stay apart, escaped signs part nothing', () => {
    const merged = mergedGraph([
      '[0:1]settb=1,scale=9:9:eval=a\\,b,split[front][copy];[copy]boxblur[back];[back][front]overlay,ass=x[v]',
      '[0:1]settb=1,scale=9:9:eval=a\\,b,split[front][copy];[copy]boxblur=2[back];[back][front]overlay[v]',
      '[0:1]settb=1,scale=8:8,format=yuv420p[v]',
    ]);
    expect(merged.split(/(?<!\\);/)).toEqual([
      '[0:1]settb=1,split=2[same_0][same_1]',
      '[same_0]scale=9:9:eval=a\\,b,split=2[same_0_0][same_0_1]',
      '[same_0_0]split[front_0][copy_0]',
      '[copy_0]boxblur[back_0]',
      '[back_0][front_0]overlay,ass=x[v0]',
      '[same_0_1]split[front_1][copy_1]',
      '[copy_1]boxblur=2[back_1]',
      '[back_1][front_1]overlay[v1]',
      '[same_1]scale=8:8,format=yuv420p[v2]',
    ]);
  });

  test('nothing alike, or nothing but the beginning', () => {
    expect(mergedGraph(['[0:v]a[v]', '[0:v]b[v]'])).toBe('[0:v]split=2[same_0][same_1];[same_0]a[v0];[same_1]b[v1]');
    expect(mergedGraph(['[0:0]a,b[x];[1:0]c[x2];[x][x2]d[v]'])).toBe('[0:0]a,b[x_0];[1:0]c[x2_0];[x_0][x2_0]d[v0]');
  });
});

describe.skipIf(!HAS_FFMPEG)('films', () => {
  let source = '';
  beforeAll(() => {
    source = make(path.join(dir, 'long.mp4'), ...moving('320x180', 30, 22), ...tone(22), ...x264(), '-c:a', 'aac');
  });

  test('canvases made together get the very pictures that they get alone', async () => {
    const mask = {
      ...{ id: 'm', shape: 'ellipse', effect: 'mosaic' },
      keys: [{ atUs: 0, x: 300, y: 300, width: 300, height: 300 }],
    };
    const film = await filmOf(
      [
        { file: source, inUs: 3_000_000, outUs: 3_400_000, masks: [mask] },
        { file: source, inUs: 9_000_000, outUs: 9_400_000, transition: { kind: 'dissolve', lengthUs: 200_000 } },
      ],
      [[0, 600_000, '春茶开采']],
    );
    const root = newOut();
    const order = { ...film, targets: ['douyin', 'xiaohongshu', 'archive'] };
    const maker = testMaker(root, { planCover, planRender, planStill });
    // Compared before they are encoded: x264 itself may put a small picture into other bytes the next time.
    const { groups } = await maker.plan(order);
    const { outputs } = await maker.render({ ...order, outDir: newOut() });
    expect(outputs.map(({ segments }) => segments.encoded)).toEqual([3, 3, 3]);
    for (const index of [0, 1]) {
      const segments = groups.flatMap((group) => group.segments[index] ?? []);
      const graphs = segments.map((segment, i) => {
        const script = (name: string, text: string): string => {
          writeFileSync(path.join(root, name), text);
          return name;
        };
        return segment.masks
          .reduce(
            (graph, text, k) => graph.replace(`@mask${k}@`, script(`m${index}-${i}-${k}.ass`, text)),
            segment.graph,
          )
          .replace('@ass@', script(`c${index}-${i}.ass`, segment.ass ?? ''))
          .replaceAll('@fonts@', 'cache/fonts');
      });
      const [first] = segments;
      const seeks = [first?.seekUs ?? null, ...(first?.over ?? []).map(({ seekUs }) => seekUs)];
      const inputs = seeks.flatMap((us) => [...(us === null ? [] : ['-ss', `${us / 1e6}`]), '-i', source]);
      const pictures = (some: string[]): string[] => {
        const outs = some.flatMap((_, i) => ['-map', `[v${i}]`, '-f', 'md5', `${i}.md5`]);
        const options = ['-nostdin', '-v', 'error', '-y', '-copyts', '-noaccurate_seek', '-seek_timestamp', '1'];
        execFileSync('ffmpeg', [...options, ...inputs, '-filter_complex', mergedGraph(some), ...outs], { cwd: root });
        return some.map((_, i) => readFileSync(path.join(root, `${i}.md5`), 'utf8'));
      };
      expect(pictures(graphs)).toEqual(graphs.flatMap((graph) => pictures([graph])));
    }
  }, 60_000);

  test('a long take is made in parts: no frame is lost or shown twice, and a caption costs its part only', async () => {
    const root = newOut();
    const maker = testMaker(root, { planCover, planRender, planStill });
    const clip = { file: source, inUs: 500_000, outUs: 21_500_000 };
    const render = async (text: string) => {
      const film = await filmOf([clip], [[16_000_000, 17_000_000, text]]);
      return (await maker.render({ ...film, targets: ['archive'], outDir: newOut() })).outputs[0];
    };
    const [first, second] = [await render('春茶'), await render('秋茶')];
    expect(first?.segments).toEqual({ encoded: 2, reused: 0, copied: 0 });
    expect(second?.segments).toEqual({ encoded: 1, reused: 1, copied: 0 });
    const file = first?.file ?? '';
    expect(inspect(file).packets).toHaveLength(630);
    // The parts meet at frame 420, which is frame 435 of the source; its timecode and its picture change with every frame.
    const like = (at: number, frame: number): number =>
      psnr({ file, filter: `select=eq(n\\,${at})` }, { file: source, filter: `select=eq(n\\,${frame})` });
    for (const at of [419, 420]) {
      const same = like(at, at + 15);
      expect(same).toBeGreaterThan(like(at, at + 14) + 1.5);
      expect(same).toBeGreaterThan(like(at, at + 16) + 1.5);
    }
  }, 60_000);

  test.skipIf(!SAMPLES)(
    'what is broken when it is read from the middle on is read from its beginning at once',
    async () => {
      const clip = (name: string) => ({ file: path.join(SAMPLES ?? '', name), inUs: 5_000_000, outUs: 14_000_000 });
      const film = await filmOf([clip('cockatoo.mp4'), clip('talk-720p30.mp4')]);
      const plan = await testMaker(newOut(), { planCover, planRender, planStill }).plan({
        ...film,
        targets: ['bilibili'],
      });
      expect(plan.groups[0]?.segments.map(({ seekUs }) => seekUs)).toEqual([null, 4_000_000]);
    },
  );
});
