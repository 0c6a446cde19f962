/** Who may do what in a round. Pure, so that the core decides and a window can show it beforehand. */
import type { ReviewState } from '../contract/review.ts';
import type { ErrorCode } from '../errors.ts';
import type { Role } from '../roles.ts';

/** What the rules need to know of the newest round. */
export interface RoundFacts {
  state: ReviewState;
  submittedBy: string;
  /** Who has signed a stage of this round. */
  signedBy: readonly string[];
}

export interface Asker {
  userId: string;
  role: Role;
}

/** Owners and admins run the workspace; they hold no stage by that. */
const MANAGERS: ReadonlySet<Role> = new Set<Role>(['owner', 'admin']);

/**
 * Why this person may not sign or return the open stage; null: they may. In this order: not_in_review (no open
 * round), own_work, already_signed, then the role: not_your_stage for owner and admin, not_permitted for the rest.
 */
export function signRefusal(round: RoundFacts | null, who: Asker): ErrorCode | null {
  if (round?.state !== 'in_review') return 'not_in_review';
  if (round.submittedBy === who.userId) return 'own_work';
  if (round.signedBy.includes(who.userId)) return 'already_signed';
  if (who.role === 'reviewer') return null;
  return MANAGERS.has(who.role) ? 'not_your_stage' : 'not_permitted';
}

/** Why this person may not withdraw the open round: not_in_review, not_permitted. Its submitter, owner and admin may. */
export function withdrawRefusal(round: RoundFacts | null, who: Asker): ErrorCode | null {
  if (round?.state !== 'in_review') return 'not_in_review';
  return round.submittedBy === who.userId || MANAGERS.has(who.role) ? null : 'not_permitted';
}

/** Why this person may not revoke the approval: not_approved, not_permitted. Whoever signed it, owner and admin may. */
export function revokeRefusal(round: RoundFacts | null, who: Asker): ErrorCode | null {
  if (round?.state !== 'approved') return 'not_approved';
  return round.signedBy.includes(who.userId) || MANAGERS.has(who.role) ? null : 'not_permitted';
}
