/** `init`, `sample`, `doctor`, `check`. */
import type { Command } from 'commander';
import { StudioError } from '../../../core/model/errors.ts';
import { withMachine, withWorkspace } from '../connect.ts';
import { wrongArguments, type Context } from '../context.ts';
import { errorAnswerOf, explain } from '../failure.ts';
import { resolvePath } from '../io.ts';
import type { Define } from '../define.ts';

/** Name of an office that was given none. */
const OFFICE = '宣传办公室';

async function init(context: Context, options: { name?: string }): Promise<number> {
  const given = context.options.workspace;
  if (given === undefined) throw wrongArguments('--workspace DIR');
  const name = options.name ?? OFFICE;
  if (name.trim() === '') throw wrongArguments('--name');
  const dir = resolvePath(context.io, given);
  const made = await withMachine(context, (client) => client.workspace.create({ dir, name }));
  context.answer('init', made, [
    context.say({ zh: `已新建“${name}”的工作区：${dir}`, en: `Made the workspace of “${name}” in ${dir}` }),
  ]);
  return 0;
}

async function sample(context: Context): Promise<number> {
  const given = context.options.workspace;
  const input = given === undefined ? {} : { dir: resolvePath(context.io, given) };
  const made = await withMachine(context, (client) => client.workspace.sample(input));
  context.answer('sample', made, [
    context.say({
      zh: `示例工作区已准备好，共 ${made.stories} 篇稿件：${made.dir}`,
      en: `The sample workspace is ready with ${made.stories} stories: ${made.dir}`,
    }),
  ]);
  return 0;
}

async function doctor(context: Context): Promise<number> {
  const report = await withMachine(context, (client) => client.workspace.doctor());
  const lines = report.tools.map((tool) => {
    const state = tool.found ? (tool.version ?? '') : context.say({ zh: '没有', en: 'missing' });
    return [`${tool.name}: ${state}`, tool.hint].filter((part) => part !== '').join(' — ');
  });
  const missing = report.tools.filter((tool) => tool.needed && !tool.found);
  const error = new StudioError('missing_tool', {
    tool: missing.map((tool) => tool.name).join(', '),
    install: missing.map((tool) => tool.hint).join(' '),
  });
  const failure = report.ok ? {} : errorAnswerOf(error, context.language);
  context.answer('doctor', { ...report, ...failure }, lines);
  return report.ok ? 0 : 1;
}

async function check(context: Context): Promise<number> {
  const report = await withWorkspace(context, (client) => client.workspace.check());
  const error = new StudioError('check_failed', { count: report.problems.length });
  const failure = report.ok ? {} : { error: explain(error, context.language) };
  const lines = report.ok
    ? [context.say({ zh: '没有发现问题。', en: 'No problems found.' })]
    : report.problems.map((problem) => `${problem.code}: ${problem.what}`);
  context.answer('check', { ...report, ...failure }, lines);
  return report.ok ? 0 : 1;
}

export function defineWorkspace(program: Command, define: Define): void {
  define(
    program
      .command('init')
      .description('make a workspace in an empty or absent folder (--workspace DIR)')
      .option('--name <NAME>', `name of the office (default: ${OFFICE})`),
    (context, _args, options: { name?: string }) => init(context, options),
  );
  define(program.command('sample').description('make the sample workspace in --workspace DIR'), sample);
  define(program.command('doctor').description('what this computer has and lacks'), doctor);
  define(program.command('check').description('compare every file and version with its hash'), check);
}
