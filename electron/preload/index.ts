/** Puts the bridge on `window.tongxin`: listed calls only, never an event or a channel of Electron's own. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import {
  CHANNELS,
  PORT_LOST_TYPE,
  PORT_MESSAGE_TYPE,
  type DesktopBridge,
  type IpcAnswer,
  type PortLostMessage,
  type PortMessage,
  type Prefs,
} from '../../core/model/bridge.ts';

/** Written in by the build. */
declare const __PROGRAM__: { version: string };

/** The sandbox's own `process`; the platform is all that is read of it. */
declare const process: { platform: string };
const { platform } = process;

/** Rejects with an Error whose message is the error's code. */
async function ask(channel: (typeof CHANNELS)[keyof typeof CHANNELS], payload?: unknown): Promise<unknown> {
  const answer = (await ipcRenderer.invoke(channel, payload)) as IpcAnswer;
  if (!answer.ok) throw new Error(answer.code);
  return answer.value;
}

/** What the page wants done before the window closes. */
const closing = new Set<() => Promise<boolean>>();

const bridge: DesktopBridge<File> = {
  platform,
  version: __PROGRAM__.version,
  connect: () => ipcRenderer.send(CHANNELS.connect),
  pathsForFiles: (files) => files.map((file) => webUtils.getPathForFile(file)),
  fileFromBytes: async (name, bytes) => (await ask(CHANNELS.fileFromBytes, { name, bytes })) as string,
  chooseFiles: async (options) => (await ask(CHANNELS.chooseFiles, options)) as string[],
  chooseFolder: async () => (await ask(CHANNELS.chooseFolder)) as string | null,
  showInFolder: async (assetId) => {
    await ask(CHANNELS.showInFolder, assetId);
  },
  showMade: async (jobId) => {
    await ask(CHANNELS.showMade, jobId);
  },
  openExternal: async (url) => {
    await ask(CHANNELS.openExternal, url);
  },
  openLog: async () => {
    await ask(CHANNELS.openLog);
  },
  prefs: {
    get: async () => (await ask(CHANNELS.prefsGet)) as Prefs,
    set: async (patch) => {
      await ask(CHANNELS.prefsSet, patch);
    },
  },
  onClosing: (handler) => {
    closing.add(handler);
    return () => closing.delete(handler);
  },
  onMenu: (handler) => {
    const listener = (_event: unknown, commandId: unknown) => {
      if (typeof commandId === 'string') handler(commandId);
    };
    ipcRenderer.on(CHANNELS.menu, listener);
    return () => ipcRenderer.off(CHANNELS.menu, listener);
  },
};

ipcRenderer.on(CHANNELS.closing, () => {
  const all = [...closing].map((handler) => handler().catch(() => false));
  void Promise.all(all).then((saved) => ipcRenderer.send(CHANNELS.saved, saved.every(Boolean)));
});
ipcRenderer.on(CHANNELS.port, (event) => {
  const message: PortMessage = { type: PORT_MESSAGE_TYPE };
  window.postMessage(message, window.location.origin, event.ports);
});
ipcRenderer.on(CHANNELS.portLost, () => {
  const message: PortLostMessage = { type: PORT_LOST_TYPE };
  window.postMessage(message, window.location.origin);
});

contextBridge.exposeInMainWorld('tongxin', bridge);
