/**
 * The signing key and the system's store, in the real program: refused where Linux has no keyring, used where it has one. The
 * keyring is a GNOME Keyring of the test's own, on a private session bus and in a private home folder.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, type ElectronApplication, type Page } from 'playwright/test';
import { hasKeyring } from '../../scripts/lib/pieces.mjs';
import { axe, settle } from '../e2e/axe.ts';
import {
  call,
  launch,
  NO_RUNTIME,
  openPort,
  program,
  programArguments,
  run,
  test,
  withoutDisplay,
} from './studio-window.ts';
import type { Place } from './studio-window.ts';

test.skip(program === null, NO_RUNTIME);

const LINUX = process.platform === 'linux';
const keyFiles = (place: Place): string[] => readdirSync(path.join(place.workspace, 'keys'));

async function toKey(page: Page): Promise<void> {
  await page.evaluate(() => (location.hash = '/settings?tab=workspace'));
  await page.getByRole('heading', { name: '签名密钥的保管' }).waitFor();
}

/** Runs a command of the command line beside (or without) the window. */
async function command(place: Place, ...words: string[]) {
  const args = programArguments('--cli', ...words, '--workspace', place.workspace, '--json');
  const { code, stdout } = await run(program!, args, withoutDisplay(place.env));
  return { code, answer: JSON.parse(stdout) as Record<string, unknown> };
}

/** A story in review that 李初 may sign. */
async function waitingStory(page: Page, title: string): Promise<string> {
  const story = await call<{ storyId: string }>(page, 'stories/create', { title });
  await call(page, 'review/submit', { storyId: story.storyId });
  return story.storyId;
}

test('without a keyring the system is not offered, and the page says why', async ({ place }) => {
  test.skip(!LINUX, 'Only Linux may be without a store of secrets.');
  const app = await launch(place, '--password-store=basic');
  try {
    const page = await app.firstWindow();
    await openPort(page);
    await call(page, 'workspace/create', { dir: place.workspace, name: '岚溪县融媒体中心' });
    expect(await call(page, 'keys/protection')).toEqual({
      kept: 'file',
      locked: false,
      leftover: false,
      system: { available: false, refusal: 'plain_text' },
    });
    await expect(call(page, 'keys/protect', { kept: 'system' })).rejects.toThrow('no_system_store');
    expect(keyFiles(place)).toEqual(['signing.pem']);
    await page.reload();
    await toKey(page);
    await page.getByRole('button', { name: '更改保管方式' }).click();
    await expect(page.getByRole('radio', { name: '系统保管' })).toBeDisabled();
    await expect(page.getByText('这台电脑没有装钥匙串')).toBeVisible();
    await settle(page);
    expect(await axe(page)).toEqual([]);
  } finally {
    await app.close();
  }
});

