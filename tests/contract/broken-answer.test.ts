/** An answer that does not fit the contract never reaches a client: it is our mistake, and is told as such. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStudio, nodePorts } from '../../core/index.ts';
import type { Studio } from '../../core/index.ts';
import type { RecentWorkspace } from '../../core/model/contract/index.ts';
import { errorOf, repoRoot } from '../support/studio.ts';
import { WAYS, type Way } from './peers.ts';

describe.each(Object.entries(WAYS))('over %s', (_name, kind) => {
  const told: { message: string; fields: unknown }[] = [];
  let root = '';
  let studio: Studio;
  let way: Way;

  beforeAll(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'tongxin-test-'));
    process.env['TONGXIN_HOME'] = path.join(root, 'home');
    const ports = nodePorts({
      assetsDir: path.join(repoRoot, 'assets'),
      logName: 'test',
      logDir: path.join(root, 'logs'),
    });
    const misfit = { dir: 5, name: '岚溪县' } as unknown as RecentWorkspace;
    studio = createStudio({
      ...ports,
      recent: { ...ports.recent, list: async () => [misfit] },
      log: { ...ports.log, error: (message, fields) => void told.push({ message, fields }) },
    });
    way = await kind.open(studio);
  });
  afterAll(async () => {
    await way.stop();
    await studio.stop();
    await rm(root, { recursive: true, force: true });
  });

  // The link itself asks for `workspace.current` when it connects, so it cannot be had on this studio.
  it.skipIf(kind.alwaysOwner)('answers internal with a reference that stands in the log', async () => {
    const peer = await way.connect();
    const error = await errorOf(peer.client.workspace.current());
    expect(error.code).toBe('internal');
    expect(told).toContainEqual(
      expect.objectContaining({
        fields: expect.objectContaining({ ref: error.params['ref'], procedure: 'workspace.current' }) as unknown,
      }),
    );
    expect(JSON.stringify(error.toData())).not.toContain('岚溪县');
    await peer.vanish();
  });
});
