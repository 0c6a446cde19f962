import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  addPeople,
  addPicture,
  addVideo,
  pictureTimeline,
  signAll,
  signedIn,
  withSmallFilms,
  storyDoc,
  withDatabase,
} from '../../tests/support/packaging.ts';
import { codeOf, errorOf, makeStudio, type TestStudio } from '../../tests/support/studio.ts';
import type { StudioClient } from '../model/contract/client.ts';
import { platformOf } from '../model/platforms/index.ts';
import { PACKAGE_TARGETS, madePackage, type MadePackage } from '../model/contract/index.ts';
import type { StudioPorts } from '../ports/index.ts';
import { verifyPackage } from './index.ts';

const KINDS = { jobKinds: ['media.import', 'story.import', 'package.make'] };
const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

let house: TestStudio;
let editor: StudioClient;
let picture: Awaited<ReturnType<typeof addPicture>>;
let storyId: string;
let contentHash: string;
let out: string;

/** Targets of each order to the film maker. */
const filmed: string[][] = [];
/** Called before each picture, so that a test can step in while a package is made. */
let meanwhile: () => Promise<void> | void;

beforeEach(async () => {
  meanwhile = () => undefined;
  const ports = (own: StudioPorts): StudioPorts => {
    const webPicture: StudioPorts['media']['webPicture'] = async (...args) => {
      await meanwhile();
      return own.media.webPicture(...args);
    };
    const small = withSmallFilms(own);
    const films: StudioPorts['films'] = (cacheDir) => {
      const maker = small.films(cacheDir);
      return {
        ...maker,
        render: (order) => {
          filmed.push([...order.targets]);
          return maker.render(order);
        },
      };
    };
    return { ...small, films, media: { ...own.media, webPicture } };
  };
  house = await makeStudio({ ...KINDS, ports });
  const ids = await addPeople(house.client);
  editor = await signedIn(house, '王编');
  picture = await addPicture(house, 'shown');
  const story = await editor.stories.create({ title: '老周的“春茶” / 上', doc: storyDoc(picture.assetId) });
  ({ storyId, contentHash } = story);
  const timeline = await pictureTimeline(house.client, picture.assetId);
  const userId = ids.get('王编') ?? '';
  await withDatabase(house.dir, (db) => addVideo(db, { storyId, userId, title: '春茶一分钟', timeline }));
  out = path.join(house.root, '出 "包" 🍵');
});
afterEach(() => house.stop());

async function approve(): Promise<void> {
  await editor.review.submit({ storyId });
  await signAll(house, storyId);
}

type Order = Parameters<StudioClient['packages']['make']>[0];

async function make(order: Partial<Order> = {}): Promise<MadePackage> {
  const { jobId } = await editor.packages.make({ storyId, targets: ['wechat', 'douyin'], dir: out, ...order });
  const job = await house.finished(jobId);
  expect(job).toMatchObject({ state: 'done', error: null });
  return madePackage.parse(job.result);
}

async function failure(order: Partial<Order> = {}): Promise<Record<string, unknown>> {
  const { jobId } = await editor.packages.make({ storyId, targets: ['wechat'], dir: out, ...order });
  const job = await house.finished(jobId);
  expect(job.state).toBe('failed');
  return { ...job.error };
}

const key = async (): Promise<string> => (await house.client.keys.export()).publicKey;
const filesIn = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((e) => !e.isDirectory())
    .map((e) => path.relative(dir, path.join(e.parentPath, e.name)).split(path.sep).join('/'))
    .sort();

