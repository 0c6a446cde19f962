/** `package`, `verify`. */
import { createPublicKey } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { PACKAGE_TARGETS, isPackageTarget, madePackage } from '../../../core/model/contract/index.ts';
import type { StudioClient } from '../../../core/model/contract/client.ts';
import type { VerifyResult } from '../../../core/model/contract/index.ts';
import { StudioError } from '../../../core/model/errors.ts';
import { withWorkspace } from '../connect.ts';
import { wrongArguments, type Context } from '../context.ts';
import type { Define } from '../define.ts';
import { errorAnswerOf } from '../failure.ts';
import { namedFiles } from '../files.ts';
import { resolvePath } from '../io.ts';
import { runJob } from '../jobs.ts';
import { limitLines } from '../limits.ts';

const NAME = /^[a-z0-9-]{1,40}$/;

const namesIn = (given: string): string[] => [...new Set(given.split(',').map((name) => name.trim()))];

/** Names that are none of the program's have to be platforms that the office added. Error: wrong_arguments. */
async function refuseUnknown(client: StudioClient, targets: readonly string[]): Promise<void> {
  const others = targets.filter((name) => !isPackageTarget(name));
  if (others.length === 0) return;
  const own = (await client.platforms.list()).filter((one) => one.own).map(({ target }) => target);
  const bad = others.filter((name) => !own.includes(name));
  if (bad.length > 0) throw wrongArguments(`--targets ${bad.join(',')} (${[...PACKAGE_TARGETS, ...own].join(', ')})`);
}

interface MakeOptions {
  targets: string;
  out: string;
  draft?: boolean;
}

async function make(context: Context, storyId: string, options: MakeOptions): Promise<number> {
  const input = {
    storyId,
    targets: namesIn(options.targets),
    dir: resolvePath(context.io, options.out),
    draft: options.draft ?? false,
  };
  if (input.targets.some((name) => !NAME.test(name))) {
    throw wrongArguments(`--targets ${options.targets} (${PACKAGE_TARGETS.join(', ')})`);
  }
  const result = await withWorkspace(context, async (client) => {
    await refuseUnknown(client, input.targets);
    return runJob(context, client, () => client.packages.make(input));
  });
  const made = madePackage.parse(result);
  const count = made.targets.reduce((sum, target) => sum + target.files.length, 0);
  context.answer('package', made, [
    context.say({
      zh: `发布包已做好，共 ${count} 个文件：${made.dir}`,
      en: `Made a package of ${count} files: ${made.dir}`,
    }),
    ...made.targets.flatMap((target) => target.files.map((file) => `  ${file.path}`)),
    ...limitLines(context, made.warnings ?? []),
  ]);
  return 0;
}

/** A folder named on the command line. Errors: file_missing, file_unreadable. */
async function namedFolder(context: Context, given: string): Promise<string> {
  const dir = resolvePath(context.io, given);
  const found = await stat(dir).catch(() => null);
  if (found?.isDirectory() === true) return dir;
  throw new StudioError(found ? 'file_unreadable' : 'file_missing', { file: given }, { files: [given] });
}

/** The office's public key. Errors: file_missing, file_unreadable (also when it holds no key). */
async function namedKey(context: Context, given: string): Promise<string> {
  const [file = ''] = await namedFiles(context.io, [given]);
  try {
    const pem = await readFile(file, 'utf8');
    if (createPublicKey(pem).asymmetricKeyType === 'ed25519') return pem;
  } catch (cause) {
    throw new StudioError('file_unreadable', { file: given }, { files: [given], cause });
  }
  throw new StudioError('file_unreadable', { file: given }, { files: [given] });
}

function reportLines(context: Context, report: VerifyResult): string[] {
  const verdict = report.ok
    ? { zh: '发布包与签署的内容完全一致。', en: 'The package is exactly what was signed.' }
    : { zh: '发布包不能放行：', en: 'The package does not pass:' };
  const signer =
    report.signer === 'unknown'
      ? { zh: '签署方：未核对（没有给出公钥，或不是这把密钥）', en: 'Signer: unknown (no key given, or another key)' }
      : { zh: `签署方：${report.signer}`, en: `Signer: ${report.signer}` };
  return [
    context.say(verdict),
    ...report.problems.map((problem) => `  ${problem.file}: ${problem.what}`),
    ...report.approvals.map((a) => `  ${a.ok ? '✓' : '✗'} ${a.stage} ${a.who} ${new Date(a.at).toISOString()}`),
    context.say(signer),
  ];
}

async function verify(context: Context, given: string, keyFile: string | undefined): Promise<number> {
  const dir = await namedFolder(context, given);
  const key = keyFile === undefined ? undefined : await namedKey(context, keyFile);
  const { verifyPackage } = await import('../../../core/index.ts');
  const result = await verifyPackage(dir, key);
  const { refused, ...report } = result;
  const files = [...new Set(report.problems.map((problem) => problem.file))];
  const failure = refused === null ? {} : errorAnswerOf(new StudioError(refused, {}, { files }), context.language);
  context.answer('verify', { ...report, ...failure }, reportLines(context, result));
  return refused === null ? 0 : 1;
}

export function definePackages(program: Command, define: Define): void {
  define(
    program
      .command('package')
      .argument('<STORY>')
      .description('what was approved, as a folder that leaves the studio')
      .requiredOption('--targets <A,B>', `${PACKAGE_TARGETS.join(', ')}, and platforms of the workspace`)
      .requiredOption('--out <DIR>', 'an empty or absent folder, which becomes the package')
      .option('--draft', 'without an approval, marked on every page and frame'),
    (context, [storyId = ''], options) => make(context, storyId, options as MakeOptions),
  );
  define(
    program
      .command('verify')
      .argument('<DIR>')
      .description('whether a package is exactly what was signed; needs no workspace')
      .option('--key <FILE>', 'public key of the office (PEM, as `key export` prints it)'),
    (context, [dir = ''], options: { key?: string }) => verify(context, dir, options.key),
  );
}
