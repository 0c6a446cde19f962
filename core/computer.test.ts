/** A render of a real film on a computer whose power supplies are a folder of the test's own. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  addPeople,
  addPicture,
  addVideo,
  pictureTimeline,
  signedIn,
  storyDoc,
  withDatabase,
} from '../tests/support/packaging.ts';
import { codeOf, makeStudio, type TestStudio } from '../tests/support/studio.ts';
import { renderResult, type Job } from './model/contract/index.ts';
import { platformOf } from './model/platforms/index.ts';
import { createMachine } from './platform/machine.ts';

let house: TestStudio;
let power = '';
let projectId = '';
const waits: (string | undefined)[] = [];

const plug = (online: 0 | 1): void => writeFileSync(path.join(power, 'AC', 'online'), `${online}\n`);

beforeEach(async () => {
  power = mkdtempSync(path.join(os.tmpdir(), 'tongxin-power-'));
  for (const name of ['AC', 'BAT0']) mkdirSync(path.join(power, name));
  writeFileSync(path.join(power, 'AC', 'type'), 'Mains\n');
  writeFileSync(path.join(power, 'BAT0', 'type'), 'Battery\n');
  writeFileSync(path.join(power, 'BAT0', 'status'), 'Discharging\n');
  plug(0);
  house = await makeStudio({
    jobKinds: ['media.import', 'video.render'],
    ports: (own) => ({ ...own, computer: createMachine({ powerDir: power }) }),
  });
  const ids = await addPeople(house.client);
  const picture = await addPicture(house, 'shown');
  const { storyId } = await house.client.stories.create({ title: '春茶', doc: storyDoc(null) });
  const timeline = await pictureTimeline(house.client, picture.assetId);
  projectId = await withDatabase(house.dir, (db) => addVideo(db, { storyId, userId: ids.get('王编') ?? '', timeline }));
  // Small films without covers: what is looked at is the waiting.
  const { covers: _theirs, canvas: _size, ...like } = platformOf('weibo');
  for (const [target, zh, width, height] of [
    ['small', '小', 128, 228],
    ['wide', '宽', 228, 128],
  ] as const) {
    const canvas = { width, height, frameRate: '30/1' };
    const profile = { ...like, target, name: { zh, en: target }, canvas, covers: [] };
    await house.client.platforms.save({ profile, base: null });
  }
  waits.length = 0;
  house.studio.onEvent((event) => {
    if (event.type === 'job.changed' && event.job.kind === 'video.render') waits.push(event.job.waiting);
  });
});
afterEach(async () => {
  await house.stop();
  rmSync(power, { recursive: true, force: true });
});

const start = async (): Promise<string> => (await house.client.videos.render({ projectId, targets: ['small'] })).jobId;
async function waiting(jobId: string): Promise<Job> {
  for (;;) {
    const job = await house.client.jobs.get({ jobId });
    if (job.waiting !== undefined || job.state !== 'running') return job;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('a render on battery', { timeout: 90_000 }, () => {
  it('waits before the next segment where that was chosen, says so, and goes on by itself on mains', async () => {
    expect(await house.client.machine.set({ waitOnBattery: true })).toEqual({
      ...{ encoder: 'software', waitOnBattery: true, onBattery: true },
    });
    const jobId = await start();
    expect(await waiting(jobId)).toMatchObject({ state: 'running', waiting: 'battery', leftMs: null });
    expect((await house.client.jobs.list({}))[0]).toMatchObject({ jobId, waiting: 'battery' });
    plug(1);
    const job = await house.finished(jobId);
    expect(job).toMatchObject({ state: 'done' });
    expect(job.waiting).toBeUndefined();
    expect(renderResult.parse(job.result).outputs[0]?.segments).toEqual({ encoded: 1, reused: 0, copied: 0 });
    expect([...new Set(waits)]).toEqual([undefined, 'battery']);
    expect(waits.at(-1)).toBeUndefined();
  });

  it('goes on when somebody says so, or is stopped; it does not wait where nobody chose that', async () => {
    await house.client.machine.set({ waitOnBattery: true });
    const first = await start();
    await waiting(first);
    const editor = await signedIn(house, '李初');
    expect(await codeOf(editor.jobs.goOn({ jobId: first }))).toBe('not_permitted');
    expect(await house.client.jobs.goOn({ jobId: first })).toMatchObject({ jobId: first });
    expect(await house.finished(first)).toMatchObject({ state: 'done' });
    expect(await codeOf(house.client.jobs.goOn({ jobId: first }))).toBe('unknown_id');
    const second = await house.client.videos.render({ projectId, targets: ['wide'] });
    await waiting(second.jobId);
    expect(await house.client.jobs.cancel(second)).toMatchObject({ state: 'cancelled' });
    await house.client.machine.set({ waitOnBattery: false });
    waits.length = 0;
    const third = await house.client.videos.render({ projectId, targets: ['wide'] });
    expect(await house.finished(third.jobId)).toMatchObject({ state: 'done' });
    expect(new Set(waits)).toEqual(new Set([undefined]));
  });

  it('says in its answer and beside the film which encoder made it', async () => {
    const foreign = process.platform === 'darwin' ? 'amf' : 'videotoolbox';
    await house.client.machine.set({ encoder: foreign });
    const tried = await house.client.machine.encoders();
    expect(tried.find(({ encoder }) => encoder === foreign)).toMatchObject({ works: false });
    const { result } = await house.finished(await start());
    const { madeBy, outputs } = renderResult.parse(result);
    expect(madeBy).toMatchObject({ asked: foreign, used: 'software' });
    const checks = path.join(path.dirname(outputs[0]?.file ?? ''), 'checks.json');
    expect(JSON.parse(readFileSync(checks, 'utf8'))).toMatchObject({ madeBy });
  });
});
