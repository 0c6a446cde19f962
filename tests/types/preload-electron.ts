/** Checked by the compiler only: the declarations the preload is written against fit the real Electron. */
import type * as real from 'electron';
import type * as ours from '../../electron/preload/electron-api.d.ts';

type Fits<Part, Whole extends Part> = Whole;

export type Checked = [
  Fits<typeof ours.ipcRenderer, typeof real.ipcRenderer>,
  Fits<typeof ours.contextBridge, typeof real.contextBridge>,
  Fits<typeof ours.webUtils, typeof real.webUtils>,
  Fits<ours.IpcRendererEvent, real.IpcRendererEvent>,
];
