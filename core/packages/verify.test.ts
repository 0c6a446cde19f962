/** What verify finds: every change to a package, and no package that makes it stumble. */
import { generateKeyPairSync, sign } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Chance } from '../../tests/fixtures/timeline.ts';
import { addPeople, addPicture, signAll, signedIn, withSmallFilms, storyDoc } from '../../tests/support/packaging.ts';
import { codeOf, makeStudio, type TestStudio } from '../../tests/support/studio.ts';
import { canonicalJson } from '../model/article/canonical.ts';
import type { SignaturesFile } from '../model/review/index.ts';
import { verifyPackage } from './index.ts';

let house: TestStudio;
let key: string;
let sound: string;
let dir: string;

beforeAll(async () => {
  house = await makeStudio({ jobKinds: ['media.import', 'package.make'], ports: withSmallFilms });
  await addPeople(house.client);
  const editor = await signedIn(house, '王编');
  const picture = await addPicture(house, 'shown');
  const { storyId } = await editor.stories.create({ title: '春茶', doc: storyDoc(picture.assetId) });
  await editor.review.submit({ storyId });
  await signAll(house, storyId);
  sound = path.join(house.root, 'sound');
  await house.finished((await editor.packages.make({ storyId, targets: ['wechat'], dir: sound })).jobId);
  key = (await house.client.keys.export()).publicKey;
});
afterAll(() => house.stop());
beforeEach(() => {
  dir = path.join(mkdtempSync(path.join(house.root, 'copy-')), 'package');
  cpSync(sound, dir, { recursive: true });
});

const at = (file: string): string => path.join(dir, file);
const problems = async (): Promise<string[]> => {
  const report = await verifyPackage(dir, key);
  expect([report.ok, report.refused]).toEqual([false, 'package_altered']);
  return report.problems.map((p) => `${p.file} ${p.what}`);
};

interface Parsed {
  approvals: Record<string, unknown>[];
  release: Record<string, unknown>;
}

/** Writes signatures.json anew, all of it signed by another key, after `change`. Returns that key's PEM. */
function resign(change: (parsed: Parsed) => void = () => undefined): string {
  const pair = generateKeyPairSync('ed25519');
  const file = JSON.parse(readFileSync(at('signatures.json'), 'utf8')) as SignaturesFile;
  const parsed: Parsed = {
    approvals: file.approvals.map((a) => JSON.parse(a.statement) as Record<string, unknown>),
    release: JSON.parse(file.release.statement) as Record<string, unknown>,
  };
  change(parsed);
  const signed = (value: unknown) => {
    const statement = canonicalJson(value);
    return { statement, signature: sign(null, Buffer.from(statement), pair.privateKey).toString('base64url') };
  };
  const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const { approvals, release } = parsed;
  const again = { ...file, publicKey, approvals: approvals.map(signed), release: signed(release) };
  writeFileSync(at('signatures.json'), canonicalJson(again));
  return publicKey;
}

describe('names', () => {
  it('nothing in a package as it was made', async () => {
    expect(await verifyPackage(dir, key)).toMatchObject({ ok: true, problems: [] });
  });

  it('a changed, an added, a missing and a renamed file, and an added folder', async () => {
    writeFileSync(at('wechat/article.html'), readFileSync(at('wechat/article.html'), 'utf8').replace('雾', '霧'));
    expect(await problems()).toEqual(['wechat/article.html was changed']);
    writeFileSync(at('广告.txt'), 'x');
    mkdirSync(at('空'));
    renameSync(at('wechat/title.txt'), at('wechat/标题.txt'));
    rmSync(at('wechat/digest.txt'));
    expect((await problems()).sort()).toEqual([
      'wechat/article.html was changed',
      'wechat/digest.txt is missing',
      'wechat/标题.txt was renamed from wechat/title.txt',
      '广告.txt was added',
      '空 is an added folder',
    ]);
  });

  it('a symbolic link, also in the place of a file and to the same bytes', async () => {
    cpSync(at('wechat/title.txt'), path.join(house.root, 'elsewhere.txt'));
    rmSync(at('wechat/title.txt'));
    symlinkSync(path.join(house.root, 'elsewhere.txt'), at('wechat/title.txt'));
    symlinkSync(house.root, at('all'));
    expect((await problems()).sort()).toEqual(['all is a symbolic link', 'wechat/title.txt is a symbolic link']);
  });

  it('a missing manifest or list of signatures', async () => {
    rmSync(at('manifest.json'));
    expect(await problems()).toContain('manifest.json is missing');
    rmSync(at('signatures.json'));
    expect(await problems()).toEqual(['manifest.json is missing', 'signatures.json is missing']);
    rmSync(dir, { recursive: true });
    expect((await problems())[0]).toBe('. cannot be read (ENOENT)');
  });
});

