/**
 * The whole job by the command line alone: a real article and real footage come in, three reviewers sign, a package for an
 * official account and Douyin leaves, and `verify` proves that it is exactly what was signed.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ffprobe from '@ffprobe-installer/ffprobe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tongxin } from '../support/cli.ts';
import { makeStudio, samplesDir, type TestStudio } from '../support/studio.ts';

const sample = (name: string): string => path.join(samplesDir, name);
const CLIPS = ['phone-vertical-vfr.mp4', 'cockatoo.mp4', 'talk-720p30.mp4'];

let house: TestStudio;
let root = '';

async function run<T = Record<string, unknown>>(code: number, ...argv: string[]): Promise<T> {
  const done = await tongxin([...argv, '--workspace', path.join(root, '岚溪 "工作区" 🍵'), '--json'], { cwd: root });
  expect({ argv, code: done.code, stderr: done.code === code ? '' : done.stdout + done.stderr }).toEqual({
    argv,
    code,
    stderr: '',
  });
  return JSON.parse(done.stdout) as T;
}
const refused = async (...argv: string[]): Promise<{ code: string; message: string; details?: unknown }> =>
  (await run<{ error: { code: string; message: string } }>(1, ...argv)).error;
const as = (name: string): string[] => ['--as', name, '--pin', '2468'];

interface Probe {
  streams: Record<string, string | number>[];
  format: { duration: string };
}

function probe(file: string): Probe {
  const args = ['-v', 'error', '-show_streams', '-show_format', '-of', 'json', file];
  return JSON.parse(execFileSync(ffprobe.path, args).toString('utf8')) as Probe;
}

/** Name of each top-level box of an MP4, in order. */
function boxes(file: string): string[] {
  const bytes = readFileSync(file);
  const names: string[] = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    const size = bytes.readUInt32BE(at);
    names.push(bytes.toString('latin1', at + 4, at + 8));
    at += size === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : size === 0 ? bytes.length : size;
  }
  return names;
}

const files = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dir, path.join(entry.parentPath, entry.name)))
    .sort();

/** Path of the package's one film. */
function filmOf(dir: string): string {
  const found = files(dir).filter((file) => /^douyin\/.+-抖音-1080x1920\.mp4$/.test(file));
  expect(found).toHaveLength(1);
  return found[0] ?? '';
}

beforeAll(async () => {
  house = await makeStudio({ workspace: false });
  root = house.root;
});
afterAll(() => house.stop());

let storyId = '';
let projectId = '';
let dir = '';
let key = '';

describe.skipIf(!existsSync(samplesDir))('the whole job by the command line', () => {
  comesIn();
  isSigned();
  leaves();
  isProven();
});

function comesIn(): void {
  it('brings in a real article and real footage and cuts a film with captions', async () => {
    await run(0, 'init', '--name', '岚溪县融媒体中心');
    for (const [name, role] of [
      ['林小满', 'editor'],
      ['何静文', 'reviewer'],
      ['陶然', 'reviewer'],
      ['程予安', 'reviewer'],
    ] as const)
      await run(0, 'user', 'add', name, '--role', role, '--pin', '2468');
    const story = await run<{ storyId: string }>(
      0,
      'story',
      'import',
      sample('text/real-article.docx'),
      ...as('林小满'),
    );
    ({ storyId } = story);
    const media = await run<{ assetId: string }[]>(
      0,
      'media',
      'import',
      ...CLIPS.map((name) => sample(`video/${name}`)),
      '--story',
      storyId,
      ...as('林小满'),
    );
    const [phone, bird, talk] = media.map((entry) => entry.assetId);
    const video = await run<{ projectId: string; durationUs: number }>(
      0,
      'video',
      'new',
      '--story',
      storyId,
      '--clip',
      `${phone ?? ''}:1000000-3000000`,
      '--clip',
      `${bird ?? ''}:2000000-4000000`,
      '--clip',
      `${talk ?? ''}:1000000-3000000`,
      '--captions',
      sample('captions/plain.srt'),
      ...as('林小满'),
    );
    ({ projectId } = video);
    expect(Math.abs(video.durationUs - 6_000_000)).toBeLessThan(100_000);
  });
}

function isSigned(): void {
  it('goes through three reviewers, each the right one at the right time', async () => {
    expect((await refused('package', storyId, '--targets', 'wechat', '--out', 'early')).code).toBe('not_approved');
    expect((await refused('review', 'sign', storyId, ...as('何静文'))).code).toBe('not_in_review');
    const submitted = await run<{ versionHash: string; manifestHash: string; route: unknown[] }>(
      0,
      'review',
      'submit',
      storyId,
      ...as('林小满'),
    );
    expect(submitted.route).toHaveLength(3);
    expect(submitted.manifestHash).toMatch(/^[0-9a-f]{64}$/);
    expect((await refused('review', 'submit', storyId, ...as('林小满'))).code).toBe('already_in_review');
    expect((await refused('review', 'sign', storyId, ...as('林小满'))).code).toBe('own_work');
    expect((await refused('review', 'sign', storyId)).code).toBe('not_your_stage');
    await run(0, 'review', 'sign', storyId, '--opinion', '事实与数字已核对。', ...as('何静文'));
    expect((await refused('review', 'sign', storyId, ...as('何静文'))).code).toBe('already_signed');
    await run(2, 'review', 'return', storyId, '--reason', ' ', ...as('陶然'));
    await run(0, 'review', 'sign', storyId, '--opinion', '同意。', ...as('陶然'));
    expect((await refused('package', storyId, '--targets', 'wechat', '--out', 'early')).code).toBe('not_approved');
    await run(0, 'review', 'sign', storyId, '--opinion', '同意签发。', ...as('程予安'));
    const status = await run<{ state: string; round: { route: { state: string }[] } }>(0, 'review', 'status', storyId);
    expect(status.state).toBe('approved');
    expect(status.round.route.map((stage) => stage.state)).toEqual(['done', 'done', 'done']);
  });
}

