/** A command on a workspace that another process holds. */
import { spawn } from 'node:child_process';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startLink } from '../../core/index.ts';
import { answerOf, refusalOf } from '../../tests/support/cli.ts';
import { makeStudio, repoRoot, type TestStudio } from '../../tests/support/studio.ts';

let house: TestStudio;
beforeEach(async () => {
  house = await makeStudio({ jobKinds: ['media.import', 'story.import'] });
});
afterEach(() => house.stop());

describe('a holder that answers', () => {
  it('is asked, sees the change at once, and keeps its workspace', async () => {
    const link = await startLink(house.studio);
    const heard: string[] = [];
    house.studio.onEvent((event) => heard.push(event.type));
    const added = await answerOf('user-add', [
      'user',
      'add',
      '王编',
      '--role',
      'editor',
      '--pin',
      '1357',
      '--workspace',
      house.dir,
    ]);
    expect(heard).toContain('users.changed');
    expect((await house.client.users.list()).map((user) => user.userId)).toContain(added.userId);
    const as = ['--as', '王编', '--pin', '1357', '--workspace', house.dir];
    const error = await refusalOf(['user', 'add', '不该有', '--role', 'editor', '--pin', '8642', ...as], 1);
    expect(error.code).toBe('not_permitted');
    expect((await house.client.session.whoAmI()).user?.role).toBe('owner');
    await link.close();
  });

  it('imports files that the command names', async () => {
    const link = await startLink(house.studio);
    const { writeFile } = await import('node:fs/promises');
    await writeFile(path.join(house.root, '春茶.md'), '# 岚溪春茶\n\n茶园忙了起来。\n');
    const story = await answerOf('story-import', ['story', 'import', '春茶.md', '--workspace', house.dir], {
      cwd: house.root,
    });
    expect((await house.client.stories.get({ storyId: story.storyId })).title).toBe('岚溪春茶');
    await link.close();
  });
});

describe('a holder that does not answer', () => {
  const inUse = async (): Promise<void> => {
    const started = Date.now();
    const error = await refusalOf(['user', 'list', '--workspace', house.dir], 1);
    expect(error).toMatchObject({ code: 'workspace_in_use', details: { pid: process.pid, host: os.hostname() } });
    expect(error.details).toEqual({ pid: process.pid, host: os.hostname() });
    expect(error.message).toContain(String(process.pid));
    expect(JSON.stringify(error)).not.toContain('geheim');
    expect(Date.now() - started).toBeLessThan(8000);
  };

  it('because it gave no address', inUse);

  it('because nobody listens there any more', async () => {
    await house.studio.publish({ url: 'ws://127.0.0.1:9/rpc', token: 'geheim' });
    await inUse();
  });

  it('because it hangs', async () => {
    const mute = net.createServer(() => undefined).listen(0, '127.0.0.1');
    await new Promise((resolve) => mute.once('listening', resolve));
    const { port } = mute.address() as AddressInfo;
    await house.studio.publish({ url: `ws://127.0.0.1:${port}/rpc`, token: 'geheim' });
    await inUse();
    mute.close();
  });

  it('because the token is not its own', async () => {
    const link = await startLink(house.studio);
    await house.studio.publish({ url: link.url, token: 'geheim' });
    await inUse();
    await link.close();
  });
});

describe('two commands at the same time', () => {
  it('wait for each other', async () => {
    await house.studio.stop();
    const add = (name: string): Promise<unknown> =>
      answerOf('user-add', ['user', 'add', name, '--role', 'editor', '--pin', '1357', '--workspace', house.dir]);
    await Promise.all([add('王编'), add('赵编')]);
    const users = await answerOf('user-list', ['user', 'list', '--workspace', house.dir]);
    expect(users.map((user) => user.name).sort()).toEqual(['岚溪县融媒体中心', '王编', '赵编'].sort());
  });
});

interface Program {
  code: number | null;
  stdout: string;
  stderr: string;
}

function program(argv: readonly string[], env: Record<string, string>): Promise<Program> {
  const child = spawn(process.execPath, argv, { cwd: os.tmpdir(), env: { ...process.env, LC_ALL: 'C', ...env } });
  const out: Program = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (out.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (out.stderr += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ ...out, code })));
}

describe('as programs', () => {
  const cli = path.join(repoRoot, 'scripts/tongxin.mjs');

  it('the command line needs no build, writes one document, and counts paths from INIT_CWD', async () => {
    await house.studio.stop();
    const run = await program([cli, 'user', 'list', '--json', '--workspace', path.basename(house.dir)], {
      INIT_CWD: house.root,
    });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(run.stdout)).toHaveLength(1);
    const wrong = await program([cli, 'bogus', '--json'], {});
    expect(wrong.code).toBe(2);
    expect(JSON.parse(wrong.stdout)).toMatchObject({ error: { code: 'wrong_arguments' } });
  });

  it('the server says where it is, answers commands, and refuses a second one', async () => {
    await house.studio.stop();
    const entry = [
      '--import',
      path.join(repoRoot, 'node_modules/tsx/dist/esm/index.mjs'),
      path.join(repoRoot, 'server/http/index.ts'),
    ];
    const server = spawn(process.execPath, [...entry, '--workspace', house.dir], {
      cwd: os.tmpdir(),
      env: { ...process.env, LC_ALL: 'C' },
    });
    const ended = new Promise((resolve) => server.on('close', resolve));
    try {
      const line = await new Promise<string>((resolve) =>
        server.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString())),
      );
      expect(line).toMatch(/^Tongxin Studio: http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}\n$/);
      const address = line.slice('Tongxin Studio: '.length).trim();
      expect((await fetch(address, { redirect: 'manual' })).status).toBe(302);
      expect(await answerOf('user-list', ['user', 'list', '--workspace', house.dir])).toHaveLength(1);
      const second = await program([...entry, '--workspace', house.dir], {});
      expect(second).toMatchObject({ code: 1, stdout: '' });
      expect(second.stderr).toContain(`pid ${server.pid ?? 0}`);
    } finally {
      server.kill('SIGINT');
    }
    expect(await ended).toBe(0);
    expect(await answerOf('user-list', ['user', 'list', '--workspace', house.dir])).toHaveLength(1);
  });
});
