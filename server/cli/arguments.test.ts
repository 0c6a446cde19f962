import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf, tongxin } from '../../tests/support/cli.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'tongxin-cli-'));
  process.env['TONGXIN_HOME'] = path.join(root, 'home');
  await mkdir(path.join(root, 'folder.docx'));
  await writeFile(path.join(root, 'there.txt'), '岚溪');
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('wrong arguments', () => {
  it.each([
    [['bogus'], /unknown command 'bogus'/],
    [['doctor', '--bogus'], /unknown option '--bogus'/],
    [['doctor', 'extra'], /too many arguments/],
    [['story', 'import'], /missing required argument 'FILE'/],
    [['media', 'import'], /missing required argument 'FILE'/],
    [['media', 'import', 'a.mp4', '--story'], /argument missing/],
    [['user', 'add', '--role', 'editor'], /missing required argument 'NAME'/],
    [['user', 'add', '王编'], /--role/],
    [['user', 'add', '王编', '--role', 'owner', '--pin', '1357'], /Allowed choices are admin, editor/],
    [['user', 'add', '  ', '--role', 'editor', '--pin', '1357'], /NAME/],
    [['user', 'list', '--pin', '1357'], /--pin/],
    [['user', 'list', '--as', '王编'], /TONGXIN_PIN/],
    [['user', 'add', '李', '--role', 'editor', '--as', '王编', '--pin', '1357'], /TONGXIN_PIN/],
    [['init'], /--workspace DIR/],
    [['init', '--workspace', 'w', '--name', ' '], /--name/],
    [['user'], /COMMAND/],
    [[], /COMMAND/],
    [['doctor', '--language', 'fr'], /zh \| en/],
  ])('%j: exit 2', async (argv, what) => {
    const error = await refusalOf(argv, 2, { cwd: root });
    expect(error.code).toBe('wrong_arguments');
    expect(error.message).toMatch(what);
    expect(error.hint).not.toBe('');
  });

  it('says it in a sentence on stderr without --json, and nothing on stdout', async () => {
    expect(await tongxin(['bogus'])).toEqual({
      code: 2,
      stdout: '',
      stderr: "Wrong arguments: unknown command 'bogus'\nSee --help.\n",
    });
  });

  it('takes a --json behind -- for a file', async () => {
    const run = await tongxin(['media', 'import', '--', '--json'], { cwd: root });
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain('“--json” does not exist');
  });
});

describe('named files', () => {
  it('that are missing are all named, before anything is begun', async () => {
    const error = await refusalOf(['media', 'import', 'there.txt', 'no/图.png', 'gone.mp4'], 2, { cwd: root });
    expect(error).toMatchObject({ code: 'file_missing', files: ['no/图.png', 'gone.mp4'] });
    expect(error.message).toContain('no/图.png');
  });

  it('that are folders cannot be read as files', async () => {
    for (const command of ['story', 'media']) {
      const error = await refusalOf([command, 'import', 'folder.docx'], 2, { cwd: root });
      expect(error).toMatchObject({ code: 'file_unreadable', files: ['folder.docx'] });
    }
  });

  it('count from where npm was called', async () => {
    const error = await refusalOf(['story', 'import', 'there.txt'], 1, { cwd: '/', env: { INIT_CWD: root } });
    expect(error.code).toBe('no_workspace'); // the file was found
  });
});

describe('language', () => {
  it.each([
    [{}, 'Wrong arguments'],
    [{ LANG: 'zh_CN.UTF-8' }, '命令写法不对'],
    [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }, 'Wrong arguments'],
    [{ LANG: 'C', LC_ALL: 'zh_CN.UTF-8' }, '命令写法不对'],
    [{ LANG: 'zh_CN.UTF-8', LC_ALL: '' }, '命令写法不对'],
  ])('of %j', async (env, sentence) => {
    expect((await tongxin(['bogus'], { env })).stderr).toContain(sentence);
  });

  it('is chosen by --language, also where the arguments are wrong', async () => {
    expect((await tongxin(['bogus', '--language', 'zh'])).stderr).toContain('命令写法不对');
    expect((await tongxin(['bogus', '--language=en'], { env: { LANG: 'zh_CN.UTF-8' } })).stderr).toContain(
      'Wrong arguments',
    );
  });
});

describe('help', () => {
  it('names every command and its options', async () => {
    const { code, stdout } = await tongxin(['--help']);
    expect(code).toBe(0);
    for (const word of [
      'init',
      'user',
      'key',
      'story',
      'media',
      'doctor',
      'check',
      'sample',
      '--workspace',
      '--json',
      '--as',
    ]) {
      expect(stdout).toContain(word);
    }
    expect((await tongxin(['media', 'import', '--help'])).stdout).toContain('--salvage');
    expect(await tongxin(['--version'])).toEqual({ code: 0, stdout: '0.0.0\n', stderr: '' });
  });
});
