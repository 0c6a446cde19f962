/** The sample workspace: an office, its people, three stories with pictures. Its pieces lie in assets/sample. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { hashPin } from '../accounts/index.ts';
import type { OpenWorkspace } from '../call.ts';
import { ingestStaged } from '../media/index.ts';
import type { ArticleDocJson } from '../model/contract/index.ts';
import { COVER_STYLE_IDS, coverOf, type Cover, type CoverStyleId } from '../model/cover/index.ts';
import type { StudioPorts } from '../ports/index.ts';
import { applyOperations, emptyTimeline, type Operation } from '../model/timeline/index.ts';
import { addStory } from '../stories/index.ts';
import { insertVideo, libraryEntries } from '../video/index.ts';

const block = z.union([
  z.object({ p: z.string() }),
  z.object({ h2: z.string() }),
  z.object({ quote: z.string() }),
  z.object({ list: z.array(z.string()) }),
  z.object({ image: z.string(), alt: z.string(), caption: z.string(), credit: z.string() }),
]);
type Block = z.infer<typeof block>;
/** A film of pictures of the story, each so many seconds, with captions in seconds. */
const video = z.object({
  title: z.string(),
  by: z.string(),
  clips: z.array(z.object({ image: z.string(), seconds: z.number() })),
  cues: z.array(z.tuple([z.number(), z.number(), z.string()])),
});
type Video = z.infer<typeof video>;

export const sampleSchema = z.object({
  name: z.string(),
  people: z.array(
    z.object({ name: z.string(), role: z.enum(['editor', 'videographer', 'reviewer']), pin: z.string() }),
  ),
  stories: z.array(
    z.object({
      title: z.string(),
      by: z.string(),
      blocks: z.array(block),
      video: video.optional(),
      /** The picture among the blocks that is the cover, and the words on it. */
      cover: z.object({ image: z.string(), words: z.string(), style: z.enum(COVER_STYLE_IDS) }).optional(),
    }),
  ),
});
export type Sample = z.infer<typeof sampleSchema>;

export async function readSample(dir: string): Promise<Sample> {
  return sampleSchema.parse(JSON.parse(await readFile(path.join(dir, 'sample.json'), 'utf8')));
}

function textBlock(type: string, text: string): { type: string; content: unknown[] } {
  return { type, content: text === '' ? [] : [{ type: 'text', text }] };
}

function toNode(b: Block, imageIds: ReadonlyMap<string, string>): { type: string } {
  if ('p' in b) return textBlock('paragraph', b.p);
  if ('h2' in b) return { ...textBlock('heading', b.h2), ...{ attrs: { level: 2 } } };
  if ('quote' in b) return { type: 'blockquote', ...{ content: [textBlock('paragraph', b.quote)] } };
  if ('list' in b) {
    const content = b.list.map((item) => ({ type: 'listItem', content: [textBlock('paragraph', item)] }));
    return { type: 'bulletList', ...{ content } };
  }
  const attrs = { assetId: imageIds.get(b.image) ?? null, alt: b.alt, caption: b.caption, credit: b.credit };
  return { type: 'image', ...{ attrs } };
}

function toCover(
  { image, words, style }: { image: string; words: string; style: CoverStyleId },
  imageIds: ReadonlyMap<string, string>,
): Cover {
  return { ...coverOf(imageIds.get(image) ?? ''), text: { words, style, place: 'bottom', size: 'large' } };
}

const microseconds = (seconds: number): number => Math.round(seconds * 1_000_000);

/** The timeline of a sample film, made by the operations a person would use. */
async function timelineOf(db: OpenWorkspace['db'], film: Video, imageIds: ReadonlyMap<string, string>) {
  const idOf = (image: string): string => imageIds.get(image) ?? '';
  const library = await libraryEntries(
    db,
    film.clips.map((clip) => idOf(clip.image)),
  );
  const operations: Operation[] = [
    ...[...library.values()].map((asset) => ({ type: 'addAsset' as const, asset })),
    ...film.clips.map(({ image, seconds }, i) => ({
      type: 'insertClip' as const,
      clip: { id: `c${i + 1}`, assetId: idOf(image), outUs: microseconds(seconds) },
    })),
    {
      type: 'importCues',
      mode: 'replace',
      cues: film.cues.map(([start, end, text], i) => ({
        id: `q${i + 1}`,
        startUs: microseconds(start),
        endUs: microseconds(end),
        text,
      })),
    },
  ];
  return applyOperations(emptyTimeline(), operations).timeline;
}

/** Fills a fresh workspace. Returns the number of stories. */
export async function fillSample(machine: StudioPorts, workspace: OpenWorkspace, sample: Sample): Promise<number> {
  const { db, ports, jobs } = workspace;
  const people = new Map<string, string>();
  const now = machine.clock.now();
  for (const [i, person] of sample.people.entries()) {
    const id = machine.newId();
    people.set(person.name, id);
    await db
      .insertInto('user_account')
      .values({
        id,
        name: person.name,
        role: person.role,
        pin_hash: await hashPin(person.pin),
        failed_attempts: 0,
        locked_until: null,
        disabled: 0,
        created_at: now + 1 + i,
      })
      .execute();
  }
  const deps = { db, ports, jobs, media: machine.media, clock: machine.clock, newId: () => machine.newId() };
  for (const story of sample.stories) {
    const userId = people.get(story.by) ?? '';
    const images = new Map<string, string>();
    for (const b of story.blocks) {
      if (!('image' in b) || images.has(b.image)) continue;
      const staged = await ports.blobs.stageFile(path.join(machine.sampleDir, 'img', b.image));
      const done = await ingestStaged(deps, staged, { name: b.image, createdBy: userId });
      images.set(b.image, done.assetId);
    }
    const attrs = story.cover ? { attrs: { cover: toCover(story.cover, images) } } : {};
    const doc: ArticleDocJson = { type: 'doc', ...attrs, content: story.blocks.map((b) => toNode(b, images)) };
    const storyId = machine.newId();
    await addStory(db, { storyId, title: story.title, doc, userId, now: machine.clock.now() });
    if (!story.video) continue;
    const { title, by } = story.video;
    const film = { projectId: machine.newId(), storyId, title, timeline: await timelineOf(db, story.video, images) };
    await insertVideo(db, { ...film, userId: people.get(by) ?? '', now: machine.clock.now() });
  }
  return sample.stories.length;
}
