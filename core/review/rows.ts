/** Rounds and acts: rows in, the shapes of the contract out. */
import type { Kysely, Selectable } from 'kysely';
import { userNames } from '../accounts/index.ts';
import type { Manifest, ReviewRound, ReviewStage } from '../model/contract/index.ts';
import type { RoundFacts } from '../model/review/index.ts';
import type { Database, ReviewActTable, ReviewRoundTable } from '../ports/index.ts';

export type RoundRow = Selectable<ReviewRoundTable>;
export type ActRow = Selectable<ReviewActTable>;

export interface RoundWithActs {
  row: RoundRow;
  /** In the order they were done. */
  acts: ActRow[];
}

/** Every round of a story, newest first. */
export async function roundsOf(db: Kysely<Database>, storyId: string): Promise<RoundWithActs[]> {
  const rows = await db
    .selectFrom('review_round')
    .selectAll()
    .where('story_id', '=', storyId)
    .orderBy('n', 'desc')
    .execute();
  return withActs(db, rows);
}

export async function withActs(db: Kysely<Database>, rows: RoundRow[]): Promise<RoundWithActs[]> {
  if (rows.length === 0) return [];
  const acts = await db
    .selectFrom('review_act')
    .selectAll()
    .where(
      'round_id',
      'in',
      rows.map((r) => r.id),
    )
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ row, acts: acts.filter((act) => act.round_id === row.id) }));
}

/** The newest round of each story that has one. */
export async function newestRounds(db: Kysely<Database>): Promise<RoundWithActs[]> {
  const rows = await db
    .selectFrom('review_round')
    .selectAll()
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('review_round as later')
            .select('later.id')
            .whereRef('later.story_id', '=', 'review_round.story_id')
            .whereRef('later.n', '>', 'review_round.n'),
        ),
      ),
    )
    .where('story_id', 'in', (eb) => eb.selectFrom('story').select('id').where('removed_at', 'is', null))
    .orderBy('submitted_at')
    .execute();
  return withActs(db, rows);
}

export function manifestOf(row: RoundRow): Manifest {
  return JSON.parse(row.manifest) as Manifest;
}

/** What the rules need to know of a round. */
export function factsOf(round: RoundWithActs): RoundFacts {
  return {
    state: round.row.state,
    submittedBy: round.row.submitted_by,
    signedBy: round.acts.filter((act) => act.kind === 'sign').map((act) => act.by_user),
  };
}

type Names = ReadonlyMap<string, string>;

/** The people of rounds, by id. */
export async function namesIn(db: Kysely<Database>, rounds: readonly RoundWithActs[]): Promise<Names> {
  return userNames(
    db,
    rounds.flatMap(({ row, acts }) => [row.submitted_by, ...acts.map((act) => act.by_user)]),
  );
}

export function personOf(userId: string, names: Names): { userId: string; name: string } {
  return { userId, name: names.get(userId) ?? '' };
}

function stateOf(n: number, round: RoundWithActs): ReviewStage['state'] {
  const { row, acts } = round;
  if (n <= row.signed) return 'done';
  if (acts.some((act) => act.kind === 'return' && act.stage === n)) return 'returned';
  return row.state === 'in_review' && n === row.signed + 1 ? 'now' : 'next';
}

/** The whole route, done stages too. */
function stagesOf(round: RoundWithActs, names: Names): ReviewStage[] {
  return manifestOf(round.row).route.map((stage) => {
    const act = round.acts.find((a) => (a.kind === 'sign' || a.kind === 'return') && a.stage === stage.n);
    return {
      ...stage,
      state: stateOf(stage.n, round),
      by: act ? personOf(act.by_user, names) : null,
      at: act?.at ?? null,
      opinion: act?.text ?? '',
    };
  });
}

export function toRound(round: RoundWithActs, names: Names): ReviewRound {
  const { row, acts } = round;
  return {
    roundId: row.id,
    n: row.n,
    state: row.state,
    versionNo: row.version_no,
    versionHash: row.version_hash,
    manifestHash: row.manifest_hash,
    submittedBy: personOf(row.submitted_by, names),
    submittedAt: row.submitted_at,
    endedAt: row.ended_at,
    waiver: row.waiver,
    route: stagesOf(round, names),
    acts: acts.map((act) => ({
      kind: act.kind,
      by: personOf(act.by_user, names),
      at: act.at,
      stage: act.stage,
      text: act.text,
    })),
  };
}
