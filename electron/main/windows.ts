/** The one place that makes windows. */
import { BrowserWindow, nativeTheme, screen } from 'electron';
import { isStudioPage, PAGE_URL } from './addresses.ts';
import { PRELOAD } from './paths.ts';
import type { PrefsStore } from './prefs.ts';
import { fitToDisplays, MIN_SIZE } from './window-state.ts';

/** Ground of the frame in both themes (renderer/src/theme/tokens.css, --bg-app): no white flash before the first paint. */
const GROUND = { light: '#f1eee8', dark: '#171513' } as const;
const SAVE_DELAY_MS = 400;

function remember(window: BrowserWindow, prefs: PrefsStore): void {
  let timer: NodeJS.Timeout | undefined;
  const save = () => {
    clearTimeout(timer);
    if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return;
    prefs.window = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(save, SAVE_DELAY_MS);
  };
  window.on('resize', later).on('move', later).on('maximize', later).on('unmaximize', later);
  window.on('close', save);
}

/** Opens the studio's window where it stood last time; it shows itself when the page has drawn. */
export function openWindow(prefs: PrefsStore): BrowserWindow {
  const saved = prefs.window;
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  const window = new BrowserWindow({
    ...fitToDisplays(
      saved?.bounds ?? null,
      [primary, ...others].map((display) => display.workArea),
    ),
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light,
    webPreferences: {
      preload: PRELOAD,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      enableWebSQL: false,
    },
  });
  window.once('ready-to-show', () => {
    if (saved?.maximized) window.maximize();
    window.show();
  });
  // about:blank needs no request and asks nobody (will-navigate is not sent for it): lead the window back.
  window.webContents.on('did-navigate', (_event, url) => {
    if (!isStudioPage(url)) void window.loadURL(PAGE_URL);
  });
  remember(window, prefs);
  void window.loadURL(PAGE_URL);
  return window;
}

/** Brings a window to the front. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
