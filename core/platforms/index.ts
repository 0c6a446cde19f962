/**
 * Platforms of an office: the program's own profiles as the office changed them, and platforms that it added. Every change is a
 * revision; the newest of a platform holds, and one without content gives the program's own back, or removes what was added.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Kysely, Selectable } from 'kysely';
import { userNames } from '../accounts/index.ts';
import { actorOf, type Call } from '../call.ts';
import { canonicalJson } from '../model/article/canonical.ts';
import { PACKAGE_TARGETS, type OfficePlatform } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import { safeFileName } from '../model/file-name.ts';
import { bookWith, builtInBook, parsePlatform, platformRefusal, readOwnPlatform } from '../model/platforms/index.ts';
import type { PlatformBook, PlatformProblem, PlatformProfile } from '../model/platforms/index.ts';
import { isBuiltInTarget } from '../model/timeline/index.ts';
import { buildFolder, freeDir } from '../out-folder.ts';
import type { Database, PlatformRevisionTable } from '../ports/index.ts';

type Row = Selectable<PlatformRevisionTable>;

/** Names that mean something else: targets of packages, the cutting room's small copy, devices of Windows. */
const TAKEN = new Set<string>([...PACKAGE_TARGETS, 'preview', 'con', 'prn', 'aux', 'nul']);
const isDevice = (target: string): boolean => /^(?:com|lpt)\d$/.test(target);

function sha256Of(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex');
}

/** The newest revision of each platform, whatever it says. */
async function newestRows(db: Kysely<Database>): Promise<Map<string, Row>> {
  const rows = await db.selectFrom('platform_revision').selectAll().orderBy('n').execute();
  return new Map(rows.map((row) => [row.target, row]));
}

type Held = Row & { content: string };
const holds = (row: Row | undefined): row is Held => row !== undefined && row.content !== null;

/** Error: bad_input naming the platform, where another program wrote what this one does not read. */
const profileOf = (row: Held): PlatformProfile => parsePlatform(JSON.parse(row.content), `platform ${row.target}`);

const byName = (a: PlatformProfile, b: PlatformProfile): number => (a.target < b.target ? -1 : 1);

function bookFrom(rows: ReadonlyMap<string, Row>): PlatformBook {
  return bookWith([...rows.values()].filter(holds).map(profileOf).sort(byName));
}

/** The platforms as this workspace has them. */
export async function platformBook(db: Kysely<Database>): Promise<PlatformBook> {
  return bookFrom(await newestRows(db));
}

function present(profile: PlatformProfile, row: Row | undefined, names: ReadonlyMap<string, string>): OfficePlatform {
  const { target } = profile;
  const builtIn = builtInBook().get(target);
  const held = holds(row) ? row : null;
  return {
    target,
    own: builtIn === undefined,
    profile: { ...profile },
    revision: held?.id ?? null,
    outdated: held !== null && builtIn !== undefined && held.basis !== sha256Of(builtIn),
    by: held && { userId: held.created_by, name: names.get(held.created_by) ?? '' },
    changedAt: held?.created_at ?? null,
  };
}

/** All platforms: the program's own first, then those that were added. */
export async function listPlatforms(db: Kysely<Database>): Promise<OfficePlatform[]> {
  const rows = await newestRows(db);
  const names = await userNames(db, [...new Set([...rows.values()].map((row) => row.created_by))]);
  return [...bookFrom(rows).values()].map((profile) => present(profile, rows.get(profile.target), names));
}

async function platformNamed(db: Kysely<Database>, target: string): Promise<OfficePlatform> {
  const found = (await listPlatforms(db)).find((one) => one.target === target);
  if (!found) throw new StudioError('unknown_id', { id: target });
  return found;
}

/** Names tell platforms apart in lists and in the names of files. */
function nameProblems(profile: PlatformProfile, book: PlatformBook, isNew: boolean): PlatformProblem[] {
  const { target, name } = profile;
  const others = [...book.values()].filter((one) => one.target !== target);
  const taken = (place: string): PlatformProblem => ({ place, why: 'taken', message: 'is taken' });
  const own = !isBuiltInTarget(target);
  return [
    ...(own && (TAKEN.has(target) || isDevice(target) || (isNew && book.has(target))) ? [taken('target')] : []),
    ...(others.some((one) => one.name.zh === name.zh) ? [taken('name.zh')] : []),
    ...(others.some((one) => one.name.en === name.en) ? [taken('name.en')] : []),
  ];
}