describe('every target', () => {
  it('goes into one signed package, which passes', async () => {
    await approve();
    const made = await make({ targets: [...PACKAGE_TARGETS] });
    expect(made.targets.map((t) => t.target)).toEqual(PACKAGE_TARGETS);
    const main = { web: 'html', toutiao: 'html', baijiahao: 'html', weibo: 'html', md: 'md', text: 'txt' };
    for (const [target, ending] of Object.entries({ ...main, xiaohongshu: 'txt', docx: 'docx', pdf: 'pdf' })) {
      const own = filesIn(out).filter((file) => file.startsWith(`${target}/`));
      expect(own).toContain(`${target}/article.${ending}`);
      expect(
        made.targets
          .find((t) => t.target === target)
          ?.files.map((f) => f.path)
          .sort(),
      ).toEqual(own);
    }
    for (const [target, name] of [
      ['kuaishou', '快手'],
      ['channels', '视频号'],
      ['bilibili', '哔哩哔哩'],
    ]) {
      const own = filesIn(out).filter((file) => file.startsWith(`${target ?? ''}/`));
      const stem = `春茶一分钟-${name ?? ''}-`;
      const covers = { 快手: ['108x192'], 视频号: ['144x192', '192x144'], 哔哩哔哩: ['192x120'] }[name ?? ''] ?? [];
      expect(own).toEqual(
        [
          ...['checks.json', 'post.json', 'post.txt', `${stem}108x192.mp4`],
          ...covers.map((size) => `${stem}封面-${size}.jpg`),
        ]
          .map((file) => `${target ?? ''}/${file}`)
          .sort(),
      );
    }
    expect(filesIn(out)).toContain('xiaohongshu/images/01.jpg');
    expect(readFileSync(path.join(out, 'toutiao/title.txt'), 'utf8')).toBe('老周的“春茶” / 上\n');
    expect(await verifyPackage(out, await key())).toMatchObject({ ok: true, problems: [] });
  }, 60_000);

  it('says that a draft is one', async () => {
    await make({ targets: ['web', 'md', 'text', 'toutiao', 'xiaohongshu'], draft: true });
    const texts = filesIn(out).filter((file) => /\/article\.(?:html|md|txt)$/.test(file));
    expect(texts).toHaveLength(5);
    for (const file of texts) expect(readFileSync(path.join(out, file), 'utf8')).toContain('未经审核');
  });
});

