/**
 * Drives a page over Chromium's protocol and nothing else. Playwright asks each page for what goes over its network, and Chromium keeps up to
 * 200 MB of bodies for whoever asks (`NetworkResourcesData`): a measure of memory must not.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';

interface Answer {
  id?: number;
  result?: unknown;
  error?: { message: string };
}

/** One connection of the protocol. */
class Line {
  readonly #socket: WebSocket;
  readonly #open: Promise<void>;
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  #last = 0;

  constructor(url: string) {
    this.#socket = new WebSocket(url, { perMessageDeflate: false });
    this.#open = new Promise((resolve, reject) => {
      this.#socket.once('open', () => resolve());
      this.#socket.once('error', reject);
    });
    this.#socket.on('close', () => this.#ended());
    this.#socket.on('message', (data: Buffer) => {
      const { id, result, error } = JSON.parse(data.toString('utf8')) as Answer;
      const waiting = id === undefined ? undefined : this.#waiting.get(id);
      if (id === undefined || !waiting) return;
      this.#waiting.delete(id);
      if (error) waiting.reject(new Error(error.message));
      else waiting.resolve(result);
    });
  }

  /** What is still waited for will not come. */
  #ended(): void {
    for (const { reject } of this.#waiting.values()) reject(new Error('the page is gone'));
    this.#waiting.clear();
  }

  async send(method: string, params: object = {}): Promise<unknown> {
    await this.#open;
    const id = (this.#last += 1);
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#socket.send(JSON.stringify({ id, method, params }));
    return answer;
  }

  close(): void {
    this.#socket.close();
  }
}

/** Keys that are no letters: code, and Windows' number. */
const NAMED: Record<string, [code: string, number: number, text?: string]> = {
  ArrowLeft: ['ArrowLeft', 37],
  ArrowUp: ['ArrowUp', 38],
  ArrowRight: ['ArrowRight', 39],
  ArrowDown: ['ArrowDown', 40],
  Delete: ['Delete', 46],
  Space: ['Space', 32, ' '],
  '=': ['Equal', 187, '='],
  '-': ['Minus', 189, '-'],
};
const MODIFIERS: Record<string, number> = { Alt: 1, Control: 2, Shift: 8 };

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export class Driver {
  readonly #child: ChildProcess;
  readonly #browser: Line;
  readonly #page: Line;

  private constructor(child: ChildProcess, browser: Line, page: Line) {
    this.#child = child;
    this.#browser = browser;
    this.#page = page;
  }

  /** Starts a program of Chromium's kind and takes hold of its first page. */
  static async start(program: string, args: string[], env: NodeJS.ProcessEnv = process.env): Promise<Driver> {
    const child = spawn(program, ['--remote-debugging-port=0', ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    const url = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
        if (found) resolve(found);
      });
      child.once('exit', () => reject(new Error(`${program} ended: ${said}`)));
    });
    const pages = `http://${new URL(url).host}/json/list`;
    for (let tries = 0; tries < 300; tries += 1) {
      const list = (await (await fetch(pages)).json()) as { type: string; webSocketDebuggerUrl: string }[];
      const page = list.find(({ type }) => type === 'page');
      if (page) return new Driver(child, new Line(url), new Line(page.webSocketDebuggerUrl));
      await wait(100);
    }
    throw new Error('no page');
  }

  /** The value of an expression in the page. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result } = (await this.#page.send('Runtime.evaluate', {
      ...{ expression, returnByValue: true, awaitPromise: true },
    })) as { result: { value: T } };
    return result.value;
  }

  async go(url: string): Promise<void> {
    await this.#page.send('Page.navigate', { url });
  }

  /** Where the element is that an expression finds, as soon as it does. */
  async place(element: string): Promise<Rect> {
    const expression = `(() => { const box = (${element})?.getBoundingClientRect(); return box && box.width > 0 ? { x: box.x, y: box.y, width: box.width, height: box.height } : null; })()`;
    for (let tries = 0; tries < 600; tries += 1) {
      // Between two pages there is nothing to ask.
      const found = await this.evaluate<Rect | null>(expression).catch(() => null);
      if (found) return found;
      await wait(100);
    }
    throw new Error(`not found: ${element}`);
  }

  async clickAt(x: number, y: number): Promise<void> {
    const about = { x, y, button: 'left', clickCount: 1 };
    await this.#page.send('Input.dispatchMouseEvent', { ...about, type: 'mousePressed' });
    await this.#page.send('Input.dispatchMouseEvent', { ...about, type: 'mouseReleased' });
  }

  async click(element: string): Promise<void> {
    const { x, y, width, height } = await this.place(element);
    await this.clickAt(x + width / 2, y + height / 2);
  }

  /** A key as `Control+z`, `ArrowDown`, `s`. */
  async press(keys: string): Promise<void> {
    const parts = keys.split('+');
    const name = parts.pop() ?? '';
    const modifiers = parts.reduce((sum, part) => sum | (MODIFIERS[part] ?? 0), 0);
    const [code, number, text] = NAMED[name] ?? [`Key${name.toUpperCase()}`, name.toUpperCase().charCodeAt(0), name];
    const key = name === 'Space' ? ' ' : name;
    const about = { key, code, windowsVirtualKeyCode: number, modifiers };
    const typed = text !== undefined && (modifiers & 3) === 0 ? { text } : {};
    await this.#page.send('Input.dispatchKeyEvent', {
      ...about,
      ...typed,
      type: typed.text ? 'keyDown' : 'rawKeyDown',
    });
    await this.#page.send('Input.dispatchKeyEvent', { ...about, type: 'keyUp' });
  }

  /** Processes that draw pages. */
  async renderers(): Promise<number[]> {
    const { processInfo } = (await this.#browser.send('SystemInfo.getProcessInfo')) as {
      processInfo: { type: string; id: number }[];
    };
    return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  }

  async close(): Promise<void> {
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    await this.#browser.send('Browser.close').catch(() => undefined);
    this.#page.close();
    this.#browser.close();
    await gone;
  }
}