async function addRevision(call: Call, target: string, before: Row | undefined, content: string | null): Promise<void> {
  const builtIn = builtInBook().get(target);
  await call.db
    .insertInto('platform_revision')
    .values({
      ...{ id: call.machine.newId(), target, n: (before?.n ?? 0) + 1, content },
      basis: builtIn ? sha256Of(builtIn) : null,
      ...{ created_by: actorOf(call).userId, created_at: call.machine.clock.now() },
    })
    .execute();
  call.emit({ type: 'platforms.changed' });
}

/** Keeps a changed or added profile. Errors: bad_input with the place, conflict. */
export async function savePlatform(
  call: Call,
  input: { profile: Record<string, unknown>; base: string | null },
): Promise<OfficePlatform> {
  const profile = readOwnPlatform(input.profile);
  const { target } = profile;
  const rows = await newestRows(call.db);
  const newest = rows.get(target);
  const content = canonicalJson(profile);
  const held = holds(newest) ? newest : null;
  // The same content again is the answer to a save whose reply was lost.
  if (held?.content === content) return platformNamed(call.db, target);
  const isNew = !isBuiltInTarget(target) && input.base === null;
  const [first, ...more] = nameProblems(profile, bookFrom(rows), isNew);
  if (first) throw platformRefusal([first, ...more]);
  if ((held?.id ?? null) !== input.base) throw new StudioError('conflict');
  // Nothing is changed: it is the program's own again.
  const same = content === canonicalJson(builtInBook().get(target) ?? null);
  if (!same || held) await addRevision(call, target, newest, same ? null : content);
  call.audit({ action: 'platform.save', subject: target, data: { sha256: sha256Of(profile) } });
  return platformNamed(call.db, target);
}

async function takeBack(call: Call, input: { target: string; base: string | null }): Promise<void> {
  const newest = (await newestRows(call.db)).get(input.target);
  if (!holds(newest)) throw new StudioError('unknown_id', { id: input.target });
  if (newest.id !== input.base) throw new StudioError('conflict');
  await addRevision(call, input.target, newest, null);
}

/** One of the program's own again as the program has it. Errors: unknown_id, conflict. */
export async function giveBackPlatform(
  call: Call,
  input: { target: string; base: string | null },
): Promise<OfficePlatform> {
  if (!isBuiltInTarget(input.target)) throw new StudioError('unknown_id', { id: input.target });
  await takeBack(call, input);
  call.audit({ action: 'platform.giveBack', subject: input.target, data: {} });
  return platformNamed(call.db, input.target);
}

/** Takes away a platform that was added; its revisions stay. Errors: unknown_id, conflict. */
export async function removePlatform(call: Call, input: { target: string; base: string | null }): Promise<void> {
  if (isBuiltInTarget(input.target)) throw new StudioError('unknown_id', { id: input.target });
  await takeBack(call, input);
  call.audit({ action: 'platform.remove', subject: input.target, data: {} });
}

/** Writes a profile as a file in a folder of its own below `exports/`. Error: unknown_id. */
export async function exportPlatform(call: Call, target: string): Promise<{ file: string }> {
  const profile = (await platformBook(call.db)).get(target);
  if (!profile) throw new StudioError('unknown_id', { id: target });
  const exportsDir = path.join(call.workspace.ports.dir, 'exports');
  await mkdir(exportsDir, { recursive: true });
  const dir = freeDir(exportsDir, safeFileName(profile.name.zh, target));
  await buildFolder(dir, randomUUID(), async (folder) => {
    await folder.write(`${target}.json`, `${JSON.stringify(profile, null, 2)}\n`);
    await folder.syncFile(`${target}.json`);
  });
  return { file: path.join(dir, `${target}.json`) };
}
