/** Spoken takes: begun, filled piece by piece, imported, dropped. */
import { copyFile, link } from 'node:fs/promises';
import path from 'node:path';
import { userNames } from '../accounts/index.ts';
import { actorOf, type Call } from '../call.ts';
import { startImport } from '../media/index.ts';
import type { Take } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import { safeFileName } from '../model/file-name.ts';
import { takeDurationUs } from '../model/sound/wav.ts';
import { projectRow } from '../video/index.ts';

/** A page sends a piece every half second; one that has sent nothing for this long, milliseconds, is gone. */
const GONE_MS = 8000;

/** Takes of a film that are not among the originals yet, the oldest first. */
export async function listTakes(call: Call, projectId: string): Promise<Take[]> {
  const all = await call.workspace.ports.takes.list();
  const mine = all.filter((take) => take.projectId === projectId);
  const names = await userNames(call.db, [...new Set(mine.map(({ by }) => by))]);
  return mine.map(({ takeId, name, atUs, bytes, startedAt, by, idleMs }) => ({
    ...{ takeId, projectId, name, atUs, durationUs: takeDurationUs(bytes), startedAt },
    by: { userId: by, name: names.get(by) ?? '' },
    live: idleMs !== null && idleMs < GONE_MS,
  }));
}

/** A new take without sound. Errors: unknown_id, disk_full, not_writable. */
export async function beginTake(
  call: Call,
  input: { projectId: string; name: string; atUs: number },
): Promise<{ takeId: string }> {
  const project = await projectRow(call.db, input.projectId);
  const takeId = call.machine.newId();
  await call.workspace.ports.takes.begin(takeId, {
    ...input,
    storyId: project.story_id,
    by: actorOf(call).userId,
    startedAt: call.machine.clock.now(),
  });
  return { takeId };
}

/** The next piece of sound, as base64. Errors as `TakeStore.append`. */
export async function appendTake(
  call: Call,
  input: { takeId: string; offset: number; data: string },
): Promise<{ bytes: number }> {
  const piece = Buffer.from(input.data, 'base64');
  return { bytes: await call.workspace.ports.takes.append(input.takeId, input.offset, piece) };
}

/** Queues the import of a take. It goes in by the same door as any upload, under a name of its own there. Errors: unknown_id, take_empty. */
export async function keepTake(call: Call, takeId: string): Promise<{ jobId: string }> {
  const { takes, uploadsDir } = call.workspace.ports;
  const take = await takes.get(takeId);
  if (take.bytes === 0) throw new StudioError('take_empty');
  const file = await takes.seal(takeId);
  const uploadId = call.machine.newId();
  const upload = path.join(uploadsDir, uploadId);
  // Two names for the same bytes where the file system can; nothing writes to a sealed take any more.
  await link(file, upload).catch(() => copyFile(file, upload));
  const source = { uploadId, name: `${safeFileName(take.name, takeId)}.wav` };
  return startImport(call, { sources: [source], storyId: take.storyId, salvage: false });
}

/** Removes a take that is no longer needed. */
export async function dropTake(call: Call, takeId: string): Promise<void> {
  await call.workspace.ports.takes.drop(takeId);
}
