/** Review, package, proof by the command line alone; then every kind of tampering. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { canonicalJson } from '../../core/model/article/canonical.ts';
import { startLink } from '../../core/index.ts';
import type { SignaturesFile } from '../../core/model/review/index.ts';
import { answerOf, refusalOf, tongxin } from '../../tests/support/cli.ts';
import { PEOPLE, withSmallFilms } from '../../tests/support/packaging.ts';
import { makeStudio, type TestStudio } from '../../tests/support/studio.ts';

let house: TestStudio;
let root = '';
let storyId = '';
const at = (): { cwd: string } => ({ cwd: root });
const W = ['--workspace', 'work'];
const as = (name: string): string[] => {
  const pin = PEOPLE.find(([known]) => known === name)?.[2] ?? '';
  return [...W, '--as', name, '--pin', pin];
};
const MAKE = (out: string): string[] => ['package', storyId, '--targets', 'wechat', '--out', out, ...W];

beforeAll(async () => {
  // Only for its folder: the commands make their own workspaces.
  house = await makeStudio({ workspace: false });
  root = house.root;
  await answerOf('init', ['init', ...W, '--name', '岚溪县融媒体中心'], at());
  for (const [name, role, pin] of PEOPLE) {
    await answerOf('user-add', ['user', 'add', name, '--role', role, '--pin', pin, ...W], at());
  }
  writeFileSync(path.join(root, 'key.pem'), (await tongxin(['key', 'export', ...W], at())).stdout);
  writeFileSync(path.join(root, '春茶.md'), '# 岚溪春茶\n\n清明前，岚溪的茶园忙了起来。\n');
  const imported = await answerOf('story-import', ['story', 'import', '春茶.md', ...as('王编')], at());
  ({ storyId } = imported);
});
afterAll(() => house.stop());

describe('review', () => {
  it('goes by the route, each act by the person it belongs to', async () => {
    expect((await answerOf('review-status', ['review', 'status', storyId, ...W], at())).state).toBe('none');
    expect((await refusalOf(['review', 'sign', storyId, ...as('李初')], 1, at())).code).toBe('not_in_review');
    expect((await refusalOf(MAKE('never'), 1, at())).code).toBe('not_approved');
    const submitted = await answerOf('review-submit', ['review', 'submit', storyId, ...as('王编')], at());
    expect(submitted.route.map((s) => [s.name, s.state])).toEqual([
      ['初审', 'now'],
      ['复审', 'next'],
      ['终审', 'next'],
    ]);
    const refused = async (act: string[], who: string[]): Promise<string> =>
      (await refusalOf(['review', ...act, storyId, ...who], 1, at())).code;
    expect(await refused(['submit'], as('王编'))).toBe('already_in_review');
    expect(await refused(['sign'], as('王编'))).toBe('own_work');
    expect(await refused(['sign'], W)).toBe('not_your_stage');
    expect(await refused(['withdraw', '--reason', '停'], as('李初'))).toBe('not_permitted');
    const first = await answerOf(
      'review-status',
      ['review', 'sign', storyId, '--opinion', '可发', ...as('李初')],
      at(),
    );
    expect(first.round?.route[0]).toMatchObject({ state: 'done', opinion: '可发', by: { name: '李初' } });
    expect(await refused(['sign'], as('李初'))).toBe('already_signed');
    const back = await answerOf(
      'review-status',
      ['review', 'return', storyId, '--reason', '补出处', ...as('赵复')],
      at(),
    );
    expect(back.state).toBe('returned');
    await answerOf('review-submit', ['review', 'submit', storyId, '--waive', '急稿', ...as('王编')], at());
    for (const name of ['李初', '赵复', '孙终']) {
      await answerOf('review-status', ['review', 'sign', storyId, ...as(name)], at());
    }
    const people = await tongxin(['review', 'status', storyId, ...W], at());
    expect(people.stdout).toBe('岚溪春茶: approved\n  ✓ 初审 李初\n  ✓ 复审 赵复\n  ✓ 终审 孙终\n');
  });

  it('needs a reason where one is owed, and a story that is known', async () => {
    expect((await refusalOf(['review', 'return', storyId, ...as('李初')], 2, at())).code).toBe('wrong_arguments');
    expect((await refusalOf(['review', 'revoke', storyId, '--reason', ' ', ...W], 2, at())).code).toBe('bad_input');
    expect((await refusalOf(['review', 'status', 'nope', ...W], 1, at())).code).toBe('unknown_id');
  });
});

describe('package and verify', () => {
  let copy = '';
  beforeAll(async () => {
    const made = await answerOf('package', MAKE('包'), at());
    expect(made.dir).toBe(path.join(root, '包'));
    expect(made.targets.map((t) => t.target)).toEqual(['wechat']);
  });
  let n = 0;
  beforeEach(() => {
    n += 1;
    copy = `copy-${String(n)}`;
    cpSync(path.join(root, '包'), path.join(root, copy), { recursive: true });
  });
  const file = (name: string): string => path.join(root, copy, name);
  const verify = (...more: string[]): string[] => ['verify', copy, ...more];
  const KEY = ['--key', 'key.pem'];
  const told = async (code: 'package_altered' | 'signer_unknown' | 'not_approved', argv = verify(...KEY)) => {
    const report = await answerOf('verify', argv, { ...at(), code: 1 });
    expect([report.ok, report.error?.code]).toEqual([false, code]);
    return report.problems.map((p) => `${p.file} ${p.what}`);
  };

  it('agree, with the key and without it', async () => {
    const proof = await answerOf('verify', verify(...KEY), at());
    expect(proof).toMatchObject({ ok: true, problems: [] });
    expect(proof.signer).toMatch(/^[0-9a-f]{16}$/);
    expect(proof.approvals.map((a) => [a.stage, a.who])).toEqual([
      ['初审', '李初'],
      ['复审', '赵复'],
      ['终审', '孙终'],
    ]);
    expect(await answerOf('verify', verify(), at())).toMatchObject({ ok: true, signer: 'unknown' });
    expect((await tongxin(verify(...KEY), at())).stdout).toMatch(/^The package is exactly what was signed\.\n/);
  });

  it('name a byte changed, a file added, removed, renamed', async () => {
    const html = readFileSync(file('wechat/article.html'));
    html[100] = (html[100] ?? 0) ^ 1;
    writeFileSync(file('wechat/article.html'), html);
    expect(await told('package_altered')).toEqual(['wechat/article.html was changed']);
    writeFileSync(file('wechat/更多.html'), 'x');
    rmSync(file('wechat/title.txt'));
    renameSync(file('wechat/digest.txt'), file('digest.txt'));
    expect((await told('package_altered')).sort()).toEqual([
      'digest.txt was renamed from wechat/digest.txt',
      'wechat/article.html was changed',
      'wechat/title.txt is missing',
      'wechat/更多.html was added',
    ]);
    const refusal = await tongxin(verify(...KEY), at());
    expect([refusal.code, refusal.stdout]).toEqual([1, expect.stringContaining('wechat/title.txt: is missing')]);
  });

  it('tell a package that was signed again with another key', async () => {
    const pair = generateKeyPairSync('ed25519');
    const parsed = JSON.parse(readFileSync(file('signatures.json'), 'utf8')) as SignaturesFile;
    const again = ({ statement }: { statement: string }) => ({
      statement,
      signature: sign(null, Buffer.from(statement), pair.privateKey).toString('base64url'),
    });
    const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const forged = { ...parsed, publicKey, approvals: parsed.approvals.map(again), release: again(parsed.release) };
    writeFileSync(file('signatures.json'), canonicalJson(forged));
    expect(await told('signer_unknown')).toEqual(['signatures.json is signed with another key than the one given']);
    expect((await answerOf('verify', verify(), at())).signer).toBe('unknown');
  });

  it('refuse folders and keys that are none', async () => {
    expect((await refusalOf(['verify', 'nowhere'], 2, at())).code).toBe('file_missing');
    expect((await refusalOf(['verify', 'key.pem'], 2, at())).code).toBe('file_unreadable');
    expect((await refusalOf(verify('--key', 'nowhere.pem'), 2, at())).code).toBe('file_missing');
    expect((await refusalOf(verify('--key', '春茶.md'), 2, at())).code).toBe('file_unreadable');
    mkdirSync(path.join(root, 'empty'), { recursive: true });
    expect(await told('package_altered', ['verify', 'empty'])).toEqual([
      'manifest.json is missing',
      'signatures.json is missing',
    ]);
  });

  it('refuse targets that are none, a folder that is taken, a piece without a video', async () => {
    const wrong = ['package', storyId, '--targets', 'wechat,myspace', '--out', 'x', ...W];
    expect((await refusalOf(wrong, 2, at())).code).toBe('wrong_arguments');
    expect((await refusalOf(MAKE('包'), 1, at())).code).toBe('out_not_empty');
    const film = ['package', storyId, '--targets', 'wechat,douyin', '--out', 'x', ...W];
    expect((await refusalOf(film, 1, at())).code).toBe('nothing_to_package');
  });

  it('hold a draft apart', async () => {
    await answerOf('package', [...MAKE('草稿'), '--draft'], at());
    expect(readFileSync(path.join(root, '草稿/wechat/article.html'), 'utf8')).toContain('草稿');
    expect(await told('not_approved', ['verify', '草稿', ...KEY])).toEqual([
      'signatures.json is a draft that nobody approved',
    ]);
  });

  it('refuse a story that was edited after it was signed, naming it', async () => {
    const studio = await makeStudio({ root, workspace: false });
    await studio.client.workspace.open({ dir: path.join(root, 'work') });
    const story = await studio.client.stories.get({ storyId });
    const edit = { storyId, baseHash: story.contentHash, title: '岚溪春茶（改）', doc: story.doc };
    await studio.client.stories.save(edit);
    await studio.studio.stop();
    const error = await refusalOf(MAKE('改后'), 1, at());
    expect(error).toMatchObject({
      code: 'differs_from_approval',
      message: 'It differs from what was approved: 岚溪春茶（改）',
      details: { differences: [{ kind: 'article', id: storyId, what: 'changed' }] },
    });
    const status = await tongxin(['review', 'status', storyId, ...W], at());
    expect(status.stdout).toContain('≠ 岚溪春茶（改） (article, changed)');
  });
});

describe('audit', () => {
  it('knows a head that was kept, and not one that was made up', async () => {
    const head = await answerOf('audit-head', ['audit', 'head', ...W], at());
    const text = `${String(head.seq)}:${head.hash}`;
    expect((await tongxin(['audit', 'head', ...W], at())).stdout).toBe(`${text}\n`);
    const sound = await answerOf('audit-verify', ['audit', 'verify', '--against', text, ...W], at());
    expect(sound).toEqual({ ok: true, events: head.seq, head, problems: [] });
    const forged = `1:${'0'.repeat(64)}`;
    const argv = ['audit', 'verify', '--against', forged, ...W];
    const report = await answerOf('audit-verify', argv, { ...at(), code: 1 });
    expect(report).toMatchObject({ ok: false, error: { code: 'check_failed' } });
    expect(report.problems).toEqual([`the head ${forged} is not in the log`]);
    expect((await refusalOf(['audit', 'verify', '--against', 'x', ...W], 2, at())).code).toBe('bad_input');
  });
});

it('a package with a film is made by the process that holds the workspace', async () => {
  const holder = await makeStudio({ jobKinds: ['media.import', 'package.make'], ports: withSmallFilms });
  try {
    const link = await startLink(holder.studio);
    const argv = ['--workspace', holder.dir];
    const inHolder = { cwd: holder.root };
    const png = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#356' } })
      .png()
      .toBuffer();
    writeFileSync(path.join(holder.root, '茶.png'), png);
    const [asset] = await answerOf('media-import', ['media', 'import', '茶.png', ...argv], inHolder);
    const assetId = asset && 'assetId' in asset ? asset.assetId : '';
    const story = await holder.client.stories.create({ title: '一分钟' });
    const clip = ['video', 'new', '--story', story.storyId, '--clip', `${assetId}:0-1000000`];
    await answerOf('video-new', [...clip, ...argv], inHolder);
    const order = ['package', story.storyId, '--targets', 'douyin', '--out', '包', '--draft'];
    const made = await answerOf('package', [...order, ...argv], inHolder);
    const stem = 'douyin/一分钟-抖音-108x192';
    const covers = ['108x192', '144x192', '192x144'].map((size) => `douyin/一分钟-抖音-封面-${size}.jpg`);
    const names = [`${stem}.mp4`, ...covers, 'douyin/post.json', 'douyin/post.txt', 'douyin/checks.json'];
    expect(made.targets.map(({ files }) => files.map((file) => file.path))).toEqual([names]);
    const report = await answerOf('verify', ['verify', '包'], { ...inHolder, code: 1 });
    expect(report.error?.code).toBe('not_approved');
    await link.close();
  } finally {
    await holder.stop();
  }
});
