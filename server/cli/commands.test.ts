import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOf, refusalOf, tongxin } from '../../tests/support/cli.ts';
import { makeStudio, type TestStudio } from '../../tests/support/studio.ts';

let house: TestStudio;
let root = '';
const W = (): string[] => ['--workspace', 'work'];
const at = (): { cwd: string } => ({ cwd: root });

async function picture(name: string): Promise<Buffer> {
  const [r = 0, g = 0, b = 0] = createHash('sha256').update(name).digest();
  const bytes = await sharp({ create: { width: 60, height: 40, channels: 3, background: { r, g, b } } })
    .png()
    .toBuffer();
  await writeFile(path.join(root, name), bytes);
  return bytes;
}

beforeAll(async () => {
  // Only for its folder: the commands make their own workspaces.
  house = await makeStudio({ workspace: false });
  root = house.root;
});
afterAll(() => house.stop());

describe('init', () => {
  it('makes a workspace and remembers it as the last one used', async () => {
    const made = await answerOf('init', ['init', ...W(), '--name', '岚溪县融媒体中心'], at());
    expect(made.publicKey).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
    expect(await answerOf('user-list', ['user', 'list'], at())).toEqual([
      expect.objectContaining({ userId: made.ownerId, role: 'owner', hasPin: false }),
    ]);
    const pem = await tongxin(['key', 'export', ...W()], at());
    expect(pem.stdout).toBe(made.publicKey);
    expect(await answerOf('key-export', ['key', 'export'], at())).toEqual({ publicKey: made.publicKey });
  });

  it('refuses a folder that is not empty, and leaves it as it was', async () => {
    await picture('taken.png');
    const before = await readdir(root);
    expect((await refusalOf(['init', '--workspace', '.'], 1, at())).code).toBe('out_not_empty');
    expect((await refusalOf(['init', ...W()], 1, at())).code).toBe('out_not_empty');
    expect(await readdir(root)).toEqual(before);
  });

  it('is what other commands need first', async () => {
    expect((await refusalOf(['check', '--workspace', 'elsewhere'], 1, at())).code).toBe('not_a_workspace');
  });

  it('names the office when nobody did', async () => {
    await answerOf('init', ['--workspace', 'unnamed', 'init'], at());
    const [owner] = await answerOf('user-list', ['user', '--workspace', 'unnamed', 'list'], at());
    expect(owner?.name).toBe('宣传办公室');
  });
});

describe('people', () => {
  it('are added with a PIN from the arguments or from standard input', async () => {
    await answerOf('user-add', ['user', 'add', '王编', '--role', 'editor', '--pin', '1357', ...W()], at());
    await answerOf('user-add', ['user', 'add', '李审', '--role', 'reviewer', '--pin', '-', ...W()], {
      ...at(),
      stdin: '2468\n',
    });
    const users = await answerOf('user-list', ['user', 'list', ...W()], at());
    expect(users.map((user) => [user.name, user.role, user.hasPin])).toEqual([
      ['岚溪县融媒体中心', 'owner', false],
      ['王编', 'editor', true],
      ['李审', 'reviewer', true],
    ]);
  });

  it('have one name each and a PIN worth the word', async () => {
    const add = (name: string, pin: string): string[] => [
      'user',
      'add',
      name,
      '--role',
      'editor',
      '--pin',
      pin,
      ...W(),
    ];
    expect((await refusalOf(add('王编', '1357'), 1, at())).code).toBe('name_taken');
    expect((await refusalOf(add('新人', '12'), 1, at())).code).toBe('weak_pin');
    expect((await refusalOf(add('长'.repeat(81), '1357'), 2, at())).code).toBe('bad_input');
  });

  it('act under their own name', async () => {
    const list = ['story', 'list', ...W(), '--as', '李审'];
    await answerOf('story-list', [...list, '--pin', '2468'], at());
    await answerOf('story-list', list, { ...at(), env: { TONGXIN_PIN: '2468' } });
    await answerOf('story-list', [...list, '--pin', '-'], { ...at(), stdin: '2468' });
    const wrong = await refusalOf([...list, '--pin', '9999'], 1, at());
    expect(wrong).toMatchObject({ code: 'wrong_pin', message: 'Wrong PIN; 4 tries left' });
  });

  it.each([
    ['both in the arguments, the new one first', ['--pin', '8642', '--as', '李审', '--pin', '2468'], {}],
    ['both in the arguments, the acting one first', ['--as', '李审', '--pin', '2468', '--pin', '8642'], {}],
    ['the acting one from the environment', ['--as', '李审', '--pin', '8642'], { env: { TONGXIN_PIN: '2468' } }],
    ['both from standard input', ['--as', '李审', '--pin', '-', '--pin', '-'], { stdin: '2468\n8642\n' }],
  ])('may not add people as a reviewer: %s', async (_how, pins, options) => {
    const argv = ['user', 'add', '不该有', '--role', 'admin', ...pins, ...W()];
    expect((await refusalOf(argv, 1, { ...at(), ...options })).code).toBe('not_permitted');
  });
});

