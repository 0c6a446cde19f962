/** Video projects on both databases, through the whole pipeline. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Studio } from '../../core/index.ts';
import { toStudioError, type StudioClient } from '../../core/model/contract/client.ts';
import type { MediaImportResult, StudioEvent } from '../../core/model/contract/index.ts';
import { describeOnBoth } from '../support/databases.ts';
import { studioOn } from '../support/studio-on.ts';

describeOnBoth('video projects', (open) => {
  let root = '';
  let studio: Studio;
  let client: StudioClient;
  let events: StudioEvent[];

  beforeEach(async () => {
    root = mkdtempSync(path.join(os.tmpdir(), 'tongxin-videos-'));
    process.env['TONGXIN_HOME'] = path.join(root, 'home');
    studio = studioOn(root, open);
    events = [];
    studio.onEvent((event) => events.push(event));
    client = studio.client(studio.newSession({ shell: 'test', localFiles: true, trust: 'owner' }));
    await client.workspace.create({ dir: path.join(root, 'w'), name: '岚溪' });
  });
  afterEach(async () => {
    await studio.stop();
    rmSync(root, { recursive: true, force: true });
  });

  async function pictureAsset(name: string, background: string): Promise<string> {
    const file = path.join(root, name);
    writeFileSync(
      file,
      await sharp({ create: { width: 80, height: 60, channels: 3, background } })
        .png()
        .toBuffer(),
    );
    const { jobId } = await client.media.import({ sources: [{ path: file }] });
    await studio.idle();
    const [entry] = (await client.jobs.get({ jobId })).result as MediaImportResult;
    if (!entry || 'error' in entry) throw new Error('the picture was not imported');
    return entry.assetId;
  }

  it('are made, edited, journaled, listed by story, hidden, and pass the check', async () => {
    const { storyId } = await client.stories.create({ title: '采茶' });
    const other = await client.stories.create({ title: '另一篇' });
    const assetId = await pictureAsset('茶.png', '#484');
    const made = await client.videos.create({
      storyId,
      clips: [{ assetId }, { assetId, inUs: 0, outUs: 1_000_000 }],
      cues: [{ startUs: 0, endUs: 1_500_000, text: '清晨五点，\n“茶园”醒了 🍵' }],
    });
    await client.videos.create({ storyId: other.storyId, clips: [{ assetId }] });
    expect(made).toMatchObject({ durationUs: 4_000_000, clips: 2, cues: 1, seq: 0 });
    let { contentHash } = made;
    for (const [i, atUs] of [1_000_000, 2_000_000].entries()) {
      const operations = [{ type: 'splitClip' as const, atUs, newId: `n${i}` }];
      const done = await client.videos.edit({ projectId: made.projectId, baseHash: contentHash, operations });
      expect(done.seq).toBe(i + 1);
      contentHash = done.contentHash;
    }
    expect(await client.videos.get({ projectId: made.projectId })).toMatchObject({ contentHash, clips: 4, seq: 2 });
    const list = await client.videos.list({ storyId });
    expect(list.total).toBe(1);
    await client.videos.remove({ projectIds: [made.projectId] });
    expect((await client.videos.list({})).items.map((v) => v.storyId)).toEqual([other.storyId]);
    expect((await client.videos.list({ removed: true })).total).toBe(1);
    expect((await client.workspace.check()).problems).toEqual([]);
    const changed = events.filter((e) => e.type === 'video.changed').map((e) => e.contentHash);
    expect(changed).toHaveLength(5);
    expect(changed.at(3)).toBe(contentHash);
    expect(changed.at(4)).toBeNull();
  });

  it('let one of two edits on the same base through', async () => {
    const { storyId } = await client.stories.create({ title: '采茶' });
    const assetId = await pictureAsset('茶.png', '#484');
    const { projectId, contentHash } = await client.videos.create({ storyId, clips: [{ assetId }] });
    const edits = [500_000, 1_500_000].map((atUs, i) =>
      codeOrDone(
        client.videos.edit({
          projectId,
          baseHash: contentHash,
          operations: [{ type: 'splitClip', atUs, newId: `n${i}` }],
        }),
      ),
    );
    expect((await Promise.all(edits)).sort()).toEqual(['conflict', 'done']);
    expect((await client.videos.get({ projectId })).clips).toBe(2);
  });
});

async function codeOrDone(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'done';
  } catch (error) {
    return toStudioError(error).code;
  }
}
