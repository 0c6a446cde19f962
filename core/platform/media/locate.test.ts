import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { HAS_FFMPEG, quietLog, refusalOf, scratch } from './fixtures.ts';
import { systemCommand } from './install.ts';
import { candidates, createLocator, outsideArchive } from './locate.ts';

const temp = scratch();
afterAll(() => temp.remove());

test('the command that installs ffmpeg, by system', () => {
  expect(systemCommand('linux', 'ID=debian\n')).toBe('sudo apt install ffmpeg');
  expect(systemCommand('linux', 'ID=uos\nID_LIKE=debian\n')).toBe('sudo apt install ffmpeg');
  expect(systemCommand('linux', 'ID="openEuler"\n')).toBe('sudo dnf install ffmpeg');
  expect(systemCommand('linux', 'ID=rocky\nID_LIKE="rhel centos fedora"\n')).toBe('sudo dnf install ffmpeg');
  expect(systemCommand('darwin', '')).toBe('brew install ffmpeg');
  expect(systemCommand('win32', '')).toBe('winget install Gyan.FFmpeg');
});

test('a program inside an Electron archive is run from beside it', () => {
  expect(outsideArchive('/opt/x/resources/app.asar/node_modules/a/ffprobe')).toBe(
    '/opt/x/resources/app.asar.unpacked/node_modules/a/ffprobe',
  );
  expect(outsideArchive('/home/app.asarium/ffprobe')).toBe('/home/app.asarium/ffprobe');
});

/** A folder with an ffmpeg that answers with `version` and lists `encoders`. */
function fake(name: string, version: string, encoders: string[]): string {
  const dir = path.join(temp.dir, name);
  mkdirSync(dir);
  const lines = encoders.map((encoder) => `echo ' V....D ${encoder} x'`).join('\n');
  const script = `#!/bin/sh\ncase "$*" in\n*-version*) echo 'ffmpeg version ${version} x';;\n*-encoders*) ${lines || ':'};;\n*-filters*) echo ' ... ass V->V x';;\nesac\n`;
  writeFileSync(path.join(dir, 'ffmpeg'), script);
  chmodSync(path.join(dir, 'ffmpeg'), 0o755);
  return dir;
}

describe.skipIf(process.platform === 'win32')('looking (skipped on Windows: the stand-ins are shell scripts)', () => {
  const locator = (PATH: string, ffmpegPath?: string) =>
    createLocator({ settings: { ffmpegPath }, env: { PATH }, log: quietLog });

  test('one without libx264 is passed over for one that has it', async () => {
    const poor = fake('poor', '4.0', ['aac']);
    const good = fake('good', '7.1', ['libx264', 'aac']);
    const broken = path.join(temp.dir, 'broken');
    mkdirSync(broken);
    writeFileSync(path.join(broken, 'ffmpeg'), '#!/bin/sh\nexit 1\n');
    chmodSync(path.join(broken, 'ffmpeg'), 0o755);
    const found = await locator([broken, poor, good].join(path.delimiter)).ffmpeg();
    expect(found).toMatchObject({ path: path.join(good, 'ffmpeg'), version: '7.1', lacks: [], hasFpsMode: false });
    const [tool] = await locator(poor).tools();
    expect(tool).toMatchObject({ name: 'ffmpeg', found: false, version: '4.0', needed: true });
    expect(tool?.hint).toContain('libx264');
  });

  test('the path in the settings is the last resort', async () => {
    const set = fake('set', '6.0', ['libx264', 'aac']);
    await expect(locator('', path.join(set, 'ffmpeg')).ffmpeg()).resolves.toMatchObject({ version: '6.0' });
    expect(candidates('ffmpeg', { ffmpegPath: path.join(set, 'ffmpeg') }, { PATH: set })).toEqual([
      path.join(set, 'ffmpeg'),
    ]);
  });

  test('none at all: said with a command', async () => {
    const empty = path.join(temp.dir, 'empty');
    mkdirSync(empty);
    const refusal = await refusalOf(locator(empty).ffmpeg());
    expect(refusal.code).toBe('missing_tool');
    expect(String(refusal.params['install'])).toMatch(/install ffmpeg|ffmpeg-static/);
    const [tool] = await locator(empty).tools();
    expect(tool).toMatchObject({ found: false, path: null, version: null });
    expect(tool?.hint).toContain('请运行');
  });

  test('a lost program is looked for again', async () => {
    const dir = path.join(temp.dir, 'later');
    mkdirSync(dir);
    const locate = locator(dir);
    await expect(locate.ffmpeg()).rejects.toThrow();
    symlinkSync(path.join(fake('later-real', '6.1', ['libx264', 'aac']), 'ffmpeg'), path.join(dir, 'ffmpeg'));
    await expect(locate.ffmpeg()).resolves.toMatchObject({ version: '6.1' });
  });
});

test.skipIf(!HAS_FFMPEG)('the real ones (skipped where ffmpeg is not on the PATH)', async () => {
  const tools = await createLocator({ settings: {}, env: process.env, log: quietLog }).tools();
  const version = /^ffmpeg version (\S+)/.exec(execFileSync('ffmpeg', ['-version']).toString())?.[1];
  expect(tools.map((tool) => [tool.name, tool.found, tool.hint])).toEqual([
    ['ffmpeg', true, ''],
    ['ffprobe', true, ''],
  ]);
  expect(version).toBeTruthy();
});

describe.skipIf(process.platform === 'win32')(
  'the packaged program (skipped on Windows: the stand-in is a shell script)',
  () => {
    const packaged = process as { resourcesPath?: string };
    afterEach(() => {
      delete packaged.resourcesPath;
    });

    test('its own folder comes first', () => {
      const resources = path.join(temp.dir, 'resources');
      mkdirSync(resources);
      const bin = fake(path.join('resources', 'bin'), '7.0', ['libx264', 'aac']);
      packaged.resourcesPath = resources;
      expect(candidates('ffmpeg', {}, {})[0]).toBe(path.join(bin, 'ffmpeg'));
    });
  },
);
