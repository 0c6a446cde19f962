import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import { StudioError } from '../model/errors.ts';
import type { MediaEngine } from '../ports/index.ts';
import { createMediaEngine } from '../platform/media/index.ts';
import { HAS_FFMPEG, quietLog } from '../platform/media/fixtures.ts';
import { codeOf, makeStudio } from '../../tests/support/studio.ts';

it.skipIf(!HAS_FFMPEG)('a missing tool is told, not taken for a source without subtitles', async () => {
  const real = createMediaEngine({ log: quietLog });
  // The same engine, until ffprobe is taken off the computer.
  let gone = false;
  const missing = () =>
    Promise.reject(new StudioError('missing_tool', { tool: 'ffprobe', install: 'apt install ffmpeg' }));
  const media: MediaEngine = {
    ...real,
    textTracks: (file, signal) => (gone ? missing() : real.textTracks(file, signal)),
  };
  const t = await makeStudio({ ports: (ports) => ({ ...ports, media }) });
  try {
    const file = path.join(t.root, '茶.mp4');
    const made = ['-f', 'lavfi', '-i', 'color=gray:s=64x64:d=1', '-c:v', 'libx264', file];
    execFileSync('ffmpeg', ['-nostdin', '-v', 'error', ...made]);
    const job = await t.finished((await t.client.media.import({ sources: [{ path: file }] })).jobId);
    const [asset] = job.result as { assetId: string }[];
    const assetIds = [asset?.assetId ?? ''];
    expect(await t.client.videos.textTracks({ assetIds })).toEqual([]);
    gone = true;
    expect(await codeOf(t.client.videos.textTracks({ assetIds }))).toBe('missing_tool');
  } finally {
    await t.stop();
  }
});
