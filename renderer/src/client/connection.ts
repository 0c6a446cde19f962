/**
 * The line to the core: a MessagePort in the desktop window, a WebSocket in a browser. One client object
 * lives as long as the page; behind it the line may break and be made again.
 */
import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import { isPortMessage, type DesktopBridge } from '../../../core/model/bridge.ts';
import { StudioError } from '../../../core/model/errors.ts';
import { backoff } from './backoff.ts';

/** `refused`: somebody answers, but this page may not come in (its cookie is no longer known). */
export type LineState = 'connecting' | 'open' | 'lost' | 'refused';
type Link = ClientLink<ClientContext>;
type Listener = (state: LineState) => void;

/** What a call throws while the line is broken; `ref` tells it from an error inside the program. */
export const LINE_LOST = 'transport';

/** True when an error means "the line broke", not "the core said no". */
export function isLineLost(error: unknown): boolean {
  return error instanceof StudioError && error.code === 'internal' && error.params['ref'] === LINE_LOST;
}

export class Connection {
  state: LineState = 'connecting';
  #link: Link | null = null;
  #listeners = new Set<Listener>();
  #waiting: { resolve: (link: Link) => void; reject: (error: Error) => void }[] = [];

  /** Called on every change of state; the answer stops it. */
  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): LineState => this.state;

  opened(link: Link): void {
    this.#link = link;
    for (const waiter of this.#waiting.splice(0)) waiter.resolve(link);
    this.#set('open');
  }

  /** The line broke: calls fail at once until it is back, so that the autosave can say so and retry. */
  lost(why: 'lost' | 'refused' = 'lost'): void {
    this.#link = null;
    const error = new StudioError('internal', { ref: LINE_LOST });
    for (const waiter of this.#waiting.splice(0)) waiter.reject(error);
    this.#set(why);
  }

  /** A link that always uses the line as it is now. Only the very first calls wait for it. */
  readonly link: Link = {
    call: async (path: readonly string[], input: unknown, options: ClientOptions<ClientContext>) =>
      (await this.#current()).call(path, input, options),
  };

  async #current(): Promise<Link> {
    if (this.#link) return this.#link;
    if (this.state !== 'connecting') throw new StudioError('internal', { ref: LINE_LOST });
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  #set(state: LineState): void {
    this.state = state;
    for (const listener of this.#listeners) listener(state);
  }
}

/** Takes the port the desktop program sends, and each new one after the core was started again. */
export function connectDesktop(connection: Connection, bridge: DesktopBridge): void {
  window.addEventListener('message', (event) => {
    const port = event.ports[0];
    if (event.source !== window || !isPortMessage(event.data) || !port) return;
    port.addEventListener('close', () => {
      if (current === port) connection.lost();
    });
    current = port;
    const link = new PortLink({ port });
    port.start();
    connection.opened(link);
  });
  let current: MessagePort | null = null;
  bridge.connect();
}

/** Whether the server lets this page in. A server that does not answer may yet do so. */
async function mayEnter(): Promise<boolean> {
  const answer = await fetch('/', { method: 'HEAD', cache: 'no-store' }).catch(() => null);
  return answer === null || (answer.status !== 401 && answer.status !== 403);
}

/** Keeps a WebSocket to the server this page came from, trying again with growing pauses. */
export function connectBrowser(connection: Connection, location: Location): void {
  const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/rpc`;
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const open = () => {
    clearTimeout(timer);
    const socket = new WebSocket(url);
    // Binary frames as buffers: oRPC reads Blobs too, but asynchronously, and order would be lost.
    socket.binaryType = 'arraybuffer';
    const link = new SocketLink({ websocket: socket });
    socket.addEventListener('open', () => {
      attempt = 0;
      connection.opened(link);
    });
    socket.addEventListener('close', () => {
      if (connection.state === 'open') connection.lost();
      else void mayEnter().then((may) => connection.lost(may ? 'lost' : 'refused'));
      attempt += 1;
      timer = setTimeout(open, backoff(attempt - 1));
    });
  };
  window.addEventListener('online', () => {
    if (connection.state !== 'open') open();
  });
  open();
}