describe('story import', () => {
  it('brings a text in, titled by its first line', async () => {
    await writeFile(path.join(root, '春茶.txt'), '岚溪春茶开采\n\n清明前，岚溪的茶园忙了起来。\n');
    const story = await answerOf('story-import', ['story', 'import', '春茶.txt', ...W()], at());
    expect(story).toMatchObject({ title: '岚溪春茶开采', images: 0 });
    const [listed] = await answerOf('story-list', ['story', 'list', ...W()], at());
    expect(listed).toMatchObject({ storyId: story.storyId, title: story.title });
    const people = await tongxin(['story', 'import', '春茶.txt', ...W()], at());
    expect(people.stdout).toMatch(/^Imported “岚溪春茶开采”/);
  });

  it('refuses what is no document', async () => {
    await writeFile(path.join(root, 'broken.docx'), 'no zip at all');
    expect((await refusalOf(['story', 'import', 'broken.docx', ...W()], 1, at())).code).toBe('not_a_document');
    expect(await answerOf('story-list', ['story', 'list', ...W()], at())).toHaveLength(2);
  });
});

describe('media import', () => {
  it('answers one entry a file, in order, and imports the good ones', async () => {
    const bytes = await picture('一.png');
    await picture('二.png');
    await writeFile(path.join(root, 'bad.mp4'), 'not a film');
    const argv = ['media', 'import', '一.png', 'bad.mp4', './二.png', '一.png', ...W()];
    const entries = await answerOf('media-import', argv, { ...at(), code: 1 });
    expect(entries).toMatchObject([
      {
        kind: 'image',
        width: 60,
        height: 40,
        duplicate: false,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      },
      { file: 'bad.mp4', error: { code: 'unreadable_media' } },
      { kind: 'image', duplicate: false },
      { kind: 'image', duplicate: true },
    ]);
    const listed = await answerOf('media-list', ['media', 'list', ...W()], at());
    expect(listed.map((asset) => asset.name).sort()).toEqual(['一.png', '二.png']);
  });

  it('imports nothing when a named file is missing', async () => {
    await picture('三.png');
    await refusalOf(['media', 'import', '三.png', 'missing.png', ...W()], 2, at());
    expect(await answerOf('media-list', ['media', 'list', ...W()], at())).toHaveLength(2);
  });

  it('ties files to a story it knows', async () => {
    const [story] = await answerOf('story-list', ['story', 'list', ...W()], at());
    await answerOf('media-import', ['media', 'import', '三.png', '--story', story!.storyId, ...W()], at());
    const listed = await answerOf('media-list', ['media', 'list', ...W()], at());
    expect(listed.find((asset) => asset.name === '三.png')?.storyIds).toEqual([story!.storyId]);
    const error = await refusalOf(['media', 'import', '三.png', '--story', 'nope', ...W()], 1, at());
    expect(error.code).toBe('unknown_id');
  });

  it('shows progress to a terminal only, and never on stdout', async () => {
    await picture('四.png');
    await picture('五.png');
    const quiet = await tongxin(['media', 'import', '四.png', ...W()], at());
    expect(quiet.stderr).toBe('');
    const shown = await tongxin(['media', 'import', '五.png', ...W()], { ...at(), terminal: true });
    expect(shown.stderr).toContain('五.png');
    expect(shown.stdout).toMatch(/^五\.png: /);
  });

  it('stops at Ctrl+C: exit 1, cancelled', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `卡 ${index}.png`);
    for (const name of names) await picture(name);
    const before = (await answerOf('media-list', ['media', 'list', ...W()], at())).length;
    const files = (): number => readdirSync(path.join(root, 'work', 'blobs'), { recursive: true }).length;
    const standing = files();
    const error = await refusalOf(['media', 'import', ...names, ...W()], 1, {
      ...at(),
      interrupt: (press) => {
        // Pressed once the second picture stands, however fast this machine imports.
        const waiting = setInterval(() => {
          if (files() < standing + 2) return;
          clearInterval(waiting);
          press();
        }, 2);
      },
    });
    expect(error.code).toBe('cancelled');
    const after = (await answerOf('media-list', ['media', 'list', ...W()], at())).length;
    expect(after).toBeLessThan(before + 40);
  });
});

describe('doctor and check', () => {
  it('say what is there', async () => {
    const report = await answerOf('doctor', ['doctor'], at());
    expect(report.ok).toBe(true);
    expect(report.tools.map((tool) => tool.name)).toEqual(expect.arrayContaining(['ffmpeg', 'ffprobe', 'database']));
    expect(await answerOf('check', ['check', ...W()], at())).toEqual({ ok: true, problems: [] });
  });

  it('find a file that is gone: exit 1 with the report', async () => {
    const [asset] = await answerOf('media-list', ['media', 'list', ...W()], at());
    const found = await readdir(path.join(root, 'work', 'blobs'), { recursive: true });
    const blob = found.find(
      (name) => path.basename(name).startsWith(asset!.sha256) || name.replaceAll(/[\\/]/g, '').includes(asset!.sha256),
    );
    await rm(path.join(root, 'work', 'blobs', blob!));
    const report = await answerOf('check', ['check', ...W()], { ...at(), code: 1 });
    expect(report).toMatchObject({ ok: false, problems: [{ code: 'blob_missing' }], error: { code: 'check_failed' } });
  });
});

describe('sample', () => {
  it('makes three stories with pictures', async () => {
    const made = await answerOf('sample', ['sample', '--workspace', 'sample'], at());
    expect(made).toMatchObject({ sample: true, stories: 3, dir: path.join(root, 'sample') });
    expect(await answerOf('story-list', ['story', 'list'], at())).toHaveLength(3);
    expect((await refusalOf(['sample', '--workspace', 'sample'], 1, at())).code).toBe('out_not_empty');
  });
});
