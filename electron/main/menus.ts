/** The menu bar. What the page does is sent to it as a command id; the rest are the system's own roles. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../../core/model/bridge.ts';
import type { MenuTexts } from './texts.ts';

export interface MenuActions {
  command(id: MenuCommand): void;
  openLog(): void;
  openCrashLog(): void;
}

type Items = MenuItemConstructorOptions[];
const separator: MenuItemConstructorOptions = { type: 'separator' };
const isMac = process.platform === 'darwin';

/**
 * An item that runs a command of the page. Its shortcut is shown only: the page listens for the keys itself,
 * as it must in a browser (macOS always lets the menu answer first, which comes to the same).
 */
function command(actions: MenuActions, label: string, id: MenuCommand, keys?: string): MenuItemConstructorOptions {
  return {
    label,
    click: () => actions.command(id),
    ...(keys ? { accelerator: keys, registerAccelerator: false } : {}),
  };
}

function appMenu(t: MenuTexts, actions: MenuActions): Items {
  if (!isMac) return [];
  return [
    {
      label: t.appName,
      submenu: [
        { role: 'about', label: t.about },
        separator,
        command(actions, `${t.settings}…`, 'go.settings', 'CmdOrCtrl+,'),
        separator,
        { role: 'services', label: t.services },
        separator,
        { role: 'hide', label: t.hide },
        { role: 'hideOthers', label: t.hideOthers },
        { role: 'unhide', label: t.showAll },
        separator,
        { role: 'quit', label: t.quit },
      ],
    },
  ];
}

function fileMenu(t: MenuTexts, actions: MenuActions): MenuItemConstructorOptions {
  const elsewhere: Items = isMac
    ? [{ role: 'close', label: t.close }]
    : [command(actions, t.settings, 'go.settings', 'CmdOrCtrl+,'), separator, { role: 'quit', label: t.quit }];
  return {
    label: t.file,
    submenu: [
      command(actions, t.newStory, 'story.new', 'CmdOrCtrl+Alt+N'),
      separator,
      command(actions, t.importStory, 'story.import', 'CmdOrCtrl+Alt+O'),
      command(actions, t.importMedia, 'media.import', 'CmdOrCtrl+Alt+M'),
      separator,
      command(actions, t.closeWorkspace, 'workspace.close'),
      separator,
      ...elsewhere,
    ],
  };
}

function editMenu(t: MenuTexts): MenuItemConstructorOptions {
  return {
    label: t.edit,
    submenu: [
      { role: 'undo', label: t.undo },
      { role: 'redo', label: t.redo },
      separator,
      { role: 'cut', label: t.cut },
      { role: 'copy', label: t.copy },
      { role: 'paste', label: t.paste },
      { role: 'pasteAndMatchStyle', label: t.pastePlain },
      { role: 'selectAll', label: t.selectAll },
    ],
  };
}

function viewMenu(t: MenuTexts, actions: MenuActions): MenuItemConstructorOptions {
  const developer: Items = app.isPackaged
    ? []
    : [separator, { role: 'reload', label: t.reload }, { role: 'toggleDevTools', label: t.developer }];
  return {
    label: t.view,
    submenu: [
      command(actions, t.palette, 'palette.open', 'CmdOrCtrl+K'),
      separator,
      { role: 'zoomIn', label: t.zoomIn },
      { role: 'zoomOut', label: t.zoomOut },
      { role: 'resetZoom', label: t.zoomReset },
      separator,
      { role: 'togglefullscreen', label: t.fullScreen },
      ...developer,
    ],
  };
}

function windowMenu(t: MenuTexts): MenuItemConstructorOptions {
  const rest: Items = isMac
    ? [{ role: 'zoom', label: t.zoom }, separator, { role: 'front', label: t.front }]
    : [{ role: 'close', label: t.close }];
  return { role: 'window', label: t.window, submenu: [{ role: 'minimize', label: t.minimize }, ...rest] };
}

function helpMenu(t: MenuTexts, actions: MenuActions): MenuItemConstructorOptions {
  const about: Items = isMac ? [] : [separator, { label: t.about, click: () => app.showAboutPanel() }];
  return {
    role: 'help',
    label: t.help,
    submenu: [
      { label: t.openLog, click: () => actions.openLog() },
      { label: t.openCrashLog, click: () => actions.openCrashLog() },
      ...about,
    ],
  };
}

/** Puts the menu bar up in the given words; called again when the language changes. */
export function setMenus(t: MenuTexts, actions: MenuActions): void {
  app.setAboutPanelOptions({
    applicationName: t.appName,
    applicationVersion: app.getVersion(),
    copyright: 'Apache-2.0',
  });
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...appMenu(t, actions),
      fileMenu(t, actions),
      editMenu(t),
      viewMenu(t, actions),
      windowMenu(t),
      helpMenu(t, actions),
    ]),
  );
}
