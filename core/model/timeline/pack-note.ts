/** What the operation on the note of an applied office pack comes down to. */
import { NO_CHANGE } from './cues.ts';
import type { OperationOf } from './operation.ts';
import type { Patch } from './patch.ts';
import { sameJson } from './same-json.ts';
import type { Timeline } from './timeline.ts';

export function setPack(timeline: Timeline, op: OperationOf<'setPack'>): Patch {
  return sameJson(timeline.pack ?? null, op.pack) ? NO_CHANGE : { ...NO_CHANGE, set: { pack: op.pack } };
}
