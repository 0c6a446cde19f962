/**
 * Themes of the office. A revision is named by its content and never changes: an article names a revision, so what was signed can
 * only be rendered as it was signed. Changing a theme makes the next revision; stories take it up when somebody says so.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Kysely, Selectable } from 'kysely';
import { actorOf, type Call } from '../call.ts';
import { userNames } from '../accounts/index.ts';
import { canonicalJson } from '../model/article/canonical.ts';
import type { OwnTheme } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import { safeFileName } from '../model/file-name.ts';
import { isThemeNamed, readTheme, themeById, type WechatTheme } from '../model/wechat/index.ts';
import { buildFolder, freeDir } from '../out-folder.ts';
import type { Database, WechatThemeTable } from '../ports/index.ts';

/** Where the office's themes are found. An article names a revision by its id, which is its content; only people use names. */
export interface ThemeFinder {
  byId(id: string): Promise<WechatTheme | null>;
  byName(name: string): Promise<WechatTheme | null>;
}

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
const newestOf = (revisions: readonly ThemeRow[]): ThemeRow | undefined => [...revisions].sort(byNewest)[0];

const revisionsOf = (db: Kysely<Database>, lineage: string): Promise<ThemeRow[]> =>
  db.selectFrom('wechat_theme').selectAll().where('lineage', '=', lineage).execute();

/** `revisions`: all of the row's lineage. */
function present(row: ThemeRow, revisions: readonly ThemeRow[], names: ReadonlyMap<string, string>): OwnTheme {
  return {
    themeId: row.id,
    lineage: row.lineage,
    newest: newestOf(revisions)?.id ?? row.id,
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
  const row = await rowOf(db, themeId);
  const names = await userNames(db, [row.created_by]);
  return present(row, await revisionsOf(db, row.lineage), names);
}

/** Themes in the list: all revisions of each. */
async function listed(db: Kysely<Database>): Promise<Map<string, ThemeRow[]>> {
  const rows = await db.selectFrom('wechat_theme').selectAll().where('removed', '=', 0).execute();
  const lineages = new Map<string, ThemeRow[]>();
  for (const row of rows) lineages.set(row.lineage, [...(lineages.get(row.lineage) ?? []), row]);
  return lineages;
}

/** The newest revision of each theme that is not removed, by its Chinese name. */
export async function listThemes(db: Kysely<Database>): Promise<OwnTheme[]> {
  const lineages = [...(await listed(db)).values()];
  const names = await userNames(db, [...new Set(lineages.flat().map((row) => row.created_by))]);
  const found = lineages.flatMap((revisions) => {
    const newest = newestOf(revisions);
    return newest ? [present(newest, revisions, names)] : [];
  });
  const keyOf = ({ theme, lineage }: OwnTheme): string => `${(theme as WechatTheme).name.zh}\n${lineage}`;
  return found.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** How many drafts are set in each theme of the list, in whichever revision. The whole text of the drafts is looked through. */
export async function themeUses(db: Kysely<Database>): Promise<{ lineage: string; stories: number }[]> {
  const uses: { lineage: string; stories: number }[] = [];
  for (const [lineage, revisions] of await listed(db)) {
    const row = await db
      .selectFrom('story')
      .select((e) => e.fn.countAll().as('n'))
      .where('removed_at', 'is', null)
      // The theme stands in the canonical text of a draft.
      .where((e) => e.or(revisions.map(({ id }) => e('draft', 'like', `%"theme":"${id}"%`))))
      .executeTakeFirst();
    uses.push({ lineage, stories: Number(row?.n ?? 0) });
  }
  return uses;
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
    const newest = newestOf(await revisionsOf(call.db, input.lineage));
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
  const dir = freeDir(exportsDir, name);
  await buildFolder(dir, randomUUID(), async (folder) => {
    await folder.write(`${name}.json`, `${JSON.stringify(theme, null, 2)}\n`);
    await folder.syncFile(`${name}.json`);
  });
  return { file: path.join(dir, `${name}.json`) };
}

/**
 * The theme an article names: one of the program's, or a revision of the office's, in the list or not. Never by a name: what was
 * signed names one content. Null for one that there is not. Error: workspace_damaged.
 */
export async function themeOfId(db: Kysely<Database>, id: string): Promise<WechatTheme | null> {
  const builtIn = themeById(id);
  if (builtIn) return builtIn;
  const row = await db.selectFrom('wechat_theme').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? themeOf(row) : null;
}

/** The office's themes for whoever renders articles; names are those of the newest revisions in the list. */
export function themesOf(db: Kysely<Database>): ThemeFinder {
  return {
    byId: (id) => themeOfId(db, id),
    byName: async (name) => {
      const all = (await listThemes(db)).map(({ theme }) => theme as WechatTheme);
      return all.find((theme) => isThemeNamed(theme, name)) ?? null;
    },
  };
}
