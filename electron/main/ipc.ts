/** The one place where main listens to pages: every sender and every payload is checked here. */
import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron';
import type { z } from 'zod';
import type { IpcAnswer } from '../../core/model/bridge.ts';
import { StudioError } from '../../core/model/errors.ts';
import { isStudioPage } from './addresses.ts';
import { writeCrash } from './crash.ts';

/** A page of the studio in the main frame of a window; a frame that is gone or elsewhere is not. */
function trusted(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && frame === event.sender.mainFrame && isStudioPage(frame.url);
}

/**
 * Answers `invoke` on a channel. The payload must be the one argument the schema describes; the handler's
 * result or the code of its error goes back as data.
 */
export function answer<Input>(
  channel: string,
  schema: z.ZodType<Input>,
  handler: (input: Input, sender: WebContents) => Promise<unknown>,
): void {
  ipcMain.handle(channel, async (event, ...args: unknown[]): Promise<IpcAnswer> => {
    if (!trusted(event)) return { ok: false, code: 'not_permitted' };
    const parsed = schema.safeParse(args[0]);
    if (args.length > 1 || !parsed.success) return { ok: false, code: 'bad_input' };
    try {
      return { ok: true, value: await handler(parsed.data, event.sender) };
    } catch (error) {
      if (error instanceof StudioError) return { ok: false, code: error.code };
      writeCrash(`ipc ${channel}`, error);
      return { ok: false, code: 'internal' };
    }
  });
}

/** Listens to a message without payload. */
export function listen(channel: string, handler: (sender: WebContents) => void): void {
  ipcMain.on(channel, (event, ...args: unknown[]) => {
    if (trusted(event) && args.length === 0) handler(event.sender);
  });
}

/** The next message of `sender` on a channel; undefined when none comes within `patienceMs` milliseconds. */
export function nextFrom(sender: WebContents, channel: string, patienceMs: number): Promise<unknown> {
  return new Promise((resolve) => {
    const settle = (payload: unknown) => {
      clearTimeout(timer);
      ipcMain.off(channel, onMessage);
      resolve(payload);
    };
    const onMessage = (event: IpcMainEvent, payload: unknown) => {
      if (trusted(event) && event.sender === sender) settle(payload);
    };
    const timer = setTimeout(() => settle(undefined), patienceMs);
    ipcMain.on(channel, onMessage);
  });
}
