/** The command line: reads the arguments, runs one command, answers with an exit code. */
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { toStudioError } from '../../core/model/contract/client.ts';
import type { Language, StudioError } from '../../core/model/errors.ts';
import { defineArticle } from './commands/article.ts';
import { defineAudit } from './commands/audit.ts';
import { defineCaptions } from './commands/captions.ts';
import { defineKeys } from './commands/keys.ts';
import { defineMedia } from './commands/media.ts';
import { defineRender } from './commands/render.ts';
import { definePackages } from './commands/packages.ts';
import { defineReview } from './commands/review.ts';
import { defineStories } from './commands/stories.ts';
import { defineUsers } from './commands/users.ts';
import { defineVideo } from './commands/video.ts';
import { defineWorkspace } from './commands/workspace.ts';
import { Context, wrongArguments } from './context.ts';
import type { CommonOptions, Mention } from './context.ts';
import type { Define } from './define.ts';
import { errorAnswerOf, exitCodeOf } from './failure.ts';
import type { CliIo } from './io.ts';
import { languageOf } from './language.ts';

function readLanguage(value: string): Language {
  if (value === 'zh' || value === 'zh-CN') return 'zh-CN';
  if (value === 'en') return 'en';
  throw new InvalidArgumentError('zh | en');
}

/** Options every command takes, before or after its name. */
function commonOptions(program: Command, mentions: Mention[]): Command {
  return program
    .option('--workspace <DIR>', 'workspace folder (default: the last one used)')
    .option('--json', 'exactly one JSON document on stdout')
    .option('--as <NAME>', 'act as this person (default: the owner)', (name: string) => {
      mentions.push({ pin: null });
      return name;
    })
    .option('--pin <PIN>', 'PIN of --as; - reads it from standard input; or TONGXIN_PIN', (pin: string) => {
      mentions.push({ pin });
      return pin;
    })
    .option('--language <LANGUAGE>', 'language of messages: zh or en (default: from LC_ALL, LANG)', readLanguage);
}

/** The arguments of a command as strings; `FILE…` is flattened. */
function argumentsOf(command: Command): string[] {
  return (command.processedArgs as (string | string[] | undefined)[]).flatMap((arg) => arg ?? []);
}

function makeProgram(io: CliIo, done: (code: number) => void): Command {
  const mentions: Mention[] = [];
  const program = commonOptions(new Command('tongxin'), mentions)
    .description('Tongxin Studio on the command line. Exit codes: 0 done, 1 refused or failed, 2 wrong arguments.')
    .version(io.appVersion, '--version')
    .exitOverride()
    .configureOutput({ writeOut: (text) => void io.stdout.write(text), writeErr: () => undefined });
  const define: Define = (command, act) => {
    command.action(async () => {
      const options = command.optsWithGlobals<CommonOptions>();
      done(await act(new Context(io, options, mentions), argumentsOf(command), command.opts()));
    });
  };
  defineWorkspace(program, define);
  defineUsers(program, define);
  defineKeys(program, define);
  defineStories(program, define);
  defineArticle(program, define);
  defineMedia(program, define);
  defineVideo(program, define);
  defineCaptions(program, define);
  defineRender(program, define);
  defineReview(program, define);
  definePackages(program, define);
  defineAudit(program, define);
  return program;
}

/** What commander has against the arguments, without its "error: " and line ends. */
function complaint(error: CommanderError): StudioError {
  const what = error.code === 'commander.help' ? 'COMMAND' : error.message.replace(/^error: /, '').trim();
  return wrongArguments(what);
}

function reportFailure(io: CliIo, error: StudioError, json: boolean, language: Language): number {
  const answer = errorAnswerOf(error, language);
  if (json) {
    io.stdout.write(`${JSON.stringify(answer)}\n`);
  } else {
    const { message, hint, files } = answer.error;
    const lines = [message, ...(files && files.length > 1 ? files.map((file) => `  ${file}`) : []), hint];
    io.stderr.write(`${lines.filter((line) => line !== '').join('\n')}\n`);
  }
  return exitCodeOf(error);
}

/** Language for a command line that could not be read to its end. */
function askedLanguage(argv: readonly string[], io: CliIo): Language {
  const at = argv.indexOf('--language');
  const given = at >= 0 ? argv[at + 1] : argv.find((arg) => arg.startsWith('--language='))?.slice('--language='.length);
  if (given === 'en') return 'en';
  return given === 'zh' || given === 'zh-CN' ? 'zh-CN' : languageOf(io.env);
}

/**
 * Runs one command. `argv` is what follows the program's name. Answers the exit code: 0 done, 1 understood
 * but refused or failed, 2 wrong arguments or a named file that is missing or unreadable. Never throws.
 */
export async function runCli(argv: readonly string[], io: CliIo): Promise<number> {
  const options = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  const json = options.includes('--json');
  let code = 0;
  try {
    await makeProgram(io, (result) => (code = result)).parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0; // --help, --version
    const known = error instanceof CommanderError ? complaint(error) : toStudioError(error);
    if (known.code === 'internal') io.stderr.write(`${causes(error)}\n`);
    return reportFailure(io, known, json, askedLanguage(options, io));
  }
}

/** What went wrong inside, for the person who is going to be asked about it. */
function causes(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stack = error.stack ?? error.message;
  return error.cause === undefined ? stack : `${stack}\n${causes(error.cause)}`;
}
