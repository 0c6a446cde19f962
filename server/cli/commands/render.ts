/** `render`: a timeline document and a folder of media in, films out; no workspace. */
import { readFile } from 'node:fs/promises';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import type * as core from '../../../core/index.ts';
import { StudioError } from '../../../core/model/errors.ts';
import { migrateTimeline, type Timeline } from '../../../core/model/timeline/index.ts';
import { bookWith, parsePlatform, type PlatformBook } from '../../../core/model/platforms/index.ts';
import { withWorkspace } from '../connect.ts';
import { wrongArguments, type Context } from '../context.ts';
import type { Define } from '../define.ts';
import { namedFiles } from '../files.ts';
import { resolvePath } from '../io.ts';
import { copyLines, coverLines, limitLines } from '../limits.ts';

interface RenderOptions {
  timeline: string;
  media: string;
  targets: string;
  out: string;
  explain?: boolean;
  aiMade?: boolean;
}

const loadCore = (): Promise<typeof core> => import('../../../core/index.ts');
/** Far above every real timeline: 20,000 entries of each table. */
const MAX_TIMELINE_BYTES = 64 * 1024 * 1024;

async function readTimeline(context: Context, given: string): Promise<Timeline> {
  const [file = ''] = await namedFiles(context.io, [given]);
  if ((await stat(file)).size > MAX_TIMELINE_BYTES) {
    throw new StudioError('too_large', { file: given, limit: '64 MB' }, { files: [given] });
  }
  const text = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new StudioError('bad_timeline', { what: 'not JSON' }, { files: [given], cause });
  }
  return migrateTimeline(json);
}

async function mediaFolder(context: Context, given: string): Promise<string> {
  const dir = resolvePath(context.io, given);
  const found = await stat(dir).catch(() => null);
  if (found?.isDirectory() !== true) throw new StudioError('file_missing', { file: given }, { files: [given] });
  return dir;
}

function targetsOf(given: string): string[] {
  const targets = given.split(',').map((name) => name.trim());
  if (targets.some((name) => name === '') || new Set(targets).size < targets.length) {
    throw wrongArguments(`--targets ${given}`);
  }
  return targets;
}

/** Percent on one line of the terminal; nothing when stderr is a file or a pipe. */
function progressOn(context: Context): (fraction: number) => void {
  const { stderr } = context.io;
  return (fraction) => {
    if (stderr.isTTY !== true) return;
    stderr.write(fraction < 1 ? `\r\u001b[K${Math.floor(fraction * 100)} %` : '\r\u001b[K');
  };
}

/** The platforms of the workspace that `--workspace` names; without it no workspace is looked at. */
async function platformsOf(context: Context): Promise<PlatformBook | undefined> {
  if (context.options.workspace === undefined) return undefined;
  const all = await withWorkspace(context, (client) => client.platforms.list());
  const changed = all.filter(({ revision }) => revision !== null);
  return bookWith(changed.map(({ target, profile }) => parsePlatform(profile, `platform ${target}`)));
}

async function render(context: Context, options: RenderOptions): Promise<number> {
  const targets = targetsOf(options.targets);
  const timeline = await readTimeline(context, options.timeline);
  const mediaDir = await mediaFolder(context, options.media);
  const platforms = await platformsOf(context);
  const { planFiles, renderFiles, standaloneFilms } = await loadCore();
  const stop = new AbortController();
  const forget = context.io.onInterrupt(() => stop.abort());
  const job = {
    timeline,
    mediaDir,
    targets,
    platforms,
    films: standaloneFilms(),
    signal: stop.signal,
    aiMade: options.aiMade ?? false,
  };
  try {
    if (options.explain === true) {
      const plan = await planFiles(job);
      context.answer('render-explain', plan, [JSON.stringify(plan, null, 2)]);
      return 0;
    }
    const outDir = resolvePath(context.io, options.out);
    const title = path.basename(options.timeline).replace(/\.json$/i, '');
    const result = await renderFiles({ ...job, outDir, title, onProgress: progressOn(context) });
    context.answer('render', result, [
      ...result.outputs.map(({ target, file, lufs }) => `${target}: ${file}${lufs === null ? '' : ` (${lufs} LUFS)`}`),
      ...copyLines(context, result),
      ...coverLines(context, result),
      ...limitLines(context, result.warnings ?? []),
    ]);
    return 0;
  } finally {
    forget();
  }
}

export function defineRender(program: Command, define: Define): void {
  define(
    program
      .command('render')
      .requiredOption('--timeline <FILE>', 'timeline document (docs/TIMELINE.md)')
      .requiredOption('--media <DIR>', 'folder with the media, found by their SHA-256')
      .requiredOption(
        '--targets <A,B>',
        'douyin kuaishou channels xiaohongshu bilibili weibo archive; with --workspace as it has them, and its own',
      )
      .requiredOption('--out <DIR>', 'folder for the films, made if it is not there')
      .option('--ai-made', 'something in it is made by an AI: the opening and the files say so')
      .option('--explain', 'print the plan and render nothing')
      .description('render a timeline; needs no workspace'),
    (context, _args, options) => render(context, options as unknown as RenderOptions),
  );
}
