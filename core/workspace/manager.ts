/** Which workspace is open. One at a time in one process; opening and closing wait for each other. */
import path from 'node:path';
import type { OpenWorkspace } from '../call.ts';
import type { DoctorReport, NewEvent, RecentWorkspace, WorkspaceInfo } from '../model/contract/index.ts';
import { PROTOCOL_VERSION } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import type { StudioPorts, WorkspacePorts } from '../ports/index.ts';
import type { StudioOptions } from '../types.ts';
import { beginJobs, fillWorkspace, runWorkspace, type NewWorkspace } from './index.ts';
import { fillSample, readSample } from './sample.ts';

interface Address {
  url: string;
  token: string;
}

export interface CurrentWorkspace {
  protocol: number;
  workspace: WorkspaceInfo | null;
  recent: RecentWorkspace[];
  defaultDir: string;
}

const DEFAULT_NAME = '宣传办公室';

export class WorkspaceManager {
  readonly #machine: StudioPorts;
  readonly #emit: (event: NewEvent) => void;
  readonly #options: StudioOptions;
  #open: OpenWorkspace | null = null;
  #address: Address | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(machine: StudioPorts, emit: (event: NewEvent) => void, options: StudioOptions) {
    this.#machine = machine;
    this.#emit = emit;
    this.#options = options;
  }

  get workspace(): OpenWorkspace | null {
    return this.#open;
  }

  async current(): Promise<CurrentWorkspace> {
    return {
      protocol: PROTOCOL_VERSION,
      workspace: this.#open?.info ?? null,
      recent: await this.#machine.recent.list(),
      defaultDir: this.#machine.defaultDir(DEFAULT_NAME),
    };
  }

  async open(dir: string): Promise<WorkspaceInfo> {
    return this.#exclusive(async () => {
      const full = path.resolve(dir);
      if (this.#open && path.resolve(this.#open.info.dir) === full) return this.#open.info;
      return (await this.#adopt(await this.#machine.workspaces.open(full))).info;
    });
  }

  async create(input: { dir: string; name: string }): Promise<NewWorkspace> {
    return this.#exclusive(async () => {
      const ports = await this.#machine.workspaces.create(path.resolve(input.dir));
      const made = await this.#orClose(ports, () => fillWorkspace(this.#machine, ports, { ...input, sample: false }));
      await this.#adopt(ports);
      return made;
    });
  }

  /** Without `dir`: the sample made before on this computer if it is still there, else a new one. */
  async sample(dir: string | undefined): Promise<WorkspaceInfo & { stories: number }> {
    return this.#exclusive(async () => {
      const sample = await readSample(this.#machine.sampleDir);
      if (dir === undefined) {
        const again = await this.#reopenSample(sample.name);
        if (again) return { ...again.info, stories: sample.stories.length };
      }
      const target = path.resolve(dir ?? this.#machine.defaultDir(`${sample.name}-示例`));
      const ports = await this.#machine.workspaces.create(target);
      await this.#orClose(ports, () => fillWorkspace(this.#machine, ports, { name: sample.name, sample: true }));
      const workspace = await this.#adopt(ports);
      const stories = await fillSample(this.#machine, workspace, sample);
      return { ...workspace.info, stories };
    });
  }

  async close(): Promise<void> {
    await this.#exclusive(async () => {
      await this.#letGo();
      this.#emit({ type: 'workspace.changed' });
    });
  }

  /** Tells other processes where this one answers, for the open workspace and later ones. */
  async publish(address: Address | null): Promise<void> {
    this.#address = address;
    await this.#open?.ports.lock.publish(address);
  }

  async doctor(): Promise<DoctorReport> {
    const tools = await this.#machine.media.tools();
    const database = this.#open?.ports.database;
    const engine = database?.version ?? (await this.#machine.databaseVersion());
    tools.push({
      name: 'database',
      found: engine !== null,
      version: engine,
      path: null,
      needed: true,
      hint: engine === null ? '数据库组件无法加载，请重新安装程序。' : '',
    });
    return { ok: tools.every((t) => t.found || !t.needed), tools };
  }

  async #reopenSample(name: string): Promise<OpenWorkspace | null> {
    for (const entry of await this.#machine.recent.list()) {
      if (entry.name !== name) continue;
      if (this.#open?.info.sample === true && this.#open.info.dir === entry.dir) return this.#open;
      try {
        const ports = await this.#machine.workspaces.open(entry.dir);
        return await this.#adopt(ports);
      } catch (error) {
        // A sample that moved, broke or is open elsewhere is simply made anew.
        this.#machine.log.info('sample not reopened', { error: String(error) });
      }
    }
    return null;
  }

  /** Makes `ports` the open workspace; the one before is let go. */
  async #adopt(ports: WorkspacePorts): Promise<OpenWorkspace> {
    const workspace = await this.#orClose(ports, async () => {
      const next = await runWorkspace(this.#machine, ports, this.#emit, this.#options.jobKinds);
      await ports.lock.publish(this.#address);
      return next;
    });
    await this.#letGo();
    this.#open = workspace;
    await this.#machine.recent.add({ dir: workspace.info.dir, name: workspace.info.name });
    await beginJobs(workspace, this.#makesDerived());
    this.#emit({ type: 'workspace.changed' });
    return workspace;
  }

  #makesDerived(): boolean {
    return this.#options.jobKinds?.includes('media.proxy') ?? true;
  }

  async #letGo(): Promise<void> {
    const before = this.#open;
    if (!before) return;
    this.#open = null;
    await before.jobs.stop();
    await this.#machine.workspaces.close(before.ports);
  }

  async #orClose<T>(ports: WorkspacePorts, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      await this.#machine.workspaces.close(ports);
      throw error;
    }
  }

  #exclusive<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#queue.then(work, work);
    this.#queue = next.catch(() => undefined);
    return next;
  }

  /** For `stop`: waits for what is going on, then closes. */
  async stop(): Promise<void> {
    await this.#exclusive(() => this.#letGo());
  }

  requireOpen(): OpenWorkspace {
    if (!this.#open) throw new StudioError('no_workspace');
    return this.#open;
  }
}
