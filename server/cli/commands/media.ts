/** `media import`, `media list`. */
import type { Command } from 'commander';
import { mediaImportResult, type MediaImportResult } from '../../../core/model/contract/index.ts';
import { withWorkspace } from '../connect.ts';
import type { Answer } from '../answers.ts';
import type { Context } from '../context.ts';
import { explain } from '../failure.ts';
import { namedFiles } from '../files.ts';
import { runJob } from '../jobs.ts';
import { everyPage } from '../pages.ts';
import type { Define } from '../define.ts';

interface ImportOptions {
  story?: string;
  salvage?: boolean;
}

/** The job names files by their path; the answer names them as they were given. */
function entriesOf(context: Context, given: readonly string[], result: MediaImportResult): Answer<'media-import'> {
  return result.map((entry, index) =>
    'error' in entry ? { file: given[index] ?? entry.file, error: explain(entry.error, context.language) } : entry,
  );
}

function lineOf(context: Context, file: string, entry: Answer<'media-import'>[number]): string {
  if ('error' in entry) return `${file}: ${entry.error.message} ${entry.error.hint}`;
  const notes = entry.problems.map((problem) => problem.message);
  if (entry.duplicate) notes.unshift(context.say({ zh: '已在素材库中', en: 'already in the library' }));
  return [`${file}: ${entry.assetId}`, ...notes].join(' — ');
}

async function importMedia(context: Context, given: readonly string[], options: ImportOptions): Promise<number> {
  const paths = await namedFiles(context.io, given);
  const result = await withWorkspace(context, (client) =>
    runJob(context, client, () =>
      client.media.import({
        sources: paths.map((path) => ({ path })),
        salvage: options.salvage ?? false,
        ...(options.story === undefined ? {} : { storyId: options.story }),
      }),
    ),
  );
  const entries = entriesOf(context, given, mediaImportResult.parse(result));
  context.answer(
    'media-import',
    entries,
    entries.map((entry, index) => lineOf(context, given[index] ?? '', entry)),
  );
  return entries.some((entry) => 'error' in entry) ? 1 : 0;
}

async function listMedia(context: Context): Promise<number> {
  const assets = await withWorkspace(context, (client) => everyPage((page) => client.media.list(page)));
  context.answer(
    'media-list',
    assets,
    assets.map((asset) => `${asset.assetId}\t${asset.kind}\t${asset.name}`),
  );
  return 0;
}

export function defineMedia(program: Command, define: Define): void {
  const media = program.command('media').description('video, sound and pictures');
  define(
    media
      .command('import')
      .argument('<FILE...>')
      .option('--story <ID>', 'the story the files belong to')
      .option('--salvage', 'import what can be played of a truncated file')
      .description('copy files into the library; one answer a file, in order'),
    (context, files, options: ImportOptions) => importMedia(context, files, options),
  );
  define(media.command('list').description('everything in the library, newest first'), listMedia);
}
