/**
 * The profiles that approvals were given under. A manifest names them by their hash; kept beside it, they say which numbers are
 * others now, and not only that something is.
 */
import type { Kysely } from 'kysely';
import type { Difference, ManifestPart } from '../model/contract/index.ts';
import { placeChanges } from '../model/platforms/index.ts';
import type { Database } from '../ports/index.ts';
import { sha256Of } from './sha256.ts';

/** Keeps the profiles of a manifest under their hashes; those that stand there already are the same. */
export async function freezeProfiles(db: Kysely<Database>, profiles: ReadonlyMap<string, string>): Promise<void> {
  const rows = [...profiles.values()].map((content) => ({ sha256: sha256Of(content), content }));
  if (rows.length === 0) return;
  await db
    .insertInto('frozen_profile')
    .values(rows)
    .onConflict((c) => c.column('sha256').doNothing())
    .execute();
}

type Named = { kind: string; platform?: { name: { zh: string } } };
/** Profile of a film: its numbers stand in the platform's file. */
const inside = (profile: Named): unknown => profile.platform ?? profile;

/**
 * Differences with what is known of changed profiles: the platform's name, and every number that is another one now. `then`: the
 * parts that were signed; `now`: the profiles as they stand, canonical JSON.
 */
export async function profileChanges(
  db: Kysely<Database>,
  of: {
    found: readonly Omit<Difference, 'name'>[];
    then: readonly ManifestPart[];
    now: ReadonlyMap<string, string>;
  },
): Promise<(Omit<Difference, 'name'> & { name?: string })[]> {
  const changed = new Set(of.found.filter(({ kind }) => kind === 'profile').map(({ id }) => id));
  if (changed.size === 0) return [...of.found];
  const signed = of.then.filter(({ kind, id }) => kind === 'profile' && changed.has(id));
  const hashes = signed.map(({ sha256 }) => sha256);
  const rows = await db.selectFrom('frozen_profile').selectAll().where('sha256', 'in', hashes).execute();
  const texts = new Map(rows.map(({ sha256, content }) => [sha256, content]));
  return of.found.map((one) => {
    if (one.kind !== 'profile') return one;
    const before = texts.get(signed.find(({ id }) => id === one.id)?.sha256 ?? '');
    const after = of.now.get(one.id);
    const [then, now] = [before, after].map((text) => (text === undefined ? null : (JSON.parse(text) as Named)));
    const name = (now ?? then)?.platform?.name.zh;
    const places = then && now ? placeChanges(inside(then), inside(now)) : [];
    return { ...one, ...(name === undefined ? {} : { name }), ...(places.length > 0 ? { places } : {}) };
  });
}
