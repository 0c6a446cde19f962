/** Main's side of the host: the utility process that runs the core. Starts it, watches it, hands out ports. */
import {
  MessageChannelMain,
  powerMonitor,
  safeStorage,
  utilityProcess,
  type MessagePortMain,
  type UtilityProcess,
  type WebContents,
} from 'electron';
import { CHANNELS } from '../../core/model/bridge.ts';
import type { WorkspaceInfo } from '../../core/model/contract/index.ts';
import { StudioError, type ErrorCode, type ErrorParams } from '../../core/model/errors.ts';
import { fromHost, type FromHost, type LocatedFile, type SafeAsk, type ToHost, type Variant } from '../messages.ts';
import { writeCrash } from './crash.ts';
import { RestartPolicy } from './restart-policy.ts';
import { answerSafe } from './safe.ts';

const STOP_TIMEOUT_MS = 5_000;
const LOCATE_TIMEOUT_MS = 10_000;
/** End of the host's stderr that goes into the crash log, in characters. */
const STDERR_TAIL = 8_000;

export interface HostOptions {
  /** Bundled entry of the host. */
  entry: string;
  assetsDir: string;
  logDir: string;
  logName: string;
  onWorkspace(workspace: WorkspaceInfo | null): void;
  /** What was asked for at the start could not be opened. */
  onOpenFailed(code: ErrorCode, params: ErrorParams): void;
  /** It died more often than is worth trying again. */
  onGaveUp(): void;
}

type Located = Extract<FromHost, { type: 'located' | 'located-made' }>;

function refusalOf({ error }: Located): StudioError {
  return new StudioError(error?.code ?? 'internal', error?.params ?? { ref: 'locate' });
}

interface Waiting {
  resolve: (answer: Located) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

export class Host {
  private readonly options: HostOptions;
  private readonly policy = new RestartPolicy();
  private readonly windows = new Set<WebContents>();
  private readonly waiting = new Map<number, Waiting>();
  private child: UtilityProcess | null = null;
  private ready = false;
  private stopping: Promise<void> | null = null;
  private stderr = '';
  private watching = false;
  private requests = 0;
  /** The open workspace; null: none. */
  workspace: WorkspaceInfo | null = null;

  constructor(options: HostOptions) {
    this.options = options;
  }

  /** Process id while it runs. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Starts the process and lets it open a workspace (null: none), or the sample, before windows are served. */
  start(workspace: string | null, sample = false): void {
    const child = utilityProcess.fork(this.options.entry, [], {
      serviceName: 'Tongxin Studio core',
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    this.child = child;
    this.ready = false;
    this.stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      process.stderr.write(chunk);
      this.stderr = (this.stderr + chunk.toString('utf8')).slice(-STDERR_TAIL);
    });
    child.on('message', (message: unknown) => {
      const parsed = fromHost.safeParse(message);
      if (parsed.success) this.receive(parsed.data);
      else writeCrash('host: a message that does not fit', parsed.error);
    });
    child.on('exit', (code) => this.died(child, code));
    const { assetsDir, logDir, logName } = this.options;
    this.send({ type: 'start', assetsDir, logDir, logName, workspace, sample });
    this.watchPower();
  }

  /** Not before the first start: until the program is ready, the system is not asked. */
  private watchPower(): void {
    if (!this.watching) {
      this.watching = true;
      powerMonitor.on('on-battery', () => this.tellPower(true));
      powerMonitor.on('on-ac', () => this.tellPower(false));
    }
    this.tellPower(powerMonitor.isOnBatteryPower());
  }

  private tellPower(onBattery: boolean): void {
    if (this.child !== null) this.send({ type: 'power', onBattery });
  }

  /** Gives a window a port to the core, now or as soon as the core is there; later again after each restart. */
  connect(window: WebContents): void {
    if (!this.windows.has(window)) {
      const { id } = window;
      this.windows.add(window);
      window.once('destroyed', () => {
        this.windows.delete(window);
        if (this.ready) this.send({ type: 'forget', windowId: id });
      });
    }
    if (this.ready) this.handPort(window);
  }

