/**
 * Themes of the office. A revision is named by its content and never changes: an article names a revision, so what was signed can
 * only be rendered as it was signed. Changing a theme makes the next revision; stories take it up when somebody says so.
 */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Kysely, Selectable } from 'kysely';
import { actorOf, type Call } from '../call.ts';
import { userNames } from '../accounts/index.ts';
import { canonicalJson } from '../model/article/canonical.ts';
import type { OwnTheme } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import { safeFileName } from '../model/file-name.ts';
import { WECHAT_THEMES, readTheme, type WechatTheme } from '../model/wechat/index.ts';
import { buildFolder } from '../out-folder.ts';
import type { Database, WechatThemeTable } from '../ports/index.ts';

type ThemeRow = Selectable<WechatThemeTable>;

/** Hexadecimal digits of the SHA-256 in a theme's id: 224 bits. */
const ID_DIGITS = 56;
const OWN = 'own-';

function idOf(theme: WechatTheme): string {
  const { id: _id, ...content } = theme;
  return OWN + createHash('sha256').update(canonicalJson(content), 'utf8').digest('hex').slice(0, ID_DIGITS);
}

/** A revision as it is stored. Error: workspace_damaged when its content is not what its name says. */
function themeOf(row: ThemeRow): WechatTheme {
  const theme = JSON.parse(row.content) as WechatTheme;
  if (theme.id !== row.id || idOf(theme) !== row.id) throw new StudioError('workspace_damaged');
  return theme;
}

const byNewest = (a: ThemeRow, b: ThemeRow): number => b.created_at - a.created_at || (a.id < b.id ? -1 : 1);

async function present(db: Kysely<Database>, row: ThemeRow): Promise<OwnTheme> {
  const all = await db.selectFrom('wechat_theme').selectAll().where('lineage', '=', row.lineage).execute();
  const [newest = row] = all.sort(byNewest);
  const names = await userNames(db, [row.created_by]);
  return {
    themeId: row.id,
    lineage: row.lineage,
    newest: newest.id,
    removed: row.removed === 1,
    theme: themeOf(row),
    by: { userId: row.created_by, name: names.get(row.created_by) ?? '' },
    createdAt: row.created_at,
  };
}

async function rowOf(db: Kysely<Database>, themeId: string): Promise<ThemeRow> {
  const row = await db.selectFrom('wechat_theme').selectAll().where('id', '=', themeId).executeTakeFirst();
  if (!row) throw new StudioError('unknown_id', { id: themeId });
  return row;
}

/** Error: unknown_id. */
export async function getTheme(db: Kysely<Database>, themeId: string): Promise<OwnTheme> {
  return present(db, await rowOf(db, themeId));
}

/** Drafts that name one of these revisions; the theme stands in the canonical text of a draft. */
async function storiesIn(db: Kysely<Database>, ids: readonly string[]): Promise<number> {
  let query = db
    .selectFrom('story')
    .select((e) => e.fn.countAll().as('n'))
    .where('removed_at', 'is', null);
  query = query.where((e) => e.or(ids.map((id) => e('draft', 'like', `%"theme":"${id}"%`))));
  const row = await query.executeTakeFirst();
  return Number(row?.n ?? 0);
}

/** The newest revision of each theme that is not removed, by its Chinese name. */
export async function listThemes(db: Kysely<Database>): Promise<(OwnTheme & { stories: number })[]> {
  const rows = await db.selectFrom('wechat_theme').selectAll().where('removed', '=', 0).execute();
  const lineages = new Map<string, ThemeRow[]>();
  for (const row of rows) lineages.set(row.lineage, [...(lineages.get(row.lineage) ?? []), row]);
  const listed: (OwnTheme & { stories: number })[] = [];
  for (const revisions of lineages.values()) {
    const [newest] = revisions.sort(byNewest);
    if (!newest) continue;
    const stories = await storiesIn(
      db,
      revisions.map(({ id }) => id),
    );
    listed.push({ ...(await present(db, newest)), stories });
  }
  const nameOf = ({ theme }: OwnTheme): string => (theme as WechatTheme).name.zh;
  return listed.sort((a, b) =>
    nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : a.lineage < b.lineage ? -1 : 1,
  );
}