test.describe('with a keyring', () => {
  test.skip(!hasKeyring(), 'gnome-keyring is not installed here: the test with a real keyring is left out.');

  /** A session bus and an unlocked keyring of the test's own; their ends. */
  async function keyring(place: Place, name: string): Promise<{ env: Record<string, string>; stop: () => void }> {
    const home = path.join(place.root, name);
    mkdirSync(home, { mode: 0o700 });
    const address = `unix:path=${path.join(home, 'bus')}`;
    const bus = spawn('dbus-daemon', ['--session', '--nofork', `--address=${address}`], { stdio: 'ignore' });
    const env = {
      ...place.env,
      DBUS_SESSION_BUS_ADDRESS: address,
      XDG_RUNTIME_DIR: home,
      XDG_DATA_HOME: path.join(home, 'data'),
    };
    const words = ['--foreground', '--unlock', '--components=secrets'];
    await expect.poll(() => readdirSync(home), { message: 'the session bus did not start' }).toContain('bus');
    const daemon = spawn('gnome-keyring-daemon', words, { env, stdio: ['pipe', 'ignore', 'ignore'] });
    daemon.stdin.end('test');
    const owned = (): boolean => {
      const ask = ['--bus=' + address, '--print-reply', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus'];
      const question = ['org.freedesktop.DBus.NameHasOwner', 'string:org.freedesktop.secrets'];
      return execFileSync('dbus-send', [...ask, ...question], { env, encoding: 'utf8' }).includes('boolean true');
    };
    await expect.poll(owned, { message: 'the keyring did not start' }).toBe(true);
    return {
      env,
      stop: () => {
        daemon.kill();
        bus.kill();
      },
    };
  }

  const open = async (place: Place): Promise<{ app: ElectronApplication; page: Page }> => {
    const app = await launch(place, '--password-store=gnome-libsecret');
    const page = await app.firstWindow();
    await openPort(page);
    return { app, page };
  };

  test('the system keeps the key: the window signs, the command line through it, and back', async ({ place }) => {
    const ring = await keyring(place, 'ours');
    const stranger = await keyring(place, 'theirs');
    const held: Place = { ...place, env: ring.env };
    let { app, page } = await open(held);
    try {
      await call(page, 'workspace/create', { dir: place.workspace, name: '岚溪县融媒体中心' });
      await call(page, 'users/add', { name: '李初', role: 'reviewer', pin: '2468' });
      const { publicKey } = await call<{ publicKey: string }>(page, 'keys/export');
      const stories = [await waitingStory(page, '窗口里签'), await waitingStory(page, '命令行签')];

      // By hand, as the owner does it.
      await page.reload();
      await toKey(page);
      await page.getByRole('button', { name: '更改保管方式' }).click();
      await page.getByRole('radio', { name: '系统保管' }).check();
      await expect(page.getByText('换电脑、换账户或重装系统后')).toBeVisible();
      await settle(page);
      expect(await axe(page)).toEqual([]);
      await page.getByRole('button', { name: '交给系统保管' }).click();
      await expect(page.getByText('签名密钥已交给系统保管')).toBeVisible();
      expect(keyFiles(place)).toEqual(['signing.json']);

      // A new start of the program opens it by itself.
      await app.close();
      ({ app, page } = await open(held));
      expect(await call(page, 'keys/protection')).toMatchObject({
        kept: 'system',
        locked: false,
        system: { available: true, refusal: null },
      });
      expect(await call(page, 'keys/export')).toEqual({ publicKey });
      await call(page, 'session/signIn', { name: '李初', pin: '2468' });
      expect(await call(page, 'review/sign', { storyId: stories[0] })).toMatchObject({
        round: { route: [{ state: 'done' }, { state: 'now' }, { state: 'next' }] },
      });
      const as = ['--as', '李初', '--pin', '2468'];
      const joined = await command(held, 'review', 'sign', stories[1]!, ...as);
      expect([joined.code, joined.answer['state']]).toEqual([0, 'in_review']);

      // Without the window there is nobody to ask.
      await call(page, 'session/signOut');
      const third = await waitingStory(page, '不开窗口');
      await app.close();
      const alone = await command(held, 'review', 'sign', third, ...as);
      expect(alone).toMatchObject({ code: 1, answer: { error: { code: 'key_needs_window' } } });
      expect(await command(held, 'key', 'export')).toMatchObject({ code: 0, answer: { publicKey } });

      // The keyring of another account, and none at all: said, and the key stays as it is.
      ({ app, page } = await open({ ...place, env: stranger.env }));
      await expect(call(page, 'keys/protect', { kept: 'file' })).rejects.toThrow('key_elsewhere');
      await app.close();
      app = await launch(held, '--password-store=basic');
      page = await app.firstWindow();
      await openPort(page);
      expect(await call(page, 'keys/protection')).toMatchObject({ kept: 'system', locked: true });
      await expect(call(page, 'keys/protect', { kept: 'file' })).rejects.toThrow('no_system_store');
      await app.close();
      expect(keyFiles(place)).toEqual(['signing.json']);

      ({ app, page } = await open(held));
      expect(await call(page, 'keys/protect', { kept: 'file' })).toMatchObject({ kept: 'file' });
      expect(await call(page, 'keys/export')).toEqual({ publicKey });
      expect(keyFiles(place)).toEqual(['signing.pem']);
      await app.close();
      expect(await command(held, 'review', 'sign', third, ...as)).toMatchObject({ code: 0 });
    } finally {
      await app.close().catch(() => undefined);
      ring.stop();
      stranger.stop();
    }
  });
});
