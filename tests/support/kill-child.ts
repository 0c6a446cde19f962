/**
 * A studio that works until it is killed. Every line on stdout is an acknowledgement: what it names must be
 * there after the kill. Usage: kill-child.ts save|import WORKSPACE [FILES…], render WORKSPACE PROJECT,
 * package WORKSPACE STORY FOLDER, protect WORKSPACE PASSPHRASE, edit WORKSPACE PROJECT ASSET
 */
import { writeSync } from 'node:fs';
import path from 'node:path';
import { createStudio, nodePorts } from '../../core/index.ts';
import { madePath, type Job } from '../../core/model/contract/index.ts';
import { editNumbered } from './film-edits.ts';
import { withKeys } from './packaging.ts';
import { repoRoot } from './studio.ts';

const [mode = '', dir = '', ...files] = process.argv.slice(2);
const say = (line: string): void => {
  // Straight to the pipe: an acknowledgement must not wait in a buffer when the kill comes.
  writeSync(1, `${line}\n`);
};

const machine = nodePorts({
  assetsDir: path.join(repoRoot, 'assets'),
  logName: 'kill',
  logDir: path.join(dir, '..', 'logs'),
});
const studio = createStudio(mode === 'protect' ? withKeys(machine, {}) : machine);
const client = studio.client(studio.newSession({ shell: 'test', localFiles: true, trust: 'owner' }));
await client.workspace.open({ dir });
say('open');

async function ended(jobId: string): Promise<Job> {
  for (;;) {
    const job = await client.jobs.get({ jobId });
    if (job.state !== 'queued' && job.state !== 'running') return job;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

if (mode === 'save') {
  for (let n = 0; ; n += 1) {
    const { storyId, ...made } = await client.stories.create({ title: `第 ${String(n)} 篇` });
    let { contentHash } = made;
    for (let i = 0; i < 20; i += 1) {
      const text = `第 ${String(i)} 次修改，${'字'.repeat(400)}`;
      const doc = { type: 'doc' as const, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] };
      const saved = await client.stories.save({
        storyId,
        baseHash: contentHash,
        title: `第 ${String(n)} 篇`,
        doc,
        checkpoint: i % 5 === 0,
      });
      contentHash = saved.contentHash;
      say(`saved ${storyId} ${contentHash}`);
    }
  }
} else if (mode === 'edit') {
  const [projectId = '', assetId = ''] = files;
  let { contentHash, seq } = await client.videos.get({ projectId });
  for (;;) {
    const operations = editNumbered(seq + 1, assetId);
    // Now and then a version, too: in the same breath as the edit.
    const checkpoint = seq % 4 === 0;
    ({ contentHash, seq } = await client.videos.edit({ projectId, baseHash: contentHash, operations, checkpoint }));
    say(`edited ${String(seq)} ${contentHash}`);
  }
} else if (mode === 'protect') {
  const [passphrase = ''] = files;
  for (;;) {
    const { kept } = await client.keys.protection();
    const next = kept === 'file' ? ({ kept: 'passphrase', passphrase } as const) : ({ kept: 'file' } as const);
    await client.keys.protect(kept === 'passphrase' ? { ...next, present: passphrase } : next);
    say(`kept ${next.kept}`);
  }
} else if (mode === 'render' || mode === 'package') {
  const [subject = '', folder = ''] = files;
  for (let n = 0; ; n += 1) {
    const { jobId } = await (mode === 'render'
      ? client.videos.render({ projectId: subject, targets: ['douyin'] })
      : client.packages.make({
          storyId: subject,
          targets: ['wechat', 'douyin'],
          dir: path.join(folder, `${String(process.pid)}-${String(n)}`),
        }));
    say(`begun ${jobId}`);
    const job = await ended(jobId);
    say(`made ${madePath(job) ?? `nothing: ${job.error?.code ?? job.state}`}`);
  }
} else {
  studio.onEvent((event) => {
    if (event.type === 'media.changed') say(`asset ${event.assetId}`);
  });
  await client.media.import({ sources: files.map((file) => ({ path: file })) });
  await new Promise(() => {
    setInterval(() => undefined, 1000);
  });
}
