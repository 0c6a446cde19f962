/** What a signature covers: the parts of a piece, in an order everybody arrives at. */
import type { Difference, ManifestPart } from '../contract/review.ts';

export const MANIFEST_FORMAT = 'tongxin-manifest/1';

function compare(a: string, b: string): number {
  // By UTF-16 code units, as RFC 8785 sorts: no language has a say in it.
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Parts by kind, then id, each once. */
export function sortParts(parts: readonly ManifestPart[]): ManifestPart[] {
  const once = new Map(parts.map((part) => [keyOf(part), part]));
  return [...once.values()].sort((a, b) => compare(a.kind, b.kind) || compare(a.id, b.id));
}

/** Names a part among all parts of a manifest. */
export function keyOf(part: Pick<ManifestPart, 'kind' | 'id'>): string {
  return `${part.kind} ${part.id}`;
}

/** What is in `now` and was not in `then`, the other way round, or is something else now. In order of kind and id. */
export function compareParts(then: readonly ManifestPart[], now: readonly ManifestPart[]): Omit<Difference, 'name'>[] {
  const before = new Map(then.map((part) => [keyOf(part), part]));
  const after = new Map(now.map((part) => [keyOf(part), part]));
  return sortParts([...then, ...now]).flatMap(({ kind, id }): Omit<Difference, 'name'>[] => {
    const old = before.get(keyOf({ kind, id }));
    const present = after.get(keyOf({ kind, id }));
    if (old && present) return old.sha256 === present.sha256 ? [] : [{ kind, id, what: 'changed' }];
    return [{ kind, id, what: old ? 'removed' : 'added' }];
  });
}
