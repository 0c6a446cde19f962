/** The desktop program: puts the pieces together and keeps them until the person quits. */
import path from 'node:path';
import { app, dialog } from 'electron';
import type { BrowserWindow, RenderProcessGoneDetails } from 'electron';
import { CHANNELS, type MenuCommand } from '../../core/model/bridge.ts';
import { errorHint, errorMessage, type ErrorCode, type ErrorParams } from '../../core/model/errors.ts';
import type { ProgramArguments } from './arguments.ts';
import { answerBridge, forgetPasted, openLog } from './bridge.ts';
import { saveBeforeClosing } from './closing.ts';
import { askAfterCrash, openCrashLog, watchCrashes, writeCrash } from './crash.ts';
import { Host } from './host.ts';
import { setMenus } from './menus.ts';
import { assetsDir, HOST, LOG_NAME, logDir, RENDERER } from './paths.ts';
import { PrefsStore } from './prefs.ts';
import { declareSchemes, handleSchemes } from './protocols.ts';
import { RestartPolicy } from './restart-policy.ts';
import { lockDown } from './security.ts';
import { textsFor, type MenuTexts } from './texts.ts';
import { focusWindow, openWindow } from './windows.ts';

class Desktop {
  private readonly prefs = new PrefsStore();
  private readonly reloads = new RestartPolicy();
  private readonly host: Host;
  private window: BrowserWindow | null = null;
  private quitting = false;
  /** The person wants to end the program, which may still wait for the window. */
  private wantsQuit = false;

  constructor() {
    this.host = new Host({
      entry: HOST,
      assetsDir: assetsDir(),
      logDir: logDir(),
      logName: LOG_NAME,
      onWorkspace: (workspace) => {
        this.prefs.opening = null;
        if (workspace) this.prefs.lastWorkspace = workspace.dir;
        this.window?.setTitle(this.title(workspace?.name));
      },
      onOpenFailed: (code, params) => this.sayNotOpened(code, params),
      onGaveUp: () => void askAfterCrash(this.texts(), this.texts().hostGone),
    });
  }

  texts(): MenuTexts {
    return textsFor(this.prefs.language());
  }

  /** Runs when the app is ready. */
  start({ workspace, sample }: ProgramArguments): void {
    lockDown();
    this.prefs.applyTheme();
    const named = workspace === null ? null : path.resolve(workspace);
    const dir = named ?? (sample ? null : this.prefs.takeLastWorkspace());
    this.prefs.opening = dir;
    this.host.start(dir, sample);
    handleSchemes(RENDERER, {
      root: () => this.host.workspace?.dir ?? null,
      locate: (windowId, assetId, variant) => this.host.locate(windowId, assetId, variant),
    });
    answerBridge(this.host, this.prefs, () => this.texts());
    this.putMenus();
    this.prefs.onChange(() => this.putMenus());
    this.open();
    app.on('activate', () => this.open());
    app.on('second-instance', () => this.open());
    app.on('before-quit', () => (this.wantsQuit = true));
    app.on('window-all-closed', () => {
      if (process.platform !== 'darwin') app.quit();
    });
    app.on('will-quit', (event) => this.end(event));
  }

  private open(): void {
    if (this.window) {
      focusWindow(this.window);
      return;
    }
    const window = openWindow(this.prefs);
    this.window = window;
    window.setTitle(this.title(this.host.workspace?.name));
    window.on('page-title-updated', (event) => event.preventDefault());
    saveBeforeClosing(
      window,
      () => this.texts(),
      () => (this.wantsQuit = false),
    );
    window.on('closed', () => {
      this.window = null;
      // Quitting was put off until the window had saved.
      if (this.wantsQuit) app.quit();
    });
    window.webContents.on('render-process-gone', (_event, details) => void this.pageGone(window, details));
  }

  private title(workspace: string | undefined): string {
    const { appName } = this.texts();
    return workspace ? `${workspace} - ${appName}` : appName;
  }

  private putMenus(): void {
    const command = (id: MenuCommand) => {
      this.open();
      this.window?.webContents.send(CHANNELS.menu, id);
    };
    setMenus(this.texts(), { command, openLog: () => void openLog(), openCrashLog: () => void openCrashLog() });
  }

  /** A page that died is loaded again; one that keeps dying is left to the person. */
  private async pageGone(window: BrowserWindow, details: RenderProcessGoneDetails): Promise<void> {
    if (details.reason === 'clean-exit' || this.quitting) return;
    writeCrash('window: process gone', details);
    const delay = this.reloads.next(Date.now());
    if (delay === null) await askAfterCrash(this.texts(), this.texts().windowGone);
    else setTimeout(() => !window.isDestroyed() && window.webContents.reload(), delay);
  }

  private sayNotOpened(code: ErrorCode, params: ErrorParams): void {
    this.prefs.opening = null;
    const language = this.prefs.language();
    const box = {
      type: 'warning' as const,
      message: this.texts().cannotOpen,
      detail: `${errorMessage(code, params, language)}\n${errorHint(code, params, language)}`,
      buttons: [this.texts().gotIt],
    };
    void (this.window ? dialog.showMessageBox(this.window, box) : dialog.showMessageBox(box));
  }

  /** Lets the core finish what it writes, then ends. */
  private end(event: { preventDefault(): void }): void {
    if (this.quitting) return;
    this.quitting = true;
    event.preventDefault();
    this.prefs.opening = null; // ended by the person, not by what it was opening
    void this.host.stop().finally(() => {
      forgetPasted();
      app.exit(0);
    });
  }
}

/** Starts the windowed program; a second one only brings the first one's window to the front. */
export function runDesktop(args: ProgramArguments): void {
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return;
  }
  // Every renderer in the system's sandbox, even one made by mistake without asking for it. Not when whoever starts the
  // program switched that sandbox off (root on Linux cannot have it): Chromium's own processes would not start.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  declareSchemes();
  const desktop = new Desktop();
  watchCrashes(() => desktop.texts());
  app
    .whenReady()
    .then(() => desktop.start(args))
    .catch(async (error: unknown) => {
      writeCrash('main: start', error);
      await askAfterCrash(desktop.texts(), desktop.texts().crashed);
      app.exit(1);
    });
}
