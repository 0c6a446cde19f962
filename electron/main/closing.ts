/** A window that closes only once its page has saved. */
import { dialog, type BrowserWindow } from 'electron';
import { CHANNELS } from '../../core/model/bridge.ts';
import { nextFrom } from './ipc.ts';
import type { MenuTexts } from './texts.ts';

/** Longest a page that answers nothing holds the window, milliseconds; it waits itself for less (client/leaving.ts). */
const SILENCE_MS = 6000;

/** Asks the page to save everything; false when it could not, or does not answer. */
async function pageSaved({ webContents }: BrowserWindow): Promise<boolean> {
  if (webContents.isDestroyed() || webContents.isCrashed()) return true;
  const answer = nextFrom(webContents, CHANNELS.saved, SILENCE_MS);
  webContents.send(CHANNELS.closing);
  return (await answer) === true;
}

/** The person decides about what could not be saved. True: close all the same. */
async function closeAnyway(window: BrowserWindow, texts: MenuTexts): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: texts.notSaved,
    detail: texts.notSavedDetail,
    buttons: [texts.goBack, texts.closeAnyway],
    defaultId: 0,
    cancelId: 0,
  });
  return response !== 0;
}

/**
 * Holds `window` while something in it is not saved. `onStay` is called when the person goes back to it: whatever was
 * ending the program is not wanted any more.
 */
export function saveBeforeClosing(window: BrowserWindow, texts: () => MenuTexts, onStay: () => void): void {
  let state: 'open' | 'asking' | 'free' = 'open';
  window.on('close', (event) => {
    if (state === 'free') return;
    event.preventDefault();
    if (state === 'asking') return;
    state = 'asking';
    void pageSaved(window)
      .then(async (saved) => saved || window.isDestroyed() || (await closeAnyway(window, texts())))
      .then((go) => {
        state = go ? 'free' : 'open';
        if (!go) onStay();
        else if (!window.isDestroyed()) window.close();
      });
  });
}
