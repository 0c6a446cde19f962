/** The route of a round as it is drawn on top of a review: submitted, each stage, what comes after. Pure. */
import type { ReviewRound, ReviewStage } from '../../../../core/model/contract/review.ts';

export type StepState = 'done' | 'now' | 'next' | 'returned' | 'stopped';

export type RouteStep =
  | { kind: 'submit'; state: 'done'; by: string; at: number; versionNo: number }
  | { kind: 'stage'; state: StepState; stage: ReviewStage }
  | { kind: 'after'; state: 'now' | 'next' | 'stopped' };

/** Rounds that ended without approval go no further: what was still to come is said to have stopped. */
export function routeSteps(round: ReviewRound): RouteStep[] {
  const over = round.state !== 'in_review' && round.state !== 'approved';
  const stages = round.route
    .toSorted((a, b) => a.n - b.n)
    .map((stage): RouteStep => {
      const state = over && (stage.state === 'next' || stage.state === 'now') ? 'stopped' : stage.state;
      return { kind: 'stage', state, stage };
    });
  return [
    { kind: 'submit', state: 'done', by: round.submittedBy.name, at: round.submittedAt, versionNo: round.versionNo },
    ...stages,
    { kind: 'after', state: round.state === 'approved' ? 'now' : over ? 'stopped' : 'next' },
  ];
}

/** The stage that waits for a signature; null when the round has ended. */
export function openStage(round: ReviewRound): ReviewStage | null {
  return round.state === 'in_review' ? (round.route.find((stage) => stage.state === 'now') ?? null) : null;
}

/** The reason given with the last act of that kind; empty when there is none. */
export function lastText(round: ReviewRound, kind: ReviewRound['acts'][number]['kind']): string {
  return round.acts.findLast((act) => act.kind === kind)?.text ?? '';
}

/** `a3f9…71c2`: enough of a hash to compare by eye. */
export function shortHash(hash: string): string {
  return `${hash.slice(0, 4)}…${hash.slice(-4)}`;
}

/** A hash in groups of four, as it stands on paper. */
export function groupedHash(hash: string): string {
  return (hash.match(/.{1,4}/g) ?? []).join(' ');
}

/** How many parts of each kind a manifest covers. */
export function countParts(parts: readonly { kind: string }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { kind } of parts) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}
