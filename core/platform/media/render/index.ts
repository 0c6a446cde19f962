/** The film maker: carries out render plans with ffmpeg. */
import { mkdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { RenderOutput, StillResult } from '../../../model/contract/index.ts';
import { StudioError } from '../../../model/errors.ts';
import type { ErrorCode } from '../../../model/errors.ts';
import { declaredAi, lutsOf } from '../../../model/timeline/index.ts';
import { aigcOfFilm, builtInBook, isAsSource } from '../../../model/platforms/index.ts';
import type { FilmFacts } from '../../../model/platforms/index.ts';
import type { Encoder, HardwareEncoder } from '../../../model/machine.ts';
import type { Log } from '../../../ports/index.ts';
import type {
  CoverOrder,
  FilmMaker,
  FilmTool,
  MadeFilms,
  MadeCovers,
  MakeCoverPlan,
  MakePlan,
  MakeStillPlan,
  PlanGroup,
  RenderOrder,
  RenderPlan,
} from '../../../ports/video.ts';
import { halfFileOf, renameOver } from '../../files.ts';
import { fileUrl, systemCode, throwIfCancelled, writeError } from '../files.ts';
import { installCommands } from '../install.ts';
import type { FoundTool, Locator } from '../locate.ts';
import { allOf } from './all.ts';
import { asRgb, makeCovers } from './covers.ts';
import { onHardware, triedEncoders } from './encoders.ts';
import { finishOrEncode, soundAndSegments } from './finish.ts';
import { fontsDir } from './fonts.ts';
import { sweepHalves } from './join.ts';
import { makeRoom, plansOf } from './plans.ts';
import { graphArgs, soughtOrWhole } from './segments.ts';
import { soundHash } from './sound.ts';
import { aigcOptions, readSources } from './sources.ts';
import type { SourceFile } from './sources.ts';
import { startWork, sweepWork } from './work.ts';
import type { RenderWork } from './work.ts';

export interface FilmMakerOptions {
  log: Log;
  tools: Pick<Locator, 'ffmpeg' | 'ffprobe'>;
  /** Folder for encoded segments and work under way; made when needed, may be deleted at any time. */
  cacheDir: string;
  planRender: MakePlan;
  planStill: MakeStillPlan;
  planCover: MakeCoverPlan;
  /** What makes the pictures of films on this computer; left out: software. */
  encoder?: () => Promise<Encoder>;
  /** Cores it may use; left out: as many as the computer gives. */
  cores?: number;
}

interface Maker extends FilmMakerOptions {
  known: Map<string, SourceFile>;
  /** Settles when the preview that is made now is done: several at once would only slow each other down. */
  turn: Promise<unknown>;
  /** What makes the pictures of this film. */
  making?: HardwareEncoder;
}

type Order = Omit<RenderOrder, 'targets' | 'outDir' | 'nameOf'>;

interface Ready {
  tool: FoundTool & FilmTool;
  sources: Map<string, SourceFile>;
  /** Declared by the office, or by a source's own label. */
  aiMade: boolean;
}

/** The office says so, of the film or of something in it. */
const isDeclared = (order: Order): boolean => order.aiMade === true || declaredAi(order.timeline);

/** `copies`: looks at what of the sources can be copied. */
async function facts(options: Maker, order: Order, copies = false): Promise<Ready> {
  throwIfCancelled(order.signal);
  const { making } = options;
  const read = async (): Promise<Map<string, SourceFile>> => {
    const { path: ffprobe } = await options.tools.ffprobe();
    const { signal } = order;
    return readSources(order.timeline, {
      ffprobe,
      source: (sha) => order.source(sha),
      signal,
      known: options.known,
      copies,
    });
  };
  // What ffmpeg can do is found out once in a program's life, by half a dozen runs of it.
  const [found, sources] = await allOf([options.tools.ffmpeg(), read()]);
  const tool = { ...found, ...(making ? { encoder: making } : {}) };
  const aiMade = isDeclared(order) || [...sources.values()].some(({ aigc }) => aigc !== null);
  return { tool, sources, aiMade };
}

/** Whether a target is to be as its source, so that pictures may be copied for it. */
const mayCopy = (order: Pick<RenderOrder, 'targets' | 'draft' | 'platforms'>): boolean =>
  order.draft !== true && order.targets.some((target) => isAsSource(order.platforms ?? builtInBook(), target));

const READ_ERRORS = new Set<ErrorCode>([
  'tool_failed',
  'unreadable_media',
  'file_missing',
  'file_unreadable',
  'empty_file',
]);

/** The label that a cover's file carries: the strongest of the film's. */
const labelOf = (order: Order, ready: Ready): string | null =>
  aigcOfFilm(
    [...ready.sources.values()].flatMap(({ aigc }) => aigc ?? []),
    isDeclared(order),
  )[0] ?? null;

async function coversIn(
  options: Maker,
  work: RenderWork,
  order: Order & Pick<CoverOrder, 'covers' | 'longSide'>,
  ready: Ready,
): Promise<MadeCovers> {
  return makeCovers({
    ...{ work, plan: options.planCover, shapes: order.covers, longSide: order.longSide },
    input: { ...order, ...ready },
    aigc: labelOf(order, ready),
  });
}

/** Captions need libass. */
function needAss(tool: FoundTool, groups: readonly PlanGroup[]): void {
  const burns = groups.some((group) => group.segments.some(({ ass, masks }) => ass !== null || masks.length > 0));
  if (!burns || !tool.lacksSome.includes('libass')) return;
  throw new StudioError('missing_tool', { tool: 'ffmpeg (libass)', install: installCommands('ffmpeg').join(' / ') });
}

/** Runs `make` with a work folder that is gone afterwards. Errors of the file system in the table's words. */
async function withWork<T>(
  options: Maker,
  order: Order,
  ready: { tool: FoundTool & FilmTool; sources: Map<string, SourceFile>; frames: number },
  make: (work: RenderWork) => Promise<T>,
): Promise<T> {
  let work: RenderWork | null = null;
  try {
    await mkdir(options.cacheDir, { recursive: true });
    await sweepWork(options.cacheDir);
    work = await startWork({
      ...{ cacheDir: options.cacheDir, fontsDir: await fontsDir(options.cacheDir), log: options.log },
      cores: options.cores ?? availableParallelism(),
      ...{
        ...ready,
        ffprobe: (await options.tools.ffprobe()).path,
        signal: order.signal,
        onProgress: order.onProgress,
        pause: order.pause,
      },
      names: new Map([...order.timeline.assets, ...lutsOf(order.timeline)].map(({ sha256, name }) => [sha256, name])),
    });
    return await make(work);
  } catch (cause) {
    // What cannot be read any more is told by its cause.
    if (cause instanceof StudioError && READ_ERRORS.has(cause.code)) await work?.refuseVanished();
    if (cause instanceof StudioError || systemCode(cause) === null) throw cause;
    throw writeError(cause, path.join(options.cacheDir, 'work'));
  } finally {
    if (work) await rm(work.dir, { recursive: true, force: true });
  }
}

interface Films {
  outputs: Map<string, RenderOutput>;
  facts: Map<string, FilmFacts>;
}

/** Makes the films of one plan into `films`. `whole`: plans targets without copies. */
async function makePlanned(
  work: RenderWork,
  plan: RenderPlan,
  order: RenderOrder,
  to: { metadata: string[]; films: Films; whole: (targets: string[]) => RenderPlan },
): Promise<void> {
  const sound = soundHash(plan, work.tool.version);
  const encodeWhole = async (targets: string[]): Promise<RenderPlan> => {
    const whole = to.whole(targets);
    await makeRoom(work, [whole], order.outDir);
    return whole;
  };
  const [loudness, all] = await soundAndSegments(work, plan, sound);
  for (const [i, group] of plan.groups.entries()) {
    const done = all[i] ?? { encoded: 0, reused: 0, copied: 0 };
    const about = { order, metadata: to.metadata, sound, loudness, done };
    const made = await finishOrEncode(work, plan, group, about, encodeWhole);
    for (const output of made.outputs) {
      to.films.outputs.set(output.target, output);
      to.films.facts.set(output.target, made.facts);
    }
  }
}

async function render(options: Maker, order: RenderOrder): Promise<MadeFilms> {
  const began = performance.now();
  const ready = await facts(options, order, mayCopy(order));
  const plans = plansOf(options.planRender({ ...order, ...ready, copies: true }));
  needAss(
    ready.tool,
    plans.flatMap(({ groups }) => groups),
  );
  const films: Films = { outputs: new Map(), facts: new Map() };
  let covers: MadeCovers | null = null;
  const frames = plans.reduce((sum, plan) => sum + plan.frames * plan.groups.length, 0);
  const cpuSeconds = await withWork(options, order, { ...ready, frames }, async (work) => {
    await sweepHalves(order.outDir);
    // Before the films: what is wrong with a cover is told at once.
    if (order.covers && order.covers.length > 0)
      covers = await coversIn(options, work, { ...order, covers: order.covers }, ready);
    await makeRoom(work, plans, order.outDir);
    const metadata = aigcOptions(ready.sources.values(), isDeclared(order));
    const whole = (targets: string[]): RenderPlan => options.planRender({ ...order, ...ready, targets });
    for (const plan of plans) await makePlanned(work, plan, order, { metadata, films, whole });
    return work.cpuSeconds;
  });
  order.onProgress?.(1);
  const wallSeconds = (performance.now() - began) / 1000;
  return {
    outputs: order.targets.flatMap((target) => films.outputs.get(target) ?? []),
    ...{ cpuSeconds, wallSeconds, facts: films.facts, covers, aiMade: ready.aiMade },
  };
}

async function still(options: Maker, order: Parameters<FilmMaker['still']>[0]): Promise<StillResult> {
  const ready = await facts(options, order);
  const { group, frame } = options.planStill({ ...order, ...ready });
  needAss(ready.tool, [group]);
  const [segment] = group.segments;
  if (!segment) throw new StudioError('bad_timeline', { what: `no frame at ${order.atUs}` });
  const file = path.join(path.resolve(order.outDir), `${order.target}-${frame}.png`);
  const half = halfFileOf(file);
  const asPng = ['-frames:v', '1', '-c:v', 'png', '-f', 'image2pipe', fileUrl(half)];
  try {
    await withWork(options, order, { ...ready, frames: 1 }, async (work) => {
      const graph = asRgb(segment.graph);
      const { frames } = await soughtOrWhole([{ ...segment, graph }], async ([way = segment]) =>
        work.run([...(await graphArgs(work, way)), ...asPng]),
      );
      if (frames !== 1) throw new StudioError('tool_failed', { tool: 'ffmpeg', what: `${order.target}: no picture` });
      await renameOver(half, file);
    });
  } finally {
    await rm(half, { force: true });
  }
  order.onProgress?.(1);
  return { file, width: group.width, height: group.height };
}

async function covers(options: Maker, order: CoverOrder): Promise<MadeCovers> {
  const ready = await facts(options, order);
  return withWork(options, order, { ...ready, frames: 1 }, (work) => coversIn(options, work, order, ready));
}

/** A preview that nobody waits for any more when its turn comes is not made. */
async function inTurn(options: Maker, order: CoverOrder): Promise<MadeCovers> {
  const before = options.turn;
  const made = before.then(() => covers(options, order));
  options.turn = made.catch(() => undefined);
  return made;
}

/** Makes films; see the port. Nothing is looked for or written before the first order. */
export function createFilmMaker(given: FilmMakerOptions): FilmMaker {
  const options: Maker = { ...given, known: new Map(), turn: Promise.resolve() };
  return {
    render: (order) =>
      onHardware(options, order, (making, one) => render(making ? { ...options, making } : options, one)),
    still: (order) => still(options, order),
    covers: (order) => (order.longSide === undefined ? covers(options, order) : inTurn(options, order)),
    encoders: async () => triedEncoders(await options.tools.ffmpeg()),
    plan: async (order) =>
      options.planRender({ ...order, ...(await facts(options, order, mayCopy(order))), copies: true }),
  };
}
