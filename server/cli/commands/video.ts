/** `video new`, `video show`, `video edit`, `video list`. */
import { readFile, stat } from 'node:fs/promises';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { StudioClient } from '../../../core/model/contract/client.ts';
import type { ClipWish } from '../../../core/model/contract/index.ts';
import { StudioError } from '../../../core/model/errors.ts';
import { cuesFromFile, parseOperations, type Operation } from '../../../core/model/timeline/index.ts';
import { withWorkspace } from '../connect.ts';
import type { Context } from '../context.ts';
import type { Define } from '../define.ts';
import { namedFiles } from '../files.ts';
import { everyPage } from '../pages.ts';
import { loadCore, readCaptionFile } from './captions.ts';

/** A file of operations larger than this is none. */
const MAX_OPS_BYTES = 50 * 1024 * 1024;

/** `ASSET` or `ASSET:inUs-outUs`; either time may be left out (`ASSET:-5000000`). */
export function readClip(text: string): ClipWish {
  const match = /^([A-Za-z0-9_-]{1,64})(?::(\d{1,15})?-(\d{1,15})?)?$/.exec(text);
  const [, assetId, from, to] = match ?? [];
  if (assetId === undefined) throw new InvalidArgumentError('ASSET[:inUs-outUs]');
  return {
    assetId,
    ...(from === undefined ? {} : { inUs: Number(from) }),
    ...(to === undefined ? {} : { outUs: Number(to) }),
  };
}

interface NewOptions {
  story: string;
  clip: ClipWish[];
  captions?: string;
  fit: 'blur' | 'crop' | 'contain';
  title?: string;
}

/** Captions of a file as a timeline holds them. */
async function cuesOf(context: Context, given: string) {
  const [file = ''] = await namedFiles(context.io, [given]);
  const { cues, repairs } = await readCaptionFile(await loadCore(), file, given);
  for (const { message } of repairs) context.io.stderr.write(`${message}\n`);
  return cuesFromFile(cues);
}

async function newVideo(context: Context, options: NewOptions): Promise<number> {
  const cues = options.captions === undefined ? [] : await cuesOf(context, options.captions);
  const made = await withWorkspace(context, (client) =>
    client.videos.create({
      storyId: options.story,
      clips: options.clip,
      cues,
      fit: options.fit,
      ...(options.title === undefined ? {} : { title: options.title }),
    }),
  );
  const { projectId, durationUs } = made;
  context.answer('video-new', { projectId, durationUs }, [
    context.say({
      zh: `已新建视频《${made.title}》：${made.clips} 段，${made.cues} 条字幕，${durationUs / 1_000_000} 秒。`,
      en: `Made the video “${made.title}”: ${made.clips} clips, ${made.cues} captions, ${durationUs / 1_000_000} s.`,
    }),
    projectId,
  ]);
  return 0;
}

async function showVideo(context: Context, projectId: string): Promise<number> {
  const { timeline } = await withWorkspace(context, (client) => client.videos.get({ projectId }));
  context.answer('video-show', timeline, [JSON.stringify(timeline, null, 2)]);
  return 0;
}

/** Operations of a file. Errors: file_missing, file_unreadable, too_large, bad_timeline. */
async function operationsOf(context: Context, given: string): Promise<Operation[]> {
  const [file = ''] = await namedFiles(context.io, [given]);
  if ((await stat(file)).size > MAX_OPS_BYTES) throw new StudioError('too_large', { file: given, limit: '50 MB' });
  const text = await readFile(file, 'utf8');
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new StudioError('bad_timeline', { what: `${given}: not JSON` }, { files: [given], cause: error });
  }
  const operations = parseOperations(json);
  if (operations.length === 0) throw new StudioError('bad_timeline', { what: `${given}: no operations` });
  return operations;
}

async function edit(client: StudioClient, projectId: string, operations: Operation[]): Promise<string> {
  const { contentHash } = await client.videos.get({ projectId });
  const done = await client.videos.edit({ projectId, baseHash: contentHash, operations, checkpoint: true });
  return done.versionHash ?? done.contentHash;
}

async function editVideo(context: Context, projectId: string, options: { ops: string }): Promise<number> {
  const operations = await operationsOf(context, options.ops);
  const versionHash = await withWorkspace(context, (client) => edit(client, projectId, operations));
  context.answer('video-edit', { versionHash }, [
    context.say({
      zh: `已完成 ${operations.length} 步：${versionHash}`,
      en: `Did ${operations.length} edits: ${versionHash}`,
    }),
  ]);
  return 0;
}

async function listVideos(context: Context): Promise<number> {
  const videos = await withWorkspace(context, (client) => everyPage((page) => client.videos.list(page)));
  context.answer(
    'video-list',
    videos,
    videos.map((video) => `${video.projectId}\t${video.title}`),
  );
  return 0;
}

export function defineVideo(program: Command, define: Define): void {
  const video = program.command('video').description('video projects: timelines of a story');
  define(
    video
      .command('new')
      .description('a video of clips one after another')
      .requiredOption('--story <ID>', 'the story it belongs to')
      .addOption(
        // A name that ends in a bracket before the dots would take one clip only.
        new Option('--clip <CLIP...>', 'ASSET or ASSET:inUs-outUs: all of it, or from in to out (microseconds)')
          .argParser((text: string, before: ClipWish[] | undefined) => [...(before ?? []), readClip(text)])
          .makeOptionMandatory(),
      )
      .option('--captions <FILE>', 'captions in timeline time: srt vtt ass ttml txt lrc')
      .addOption(
        new Option('--fit <FIT>', 'how other shapes fill the canvas')
          .choices(['blur', 'crop', 'contain'])
          .default('blur'),
      )
      .option('--title <TITLE>', "default: the story's title"),
    (context, _args, options) => newVideo(context, options as NewOptions),
  );
  define(
    video.command('show').argument('<PROJECT>').description('the timeline document (docs/TIMELINE.md)'),
    (context, [project = '']) => showVideo(context, project),
  );
  define(
    video
      .command('edit')
      .argument('<PROJECT>')
      .requiredOption('--ops <FILE>', 'JSON list of operations, done all or none')
      .description('edit a timeline'),
    (context, [project = ''], options) => editVideo(context, project, options as { ops: string }),
  );
  define(video.command('list').description('every video, last changed first'), listVideos);
}
