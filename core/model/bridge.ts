/**
 * The bridge: all that a desktop window may ask of the desktop program, beside the contract itself.
 * `electron/preload` puts an object of this shape on `window.tongxin`; in a browser it is absent.
 *
 * Handshake of the contract's port: the page listens for a `message` event whose data is
 * {@link PortMessage} and whose `ports[0]` is the `MessagePort`, then calls `connect()`. When the
 * core's process dies the page hears {@link PortLostMessage}; when it is started again the program
 * posts a new port in the same way as the first, unasked.
 */
import type { Language } from './errors.ts';

export const PORT_MESSAGE_TYPE = 'tongxin:port';
export interface PortMessage {
  type: typeof PORT_MESSAGE_TYPE;
}

/** True for the data of the message that carries the port. */
export function isPortMessage(data: unknown): data is PortMessage {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === PORT_MESSAGE_TYPE;
}

export const PORT_LOST_TYPE = 'tongxin:port-lost';
/** The port given last leads nowhere any more; calls waiting on it will not be answered. */
export interface PortLostMessage {
  type: typeof PORT_LOST_TYPE;
}

/** True for the message that says the core's process is gone. */
export function isPortLostMessage(data: unknown): data is PortLostMessage {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === PORT_LOST_TYPE;
}

export const THEMES = ['auto', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEMES)[number];

/** What a person chose for this computer; never anything of the workspace. */
export interface Prefs {
  theme: ThemeChoice;
  /** Chinese until the person chooses. */
  language: Language;
  /** Keys of commands that the person changed, by the command's id; the empty text: none. */
  keys: Record<string, string>;
}

/** Longest id of a command, longest text of a key, most of them: more is not ours. */
export const KEY_LIMITS = { id: 60, keys: 40, most: 300 };

export interface ChooseFilesOptions {
  /** Extensions without the dot; empty: any file. */
  extensions: string[];
  multiple: boolean;
}

/** Largest pasted file {@link DesktopBridge.fileFromBytes} takes, in bytes. */
export const MAX_PASTED_BYTES = 64 * 1024 * 1024;

/** Ids of the commands the menu bar sends to the page. */
export const MENU_COMMANDS = [
  'story.new',
  'story.import',
  'media.import',
  'workspace.close',
  'go.settings',
  'palette.open',
] as const;
export type MenuCommand = (typeof MENU_COMMANDS)[number];

/** `PageFile` is the DOM's `File`, which this floor does not know: the page uses `DesktopBridge<File>`. */
export interface DesktopBridge<PageFile = unknown> {
  /** `process.platform` of the program. */
  platform: string;
  version: string;
  /** Asks for a port to the core; it arrives by `window.postMessage` (see above). */
  connect(): void;
  /** Full paths of dropped or chosen files, in order; an empty string where a file has none (pasted bitmaps). */
  pathsForFiles(files: PageFile[]): string[];
  /** Writes pasted bytes to a temporary file and answers its path. Refuses more than {@link MAX_PASTED_BYTES}. */
  fileFromBytes(name: string, bytes: ArrayBuffer): Promise<string>;
  /** Native chooser; an empty list when the person closed it. */
  chooseFiles(options: ChooseFilesOptions): Promise<string[]>;
  /** Native chooser; null when the person closed it. */
  chooseFolder(): Promise<string | null>;
  /** Shows the original of an asset, or (`'workspace'`) the workspace, in the system's file manager. */
  showInFolder(assetId: string): Promise<void>;
  /** Shows what a finished job made (a film, a frame, a package) in the system's file manager. */
  showMade(jobId: string): Promise<void>;
  /** Opens an https or mailto address outside; anything else is refused. */
  openExternal(url: string): Promise<void>;
  /** Shows the log file. */
  openLog(): Promise<void>;
  prefs: {
    get(): Promise<Prefs>;
    set(patch: Partial<Prefs>): Promise<void>;
  };
  /**
   * Calls `handler` before the window closes; it saves everything and answers whether the core has it. Without a handler
   * the window closes at once. The answer stops it.
   */
  onClosing(handler: () => Promise<boolean>): () => void;
  /** Calls `handler` with a command id (one of {@link MENU_COMMANDS}) when a menu item is chosen; the answer stops it. */
  onMenu(handler: (commandId: string) => void): () => void;
}

/** Channels between preload and main; nothing else is listened to. */
export const CHANNELS = {
  connect: 'tongxin:connect',
  port: 'tongxin:port',
  portLost: 'tongxin:port-lost',
  menu: 'tongxin:menu',
  closing: 'tongxin:closing',
  saved: 'tongxin:saved',
  fileFromBytes: 'tongxin:file-from-bytes',
  chooseFiles: 'tongxin:choose-files',
  chooseFolder: 'tongxin:choose-folder',
  showInFolder: 'tongxin:show-in-folder',
  showMade: 'tongxin:show-made',
  openExternal: 'tongxin:open-external',
  openLog: 'tongxin:open-log',
  prefsGet: 'tongxin:prefs-get',
  prefsSet: 'tongxin:prefs-set',
} as const;

/** What an `invoke` answers: errors cross as data, because Electron's own error crossing keeps only a sentence. */
export type IpcAnswer = { ok: true; value: unknown } | { ok: false; code: string };
