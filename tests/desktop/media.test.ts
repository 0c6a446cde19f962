/** `media://`: byte ranges as a player asks for them, and two real videos seeking at once. */
import { existsSync } from 'node:fs';
import { readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import { expect, type ElectronApplication, type Page } from 'playwright/test';
import type { Asset, Job, MediaImportResult } from '../../core/model/contract/index.ts';
import { call, NO_RUNTIME, program, SAMPLES, test } from './studio-window.ts';

test.skip(program === null, NO_RUNTIME);

const VIDEO = path.join(SAMPLES, 'video');
test.skip(!existsSync(VIDEO), 'The sample videos (../shared/samples/video) are not here.');
test.slow();

/** Imports samples and waits for their proxies. */
async function importVideos(page: Page, names: string[]): Promise<Asset[]> {
  const sources = names.map((name) => ({ path: path.join(VIDEO, name) }));
  const { jobId } = await call<{ jobId: string }>(page, 'media/import', { sources });
  const state = async () => (await call<Job>(page, 'jobs/get', { jobId })).state;
  await expect.poll(state, { timeout: 60_000 }).toBe('done');
  const result = (await call<Job>(page, 'jobs/get', { jobId })).result as MediaImportResult;
  const assets: Asset[] = [];
  for (const entry of result) {
    if (!('assetId' in entry)) throw new Error(`${entry.file} was not imported: ${entry.error.code}`);
    const get = () => call<Asset>(page, 'media/get', { assetId: entry.assetId });
    await expect.poll(async () => (await get()).proxy, { timeout: 120_000 }).toBe(true);
    assets.push(await get());
  }
  return assets;
}

/** Files of the workspace that the main process holds open (Linux). */
async function openFiles(app: ElectronApplication, dir: string): Promise<string[]> {
  const pid = app.process().pid!;
  const links = await Promise.all(
    (await readdir(`/proc/${pid}/fd`)).map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')),
  );
  return links.filter((link) => link.startsWith(dir));
}

test('byte ranges', async ({ studio: { page } }) => {
  const [asset] = await importVideos(page, ['cockatoo.mp4']);
  const answers = await page.evaluate(async (id) => {
    const ask = async (range: string | null, method = 'GET', variant = 'original') => {
      const response = await fetch(`media://asset/${id}/${variant}`, {
        method,
        headers: range === null ? {} : { range },
      });
      const body = new Uint8Array(await response.arrayBuffer());
      const length = response.headers.get('content-length');
      return [
        response.status,
        response.headers.get('content-range'),
        length === null ? null : Number(length),
        body.length,
        [...body.slice(0, 2)],
      ];
    };
    const whole = new Uint8Array(await (await fetch(`media://asset/${id}/original`)).arrayBuffer());
    const n = whole.length;
    return {
      n,
      at: [[...whole.slice(100, 102)], [...whole.slice(n - 10, n - 8)], [...whole.slice(n - 5, n - 3)]],
      closed: await ask('bytes=100-299'),
      open: await ask(`bytes=${n - 10}-`),
      suffix: await ask('bytes=-5'),
      past: await ask(`bytes=${n}-`),
      wrong: await ask('bytes=9-3'),
      several: await ask('bytes=0-1,5-6'),
      head: await ask(null, 'HEAD'),
      post: await ask(null, 'POST'),
      proxy: (await ask('bytes=0-', 'GET', 'proxy'))[0],
    };
  }, asset!.assetId);
  const { n, at } = answers;
  expect(n).toBe(asset!.bytes);
  expect(answers.closed).toEqual([206, `bytes 100-299/${n}`, 200, 200, at[0]]);
  expect(answers.open).toEqual([206, `bytes ${n - 10}-${n - 1}/${n}`, 10, 10, at[1]]);
  expect(answers.suffix).toEqual([206, `bytes ${n - 5}-${n - 1}/${n}`, 5, 5, at[2]]);
  expect(answers.past).toEqual([416, `bytes */${n}`, 0, 0, []]);
  expect(answers.wrong).toEqual([416, `bytes */${n}`, 0, 0, []]);
  expect(answers.several.slice(0, 4)).toEqual([200, null, n, n]);
  expect(answers.head.slice(0, 4)).toEqual([200, null, n, 0]);
  expect(answers.post[0]).toBe(405);
  expect(answers.proxy).toBe(206);
});

test('waveform and filmstrip', async ({ studio: { page } }) => {
  const [asset] = await importVideos(page, ['cockatoo.mp4']);
  const get = () => call<Asset>(page, 'media/get', { assetId: asset!.assetId });
  await expect.poll(async () => [(await get()).peaks, (await get()).strip], { timeout: 60_000 }).toEqual([true, true]);
  const answers = await page.evaluate(async (id) => {
    const ask = async (variant: string) => {
      const response = await fetch(`media://asset/${id}/${variant}`);
      const body = await response.arrayBuffer();
      return { status: response.status, type: response.headers.get('content-type'), bytes: body.byteLength, body };
    };
    const [peaks, strip] = [await ask('peaks'), await ask('strip')];
    const image = await createImageBitmap(new Blob([strip.body], { type: 'image/jpeg' }));
    return { peaks: { ...peaks, body: null }, strip: { ...strip, body: null }, width: image.width };
  }, asset!.assetId);
  expect(answers.peaks).toMatchObject({ status: 200, type: 'application/vnd.tongxin.peaks' });
  // Twelve bytes before a value for each hundredth of a second.
  expect(answers.peaks.bytes).toBe(12 + Math.ceil((asset!.durationUs ?? 0) / 10_000));
  expect(answers.strip).toMatchObject({ status: 200, type: 'image/jpeg' });
  expect(answers.width).toBeGreaterThan(500);
});

test('what is no asset of the workspace is not served', async ({ studio: { page } }) => {
  const statuses = await page.evaluate(async () => {
    const urls = [
      'media://asset/nobody/original',
      'media://asset/../../etc/passwd',
      'media://asset/%2e%2e%2f%2e%2e%2fetc/original',
      'media://asset/nobody/secret',
      'media://asset/',
    ];
    const answers: unknown[] = [];
    for (const url of urls) answers.push((await fetch(url)).status);
    answers.push(
      await fetch('media://elsewhere/nobody/original').then(
        (r) => r.status,
        () => 'failed',
      ),
    );
    return answers;
  });
  expect(statuses).toEqual([404, 400, 400, 400, 400, 'failed']);
});

test('two videos seek at once to the frames asked for, and no file stays open', async ({
  studio: { app, page },
  place,
}) => {
  const assets = await importVideos(page, ['talk-720p30.mp4', 'phone-vertical-vfr.mp4']);
  const result = await page.evaluate(
    async (ids) => {
      const once = (target: EventTarget, name: string) =>
        new Promise<void>((resolve, reject) => {
          const timer = setTimeout(() => reject(new Error(`no ${name}`)), 15_000);
          target.addEventListener(
            name,
            () => {
              clearTimeout(timer);
              resolve();
            },
            { once: true },
          );
        });
      const videos = ids.map((id) => {
        const video = document.createElement('video');
        video.crossOrigin = 'anonymous';
        video.muted = true;
        video.preload = 'auto';
        video.src = `media://asset/${id}/proxy`;
        document.body.append(video);
        return video;
      });
      await Promise.all(videos.map((video) => (video.readyState >= 2 ? Promise.resolve() : once(video, 'loadeddata'))));
      /** Seeks and answers the time of the frame that is really shown, and a fingerprint of its picture. */
      const show = async (video: HTMLVideoElement, target: number) => {
        const frame = new Promise<number>((resolve) =>
          video.requestVideoFrameCallback((_now, { mediaTime }) => resolve(mediaTime)),
        );
        const seeked = once(video, 'seeked');
        video.currentTime = target;
        await seeked;
        const shown = await frame;
        const canvas = new OffscreenCanvas(32, 18);
        const context = canvas.getContext('2d')!;
        context.drawImage(video, 0, 0, 32, 18);
        return { off: Math.abs(shown - target), picture: context.getImageData(0, 0, 32, 18).data.join() };
      };
      const fractions = [0.9, 0.1, 0.75, 0.02, 0.5, 0.97, 0.33];
      const seen = await Promise.all(
        videos.map(async (video) => {
          const shown: { off: number; picture: string }[] = [];
          // Once: the length is known better, and a little longer, after the end has been read.
          const targets = fractions.map((fraction) => video.duration * fraction);
          for (const target of targets) shown.push(await show(video, target));
          const again = await show(video, targets[0]!);
          return {
            worst: Math.max(...shown.map(({ off }) => off)),
            pictures: new Set(shown.map(({ picture }) => picture)).size,
            same: again.picture === shown[0]!.picture,
          };
        }),
      );
      // Seeks faster than they can be answered: each one cancels the request of the one before.
      for (let i = 0; i < 40; i += 1) {
        for (const video of videos) video.currentTime = (video.duration * ((i * 7) % 40)) / 40;
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
      await Promise.all(videos.map((video) => (video.seeking ? once(video, 'seeked') : Promise.resolve())));
      const errors = videos.map((video) => video.error?.message ?? null);
      const ready = videos.map((video) => video.readyState >= 2);
      await Promise.all(videos.map((video) => video.play()));
      const before = videos.map((video) => video.currentTime);
      await new Promise((resolve) => setTimeout(resolve, 800));
      const playing = videos.map((video, i) => video.currentTime > before[i]! || video.ended);
      for (const video of videos) {
        video.removeAttribute('src');
        video.load();
        video.remove();
      }
      return { seen, errors, ready, playing };
    },
    assets.map((asset) => asset.assetId),
  );

  for (const { worst, pictures, same } of result.seen) {
    expect(worst).toBeLessThan(0.1);
    expect(pictures).toBeGreaterThan(4);
    expect(same).toBe(true);
  }
  expect(result.errors).toEqual([null, null]);
  expect(result.ready).toEqual([true, true]);
  expect(result.playing).toEqual([true, true]);
  if (process.platform === 'linux') {
    await expect.poll(() => openFiles(app, place.workspace), { timeout: 10_000 }).toEqual([]);
  }
});

test('nobody signed in, nothing served', async ({ studio: { page } }) => {
  const [asset] = await importVideos(page, ['non-square-pixels.mp4']);
  const users = await call<{ userId: string; name: string }[]>(page, 'users/list');
  await call(page, 'users/setPin', { userId: users[0]!.userId, pin: '8264' });
  await call(page, 'session/signOut').catch(() => undefined);
  const status = () =>
    page.evaluate(async (id) => (await fetch(`media://asset/${id}/original`)).status, asset!.assetId);
  expect(await status()).toBe(401);
  await call(page, 'session/signIn', { name: users[0]!.name, pin: '8264' });
  expect(await status()).toBe(200);
});
