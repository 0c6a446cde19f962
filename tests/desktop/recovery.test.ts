/** What happens when a process dies, and what the person can read about it. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect } from 'playwright/test';
import {
  call,
  hostPid,
  launch,
  makePlace,
  NO_RUNTIME,
  openPort,
  program,
  readCrashLog,
  shownBoxes,
  test,
  waitForPorts,
} from './studio-window.ts';

test.skip(program === null, NO_RUNTIME);

test('a killed core is started again, opens the workspace again, and the page gets a new port', async ({
  studio: { app, page },
  place,
}) => {
  const { storyId } = await call<{ storyId: string }>(page, 'stories/create', { title: '茶山' });
  const before = await hostPid(app);
  process.kill(before, 'SIGKILL');
  await waitForPorts(page, 2);
  expect(await page.evaluate(() => (window as unknown as { testLost: number }).testLost)).toBe(1);
  expect(await hostPid(app)).not.toBe(before);
  const story = await call<{ title: string }>(page, 'stories/get', { storyId });
  expect(story.title).toBe('茶山');
  expect(await readCrashLog(place)).toMatch(/host: exit/);
});

test('a core that keeps dying is left, and the person is asked', async ({ studio: { app, page } }) => {
  for (let ports = 2; ports <= 4; ports += 1) {
    process.kill(await hostPid(app), 'SIGKILL');
    await waitForPorts(page, ports);
  }
  process.kill(await hostPid(app), 'SIGKILL');
  await expect.poll(() => shownBoxes(app)).toEqual(['后台进程反复退出，现在无法读写工作区。']);
});

test('the core ends when the program is killed', async ({ studio: { app } }) => {
  const host = await hostPid(app);
  app.process().kill('SIGKILL');
  const alive = () => {
    try {
      process.kill(host, 0);
      return true;
    } catch {
      return false;
    }
  };
  await expect.poll(alive, { timeout: 15_000 }).toBe(false);
});

test('an error nobody caught is written down and said', async ({ studio: { app }, place }) => {
  await app.evaluate(() => {
    setTimeout(() => {
      throw new Error('broken on purpose');
    });
  });
  await expect.poll(() => readCrashLog(place)).toMatch(/main: uncaught exception\nError: broken on purpose/);
  await expect.poll(() => shownBoxes(app)).toEqual(['程序遇到了意外的问题。']);
});

test('a page that dies is loaded again', async ({ studio: { app }, place }) => {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.forcefullyCrashRenderer());
  await expect.poll(() => readCrashLog(place)).toMatch(/window: process gone/);
  const alive = () =>
    app.evaluate(async ({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0]!;
      if (webContents.isCrashed()) return false;
      return (await webContents.executeJavaScript('location.protocol')) as unknown;
    });
  await expect.poll(alive, { timeout: 15_000 }).toBe('app:');
});

test('the help menu opens both logs', async ({ studio: { app }, place }) => {
  const opened = await app.evaluate(({ Menu, shell }) => {
    const files: string[] = [];
    shell.openPath = (file) => Promise.resolve(String(files.push(file)).slice(9));
    const help = Menu.getApplicationMenu()!.items.find((item) => item.label === '帮助')!;
    for (const label of ['打开日志', '打开崩溃记录'])
      (help.submenu!.items.find((item) => item.label === label)!.click as () => void)();
    return files;
  });
  expect(opened).toEqual([path.join(place.home, 'logs/desktop.log'), path.join(place.home, 'logs/crash.log')]);
});

test('a workspace held by another program is said, and the window opens without one', async ({
  studio: { app },
  place,
}) => {
  expect(await shownBoxes(app)).toEqual([]);
  const other = await makePlace();
  const second = await launch(other, '--workspace', place.workspace);
  try {
    const page = await second.firstWindow();
    await openPort(page);
    await expect.poll(() => shownBoxes(second)).toEqual(['没有打开工作区']);
    const { workspace } = await call<{ workspace: unknown }>(page, 'workspace/current');
    expect(workspace).toBeNull();
  } finally {
    await second.close();
    spawn('rm', ['-rf', other.root]);
  }
});
