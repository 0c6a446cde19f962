/** What the check lists of a package come to. Pure. */
import { USUAL_TARGETS, type PackageCheck, type TargetCheck } from '../../../../core/model/contract/packages.ts';

export type Level = TargetCheck['level'];
export type TargetView = PackageCheck['targets'][number];

const WORST = ['stop', 'warn', 'ok'] as const satisfies readonly Level[];

/** The worst line decides: `ok` when there is none. */
export function levelOf(checks: readonly TargetCheck[]): Level {
  return WORST.find((level) => checks.some((check) => check.level === level)) ?? 'ok';
}

export function countLevel(checks: readonly TargetCheck[], level: Level): number {
  return checks.filter((check) => check.level === level).length;
}

/** Worst first; within a level as the core gave them. */
export function sortedChecks(checks: readonly TargetCheck[]): TargetCheck[] {
  return WORST.flatMap((level) => checks.filter((check) => check.level === level));
}

/** Targets that nothing stops. */
export function goodTargets(targets: readonly TargetView[]): TargetView['target'][] {
  return targets.filter(({ checks }) => levelOf(checks) !== 'stop').map(({ target }) => target);
}

/** Targets that are in a package unless somebody chooses: the usual ones, as far as nothing stops them. */
export function usualTargets(targets: readonly TargetView[]): TargetView['target'][] {
  const usual: readonly string[] = USUAL_TARGETS;
  return goodTargets(targets).filter((target) => usual.includes(target));
}

/** The target shown first: of those in the package the one with the worst line, else the first. */
export function firstTarget(targets: readonly TargetView[]): TargetView['target'] | null {
  for (const level of WORST) {
    const found = targets.find(({ checks }) => levelOf(checks) === level);
    if (found) return found.target;
  }
  return null;
}
