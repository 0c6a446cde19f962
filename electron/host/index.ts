/**
 * The core's own process in the desktop program: an Electron utility process. Main tells it what to open and
 * hands it the windows' ports; the command line joins it over the local link.
 */
import type { MessagePortMain, ParentPort } from 'electron';
import {
  createStudio,
  nodePorts,
  servePort,
  startLink,
  takeKeyPassphrase,
  type Link,
  type Session,
  type Studio,
} from '../../core/index.ts';
import { toStudioError } from '../../core/model/contract/client.ts';
import { StudioError } from '../../core/model/errors.ts';
import { toHost, type FromHost, type ToHost } from '../messages.ts';
import { MainSafe } from './safe.ts';

type Start = Extract<ToHost, { type: 'start' }>;
type SafeReply = Extract<ToHost, { type: 'safe-answer' }>;
type Power = Extract<ToHost, { type: 'power' }>;
type Locate = Extract<ToHost, { type: 'locate' }>;
type LocateMade = Extract<ToHost, { type: 'locate-made' }>;

/** Electron's port as `servePort` takes ports: by event name. */
function portOf(port: MessagePortMain): Parameters<typeof servePort>[1] {
  return {
    on: (event, listener: (value: unknown) => void) => port.on(event as 'message', listener),
    postMessage: (message) => port.postMessage(message),
    start: () => port.start(),
    close: () => port.close(),
  };
}

class CoreProcess {
  private readonly parent: ParentPort;
  private readonly studio: Studio;
  private readonly link: Link;
  /** One session a window, kept when its page is loaded again, so nobody is signed out by that. */
  private readonly windows = new Map<number, { session: Session; port: MessagePortMain }>();

  private constructor(parent: ParentPort, studio: Studio, link: Link) {
    this.parent = parent;
    this.studio = studio;
    this.link = link;
    studio.onEvent((event) => {
      if (event.type === 'workspace.changed') this.tellWorkspace();
    });
  }

  static async start(parent: ParentPort, options: Start): Promise<CoreProcess> {
    const { assetsDir, logDir, logName } = options;
    const keyPassphrase = takeKeyPassphrase(process.env);
    const studio = createStudio(nodePorts({ assetsDir, logDir, logName, keyPassphrase, systemSafe: safe, onBattery }));
    const core = new CoreProcess(parent, studio, await startLink(studio));
    await core.open(options);
    core.tell({ type: 'ready' });
    return core;
  }

  receive(message: Exclude<ToHost, Start | SafeReply | Power>, ports: readonly MessagePortMain[]): void {
    switch (message.type) {
      case 'connect':
        if (ports[0]) this.connect(message.windowId, ports[0]);
        return;
      case 'forget':
        this.windows.get(message.windowId)?.port.close();
        this.windows.delete(message.windowId);
        return;
      case 'locate':
        void this.locate(message);
        return;
      case 'locate-made':
        void this.locateMade(message);
        return;
      case 'stop':
        void this.stop();
        return;
    }
  }

  private tell(message: FromHost): void {
    this.parent.postMessage(message);
  }

  private tellWorkspace(): void {
    this.tell({ type: 'workspace', workspace: this.studio.workspace });
  }

  /** Opens what was asked for. A workspace that cannot be opened is said; the window then offers others. */
  private async open({ workspace, sample }: Start): Promise<void> {
    try {
      if (sample) {
        const owner = this.studio.newSession({ shell: 'desktop', localFiles: true, trust: 'owner' });
        await this.studio.client(owner).workspace.sample(workspace === null ? {} : { dir: workspace });
      } else if (workspace !== null) {
        await this.studio.open(workspace);
      }
      this.tellWorkspace();
    } catch (error) {
      const { code, params, cause } = toStudioError(error);
      if (code === 'internal') process.stderr.write(`${describe(cause ?? error)}\n`);
      this.tell({ type: 'open-failed', code, params });
    }
  }

  private connect(windowId: number, port: MessagePortMain): void {
    const before = this.windows.get(windowId);
    before?.port.close();
    const session =
      before?.session ?? this.studio.newSession({ shell: 'desktop', localFiles: true, trust: 'owner-without-pin' });
    this.windows.set(windowId, { session, port });
    servePort(this.studio, portOf(port), session);
  }

  private async locate({ requestId, windowId, assetId, variant }: Locate): Promise<void> {
    try {
      const session = this.windows.get(windowId)?.session;
      if (!session) throw new StudioError('signed_out');
      const file = await this.studio.locate(session, assetId, variant);
      this.tell({ type: 'located', requestId, file, error: null });
    } catch (error) {
      const { code, params } = toStudioError(error);
      if (code === 'internal') process.stderr.write(`locate ${assetId}: ${describe(error)}\n`);
      this.tell({ type: 'located', requestId, file: null, error: { code, params } });
    }
  }

  private async locateMade({ requestId, windowId, jobId }: LocateMade): Promise<void> {
    try {
      const session = this.windows.get(windowId)?.session;
      if (!session) throw new StudioError('signed_out');
      const path = await this.studio.locateMade(session, jobId);
      this.tell({ type: 'located-made', requestId, path, error: null });
    } catch (error) {
      const { code, params } = toStudioError(error);
      this.tell({ type: 'located-made', requestId, path: null, error: { code, params } });
    }
  }

  private async stop(): Promise<void> {
    for (const { port } of this.windows.values()) port.close();
    await this.link.close();
    await this.studio.stop();
    this.tell({ type: 'stopped' });
    process.exit(0);
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** What nobody caught leaves the core in an unknown state: say it, end, and let main start afresh. */
function fail(error: unknown): never {
  process.stderr.write(`${describe(error)}\n`);
  process.exit(1);
}

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);

const parent = process.parentPort;
const safe = new MainSafe((message) => parent.postMessage(message));
/** As main told last; it is asked where the system's files do not say it. */
let power: boolean | null = null;
const onBattery = (): Promise<boolean | null> => Promise.resolve(power);
let core: Promise<CoreProcess> | null = null;
parent.on('message', ({ data, ports }) => {
  const message = toHost.parse(data);
  if (message.type === 'start') {
    core ??= CoreProcess.start(parent, message);
    core.catch(fail);
  } else if (message.type === 'safe-answer') {
    // At once: the core may be waiting for it while it starts.
    safe.receive(message.requestId, message.answer);
  } else if (message.type === 'power') {
    power = message.onBattery;
  } else if (core) {
    void core.then((running) => running.receive(message, ports));
  } else if (message.type === 'stop') {
    process.exit(0);
  }
});
