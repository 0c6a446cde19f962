/** `story import`, `story list`. */
import type { Command } from 'commander';
import type { StudioClient } from '../../../core/model/contract/client.ts';
import { importedStory, type StorySummary } from '../../../core/model/contract/index.ts';
import { withWorkspace } from '../connect.ts';
import type { Context } from '../context.ts';
import { namedFiles } from '../files.ts';
import { runJob } from '../jobs.ts';
import { everyPage } from '../pages.ts';
import type { Define } from '../define.ts';

async function importStory(context: Context, given: string): Promise<number> {
  const [path = ''] = await namedFiles(context.io, [given]);
  const result = await withWorkspace(context, (client) =>
    runJob(context, client, () => client.stories.import({ source: { path } })),
  );
  const story = importedStory.parse(result);
  context.answer('story-import', story, [
    context.say({
      zh: `已导入《${story.title}》：${story.blocks} 段，${story.images} 张图片。`,
      en: `Imported “${story.title}”: ${story.blocks} blocks, ${story.images} pictures.`,
    }),
    ...story.repairs.map((repair) => `  ${repair.message} ×${repair.count}`),
    story.storyId,
  ]);
  return 0;
}

function allStories(client: StudioClient): Promise<StorySummary[]> {
  return everyPage((page) => client.stories.list(page));
}

async function listStories(context: Context): Promise<number> {
  const stories = await withWorkspace(context, allStories);
  context.answer(
    'story-list',
    stories,
    stories.map((story) => `${story.storyId}\t${story.title}`),
  );
  return 0;
}

export function defineStories(program: Command, define: Define): void {
  const story = program.command('story').description('stories');
  define(
    story.command('import').argument('<FILE>').description('a document (docx, md, html, txt) as a new story'),
    (context, [file = '']) => importStory(context, file),
  );
  define(story.command('list').description('every story, last changed first'), listStories);
}