/** Keeps a theme as a new one or as the next revision. Errors: bad_input with the place, conflict, unknown_id. */
export async function saveTheme(
  call: Call,
  input: { theme: Record<string, unknown>; lineage?: string | undefined; base?: string | undefined },
): Promise<OwnTheme> {
  const read = readTheme({ ...input.theme, id: 'own' });
  const id = idOf(read);
  const content = canonicalJson({ ...read, id });
  if (input.lineage !== undefined) {
    const rows = await call.db.selectFrom('wechat_theme').selectAll().where('lineage', '=', input.lineage).execute();
    const [newest] = rows.sort(byNewest);
    if (!newest) throw new StudioError('unknown_id', { id: input.lineage });
    // The same content again is the answer to a save whose reply was lost.
    if (newest.id !== input.base && newest.id !== id) throw new StudioError('conflict');
  }
  const there = await call.db.selectFrom('wechat_theme').selectAll().where('id', '=', id).executeTakeFirst();
  const now = call.machine.clock.now();
  if (there) {
    // What was there before (an earlier form again, a file taken in twice) is the newest now, and in the list.
    await call.db.updateTable('wechat_theme').set({ created_at: now }).where('id', '=', id).execute();
    await call.db.updateTable('wechat_theme').set({ removed: 0 }).where('lineage', '=', there.lineage).execute();
  } else {
    const lineage = input.lineage ?? call.machine.newId();
    const by = { created_by: actorOf(call).userId, created_at: now };
    await call.db
      .insertInto('wechat_theme')
      .values({ id, lineage, content, removed: 0, ...by })
      .execute();
    await call.db.updateTable('wechat_theme').set({ removed: 0 }).where('lineage', '=', lineage).execute();
  }
  call.audit({ action: 'theme.save', subject: id, data: {} });
  call.emit({ type: 'themes.changed' });
  return getTheme(call.db, id);
}

/** Out of the list, or back. Articles set in it keep it. Error: unknown_id. */
export async function setThemeRemoved(call: Call, lineage: string, removed: boolean): Promise<void> {
  const changed = await call.db
    .updateTable('wechat_theme')
    .set({ removed: removed ? 1 : 0 })
    .where('lineage', '=', lineage)
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n) throw new StudioError('unknown_id', { id: lineage });
  call.audit({ action: removed ? 'theme.remove' : 'theme.unremove', subject: lineage, data: {} });
  call.emit({ type: 'themes.changed' });
}

/** Writes a theme as a file in a folder of its own below `exports/`. Error: unknown_id. */
export async function exportTheme(call: Call, themeId: string): Promise<{ file: string }> {
  const theme = themeOf(await rowOf(call.db, themeId));
  const name = safeFileName(theme.name.zh, 'theme');
  const exportsDir = path.join(call.workspace.ports.dir, 'exports');
  await mkdir(exportsDir, { recursive: true });
  let dir = path.join(exportsDir, name);
  for (let n = 2; existsSync(dir); n += 1) dir = path.join(exportsDir, `${name} ${n}`);
  await buildFolder(dir, randomUUID(), async (folder) => {
    await folder.write(`${name}.json`, `${JSON.stringify(theme, null, 2)}\n`);
    await folder.syncFile(`${name}.json`);
  });
  return { file: path.join(dir, `${name}.json`) };
}

const named = (theme: WechatTheme, name: string): boolean => [theme.id, theme.name.zh, theme.name.en].includes(name);

/**
 * A theme by its id or one of its names: the program's own, any revision by its id, the newest of the list by its name. Null for
 * one that there is not. Error: workspace_damaged.
 */
export async function findTheme(db: Kysely<Database>, name: string): Promise<WechatTheme | null> {
  const builtIn = WECHAT_THEMES.find((theme) => named(theme, name));
  if (builtIn) return builtIn;
  const row = await db.selectFrom('wechat_theme').selectAll().where('id', '=', name).executeTakeFirst();
  if (row) return themeOf(row);
  const listed = await listThemes(db);
  return listed.map(({ theme }) => theme as WechatTheme).find((theme) => named(theme, name)) ?? null;
}