describe('an approved piece', () => {
  it('becomes a folder that is exactly what was signed', async () => {
    await approve();
    const check = await editor.packages.check({ storyId });
    expect(check).toMatchObject({ ready: true, state: 'approved', differences: [] });
    expect(check.targets.flatMap((t) => t.checks).filter((c) => c.level === 'stop')).toEqual([]);
    expect((await editor.desk.get()).waiting).toMatchObject([{ storyId, why: 'approved' }]);
    const made = await make();
    expect(filesIn(out)).toEqual([
      'douyin/checks.json',
      'douyin/post.json',
      'douyin/post.txt',
      'douyin/春茶一分钟-抖音-108x192.mp4',
      ...['108x192', '144x192', '192x144'].map((size) => `douyin/春茶一分钟-抖音-封面-${size}.jpg`),
      'manifest.json',
      'signatures.json',
      'wechat/article.html',
      'wechat/digest.txt',
      'wechat/images/01.jpg',
      'wechat/title.txt',
    ]);
    expect(sha256(readFileSync(path.join(out, 'manifest.json')))).toBe(made.manifestHash);
    for (const file of made.targets.flatMap((t) => t.files)) {
      const bytes = readFileSync(path.join(out, file.path));
      expect({ bytes: bytes.length, sha256: sha256(bytes) }).toEqual({ bytes: file.bytes, sha256: file.sha256 });
    }
    expect(readFileSync(path.join(out, 'wechat/article.html'), 'utf8')).toContain('src="images/01.jpg"');
    // The small film of these tests is not what Douyin wants: that is told, and keeps nothing back.
    expect(made.warnings).toContainEqual(expect.objectContaining({ target: 'douyin', what: 'canvas', level: 'warn' }));
    expect(JSON.parse(readFileSync(path.join(out, 'douyin/checks.json'), 'utf8'))).toMatchObject({
      ...{ target: 'douyin', file: '春茶一分钟-抖音-108x192.mp4', aiMade: false },
      measured: { container: 'mp4', codec: 'h264', durationUs: 400_000 },
    });
    expect(readFileSync(path.join(out, 'douyin/post.txt'), 'utf8')).toMatch(/^春茶一分钟\n\n凌晨四点半/);
    const proof = await verifyPackage(out, await key());
    expect(proof).toMatchObject({ ok: true, problems: [], refused: null, manifestHash: made.manifestHash });
    expect(proof.signer).toMatch(/^[0-9a-f]{16}$/);
    expect(proof.approvals.map((a) => [a.stage, a.who, a.ok])).toEqual([
      ['初审', '李初', true],
      ['复审', '赵复', true],
      ['终审', '孙终', true],
    ]);
    expect(await verifyPackage(out)).toMatchObject({ ok: true, signer: 'unknown' });
    expect(await editor.packages.verify({ packageId: made.packageId })).toEqual(proof);
    expect(await editor.packages.list({ storyId })).toMatchObject([
      { packageId: made.packageId, dir: out, draft: false, createdBy: { name: '王编' } },
    ]);
    const desk = await editor.desk.get();
    expect([desk.waiting, desk.packages.map((p) => p.packageId)]).toEqual([[], [made.packageId]]);
    expect(readdirSync(house.root).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('has the covers of its films as they were signed; another one is another film', async () => {
    const [video] = (await editor.videos.list({ storyId })).items;
    const { projectId = '' } = video ?? {};
    const setCover = async (title: string): Promise<void> => {
      const { contentHash: baseHash } = await editor.videos.get({ projectId });
      const fill = { x: 0, y: 500, zoom: 2000 };
      const platforms = { bilibili: { '16:10': { fill } } };
      const cover = { assetId: picture.assetId, title: { look: 'band', texts: { title } }, platforms };
      await editor.videos.edit({ projectId, baseHash, operations: [{ type: 'setCover', cover }] });
    };
    await setCover('春茶');
    await approve();
    const made = await make({ targets: ['bilibili'] });
    const { parts } = JSON.parse(readFileSync(path.join(out, 'manifest.json'), 'utf8')) as { parts: object[] };
    expect(parts).toContainEqual(expect.objectContaining({ kind: 'cover', id: 'films' }));
    const cover = 'bilibili/春茶一分钟-哔哩哔哩-封面-192x120.jpg';
    expect(made.targets[0]?.files.map((file) => file.path)).toContain(cover);
    expect(JSON.parse(readFileSync(path.join(out, 'bilibili/post.json'), 'utf8'))).toMatchObject({
      cover: { assetId: picture.assetId, chosen: true },
      covers: [{ file: path.basename(cover), alone: true }],
    });
    expect(await verifyPackage(out, await key())).toMatchObject({ ok: true, problems: [] });
    writeFileSync(path.join(out, cover), readFileSync(path.join(out, cover)).subarray(1));
    expect((await verifyPackage(out, await key())).problems.map(({ file }) => file)).toEqual([cover]);
    await setCover('秋茶');
    expect((await editor.packages.check({ storyId })).differences).toMatchObject([
      { kind: 'timeline', what: 'changed' },
    ]);
  }, 60_000);

  it('goes under the exports, in a folder that any system can name, when no place is given', async () => {
    await approve();
    const { jobId } = await editor.packages.make({ storyId, targets: ['wechat'] });
    const made = madePackage.parse((await house.finished(jobId)).result);
    expect(path.dirname(made.dir)).toBe(path.join(house.dir, 'exports'));
    expect(path.basename(made.dir)).toMatch(/^老周的“春茶” 上 \d{4}-\d\d-\d\d [0-9a-f]{8}$/);
    expect((await verifyPackage(made.dir, await key())).ok).toBe(true);
    // Another package of the same office, put in its place, is told apart.
    const second = await make({ targets: ['wechat'] });
    rmSync(made.dir, { recursive: true });
    (await import('node:fs')).cpSync(second.dir, made.dir, { recursive: true });
    const report = await editor.packages.verify({ packageId: made.packageId });
    expect(report).toMatchObject({ ok: false, problems: [{ what: 'is of another package' }] });
    rmSync(made.dir, { recursive: true });
    const gone = await editor.packages.verify({ packageId: made.packageId });
    expect(gone).toMatchObject({ ok: false, refused: 'package_altered' });
  });
});

describe('several film targets', () => {
  it('are one order to the film maker, in whatever order they are asked for', async () => {
    const asked = ['kuaishou', 'wechat', 'douyin', 'channels'] as const;
    filmed.length = 0;
    const made = await make({ targets: [...asked], draft: true });
    expect(made.targets.map(({ target }) => target)).toEqual(asked);
    expect(filmed).toEqual([['kuaishou', 'douyin', 'channels']]);
    expect(made.targets[2]?.files[0]?.path).toBe('douyin/春茶一分钟-抖音-108x192.mp4');
  });
});

describe('what is refused', () => {
  it('is a piece that nobody approved, or whose approval was revoked', async () => {
    expect(await codeOf(make())).toBe('not_approved');
    await editor.review.submit({ storyId });
    expect(await codeOf(make())).toBe('not_approved');
    await signAll(house, storyId);
    await house.client.review.revoke({ storyId, reason: '停发' });
    expect(await codeOf(make())).toBe('not_approved');
    expect(existsSync(out)).toBe(false);
  });

  it('is a piece that was changed after it was approved, naming what differs', async () => {
    await approve();
    await editor.stories.save({
      storyId,
      baseHash: contentHash,
      title: '老周的春茶（改）',
      doc: storyDoc(picture.assetId),
    });
    const error = await errorOf(make());
    expect(error).toMatchObject({
      code: 'differs_from_approval',
      params: { what: '老周的春茶（改）' },
      details: { differences: [{ kind: 'article', id: storyId, what: 'changed', name: '老周的春茶（改）' }] },
    });
    expect((await editor.packages.check({ storyId })).ready).toBe(false);
    expect(existsSync(out)).toBe(false);
  });

  it('is a piece whose picture has other bytes now, though nobody touched the story', async () => {
    await approve();
    const blob = path.join(house.dir, 'blobs', picture.sha256.slice(0, 2), picture.sha256);
    const bytes = readFileSync(blob);
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
    writeFileSync(blob, bytes);
    const differences = [{ kind: 'asset', id: picture.assetId, what: 'damaged', name: picture.name }];
    expect(await failure()).toMatchObject({ code: 'differs_from_approval', details: { differences } });
    writeFileSync(blob, 'short');
    expect(await editor.packages.check({ storyId })).toMatchObject({ ready: false, differences });
    expect(await failure({ draft: true })).toMatchObject({ code: 'source_vanished', files: [picture.name] });
    expect(existsSync(out)).toBe(false);
  });

  it('is an approval that is revoked while the package is made', async () => {
    await approve();
    meanwhile = async () => {
      await house.client.review.revoke({ storyId, reason: '停发' });
    };
    expect(await failure()).toMatchObject({ code: 'not_approved' });
    expect(readdirSync(house.root).filter((name) => name.includes('出'))).toEqual([]);
    expect(await editor.packages.list({})).toEqual([]);
  });

  it('is a folder that holds something, before and while the package is made', async () => {
    await approve();
    mkdirSync(out);
    writeFileSync(path.join(out, '账本.txt'), 'x');
    expect(await codeOf(make())).toBe('out_not_empty');
    rmSync(out, { recursive: true });
    mkdirSync(out);
    meanwhile = () => {
      writeFileSync(path.join(out, '账本.txt'), 'x');
    };
    expect(await failure()).toMatchObject({ code: 'out_not_empty' });
    expect(filesIn(out)).toEqual(['账本.txt']);
    expect(readdirSync(house.root).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('is a target with nothing in it, a relative folder, a folder named by a browser', async () => {
    const story = await editor.stories.create({ title: '只有文', doc: storyDoc(null) });
    const order = { storyId: story.storyId, draft: true };
    expect(await codeOf(make({ ...order, targets: ['douyin'] }))).toBe('nothing_to_package');
    expect(await codeOf(make({ ...order, targets: ['wechat'], dir: 'out' }))).toBe('bad_input');
    const browser = house.another({ localFiles: false, trust: 'owner' });
    const named = browser.client.packages.make({ ...order, targets: ['wechat'], dir: out });
    expect(await codeOf(named)).toBe('bad_input');
    const reviewer = await signedIn(house, '李初');
    expect(await codeOf(reviewer.packages.make({ ...order, targets: ['wechat'] }))).toBe('not_permitted');
  });
});

describe('what the platform itself, or the law, does not take', () => {
  const videoOf = async (outUs: number, doc: Parameters<typeof storyDoc>[1] | object): Promise<string> => {
    const story = await editor.stories.create({
      title: '长片',
      doc: typeof doc === 'object' ? (doc as ReturnType<typeof storyDoc>) : storyDoc(picture.assetId, doc),
    });
    const timeline = await pictureTimeline(house.client, picture.assetId);
    const [clip] = timeline.storyline;
    if (!clip) throw new Error('no clip');
    const long = { ...timeline, storyline: [{ ...clip, outUs }] };
    const [user] = (await house.client.users.list({})).filter(({ name }) => name === '王编');
    const of = { storyId: story.storyId, userId: user?.userId ?? '', title: '', timeline: long };
    await withDatabase(house.dir, (db) => addVideo(db, of));
    await editor.review.submit({ storyId: story.storyId });
    await signAll(house, story.storyId);
    return story.storyId;
  };

  it('is refused before anything is made: a film over fifteen minutes', async () => {
    const order = { storyId: await videoOf(900_100_000, '春茶。') };
    const { targets } = await editor.packages.check(order);
    const douyin = targets.find(({ target }) => target === 'douyin')?.checks ?? [];
    expect(douyin.filter(({ level }) => level === 'stop')).toEqual([
      { level: 'stop', code: 'video_long', params: { seconds: 900, limit: 900 } },
    ]);
    expect(await errorOf(make(order))).toMatchObject({
      code: 'target_refuses',
      params: { target: 'douyin', what: 'video_long' },
    });
    const channels = targets.find(({ target }) => target === 'channels')?.checks ?? [];
    expect(channels.map(({ level, code }) => `${level} ${code}`)).toEqual([
      ...['ok videos', 'warn title_short', 'warn captions_missing'],
    ]);
    // A draft goes nowhere but to colleagues.
    expect((await make({ ...order, targets: ['douyin'], draft: true })).targets).toHaveLength(1);
  });

  it('is refused by what was measured: a film of an AI picture whose file does not say so', async () => {
    const image = { type: 'image', attrs: { assetId: picture.assetId, ai: true } };
    const words = { type: 'paragraph', content: [{ type: 'text', text: '春茶。' }] };
    const order = {
      storyId: await videoOf(1_000_000, { type: 'doc', content: [words, image] }),
      targets: ['douyin' as const],
    };
    const error = await failure(order);
    expect(error).toMatchObject({ code: 'target_refuses', params: { target: 'douyin', what: 'aigc' } });
    expect(error['details']).toMatchObject({ checks: [{ what: 'aigc', value: false, grade: 'official' }] });
    expect(existsSync(out)).toBe(false);
  });
});

describe('platforms of the office', () => {
  const douyin = { ...structuredClone(platformOf('douyin')) };
  const county = { ...douyin, target: 'county-app', name: { zh: '县融媒', en: 'County app' } };
  const longer = {
    ...douyin,
    limits: { durationUs: [{ max: 1_800_000_000, source: 'told by phone', checked: '2026-12-01', grade: 'weak' }] },
  };

  it('one that was added goes into a signed package, under its own name', async () => {
    await house.client.platforms.save({ profile: county, base: null });
    await approve();
    expect((await editor.packages.check({ storyId })).targets).toContainEqual(
      expect.objectContaining({ target: 'county-app', kind: 'video' }),
    );
    const made = await make({ targets: ['douyin', 'county-app'] });
    expect(made.targets.map(({ target }) => target)).toEqual(['douyin', 'county-app']);
    const stem = '春茶一分钟-县融媒';
    expect(filesIn(out).filter((file) => file.startsWith('county-app/'))).toEqual(
      [
        ...['checks.json', 'post.json', 'post.txt', `${stem}-108x192.mp4`],
        ...['108x192', '144x192', '192x144'].map((size) => `${stem}-封面-${size}.jpg`),
      ]
        .map((file) => `county-app/${file}`)
        .sort(),
    );
    expect((await verifyPackage(out, await key())).ok).toBe(true);
  });

  it('one that was added after the approval is none that anybody approved', async () => {
    await approve();
    await house.client.platforms.save({ profile: county, base: null });
    expect((await editor.review.status({ storyId })).differences).toEqual([]);
    const error = await failure({ targets: ['county-app'] });
    expect(error).toMatchObject({ code: 'differs_from_approval' });
    expect(error['details']).toMatchObject({ differences: [{ kind: 'profile', id: 'county-app', what: 'added' }] });
    expect(await codeOf(editor.packages.make({ storyId, targets: ['nobody'], dir: out }))).toBe('bad_input');
  });

  it('a changed number is named as what differs, keeps back its own platform only, and may be given back', async () => {
    await approve();
    const { revision } = await house.client.platforms.save({ profile: longer, base: null });
    const place = { place: 'limits.durationUs.0.max', before: 900_000_000, after: 1_800_000_000 };
    const { differences } = await editor.review.status({ storyId });
    expect(differences).toMatchObject([{ kind: 'profile', id: 'douyin', what: 'changed', name: '抖音' }]);
    expect(differences[0]?.places).toContainEqual(place);
    const check = await editor.packages.check({ storyId });
    expect(check.ready).toBe(true);
    const stopped = check.targets.filter(({ checks }) => checks.some(({ code }) => code === 'profile_changed'));
    expect(stopped.map(({ target }) => target)).toEqual(['douyin']);
    const refused = await errorOf(editor.packages.make({ storyId, targets: ['douyin', 'kuaishou'], dir: out }));
    expect(refused).toMatchObject({ code: 'differs_from_approval', details: { differences: [{ id: 'douyin' }] } });
    expect(refused.params['what']).toMatch(/^抖音 \(limits\.durationUs\.0\.max: 900000000 → 1800000000; /);
    await make({ targets: ['kuaishou', 'wechat'] });
    await house.client.platforms.giveBack({ target: 'douyin', base: revision });
    expect((await editor.review.status({ storyId })).differences).toEqual([]);
    await make({ targets: ['douyin'], dir: path.join(house.root, 'again') });
  });

  it('a profile that was changed before this was kept is named without its numbers', async () => {
    await approve();
    await withDatabase(house.dir, ({ kysely }) => kysely.deleteFrom('frozen_profile').execute());
    await house.client.platforms.save({ profile: longer, base: null });
    const { differences } = await editor.review.status({ storyId });
    expect(differences).toEqual([{ kind: 'profile', id: 'douyin', what: 'changed', name: '抖音' }]);
  });

  it('a film that is being made when a number changes is not taken for the new one', async () => {
    await approve();
    meanwhile = async () => {
      meanwhile = () => undefined;
      await house.client.platforms.save({ profile: longer, base: null });
    };
    const made = await make({ targets: ['wechat', 'douyin'] });
    const checks = JSON.parse(readFileSync(path.join(out, 'douyin/checks.json'), 'utf8')) as {
      film: { what: string; limit: { max?: number } }[];
    };
    expect(checks.film.find(({ what }) => what === 'durationUs')?.limit.max).toBe(900_000_000);
    expect(made.targets).toHaveLength(2);
  });
});

it('a draft needs no approval, is marked, and never passes for approved', async () => {
  const made = await make({ draft: true });
  expect(readFileSync(path.join(out, 'wechat/article.html'), 'utf8')).toContain('草稿');
  const report = await verifyPackage(out, await key());
  expect(report).toMatchObject({ ok: false, refused: 'not_approved', approvals: [] });
  expect(report.problems).toEqual([{ file: 'signatures.json', what: 'is a draft that nobody approved' }]);
  expect(await editor.packages.list({})).toMatchObject([{ packageId: made.packageId, draft: true }]);
  expect((await editor.desk.get()).packages).toEqual([]);
});

describe('a job that died', () => {
  const asRunning = (jobId: string) =>
    withDatabase(house.dir, async ({ kysely }) => {
      await kysely.updateTable('job').set({ state: 'running', result: null }).where('id', '=', jobId).execute();
      await kysely.deleteFrom('package').where('id', '=', jobId).execute();
    });
  const reopen = async (): Promise<void> => {
    await house.studio.stop();
    const { root } = house;
    house = await makeStudio({ root, ...KINDS, ports: withSmallFilms });
    editor = await signedIn(house, '王编');
  };

  it('after the folder was in place is only written down, not made a second time', async () => {
    await approve();
    const { warnings: _told, ...made } = await make();
    const before = readFileSync(path.join(out, 'signatures.json'), 'utf8');
    await asRunning(made.packageId);
    await reopen();
    expect(await house.finished(made.packageId)).toMatchObject({ state: 'done', result: made });
    expect(readFileSync(path.join(out, 'signatures.json'), 'utf8')).toBe(before);
    expect(await editor.packages.list({})).toMatchObject([{ packageId: made.packageId }]);
  });

  it('half-way leaves nothing under its name, and its rest is swept away', async () => {
    await approve();
    const made = await make();
    await asRunning(made.packageId);
    rmSync(out, { recursive: true });
    const rest = path.join(house.root, `.${path.basename(out)}.${made.packageId}.tmp`);
    mkdirSync(path.join(rest, 'wechat'), { recursive: true });
    writeFileSync(path.join(rest, 'wechat/article.html'), 'half');
    await reopen();
    expect(await house.finished(made.packageId)).toMatchObject({ state: 'done' });
    expect(existsSync(rest)).toBe(false);
    expect((await verifyPackage(out, await key())).ok).toBe(true);
  });
});
