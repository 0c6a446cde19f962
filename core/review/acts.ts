/** Acts on an open or ended round: sign, return, withdraw, revoke. Each is kept with who, when and why. */
import { auditHead, headText } from '../audit/index.ts';
import { actorOf, type Call } from '../call.ts';
import { canonicalJson } from '../model/article/canonical.ts';
import type { ReviewStatus, User } from '../model/contract/index.ts';
import { StudioError, type ErrorCode } from '../model/errors.ts';
import { revokeRefusal, signRefusal, withdrawRefusal, type ApprovalStatement } from '../model/review/index.ts';
import { setStoryState } from '../stories/index.ts';
import { sha256Of } from './present.ts';
import { factsOf, manifestOf, roundsOf, type ActRow, type RoundRow, type RoundWithActs } from './rows.ts';
import { reviewStatus } from './status.ts';

/** The newest round, its row locked until the transaction ends; null when the story was never submitted. */
async function lockNewest(call: Call, storyId: string): Promise<RoundWithActs | null> {
  // The no-op update takes the row lock in both databases: two signatures at once are done one after the other.
  await call.db
    .updateTable('review_round')
    .set((eb) => ({ signed: eb.ref('signed') }))
    .where('story_id', '=', storyId)
    .where('state', 'in', ['in_review', 'approved'])
    .execute();
  const [newest] = await roundsOf(call.db, storyId);
  return newest ?? null;
}

function refused(code: ErrorCode, actor: User): StudioError {
  return new StudioError(code, code === 'not_permitted' ? { role: actor.role } : {});
}

/** The newest round, if `rule` allows this person what it is about. */
async function roundFor(call: Call, storyId: string, rule: typeof signRefusal): Promise<RoundWithActs> {
  const actor = actorOf(call);
  const round = await lockNewest(call, storyId);
  const refusal = rule(round ? factsOf(round) : null, actor);
  if (refusal !== null || !round) throw refused(refusal ?? 'not_in_review', actor);
  return round;
}

async function addAct(
  call: Call,
  round: RoundRow,
  act: Pick<ActRow, 'kind' | 'stage' | 'text'> & { at: number; statement?: string; signature?: string },
): Promise<void> {
  await call.db
    .insertInto('review_act')
    .values({
      id: call.machine.newId(),
      round_id: round.id,
      kind: act.kind,
      stage: act.stage,
      by_user: actorOf(call).userId,
      at: act.at,
      text: act.text,
      statement: act.statement ?? null,
      signature: act.signature ?? null,
    })
    .execute();
}

async function endRound(call: Call, round: RoundRow, state: RoundRow['state'], at: number): Promise<void> {
  await call.db.updateTable('review_round').set({ state, ended_at: at }).where('id', '=', round.id).execute();
}

/** The approval of the open stage, as it is signed. */
async function approvalOf(call: Call, round: RoundRow, opinion: string, at: number): Promise<ApprovalStatement> {
  const { userId, name, role } = actorOf(call);
  const stage = manifestOf(round).route[round.signed];
  if (!stage) throw new StudioError('not_in_review');
  return {
    format: 'tongxin-approval/1',
    manifestHash: round.manifest_hash,
    storyId: round.story_id,
    roundId: round.id,
    stage,
    by: { userId, name, role },
    at,
    opinion,
    auditHead: headText(await auditHead(call.db)),
  };
}

/**
 * Errors: not_in_review, own_work, already_signed, not_your_stage, not_permitted, differs_from_approval; with nothing written,
 * those of `KeyVault.ready`.
 */
export async function signStage(
  call: Call,
  input: { storyId: string; opinion: string; manifestHash?: string | undefined },
): Promise<ReviewStatus> {
  const { storyId, opinion } = input;
  const { row } = await roundFor(call, storyId, signRefusal);
  const manifest = manifestOf(row);
  if (input.manifestHash !== undefined && input.manifestHash !== row.manifest_hash) {
    const details = { manifestHash: row.manifest_hash };
    throw new StudioError('differs_from_approval', { what: manifest.title }, { details });
  }
  const { vault } = call.workspace.ports;
  await vault.ready();
  const at = call.machine.clock.now();
  const approval = await approvalOf(call, row, opinion, at);
  const statement = canonicalJson(approval);
  const signature = await vault.sign(Buffer.from(statement, 'utf8'));
  const { n } = approval.stage;
  await addAct(call, row, { kind: 'sign', stage: n, text: opinion, at, statement, signature });
  const last = n === manifest.route.length;
  await call.db
    .updateTable('review_round')
    .set({ signed: n, ...(last ? { state: 'approved' as const, ended_at: at } : {}) })
    .where('id', '=', row.id)
    .execute();
  if (last) await setStoryState(call, storyId, 'approved');
  const data = { round: row.id, manifest: row.manifest_hash, stage: n, statement: sha256Of(statement) };
  call.audit({ action: 'review.sign', subject: storyId, data });
  call.emit({ type: 'review.changed', storyId });
  return reviewStatus(call, storyId);
}

interface Reasoned {
  storyId: string;
  reason: string;
}

/** Ends the round without an approval. The reason may name people, so the log holds only that the act was done. */
async function endWith(
  call: Call,
  input: Reasoned,
  act: { rule: typeof signRefusal; kind: 'return' | 'withdraw' | 'revoke'; state: RoundRow['state'] },
): Promise<ReviewStatus> {
  const { row } = await roundFor(call, input.storyId, act.rule);
  const at = call.machine.clock.now();
  const stage = act.kind === 'return' ? row.signed + 1 : null;
  await addAct(call, row, { kind: act.kind, stage, text: input.reason, at });
  await endRound(call, row, act.state, at);
  await setStoryState(call, input.storyId, 'writing');
  const data = { round: row.id, manifest: row.manifest_hash, ...(stage === null ? {} : { stage }) };
  call.audit({ action: `review.${act.kind}`, subject: input.storyId, data });
  call.emit({ type: 'review.changed', storyId: input.storyId });
  return reviewStatus(call, input.storyId);
}

/** Errors as {@link signStage}. */
export function returnStory(call: Call, input: Reasoned): Promise<ReviewStatus> {
  return endWith(call, input, { rule: signRefusal, kind: 'return', state: 'returned' });
}

/** Errors: not_in_review, not_permitted. */
export function withdrawStory(call: Call, input: Reasoned): Promise<ReviewStatus> {
  return endWith(call, input, { rule: withdrawRefusal, kind: 'withdraw', state: 'withdrawn' });
}

/** Errors: not_approved, not_permitted. */
export function revokeApproval(call: Call, input: Reasoned): Promise<ReviewStatus> {
  return endWith(call, input, { rule: revokeRefusal, kind: 'revoke', state: 'revoked' });
}
