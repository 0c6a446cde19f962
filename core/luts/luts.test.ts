/** Colour tables between the store, a film's timeline and what a review signs. */
import { rm, truncate, writeFile } from 'node:fs/promises';
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
} from '../../tests/support/packaging.ts';
import { codeOf, errorOf, makeStudio, type TestStudio } from '../../tests/support/studio.ts';
import type { StudioClient } from '../model/contract/client.ts';
import { MAX_LUT_BYTES } from '../model/lut/index.ts';

let house: TestStudio;
let editor: StudioClient;
let ids: Map<string, string>;
beforeEach(async () => {
  house = await makeStudio({ jobKinds: ['media.import', 'story.import'] });
  ids = await addPeople(house.client);
  editor = await signedIn(house, '王编');
});
afterEach(() => house.stop());

async function cube(name: string, line = '0 0 0'): Promise<string> {
  const file = path.join(house.root, name);
  await writeFile(file, `LUT_3D_SIZE 2\n${`${line}\n`.repeat(8)}`);
  return file;
}

async function video() {
  const cut = await addPicture(house, 'cut');
  const { storyId } = await editor.stories.create({ title: '老周的春茶', doc: storyDoc(null) });
  const timeline = await pictureTimeline(house.client, cut.assetId);
  const projectId = await withDatabase(house.dir, (db) =>
    addVideo(db, { storyId, userId: ids.get('王编') ?? '', timeline }),
  );
  const [clip] = timeline.storyline;
  const through = async (sha256: string) => {
    const { contentHash: baseHash } = await editor.videos.get({ projectId });
    const lut = { sha256, name: '茶园', strength: 60 };
    const operations = [{ type: 'setPicture' as const, clipId: clip?.id ?? '', lut }];
    return editor.videos.edit({ projectId, baseHash, operations });
  };
  return { storyId, through };
}

describe('a colour table', () => {
  it('that is not kept here is refused in a film; one that is there is signed with it, and its bytes are watched', async () => {
    const { storyId, through } = await video();
    expect(await codeOf(through('ab'.repeat(32)))).toBe('bad_timeline');
    const lut = await editor.luts.import({ source: { path: await cube('茶园.cube') } });
    await through(lut.sha256);
    const { round } = await editor.review.submit({ storyId });
    const { manifest } = await editor.review.piece({ roundId: round?.roundId ?? '' });
    expect(manifest.parts).toContainEqual({ kind: 'asset', id: lut.sha256, sha256: lut.sha256 });
    expect((await editor.packages.check({ storyId })).differences).toEqual([]);
    const blob = path.join(house.dir, 'blobs', lut.sha256.slice(0, 2), lut.sha256);
    await truncate(blob, 5);
    expect((await editor.packages.check({ storyId })).differences).toEqual([
      { kind: 'asset', id: lut.sha256, what: 'damaged', name: '茶园' },
    ]);
    expect(await codeOf(editor.luts.table({ sha256: lut.sha256 }))).toBe('original_altered');
    // The file once more puts it right.
    await editor.luts.import({ source: { path: await cube('茶园.cube') } });
    expect((await editor.packages.check({ storyId })).differences).toEqual([]);
  });

  it('whose file is gone stops a submission and is named; out of the list it stays with its films', async () => {
    const { storyId, through } = await video();
    const lut = await editor.luts.import({ source: { path: await cube('茶园.cube') } });
    await editor.luts.setRemoved({ sha256: lut.sha256, removed: true });
    await through(lut.sha256);
    await rm(path.join(house.dir, 'blobs', lut.sha256.slice(0, 2), lut.sha256));
    expect(await errorOf(editor.review.submit({ storyId }))).toMatchObject({
      code: 'source_vanished',
      params: { file: '茶园' },
    });
  });

  it('is refused at the door when it is none, too large or not there, and leaves nothing', async () => {
    const take = (file: string) => codeOf(editor.luts.import({ source: { path: file } }));
    expect(await take(await cube('bad.cube', '0 0 nan'))).toBe('lut_broken');
    expect(await take(path.join(house.root, 'none.cube'))).toBe('file_missing');
    const large = await cube('large.cube');
    await truncate(large, MAX_LUT_BYTES + 1);
    expect(await take(large)).toBe('too_large');
    expect(await editor.luts.list()).toEqual([]);
  });
});
