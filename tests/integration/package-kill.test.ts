/** Kill -9 while a package is made: under its name there is all of it or nothing, and the next start finishes it. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { verifyPackage } from '../../core/index.ts';
import { Chance } from '../fixtures/timeline.ts';
import { addPeople, addPicture, signAll, signedIn } from '../support/packaging.ts';
import { makeStudio, repoRoot } from '../support/studio.ts';

const ROUNDS = process.env['TONGXIN_LONG'] === '1' ? 20 : 3;
const PICTURES = 24;

/** Runs the command and kills it some time after it has begun to build. Returns whether it was killed. */
async function makeAndKill(root: string, argv: string[], afterMs: number): Promise<boolean> {
  const child = spawn(process.execPath, [path.join(repoRoot, 'scripts/tongxin.mjs'), ...argv], {
    cwd: root,
    env: { ...process.env, INIT_CWD: root },
    stdio: 'ignore',
    // The script starts the program as a process of its own: both are killed.
    detached: true,
  });
  const exited = new Promise<boolean>((resolve) => child.once('exit', (code) => resolve(code === null)));
  const running = (): boolean => child.exitCode === null && child.signalCode === null;
  while (running() && !readdirSync(root).some((name) => name.endsWith('.tmp'))) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  if (running() && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  return exited;
}

it('leaves the whole package or nothing', { timeout: 300_000 }, async () => {
  const chance = new Chance(1125);
  const first = await makeStudio({ jobKinds: ['media.import'] });
  const { root, dir } = first;
  await addPeople(first.client);
  const images: unknown[] = [];
  for (let i = 0; i < PICTURES; i += 1) {
    const { assetId } = await addPicture(first, String(i));
    images.push({ type: 'image', attrs: { assetId } });
  }
  const text = { type: 'paragraph', content: [{ type: 'text', text: '凌晨四点半' }] };
  const editor = await signedIn(first, '王编');
  const doc = { type: 'doc' as const, content: [text, ...(images as { type: string }[])] };
  const { storyId } = await editor.stories.create({ title: '老周的春茶', doc });
  await editor.review.submit({ storyId });
  await signAll(first, storyId);
  const key = (await first.client.keys.export()).publicKey;
  await first.studio.stop();

  let killed = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const out = path.join(root, `包 ${String(round)}`);
    const argv = ['package', storyId, '--targets', 'wechat', '--out', out, '--workspace', dir];
    if (await makeAndKill(root, argv, chance.below(400))) killed += 1;
    if (existsSync(out)) expect(await verifyPackage(out, key)).toMatchObject({ ok: true, problems: [] });
    const next = await makeStudio({ root, jobKinds: ['package.make'] });
    await next.studio.idle();
    expect(await verifyPackage(out, key)).toMatchObject({ ok: true, problems: [] });
    expect((await next.client.packages.list({})).filter((p) => p.dir === out)).toHaveLength(1);
    expect(readdirSync(root).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    await next.studio.stop();
  }
  // A test in which the command was always quicker would show nothing.
  expect(killed).toBeGreaterThan(0);
  await (await makeStudio({ root, workspace: false })).stop();
});
