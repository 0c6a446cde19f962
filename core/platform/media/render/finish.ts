/** Finished films: each group's segments made, joined and measured; what cannot be copied after all is encoded. */
import path from 'node:path';
import { encodedAfterAll } from '../../../model/contract/index.ts';
import type { RenderOutput } from '../../../model/contract/index.ts';
import { builtInBook, isAsSource } from '../../../model/platforms/index.ts';
import type { FilmFacts } from '../../../model/platforms/index.ts';
import { frameTime, parseRational } from '../../../model/timeline/index.ts';
import type { Rational } from '../../../model/timeline/index.ts';
import type { PlanGroup, RenderOrder, RenderPlan } from '../../../ports/video.ts';
import { allOf } from './all.ts';
import { CopyFailed } from './copy/film.ts';
import { sameHeaders } from './encoders.ts';
import { filmFacts } from './facts.ts';
import { bytesOf, joinGroup } from './join.ts';
import { makeSegments } from './segments.ts';
import type { SegmentsDone } from './segments.ts';
import { makeSound, soundHash } from './sound.ts';
import type { Loudness } from './sound.ts';
import type { RenderWork } from './work.ts';

export interface FinishOrder {
  order: RenderOrder;
  /** Options that write the AI labels. */
  metadata: string[];
  /** Hash of the sound in the cache, and how loud it is. */
  sound: string;
  loudness: Loudness;
}

interface Finished {
  outputs: RenderOutput[];
  facts: FilmFacts;
}

const rateOf = ({ frameRate }: RenderPlan): Rational => parseRational(frameRate) ?? { num: 30, den: 1 };

const copies = ({ segments }: PlanGroup): boolean => segments.some(({ copy }) => copy);

/** Makes the segments of all groups; what was done for each. Only groups without copies have the same spans. */
async function makeAllSegments(work: RenderWork, groups: readonly PlanGroup[]): Promise<SegmentsDone[]> {
  const alike = groups.filter((group) => !copies(group));
  const made = await makeSegments(work, alike);
  const done: SegmentsDone[] = [];
  for (const group of groups) {
    const [own] = copies(group) ? await makeSegments(work, [group]) : [made[alike.indexOf(group)]];
    done.push(own ?? { encoded: 0, reused: 0, copied: 0 });
  }
  return done;
}

/**
 * The sound and all segments. Where pictures are copied there is little to encode, and both are made side by side; else one encoder
 * after the other has all processors. Errors: of the sound before those of the pictures, when nothing runs any more.
 */
export async function soundAndSegments(
  work: RenderWork,
  plan: RenderPlan,
  sound: string,
): Promise<[Loudness, SegmentsDone[]]> {
  if (!plan.groups.every(copies)) {
    const loudness = await makeSound(work, plan, sound);
    return [loudness, await makeAllSegments(work, plan.groups)];
  }
  return allOf([makeSound(work, plan, sound), makeAllSegments(work, plan.groups)]);
}

/** Joins a group and measures it. Error besides those of rendering: CopyFailed. */
async function finishGroup(
  work: RenderWork,
  plan: RenderPlan,
  group: PlanGroup,
  to: FinishOrder & { done: SegmentsDone },
): Promise<Finished> {
  const { order, metadata, done } = to;
  if (work.tool.encoder && !copies(group)) await sameHeaders(work.segmentsDir, [group]);
  const nameOf = (target: string): string => order.nameOf?.(target, group) ?? `${target}.mp4`;
  const files = await joinGroup(work, plan, group, {
    ...{ outDir: path.resolve(order.outDir), sound: to.sound },
    nameOf,
    metadata,
  });
  // All files of a group are one file and its copies.
  const measured = await filmFacts({ ffprobe: work.ffprobe, signal: work.signal }, files[0] ?? '', to.loudness);
  const about = {
    ...{ durationUs: frameTime(plan.frames, rateOf(plan)), width: group.width, height: group.height },
    ...{ frameRate: plan.frameRate, videoCodec: measured.codec, ...to.loudness },
  };
  const copied = { encoded: 0, reused: 0, copied: group.segments.length };
  const outputs = await Promise.all(
    files.map(async (file, i): Promise<RenderOutput> => {
      const target = group.targets[i] ?? '';
      const said =
        group.copying && isAsSource(order.platforms ?? builtInBook(), target) ? { copying: group.copying } : {};
      return { target, file, ...about, bytes: await bytesOf(file), segments: i === 0 ? done : copied, ...said };
    }),
  );
  return { outputs, facts: measured };
}

/**
 * The same, and where a film with copied parts does not come out right, all of it is encoded. `encodeWhole`: the plan of these targets
 * without copies, with room for it made.
 */
export async function finishOrEncode(
  work: RenderWork,
  plan: RenderPlan,
  group: PlanGroup,
  to: FinishOrder & { done: SegmentsDone },
  encodeWhole: (targets: string[]) => Promise<RenderPlan>,
): Promise<Finished> {
  try {
    return await finishGroup(work, plan, group, to);
  } catch (cause) {
    if (!(cause instanceof CopyFailed)) throw cause;
    work.log.warn('a film with copied pictures failed its check', { what: cause.message });
    // At 30 frames a second again, and so with the sound on that grid.
    const plain = await encodeWhole(group.targets);
    const [whole] = plain.groups;
    if (!whole) throw cause;
    const sound = soundHash(plain, work.tool.version);
    const loudness = await makeSound(work, plain, sound);
    const [done = to.done] = await makeSegments(work, [whole]);
    const said = group.copying ? { copying: encodedAfterAll(group.copying, 'check_failed') } : {};
    return finishGroup(work, plain, { ...whole, ...said }, { ...to, sound, loudness, done });
  }
}