  /** Asks the core where a file is. Errors: what the core answers; `interrupted` when it does not answer. */
  async locate(windowId: number, assetId: string, variant: Variant): Promise<LocatedFile> {
    const answer = await this.ask((requestId) => ({ type: 'locate', requestId, windowId, assetId, variant }));
    if (answer.type !== 'located' || !answer.file) throw refusalOf(answer);
    return answer.file;
  }

  /** Asks the core where what a job made lies. Errors as `locate`. */
  async locateMade(windowId: number, jobId: string): Promise<string> {
    const answer = await this.ask((requestId) => ({ type: 'locate-made', requestId, windowId, jobId }));
    if (answer.type !== 'located-made' || answer.path === null) throw refusalOf(answer);
    return answer.path;
  }

  private ask(message: (requestId: number) => ToHost): Promise<Located> {
    if (!this.ready) return Promise.reject(new StudioError('interrupted'));
    this.requests += 1;
    const requestId = this.requests;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(requestId);
        reject(new StudioError('interrupted'));
      }, LOCATE_TIMEOUT_MS);
      this.waiting.set(requestId, { resolve, reject, timer });
      this.send(message(requestId));
    });
  }

  /** Asks the core to end; ends it after five seconds. */
  stop(): Promise<void> {
    this.stopping ??= this.end();
    return this.stopping;
  }

  private async end(): Promise<void> {
    const { child } = this;
    if (!child) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        writeCrash('host: did not stop in time', { ms: STOP_TIMEOUT_MS });
        child.kill();
        resolve();
      }, STOP_TIMEOUT_MS);
      child.once('exit', () => {
        clearTimeout(timer);
        resolve();
      });
      this.send({ type: 'stop' });
    });
  }

  private send(message: ToHost, ports: MessagePortMain[] = []): void {
    this.child?.postMessage(message, ports);
  }

  private handPort(window: WebContents): void {
    const { port1, port2 } = new MessageChannelMain();
    this.send({ type: 'connect', windowId: window.id }, [port1]);
    window.postMessage(CHANNELS.port, null, [port2]);
  }

  private receive(message: FromHost): void {
    switch (message.type) {
      case 'ready':
        this.ready = true;
        for (const window of this.windows) this.handPort(window);
        return;
      case 'workspace':
        this.workspace = message.workspace;
        this.options.onWorkspace(message.workspace);
        return;
      case 'open-failed':
        this.options.onOpenFailed(message.code, message.params);
        return;
      case 'located':
      case 'located-made':
        this.settle(message);
        return;
      case 'safe':
        this.answer(message.requestId, message.ask);
        return;
      case 'stopped':
        return; // its exit is what is waited for
    }
  }

  private answer(requestId: number, ask: SafeAsk): void {
    this.send({ type: 'safe-answer', requestId, answer: answerSafe(ask, safeStorage, process.platform) });
  }

  private settle(message: Located): void {
    const waiting = this.waiting.get(message.requestId);
    if (!waiting) return; // came after its time was up
    this.waiting.delete(message.requestId);
    clearTimeout(waiting.timer);
    waiting.resolve(message);
  }

  private died(child: UtilityProcess, code: number): void {
    if (child !== this.child) return;
    const reopen = this.workspace?.dir ?? null;
    this.child = null;
    this.ready = false;
    for (const { reject, timer } of this.waiting.values()) {
      clearTimeout(timer);
      reject(new StudioError('interrupted'));
    }
    this.waiting.clear();
    if (this.stopping) return;
    writeCrash(`host: exit ${code}`, this.stderr || 'no output');
    for (const window of this.windows) window.send(CHANNELS.portLost);
    const delay = this.policy.next(Date.now());
    if (delay === null) {
      this.options.onGaveUp();
      return;
    }
    setTimeout(() => {
      if (!this.stopping) this.start(reopen);
    }, delay);
  }
}