describe('a package signed again with another key', () => {
  it('is told by the key, and agrees with itself without it', async () => {
    const other = resign();
    const report = await verifyPackage(dir, key);
    expect(report).toMatchObject({ ok: false, refused: 'signer_unknown', signer: 'unknown' });
    expect(report.problems).toEqual([
      { file: 'signatures.json', what: 'is signed with another key than the one given' },
    ]);
    expect(await verifyPackage(dir)).toMatchObject({ ok: true, signer: 'unknown' });
    expect((await verifyPackage(dir, other)).ok).toBe(true);
  });

  it('cannot leave out a stage, take one twice, let the author sign, or be about something else', async () => {
    const faults = async (change: (parsed: Parsed) => void): Promise<string[]> => {
      rmSync(dir, { recursive: true });
      cpSync(sound, dir, { recursive: true });
      const other = resign(change);
      const report = await verifyPackage(dir, other);
      expect([report.ok, report.refused]).toEqual([false, 'package_altered']);
      return report.problems.map((p) => p.what);
    };
    expect(await faults((p) => p.approvals.pop())).toEqual(['the approval of stage 3 (终审) is missing']);
    expect(await faults((p) => (p.approvals[1] = p.approvals[0] ?? {}))).toEqual([
      'approval 2 is not of the stage that comes here',
      'approval 2 is by somebody who signed another stage',
    ]);
    const manifest = JSON.parse(readFileSync(at('manifest.json'), 'utf8')) as { submittedBy: string };
    const author = { userId: manifest.submittedBy, name: '王编', role: 'reviewer' };
    expect(await faults((p) => ((p.approvals[2] as Record<string, unknown>)['by'] = author))).toEqual([
      'approval 3 is by who submitted the piece',
    ]);
    const elsewhere = 'f'.repeat(64);
    expect(await faults((p) => ((p.approvals[0] as Record<string, unknown>)['manifestHash'] = elsewhere))).toEqual([
      'approval 1 is about another manifest',
    ]);
    expect(await faults((p) => ((p.approvals[2] as Record<string, unknown>)['roundId'] = 'other'))).toEqual([
      'approval 3 is of another round',
    ]);
    expect(await faults((p) => (p.release['manifestHash'] = elsewhere))).toEqual([
      'is not the manifest that was released',
    ]);
    expect(await faults((p) => (p.release['draft'] = true))).toEqual(['is a draft and has approvals']);
    expect(await faults((p) => p.approvals.reverse())).toContain('approval 1 is not of the stage that comes here');
  });

  it('cannot reach outside its folder or list a file twice', async () => {
    type Files = { files: { path: string; bytes: number; sha256: string }[] }[];
    for (const bad of ['../outside.txt', '/etc/passwd', 'wechat/../../x', 'wechat\\x', 'C:/x']) {
      resign((p) => {
        const [target] = p.release['targets'] as Files;
        target?.files.push({ path: bad, bytes: 1, sha256: '0'.repeat(64) });
      });
      const report = await verifyPackage(dir);
      expect(report.problems[0]?.what).toMatch(/^the release does not have the form of one \(targets\.0\.files/);
    }
    rmSync(dir, { recursive: true });
    cpSync(sound, dir, { recursive: true });
    resign((p) => {
      const [target] = p.release['targets'] as Files;
      target?.files.push(...target.files.slice(0, 1), { path: 'manifest.json', bytes: 1, sha256: '0'.repeat(64) });
    });
    const told = (await verifyPackage(dir)).problems.map((p) => `${p.file} ${p.what}`);
    expect(told).toEqual([
      'wechat/article.html is listed twice',
      'manifest.json is not in the folder of wechat',
      'manifest.json was changed',
    ]);
  });
});

describe('whatever lies there', () => {
  const DEEP = 100_000;
  it.each<[string, string | Buffer]>([
    ['nothing', ''],
    ['no JSON', 'x'],
    ['another type', '42'],
    ['null', 'null'],
    ['a list', '[]'],
    ['an endless list', '['.repeat(DEEP) + ']'.repeat(DEEP)],
    ['an endless object', `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0xd8])],
    ['a lone surrogate', '{"format":"\\ud800"}'],
    ['numbers out of reach', '{"format":1e999,"__proto__":{"x":1}}'],
    ['wrong types', '{"approvals":{},"format":"tongxin-signatures/1","publicKey":[],"release":null}'],
    ['too much', Buffer.alloc(17 * 1024 * 1024, 0x20)],
  ])('as either file, %s is a problem that names it', async (_what, content) => {
    for (const file of ['manifest.json', 'signatures.json']) {
      rmSync(dir, { recursive: true });
      cpSync(sound, dir, { recursive: true });
      writeFileSync(at(file), content);
      expect((await problems()).some((p) => p.startsWith(`${file} `))).toBe(true);
    }
  });

  it('a folder in the place of a file is a problem that names it', async () => {
    for (const file of ['manifest.json', 'signatures.json', 'wechat/article.html']) {
      rmSync(dir, { recursive: true });
      cpSync(sound, dir, { recursive: true });
      rmSync(at(file));
      mkdirSync(at(file));
      expect(await problems()).toContain(`${file} is a folder`);
    }
  });

  it('the same content spelt otherwise is not what was signed', async () => {
    const text = readFileSync(at('signatures.json'), 'utf8');
    for (const other of [
      `${text}\n`,
      `\ufeff${text}`,
      JSON.stringify(JSON.parse(text), null, 2),
      text.replace('{', '{ '),
    ]) {
      writeFileSync(at('signatures.json'), other);
      await problems();
    }
    const twice = text.replace('"format":', '"format":"x","format":');
    writeFileSync(at('signatures.json'), twice);
    await problems();
  });

  it('a key that is none is refused', async () => {
    expect(await codeOf(verifyPackage(dir, 'not a key'))).toBe('bad_input');
  });
});

it('finds any one changed byte, wherever it is', async () => {
  const chance = new Chance(20261125);
  const files = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => path.join(e.parentPath, e.name));
  for (const file of files) {
    const bytes = readFileSync(file);
    // Every byte of the two proofs would take minutes; of those, and of the rest, enough that a blind spot shows.
    const places = Math.min(bytes.length, /\.json$/.test(file) ? 250 : 20);
    for (let i = 0; i < places; i += 1) {
      const place = places === bytes.length ? i : chance.below(bytes.length);
      const changed = Buffer.from(bytes);
      changed[place] = (bytes[place] ?? 0) ^ (1 + chance.below(255));
      writeFileSync(file, changed);
      const report = await verifyPackage(dir, key);
      const where = `${path.relative(dir, file)} byte ${String(place)}`;
      expect([where, report.ok, report.problems.length > 0]).toEqual([where, false, true]);
    }
    writeFileSync(file, bytes);
  }
  expect((await verifyPackage(dir, key)).ok).toBe(true);
}, 120_000);

// Base64 has bits at its end that decode to nothing, and a PEM more than one spelling: the ends are looked at bit by bit.
it('finds flipped bits of the key and the signatures', async () => {
  const file = at('signatures.json');
  const bytes = readFileSync(file);
  const text = bytes.toString('latin1');
  const spans = [...text.matchAll(/"(?:publicKey|signature)":"[^"]*"/g)].map((m) => [m.index, m.index + m[0].length]);
  for (const [from = 0, to = 0] of spans) {
    for (let place = from; place < to; place += place < to - 12 ? 7 : 1) {
      for (const bit of [1, 2, 4, 8, 16, 32, 64, 128]) {
        const changed = Buffer.from(bytes);
        changed[place] = (bytes[place] ?? 0) ^ bit;
        writeFileSync(file, changed);
        expect([place, bit, (await verifyPackage(dir, key)).ok]).toEqual([place, bit, false]);
      }
    }
  }
}, 240_000);
