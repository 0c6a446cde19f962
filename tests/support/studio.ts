/** A real studio on a temporary workspace, for tests. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createStudio, nodePorts, type Session, type Studio, type StudioOptions } from '../../core/index.ts';
import { toStudioError, type StudioClient } from '../../core/model/contract/client.ts';
import type { Job } from '../../core/model/contract/index.ts';
import type { ErrorCode, StudioError } from '../../core/model/errors.ts';
import type { StudioPorts } from '../../core/ports/index.ts';

export const repoRoot = path.resolve(fileURLToPath(import.meta.url), '../../..');

export interface TestStudio {
  studio: Studio;
  session: Session;
  /** The owner's client. */
  client: StudioClient;
  /** Temporary folder of this studio; holds `home` and the workspace. */
  root: string;
  /** The workspace folder. */
  dir: string;
  /** A second session, as if another window had been opened. */
  another(options?: Partial<Pick<Session, 'shell' | 'localFiles' | 'trust'>>): {
    session: Session;
    client: StudioClient;
  };
  /** Waits for a job to end and returns it. */
  finished(jobId: string): Promise<Job>;
  stop(): Promise<void>;
}

export interface TestStudioOptions extends StudioOptions {
  /** false: leaves the studio without a workspace. */
  workspace?: boolean;
  /** An existing temporary folder (to reopen what another studio left). */
  root?: string;
  /** Changes the machine's ports before the studio is made of them. */
  ports?: (ports: StudioPorts) => StudioPorts;
}

export async function makeStudio(options: TestStudioOptions = {}): Promise<TestStudio> {
  const root = options.root ?? (await mkdtemp(path.join(os.tmpdir(), 'tongxin-test-')));
  process.env['TONGXIN_HOME'] = path.join(root, 'home');
  const dir = path.join(root, '岚溪 "工作区" 🍵');
  const ports = nodePorts({
    assetsDir: path.join(repoRoot, 'assets'),
    logName: 'test',
    logDir: path.join(root, 'logs'),
  });
  const studio = createStudio(
    options.ports ? options.ports(ports) : ports,
    options.jobKinds ? { jobKinds: options.jobKinds } : {},
  );
  const session = studio.newSession({ shell: 'test', localFiles: true, trust: 'owner' });
  const client = studio.client(session);
  if (options.workspace !== false) {
    if (options.root === undefined) await client.workspace.create({ dir, name: '岚溪县融媒体中心' });
    else await client.workspace.open({ dir });
  }
  const finished = async (jobId: string): Promise<Job> => {
    for (;;) {
      const job = await client.jobs.get({ jobId });
      if (job.state !== 'queued' && job.state !== 'running') return job;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return {
    studio,
    session,
    client,
    root,
    dir,
    another: (o = {}) => {
      const other = studio.newSession({ shell: 'test', localFiles: true, trust: 'none', ...o });
      return { session: other, client: studio.client(other) };
    },
    finished,
    stop: async () => {
      await studio.stop();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** The error a promise fails with, as every client sees it. */
export async function errorOf(promise: Promise<unknown>): Promise<StudioError> {
  try {
    await promise;
  } catch (error) {
    return toStudioError(error);
  }
  throw new Error('expected the call to fail');
}

export async function codeOf(promise: Promise<unknown>): Promise<ErrorCode> {
  return (await errorOf(promise)).code;
}

/** Folder of the sample files beside the checkout. */
export const samplesDir = path.resolve(repoRoot, '../shared/samples');