function leaves(): void {
  it('leaves as a package that is what the platforms take', { timeout: 240_000 }, async () => {
    const made = await run<{ dir: string; targets: { target: string; files: { path: string }[] }[] }>(
      0,
      'package',
      storyId,
      '--targets',
      'wechat,douyin',
      '--out',
      '发布包 "一"',
      ...as('林小满'),
    );
    ({ dir } = made);
    expect(path.basename(dir)).toBe('发布包 "一"');
    expect(made.targets.map((t) => t.target)).toEqual(['wechat', 'douyin']);
    const listed = made.targets.flatMap((t) => t.files.map((f) => f.path));
    expect(files(dir)).toEqual([...listed, 'manifest.json', 'signatures.json'].sort());
    expect((await refused('package', storyId, '--targets', 'wechat', '--out', dir)).code).toBe('out_not_empty');
  });

  it('with a film as Douyin wants it', () => {
    const film = path.join(dir, filmOf(dir));
    const { streams, format } = probe(film);
    const [video, audio] = ['video', 'audio'].map((kind) => streams.find((s) => s['codec_type'] === kind));
    expect(video).toMatchObject({
      codec_name: 'h264',
      profile: 'High',
      pix_fmt: 'yuv420p',
      width: 1080,
      height: 1920,
      r_frame_rate: '30/1',
      avg_frame_rate: '30/1',
    });
    expect(audio).toMatchObject({ codec_name: 'aac', sample_rate: '48000', channels: 2 });
    expect(Math.abs(Number(format.duration) - 6)).toBeLessThan(0.15);
    const order = boxes(film);
    expect(order.indexOf('moov')).toBeLessThan(order.indexOf('mdat'));
  });

  it('and an article that an official account keeps', () => {
    const html = readFileSync(path.join(dir, 'wechat/article.html'), 'utf8');
    const body = /<body>(.*)<\/body>/s.exec(html)?.[1] ?? '';
    expect(body).not.toBe('');
    expect(body).not.toMatch(/<script|<style|<link|\sclass=|\sid=|\son\w+=/i);
    const images = [...body.matchAll(/<img src="([^"]+)"/g)].map((m) => m[1] ?? '');
    expect(images.length).toBeGreaterThan(0);
    for (const image of images) {
      const file = path.join(dir, 'wechat', image);
      expect(statSync(file).size).toBeLessThan(1_000_000);
      expect(['ffd8', '8950']).toContain(readFileSync(file).subarray(0, 2).toString('hex'));
    }
  });
}

function isProven(): void {
  it('verify says yes, and to every change no', async () => {
    const { publicKey } = await run<{ publicKey: string }>(0, 'key', 'export');
    key = path.join(root, 'key.pem');
    writeFileSync(key, publicKey);
    const good = await run<{ ok: boolean; signer: string; approvals: { ok: boolean }[] }>(
      0,
      'verify',
      dir,
      '--key',
      key,
    );
    expect(good.ok).toBe(true);
    expect(good.approvals.map((a) => a.ok)).toEqual([true, true, true]);
    expect((await run<{ signer: string }>(0, 'verify', dir)).signer).toBe('unknown');

    const spoiled = async (spoil: (copy: string) => void): Promise<{ code: string; named: string[] }> => {
      const copy = path.join(root, 'copy');
      cpSync(dir, copy, { recursive: true });
      spoil(copy);
      const answer = await run<{ error: { code: string }; problems: { file: string }[] }>(
        1,
        'verify',
        copy,
        '--key',
        key,
      );
      rmSync(copy, { recursive: true });
      return { code: answer.error.code, named: answer.problems.map((p) => p.file) };
    };
    const film = filmOf(dir);
    const oneByte = await spoiled((copy) => {
      const bytes = readFileSync(path.join(copy, film));
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      writeFileSync(path.join(copy, film), bytes);
    });
    expect(oneByte).toEqual({ code: 'package_altered', named: [film] });
    const added = await spoiled((copy) => writeFileSync(path.join(copy, 'wechat/多出来的.txt'), 'x'));
    expect(added).toEqual({ code: 'package_altered', named: ['wechat/多出来的.txt'] });
    const removed = await spoiled((copy) => rmSync(path.join(copy, 'wechat/article.html')));
    expect(removed).toEqual({ code: 'package_altered', named: ['wechat/article.html'] });
    const renamed = await spoiled((copy) => renameSync(path.join(copy, film), path.join(copy, 'douyin/film.mp4')));
    expect(renamed).toEqual({ code: 'package_altered', named: ['douyin/film.mp4'] });
  });

  it('refuses to package what was changed after signing, naming it', async () => {
    const ops = path.join(root, 'ops.json');
    writeFileSync(ops, JSON.stringify([{ type: 'splitClip', atUs: 1_000_000, newId: 'after' }]));
    await run(0, 'video', 'edit', projectId, '--ops', ops);
    const error = await refused('package', storyId, '--targets', 'wechat', '--out', 'late');
    expect(error.code).toBe('differs_from_approval');
    expect(JSON.stringify(error.details)).toContain(projectId);
    expect(existsSync(path.join(root, 'late'))).toBe(false);
    expect(await run<{ ok: boolean }>(0, 'verify', dir, '--key', key)).toMatchObject({ ok: true });
    expect(await run<{ ok: boolean }>(0, 'audit', 'verify')).toMatchObject({ ok: true });
    expect(await run<{ ok: boolean }>(0, 'check')).toMatchObject({ ok: true });
  });
}
