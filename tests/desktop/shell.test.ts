/** The window, the road to the core, the bridge, one instance, and what is remembered. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'playwright/test';
import type { DesktopBridge } from '../../core/model/bridge.ts';
import {
  call,
  launch,
  NO_RUNTIME,
  openPort,
  program,
  programArguments,
  run,
  shownBoxes,
  test,
} from './studio-window.ts';

test.skip(program === null, NO_RUNTIME);

type BridgeWindow = { tongxin: DesktopBridge<File> };

test('the window opens and reaches the core through its port', async ({ studio: { page }, place }) => {
  expect(page.url()).toMatch(/^app:\/\/studio\//);
  const current = await call<{ workspace: { dir: string } }>(page, 'workspace/current');
  expect(current.workspace.dir).toBe(place.workspace);
  const { user } = await call<{ user: { role: string } }>(page, 'session/whoAmI');
  expect(user.role).toBe('owner');
  await expect(call(page, 'stories/get', { storyId: 'nobody' })).rejects.toThrow('unknown_id');
  await expect(call(page, 'toString')).rejects.toThrow('unknown_procedure');
});

test('the page is sandboxed and has the bridge and nothing else', async ({ studio: { app, page } }) => {
  const globals = await page.evaluate(() => ({
    node: [
      typeof Reflect.get(window, 'require'),
      typeof Reflect.get(window, 'process'),
      typeof Reflect.get(window, 'module'),
    ],
    bridge: Object.keys((window as unknown as BridgeWindow).tongxin).sort(),
    isolated: crossOriginIsolated,
  }));
  expect(globals.node).toEqual(['undefined', 'undefined', 'undefined']);
  expect(globals.isolated).toBe(true);
  expect(globals.bridge).toEqual(
    [
      'chooseFiles',
      'chooseFolder',
      'connect',
      'fileFromBytes',
      'onClosing',
      'onMenu',
      'openExternal',
      'openLog',
      'pathsForFiles',
      'platform',
      'prefs',
      'showInFolder',
      'showMade',
      'version',
    ].sort(),
  );
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]!.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    const p = contents.getLastWebPreferences();
    return [p['sandbox'], p['contextIsolation'], p['nodeIntegration'], p['webSecurity'], p['webviewTag'] ?? false];
  });
  expect(preferences).toEqual([true, true, false, true, false]);
});

test('bad payloads are refused with a code', async ({ studio: { page } }) => {
  const codes = await page.evaluate(async () => {
    const { tongxin } = window as unknown as BridgeWindow;
    const loose = tongxin as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    const prefs = tongxin.prefs as unknown as { set(patch: unknown): Promise<unknown> };
    const attempts = [
      () => loose['chooseFiles']!({ extensions: ['../x'], multiple: true }),
      () => loose['chooseFiles']!({ extensions: [], multiple: 'yes' }),
      () => loose['chooseFiles']!(),
      () => loose['showInFolder']!('../../etc/passwd'),
      () => loose['showInFolder']!({ path: '/etc/passwd' }),
      () => loose['fileFromBytes']!('a.png', new ArrayBuffer(0)),
      () => loose['fileFromBytes']!('a.png', 'text'),
      () => prefs.set({ theme: 'pink' }),
      () => prefs.set({ lastWorkspace: '/' }),
      () => prefs.set({ keys: { 'cut.split': 'x'.repeat(41) } }),
      () => tongxin.openExternal('file:///etc/passwd'),
      () => tongxin.openExternal('javascript:alert(1)'),
      () => tongxin.openExternal('http://example.com/'),
      () => loose['showMade']!('../exports'),
      () => tongxin.showInFolder('no-such-asset'),
      () => tongxin.showMade('no-such-job'),
    ];
    const answers: string[] = [];
    for (const attempt of attempts)
      answers.push(
        await attempt().then(
          () => 'done',
          (error: unknown) => (error as Error).message,
        ),
      );
    return answers;
  });
  expect(codes).toEqual([...Array<string>(14).fill('bad_input'), 'unknown_id', 'unknown_id']);
});

test('a page that is not the studio gets no answer, even with the bridge', async ({ studio: { app } }) => {
  const answer = await app.evaluate(async ({ app, BrowserWindow }) => {
    const stranger = new BrowserWindow({
      show: false,
      webPreferences: { sandbox: true, preload: `${app.getAppPath()}/out/preload/index.cjs` },
    });
    await stranger.loadURL('data:text/html,<h1>stranger</h1>');
    const asked: unknown = await stranger.webContents.executeJavaScript(
      'window.tongxin.prefs.get().then(() => "answered", (error) => error.message)',
    );
    stranger.destroy();
    return asked;
  });
  expect(answer).toBe('not_permitted');
});

test('the bridge does what it offers', async ({ studio: { app, page }, place }) => {
  await app.evaluate(({ dialog, shell }) => {
    const log: unknown[] = [];
    Object.assign(globalThis, { log });
    dialog.showOpenDialog = (...args: unknown[]) => {
      const options = args.at(-1) as { properties: string[] };
      log.push(options.properties);
      return Promise.resolve({
        canceled: false,
        filePaths: options.properties.includes('openFile') ? ['/a.mp4', '/b.mp4'] : ['/folder'],
      });
    };
    shell.openExternal = (url) => Promise.resolve(void log.push(url));
    shell.openPath = (file) => Promise.resolve(String(log.push(file)).slice(9));
    shell.showItemInFolder = (file) => void log.push(file);
  });
  const answers = await page.evaluate(async () => {
    const { tongxin } = window as unknown as BridgeWindow;
    const pasted = await tongxin.fileFromBytes('../../截图 1.png', new TextEncoder().encode('hello').buffer);
    await tongxin.openExternal('https://example.com/a');
    await tongxin.openLog();
    await tongxin.showInFolder('workspace');
    await tongxin.prefs.set({ theme: 'dark', language: 'en' });
    return {
      files: await tongxin.chooseFiles({ extensions: ['mp4'], multiple: true }),
      folder: await tongxin.chooseFolder(),
      pasted,
      prefs: await tongxin.prefs.get(),
      noPath: tongxin.pathsForFiles([new File(['x'], 'made-here.txt')]),
      platform: tongxin.platform,
    };
  });
  expect(answers.files).toEqual(['/a.mp4', '/b.mp4']);
  expect(answers.folder).toBe('/folder');
  expect(answers.prefs).toEqual({ theme: 'dark', language: 'en', keys: {} });
  expect(answers.noPath).toEqual(['']);
  expect(answers.platform).toBe(process.platform);
  expect(path.basename(answers.pasted)).toBe('.._.._截图 1.png');
  expect(await readFile(answers.pasted, 'utf8')).toBe('hello');
  expect(await app.evaluate(() => (globalThis as unknown as { log: unknown[] }).log)).toEqual([
    'https://example.com/a',
    path.join(place.home, 'logs/desktop.log'),
    path.join(place.workspace, 'studio.db'),
    ['openFile', 'multiSelections'],
    ['openDirectory', 'createDirectory'],
  ]);
});

test('a dropped file gives its path', async ({ studio: { page }, place }) => {
  await page.evaluate(() => {
    const input = document.createElement('input');
    input.type = 'file';
    input.id = 'dropped';
    document.body.append(input);
  });
  const file = path.join(place.workspace, 'studio.db');
  await page.setInputFiles('#dropped', file);
  const paths = await page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>('#dropped')!;
    return (window as unknown as BridgeWindow).tongxin.pathsForFiles([...input.files!]);
  });
  expect(paths).toEqual([file]);
});

test('the menu speaks both languages and sends commands to the page', async ({ studio: { app, page } }) => {
  const labels = () => app.evaluate(({ Menu }) => Menu.getApplicationMenu()!.items.map((item) => item.label));
  expect(await labels()).toEqual(expect.arrayContaining(['文件', '编辑', '视图', '窗口', '帮助']));
  await page.evaluate(async () => {
    const { tongxin } = window as unknown as BridgeWindow;
    const got: string[] = [];
    Object.assign(window, { got });
    tongxin.onMenu((id) => got.push(id));
    const stop = tongxin.onMenu((id) => got.push(`stopped ${id}`));
    stop();
    await tongxin.prefs.set({ language: 'en' });
  });
  expect(await labels()).toEqual(expect.arrayContaining(['File', 'Edit', 'View', 'Window', 'Help']));
  await app.evaluate(({ Menu }) => {
    const file = Menu.getApplicationMenu()!.items.find((item) => item.label === 'File')!;
    (file.submenu!.items.find((item) => item.label === 'New Story')!.click as () => void)();
  });
  await expect.poll(() => page.evaluate(() => (window as unknown as { got: string[] }).got)).toEqual(['story.new']);
});

test('a second start brings the first window to the front and ends', async ({ studio: { app }, place }) => {
  await app.evaluate(({ app, BrowserWindow }) => {
    const focused: string[] = [];
    Object.assign(globalThis, { focused });
    app.on('second-instance', () => focused.push('asked'));
    BrowserWindow.getAllWindows()[0]!.hide();
  });
  const second = await run(program!, programArguments(), place.env);
  expect(second.code).toBe(0);
  const state = await app.evaluate(({ BrowserWindow }) => ({
    focused: (globalThis as unknown as { focused: string[] }).focused,
    windows: BrowserWindow.getAllWindows().map((window) => window.isVisible()),
  }));
  expect(state).toEqual({ focused: ['asked'], windows: [true] });
});

test('window, workspace and preferences are there again at the next start', async ({ place }) => {
  const bounds = { x: 90, y: 60, width: 1111, height: 777 };
  const first = await launch(place);
  const page = await first.firstWindow();
  await openPort(page);
  await call(page, 'workspace/create', { dir: place.workspace, name: '岚溪' });
  await page.evaluate(() => (window as unknown as BridgeWindow).tongxin.prefs.set({ theme: 'dark' }));
  await first.evaluate(({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]!.setBounds(wanted), bounds);
  await first.close();

  const second = await launch(place);
  const again = await second.firstWindow();
  await openPort(again);
  const { workspace } = await call<{ workspace: { dir: string } | null }>(again, 'workspace/current');
  expect(workspace?.dir).toBe(place.workspace);
  const state = await second.evaluate(({ BrowserWindow, nativeTheme }) => ({
    bounds: BrowserWindow.getAllWindows()[0]!.getBounds(),
    title: BrowserWindow.getAllWindows()[0]!.getTitle(),
    theme: nativeTheme.themeSource,
  }));
  await second.close();
  expect(state).toEqual({ bounds, title: '岚溪 - 同心创作台', theme: 'dark' });
});

test('a workspace whose opening brought the program down is not opened again by itself', async ({ place }) => {
  const prefs = path.join(place.home, 'desktop/prefs.json');
  await mkdir(path.dirname(prefs), { recursive: true });
  const prepare = () =>
    writeFile(prefs, JSON.stringify({ lastWorkspace: place.workspace, opening: place.workspace, theme: 'no such' }));
  const app = await launch({ ...place, prepare });
  const page = await app.firstWindow();
  await openPort(page);
  expect(await call(page, 'workspace/current')).toMatchObject({ workspace: null });
  expect(await page.evaluate(() => (window as unknown as BridgeWindow).tongxin.prefs.get())).toEqual({
    theme: 'auto',
    language: 'zh-CN',
    keys: {},
  });
  expect(await shownBoxes(app)).toEqual([]);
  await app.close();
  expect(JSON.parse(await readFile(prefs, 'utf8'))).toMatchObject({ lastWorkspace: place.workspace, opening: null });
});
