/** The desk: what waits for one person, where they left off, what the office did lately. */
import { actorOf, type Call } from '../call.ts';
import type { DeskItem, InboxItem, PackageSummary, StorySummary } from '../model/contract/index.ts';
import { listPackages, packagesSince } from '../packages/index.ts';
import { deskRounds } from '../review/index.ts';
import { listStories, storyToResume } from '../stories/index.ts';

const RECENT = 6;

export interface Desk {
  waiting: DeskItem[];
  resume: StorySummary | null;
  recent: StorySummary[];
  packages: PackageSummary[];
}

function toItem(item: InboxItem, why: DeskItem['why']): DeskItem {
  const { storyId, title, coverAssetId, stage, by, at, text } = item;
  return { storyId, title, coverAssetId, why, stage: why === 'sign' ? stage : null, by, at, text };
}

/** Approved pieces wait until a package is made; returned ones, and those withdrawn or revoked, until sent in again. */
async function ownWork(call: Call, ended: readonly InboxItem[]): Promise<DeskItem[]> {
  const made = (await listPackages(call, {})).filter((p) => !p.draft);
  return ended.flatMap((item): DeskItem[] => {
    if (item.state === 'returned') return [toItem(item, 'returned')];
    if (item.state !== 'approved') return [toItem(item, 'write')];
    const packed = made.some((p) => p.storyId === item.storyId && p.createdAt >= item.at);
    return packed ? [] : [toItem(item, 'approved')];
  });
}

/** First moment of the month, by the calendar of this computer. */
function monthStart(now: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), 1).getTime();
}

export async function deskOf(call: Call): Promise<Desk> {
  actorOf(call);
  const { sign, ended } = await deskRounds(call);
  const waiting = [...sign.map((item) => toItem(item, 'sign')), ...(await ownWork(call, ended))];
  const recent = await listStories(call, { scope: 'all', q: '', limit: RECENT, offset: 0 });
  return {
    waiting: waiting.sort((a, b) => a.at - b.at),
    resume: await storyToResume(call),
    recent: recent.items,
    packages: await packagesSince(call, monthStart(call.machine.clock.now())),
  };
}
