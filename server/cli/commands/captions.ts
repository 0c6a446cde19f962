/** `captions convert`, `captions check`: files in, files out, no workspace. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { Option, type Command } from 'commander';
import type * as core from '../../../core/index.ts';
import { checkCaptions, isHint } from '../../../core/model/captions/index.ts';
import { StudioError } from '../../../core/model/errors.ts';
import type { Context } from '../context.ts';
import type { Define } from '../define.ts';
import { namedFiles } from '../files.ts';
import { resolvePath } from '../io.ts';

export type Core = typeof core;

/** The core is loaded when there is work for it, so that a mistyped command answers at once. */
export const loadCore = (): Promise<Core> => import('../../../core/index.ts');

/** Errors name the file as it was given. */
export async function readCaptionFile(
  core: Core,
  file: string,
  given: string,
): Promise<ReturnType<Core['readCaptions']>> {
  try {
    if ((await stat(file)).size > core.MAX_CAPTION_BYTES)
      throw new StudioError('too_large', { file: given, limit: '50 MB' });
    return core.readCaptions(await readFile(file), given);
  } catch (error) {
    if (error instanceof StudioError)
      throw new StudioError(error.code, { ...error.params, file: given }, { files: [given], cause: error });
    throw new StudioError('file_unreadable', { file: given }, { files: [given], cause: error });
  }
}

async function isFolder(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isDirectory();
  } catch {
    return false; // asked before writing; a name that is not there yet is no folder
  }
}

/** Where the answer goes: an existing folder, a name with a known ending, not the name of a folder. */
async function outFile(core: Core, context: Context, given: string): Promise<string> {
  core.captionFormatOf(given);
  const file = resolvePath(context.io, given);
  if (!(await isFolder(path.dirname(file)))) {
    const dir = path.dirname(given);
    throw new StudioError('file_missing', { file: dir }, { files: [given] });
  }
  if (await isFolder(file)) throw new StudioError('not_writable', { dir: given }, { files: [given] });
  return file;
}

async function convert(context: Context, given: string, givenOut: string): Promise<number> {
  const core = await loadCore();
  const [file = ''] = await namedFiles(context.io, [given]);
  const out = await outFile(core, context, givenOut);
  const { cues, repairs } = await readCaptionFile(core, file, given);
  const written = core.writeCaptions(cues, core.captionFormatOf(givenOut));
  await core.writeFileAtomic(out, written.text);
  const all = [...repairs, ...written.repairs];
  context.answer('captions-convert', { cues: cues.length, repairs: all }, [
    context.say({ zh: `已写入 ${cues.length} 条字幕：${givenOut}`, en: `Wrote ${cues.length} captions: ${givenOut}` }),
    ...all.map((repair) => `  ${repair.message}`),
  ]);
  return 0;
}

async function check(context: Context, given: string): Promise<number> {
  const core = await loadCore();
  const [file = ''] = await namedFiles(context.io, [given]);
  const { cues } = await readCaptionFile(core, file, given);
  // A matter of taste is for the screen, where one sees which it is: an answer here is something that breaks a rule.
  const findings = checkCaptions(cues).filter(({ rule }) => !isHint(rule));
  const lines = findings.map(({ message, fix }) => `${message}。${fix}`);
  const none = context.say({
    zh: `${cues.length} 条字幕，没有发现问题。`,
    en: `${cues.length} captions, no problems found.`,
  });
  context.answer('captions-check', findings, lines.length > 0 ? lines : [none]);
  return 0;
}

export function defineCaptions(program: Command, define: Define): void {
  const captions = program.command('captions').description('caption files: srt vtt ass ttml txt lrc');
  define(
    captions
      .command('convert')
      .argument('<IN>')
      .argument('<OUT>')
      .description('read a caption file in whatever state, write OUT in the format of its extension'),
    (context, [given = '', out = '']) => convert(context, given, out),
  );
  define(
    captions
      .command('check')
      .argument('<FILE>')
      .addOption(new Option('--lang <LANG>', 'language of the captions').choices(['zh']).default('zh'))
      .description('what makes the captions hard to read, and what to do about it'),
    (context, [given = '']) => check(context, given),
  );
}
