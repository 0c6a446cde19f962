/**
 * The part of Electron's API that a sandboxed preload script has and this one uses. Declared here because
 * Electron's own types bring Node's with them, which do not exist in a sandboxed page.
 */
import type { CHANNELS } from '../../core/model/bridge.ts';

type Channel = (typeof CHANNELS)[keyof typeof CHANNELS];

export interface IpcRendererEvent {
  ports: MessagePort[];
}

export const contextBridge: {
  exposeInMainWorld(name: string, api: object): void;
};

export const ipcRenderer: {
  send(channel: Channel, payload?: unknown): void;
  invoke(channel: Channel, payload?: unknown): Promise<unknown>;
  on(channel: Channel, listener: (event: IpcRendererEvent, ...args: unknown[]) => void): void;
  off(channel: Channel, listener: (event: IpcRendererEvent, ...args: unknown[]) => void): void;
};

export const webUtils: {
  getPathForFile(file: File): string;
};
