/** The article of a package for official accounts: pictures, codes and films as files beside it. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leaf, node, note, para } from '../../tests/fixtures/article.ts';
import {
  addPeople,
  addPicture,
  addVideo,
  pictureTimeline,
  signAll,
  signedIn,
  withDatabase,
  withSmallFilms,
} from '../../tests/support/packaging.ts';
import { makeStudio, type TestStudio } from '../../tests/support/studio.ts';
import { verifyPackage } from '../index.ts';
import { coverOf, type Cover } from '../model/cover/index.ts';
import { WECHAT_PROFILE } from '../model/review/index.ts';
import { sanitizeWechat } from '../model/wechat/index.ts';

let house: TestStudio;
beforeEach(async () => {
  house = await makeStudio({ jobKinds: ['media.import', 'package.make'], ports: withSmallFilms });
});
afterEach(() => house.stop());

describe('an article with a code, a film and a picture an AI made', () => {
  it('has each of them as a file, and says what was made by an AI in the file too', async () => {
    const ids = await addPeople(house.client);
    const editor = await signedIn(house, '王编');
    const [made, plain] = [await addPicture(house, 'made'), await addPicture(house, 'plain')];
    const { storyId, contentHash } = await editor.stories.create({
      title: '守茶',
      doc: { type: 'doc', content: [para()] },
    });
    const timeline = await pictureTimeline(house.client, plain.assetId);
    const video = { storyId, userId: ids.get('王编') ?? '', title: '一锅茶', timeline };
    const projectId = await withDatabase(house.dir, (db) => addVideo(db, video));
    const href = 'https://example.org/guide';
    const content = [
      leaf('image', { assetId: made.assetId, ai: true }),
      leaf('image', { assetId: plain.assetId }),
      node('qrBlock', [note('扫码')], { href }),
      node('qrBlock', [note('太长')], { href: `https://example.org/${'x'.repeat(3000)}` }),
      leaf('videoCard', { projectId, caption: '' }),
    ];
    await editor.stories.save({ storyId, baseHash: contentHash, title: '守茶', doc: { type: 'doc', content } });

    const check = await editor.packages.check({ storyId });
    const [wechat] = check.targets;
    expect(wechat?.checks.filter((c) => c.code === 'picture_lost')).toEqual([
      { level: 'warn', code: 'picture_lost', params: { where: '太长' } },
    ]);

    const out = path.join(house.root, 'out');
    const { jobId } = await editor.packages.make({ storyId, targets: ['wechat'], dir: out, draft: true });
    expect(await house.finished(jobId)).toMatchObject({ state: 'done', error: null });

    const folder = path.join(out, 'wechat');
    expect(readdirSync(path.join(folder, 'images')).sort()).toEqual(['01.jpg', '02.jpg', '03.png', '04.jpg']);
    expect(readdirSync(folder).sort()).toEqual(['article.html', 'digest.txt', 'images', 'title.txt']);
    const read = async (name: string) => sharp(readFileSync(path.join(folder, 'images', name))).metadata();
    expect((await read('01.jpg')).xmpAsString).toContain('"Label":"1"');
    expect((await read('02.jpg')).xmp).toBeUndefined();
    expect((await read('03.png')).width).toBeGreaterThanOrEqual(430);
    expect(await read('04.jpg')).toMatchObject({ format: 'jpeg', width: 64, height: 48 });

    const page = readFileSync(path.join(folder, 'article.html'), 'utf8');
    for (const name of ['01.jpg', '02.jpg', '03.png', '04.jpg']) expect(page).toContain(`src="images/${name}"`);
    expect(page).toContain('【此处插入视频：一锅茶 · 0:01。');
    expect(page).toContain('AI 生成');
    const html = /<body>(.*)<\/body>/s.exec(page)?.[1] ?? '';
    expect(sanitizeWechat(html).lost).toEqual([]);
    expect(WECHAT_PROFILE.pictureWidth).toBe(1080);
  });
});

describe('a cover', () => {
  it('is signed with the article and leaves in every frame its platforms ask for; another one is not what was signed', async () => {
    await addPeople(house.client);
    const editor = await signedIn(house, '王编');
    const picture = await addPicture(house, 'cover');
    const other = await addPicture(house, 'other');
    const cover: Cover = {
      ...coverOf(picture.assetId),
      text: { words: '守茶', style: 'band', place: 'middle', size: 'large' },
    };
    const docWith = (one: Cover) => ({ type: 'doc' as const, attrs: { cover: one }, content: [para('一锅茶。')] });
    // The cover's picture does not stand in the text.
    const { storyId } = await editor.stories.create({ title: '守茶', doc: docWith(cover) });
    expect((await editor.stories.list({})).items[0]?.coverAssetId).toBe(picture.assetId);
    await editor.review.submit({ storyId });
    await signAll(house, storyId);

    const out = path.join(house.root, 'signed');
    const targets = ['wechat', 'toutiao', 'xiaohongshu', 'md'] as const;
    const { jobId } = await editor.packages.make({ storyId, targets: [...targets], dir: out });
    expect(await house.finished(jobId)).toMatchObject({ state: 'done', error: null });
    const { publicKey } = await house.client.keys.export();
    expect(await verifyPackage(out, publicKey)).toMatchObject({ ok: true, problems: [] });
    const covers = (target: string) => readdirSync(path.join(out, target, 'cover')).sort();
    expect(covers('wechat')).toEqual(['cover-1x1.jpg', 'cover-2.35x1.jpg', 'cover.jpg', 'cover.json']);
    expect(covers('toutiao')).toEqual(['cover-16x9.jpg', 'cover-4x3.jpg']);
    expect(covers('xiaohongshu')).toEqual(['cover-3x4.jpg']);
    expect(readdirSync(path.join(out, 'md'))).not.toContain('cover');
    const manifest = readFileSync(path.join(out, 'manifest.json'), 'utf8');
    expect(manifest).toContain(picture.sha256);
    expect(manifest).toContain('{"id":"rules","kind":"cover",');

    const draft = await editor.stories.get({ storyId });
    const changed = docWith({ ...cover, image: other.assetId });
    await editor.stories.save({ storyId, baseHash: draft.contentHash, title: '守茶', doc: changed });
    const again = editor.packages.make({ storyId, targets: ['wechat'], dir: path.join(house.root, 'again') });
    await expect(again).rejects.toMatchObject({ code: 'differs_from_approval' });
  });
});
