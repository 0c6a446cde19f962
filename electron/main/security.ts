/** What no page may do, whatever it contains. Set before the first window is made. */
import { app, session, type Session, type WebContents } from 'electron';
import { isStudioPage, mayLoad, MEDIA_SCHEME } from './addresses.ts';

/** Asked for by the page on a person's click, beside the microphone; everything else (camera, location, notifications, …) is denied. */
const ALLOWED_PERMISSIONS: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen']);

/** A voice is recorded over a film: the microphone by itself, and never together with a camera. */
const onlyMicrophone = (kinds: readonly string[]): boolean =>
  kinds.length > 0 && kinds.every((kind) => kind === 'audio');

/**
 * Tells the media handler which window asks, since a protocol handler is not told. Whatever the page put
 * under this name is overwritten.
 */
export const WINDOW_HEADER = 'x-tongxin-window';

function lockSession(target: Session): void {
  target.setPermissionRequestHandler((_contents, permission, callback, details) => {
    const asked = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    const allowed = ALLOWED_PERMISSIONS.has(permission) || (permission === 'media' && onlyMicrophone(asked));
    callback(details.isMainFrame && isStudioPage(details.requestingUrl) && allowed);
  });
  target.setPermissionCheckHandler((_contents, permission, origin, details) => {
    const allowed = ALLOWED_PERMISSIONS.has(permission) || (permission === 'media' && details.mediaType === 'audio');
    return isStudioPage(origin) && allowed;
  });
  target.setDevicePermissionHandler(() => false);
  // The spell checker fetches its dictionaries from the network.
  target.setSpellCheckerEnabled(false);
  target.on('will-download', (event) => event.preventDefault());
  target.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !mayLoad(details.url, !app.isPackaged) });
  });
  target.webRequest.onBeforeSendHeaders((details, callback) => {
    const requestHeaders = { ...details.requestHeaders };
    for (const name of Object.keys(requestHeaders)) {
      if (name.toLowerCase() === WINDOW_HEADER) Reflect.deleteProperty(requestHeaders, name);
    }
    if (details.url.startsWith(`${MEDIA_SCHEME}:`) && details.webContentsId !== undefined) {
      requestHeaders[WINDOW_HEADER] = String(details.webContentsId);
    }
    callback({ requestHeaders });
  });
}

function lockContents(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!isStudioPage(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isStudioPage(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Locks every session and every page there will ever be. Call when the app is ready, before a window. */
export function lockDown(): void {
  lockSession(session.defaultSession);
  app.on('session-created', lockSession);
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
}
