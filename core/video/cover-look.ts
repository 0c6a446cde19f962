/** A cover to be looked at, as the exporter makes it: in the cutting room before it is kept, in review as it was frozen. */
import type { Call } from '../call.ts';
import type { CoverPreview } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import { coverShapes } from '../model/platforms/index.ts';
import type { CoverShape } from '../model/platforms/index.ts';
import { platformBook } from '../platforms/index.ts';
import { fileName, migrateTimeline, type FilmCover, type Timeline } from '../model/timeline/index.ts';
import type { MadeCover } from '../ports/index.ts';
import { storyDraft } from '../stories/index.ts';
import { aiMadeBy } from './films.ts';
import { libraryEntries } from './assets.ts';
import { projectRow, readTimeline } from './store.ts';

interface Wish {
  projectId: string;
  shape: string;
  target?: string | undefined;
  cover?: FilmCover | null | undefined;
  contentHash?: string | undefined;
  longSide: number;
}

/** The timeline as it stands, or a version of it. Error: unknown_id. */
async function timelineOf(
  call: Call,
  { projectId, contentHash }: Wish,
): Promise<{ timeline: Timeline; storyId: string }> {
  const row = await projectRow(call.db, projectId);
  const storyId = row.story_id;
  if (contentHash === undefined || contentHash === row.timeline_hash) return { timeline: readTimeline(row), storyId };
  const version = await call.db
    .selectFrom('video_version')
    .select('content')
    .where('project_id', '=', projectId)
    .where('hash', '=', contentHash)
    .executeTakeFirst();
  if (!version) throw new StudioError('unknown_id', { id: contentHash });
  return { timeline: migrateTimeline(JSON.parse(version.content)), storyId };
}

/** A picture that is tried as a cover need not be in the timeline yet. */
async function withPicture(call: Call, timeline: Timeline): Promise<Timeline> {
  const id = timeline.cover?.assetId;
  if (id === undefined || timeline.assets.some(({ assetId }) => assetId === id)) return timeline;
  const entries = await libraryEntries(call.db, [id]);
  return { ...timeline, assets: [...timeline.assets, ...entries.values()] };
}

function withCover(timeline: Timeline, cover: FilmCover | null | undefined): Timeline {
  if (cover === undefined) return timeline;
  const { cover: _kept, ...rest } = timeline;
  return cover ? { ...rest, cover } : rest;
}

function problemsOf({ problems, tooLong }: MadeCover): CoverPreview['problems'] {
  const chars = problems.flatMap((problem) => (problem.code === 'missing_glyphs' ? [...problem.chars] : []));
  const wide = tooLong || problems.some(({ code }) => code === 'caption_too_wide');
  return [
    ...(chars.length > 0 ? [{ code: 'glyphs' as const, chars: [...new Set(chars)].join(' ') }] : []),
    ...(wide ? [{ code: 'text_long' as const }] : []),
  ];
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** What is to be made: the shape as the first has it, or as the platform has it. Error: bad_input. */
async function shapeOf(call: Call, { shape, target }: Wish): Promise<CoverShape> {
  const same = coverShapes(await platformBook(call.db)).filter((one) => one.shape === shape);
  if (same.length === 0) throw new StudioError('bad_input', { what: `shape: ${shape}` });
  const found = target === undefined ? same[0] : same.find(({ targets }) => targets.includes(target));
  if (!found) throw new StudioError('bad_input', { what: `target: ${target ?? ''}` });
  return target === undefined ? found : { ...found, targets: [target], alone: target };
}

/** Errors: unknown_id, bad_input (no such shape; the platform does not show it), and those of the film maker. */
export async function coverOfVideo(call: Call, wish: Wish): Promise<CoverPreview> {
  const shape = await shapeOf(call, wish);
  const { timeline: kept, storyId } = await timelineOf(call, wish);
  const timeline = await withPicture(call, withCover(kept, wish.cover));
  const { doc } = await storyDraft(call.db, storyId);
  const { films, ports } = call.workspace;
  const { covers, from } = await films.covers({
    ...{ timeline, covers: [shape], longSide: wish.longSide, aiMade: aiMadeBy(doc, timeline) },
    source: async (sha256) => {
      if (await ports.blobs.has(sha256)) return ports.blobs.pathOf(sha256);
      const file = fileName(timeline, sha256);
      throw new StudioError('source_vanished', { file }, { files: [file] });
    },
    ...(call.signal ? { signal: call.signal } : {}),
  });
  const [made] = covers;
  if (!made) throw new Error('no cover was made');
  const { width, height, title } = made;
  const [across, down] = [1000 / width, 1000 / height];
  const place = title && {
    ...{ x: round(title.x * across), y: round(title.y * down) },
    ...{ width: round(title.width * across), height: round(title.height * down) },
  };
  const jpeg = Buffer.from(made.jpeg).toString('base64');
  return {
    shape: made.shape,
    width,
    height,
    jpeg,
    from,
    problems: problemsOf(made),
    title: place,
    source: made.source,
  };
}
