/** Room on the disk: what an export will take at most, and whether there is as much. */
import { stat, statfs } from 'node:fs/promises';
import { StudioError } from '../../../model/errors.ts';
import type { PlanGroup, PlanSegment, RenderPlan } from '../../../ports/video.ts';

/** Of a group whose encoder has no cap: bits a pixel of a busy picture at quality 21. */
const BITS_PER_PIXEL = 0.25;
/** AAC at 192 kbit/s, of 48000 samples a second. */
const SOUND_BYTES_PER_SAMPLE = 192_000 / 8 / 48_000;
/** Stereo samples of four bytes each. */
const RAW_BYTES_PER_SAMPLE = 8;
/** Indexes, captions, words of the post: little, but never nothing. */
const SLACK_BYTES = 1024 ** 2;

/** Where bytes go; `free` null: it cannot be known (network drives, and what answers with nothing). */
export interface Disk {
  device: string;
  free: bigint | null;
}

/** The file system of a folder that exists. */
export async function diskOf(dir: string): Promise<Disk> {
  const device = await stat(dir, { bigint: true }).then(
    ({ dev }) => String(dev),
    () => dir,
  );
  const found = await statfs(dir, { bigint: true }).catch(() => null);
  // File systems that do not count say that they have no blocks at all.
  return { device, free: found === null || found.blocks <= 0n ? null : found.bavail * found.bsize };
}

/** Bytes that `frames` of the group's picture take at most: its encoder's cap, else by its size. */
export function pictureBytes({ encoder, width, height }: PlanGroup, frames: number): number {
  const cap = /^(\d+)k$/.exec(encoder[encoder.indexOf('-maxrate') + 1] ?? '')?.[1];
  const bits = cap === undefined ? width * height * 30 * BITS_PER_PIXEL : Number(cap) * 1000;
  return Math.ceil((bits / 8 / 30) * frames);
}

export interface Need {
  /** In the folder of the cache: segments that are not there yet, and the sound as samples. */
  cache: number;
  /** In the folder of the finished films. */
  out: number;
}

/**
 * Bytes an export takes at most. `isKept`: whether a segment is there already; `copiedBytes`: of one that is copied from its
 * source.
 */
export function roomNeeded(
  plan: RenderPlan,
  isKept: (hash: string) => boolean,
  copiedBytes: (segment: PlanSegment) => number = () => 0,
): Need {
  const framesOf = (segments: readonly PlanSegment[]): number => segments.reduce((sum, one) => sum + one.frames, 0);
  const encoded = (group: PlanGroup): PlanSegment[] => group.segments.filter(({ copy }) => !copy);
  const copied = (group: PlanGroup): number =>
    group.segments.reduce((sum, one) => sum + (one.copy ? copiedBytes(one) : 0), 0);
  const picture = (group: PlanGroup): number => pictureBytes(group, framesOf(encoded(group))) + copied(group);
  const missing = plan.groups.flatMap((group) => {
    const needed = pictureBytes(group, framesOf(encoded(group).filter(({ hash }) => !isKept(hash))));
    // A film with copied parts is put together beside the cache first.
    return copied(group) > 0 ? needed + picture(group) : needed;
  });
  const sound = SOUND_BYTES_PER_SAMPLE * plan.samples;
  const raw = RAW_BYTES_PER_SAMPLE * plan.samples * (plan.mix === null ? 1 : 2);
  const films = plan.groups.map((group) => (picture(group) + sound) * group.targets.length);
  const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
  return { cache: Math.ceil(sum(missing) + sound + raw), out: Math.ceil(sum(films)) + SLACK_BYTES };
}

/** `1.2 GB`, in steps of 1024; never less than there is. */
function sizeText(bytes: number): string {
  const mib = bytes / 1024 ** 2;
  if (mib >= 1024) return `${(Math.ceil((mib / 1024) * 10) / 10).toFixed(1)} GB`;
  return `${Math.ceil(mib)} MB`;
}

/** Bytes lacking on the worse of the two file systems; 0 where all fits or nothing can be known. */
export function lacking(need: Need, cache: Disk, out: Disk): { needed: number; missing: number } {
  const one = (needed: number, { free }: Disk) => ({
    needed,
    missing: free === null ? 0 : Math.max(0, Number(BigInt(needed) - free)),
  });
  if (cache.device === out.device) return one(need.cache + need.out, cache);
  const [a, b] = [one(need.cache, cache), one(need.out, out)];
  return a.missing > b.missing ? a : b;
}

/**
 * Refuses an export that does not fit; old results of the cache go first if that helps. `prune`: frees so many bytes of the cache
 * if it can. Error: disk_too_small {needed, missing} (details: the same in bytes).
 */
export async function checkRoom(
  need: Need,
  dirs: { cache: string; out: string },
  prune: (bytes: number) => Promise<void>,
): Promise<void> {
  const look = async () => lacking(need, await diskOf(dirs.cache), await diskOf(dirs.out));
  const first = await look();
  if (first.missing === 0) return;
  await prune(first.missing);
  const { needed, missing } = await look();
  if (missing === 0) return;
  throw new StudioError(
    'disk_too_small',
    { needed: sizeText(needed), missing: sizeText(missing) },
    { details: { neededBytes: needed, missingBytes: missing } },
  );
}
