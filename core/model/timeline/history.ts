/**
 * Undo and redo of one timeline. It keeps what changed (patches), never copies of the document, in steps: one step a
 * gesture. Only what the person at this screen did is in it.
 */
import { StudioError } from '../errors.ts';
import { applyOperation, applyOperations } from './operations.ts';
import type { Operation, OperationType } from './operation.ts';
import { applyPatch, isEmptyPatch, joinPatches } from './patch.ts';
import type { Patch } from './patch.ts';
import type { Timeline } from './timeline.ts';

/** One step. Plain data. */
interface Step {
  /** Gesture it belongs to; null: it is closed. */
  mark: string | null;
  /** First operation of the gesture, for "undo: split". */
  label: OperationType;
  /** What takes it back (or does it again), in the order to apply. */
  patches: Patch[];
}

/** What an undo or redo did: the patches are operations, to be sent and journaled like any other. */
export interface Stepped {
  timeline: Timeline;
  operations: Patch[];
  label: OperationType;
}

/** Puts `patches` before what the step holds already, as few patches as can say it. */
function prepend(patches: readonly Patch[], held: readonly Patch[]): Patch[] {
  const all = [...held];
  for (const earlier of patches.toReversed()) {
    const next = all[0];
    const joined = next ? joinPatches(earlier, next) : null;
    if (joined) all[0] = joined;
    else all.unshift(earlier);
  }
  return all;
}

export class TimelineHistory {
  #timeline: Timeline;
  #past: Step[] = [];
  #future: Step[] = [];
  readonly #limit: number;

  /** `limit`: most steps that can be undone, all unless told otherwise; the oldest are forgotten. A step is about a kilobyte. */
  constructor(timeline: Timeline, limit = Infinity) {
    this.#timeline = timeline;
    this.#limit = limit;
  }

  get timeline(): Timeline {
    return this.#timeline;
  }

  /** First operation of the step that `undo` would take back; null when there is none. */
  get undoLabel(): OperationType | null {
    return this.#past.at(-1)?.label ?? null;
  }

  get redoLabel(): OperationType | null {
    return this.#future.at(-1)?.label ?? null;
  }

  /**
   * Does operations of the person, all or none, as one step. `mark` names a gesture (one drag, one run of typing):
   * operations that follow each other under the same mark are one step. What could be redone is forgotten.
   *
   * @throws StudioError as `applyOperations`; nothing has changed then.
   */
  run(operations: Operation | readonly Operation[], mark: string | null = null): Timeline {
    const list = 'type' in operations ? [operations] : operations;
    const done = applyOperations(this.#timeline, list);
    const first = list[0];
    if (!first || done.inverse.length === 0) return this.#timeline;
    this.#timeline = done.timeline;
    this.#future = [];
    const last = this.#past.at(-1);
    if (mark !== null && last?.mark === mark) {
      this.#past[this.#past.length - 1] = { ...last, patches: prepend(done.inverse, last.patches) };
    } else {
      this.#past.push({ mark, label: first.type, patches: prepend(done.inverse, []) });
      if (this.#past.length > this.#limit) this.#past.shift();
    }
    return this.#timeline;
  }

  /**
   * Takes in an operation that is not the person's at this screen (a finished job, a colleague): it changes the
   * timeline and is no step. A later undo of a step that touched the same clip or cue puts back that entry as it was.
   *
   * @throws StudioError as `applyOperation`; nothing has changed then.
   */
  absorb(operation: Operation): Timeline {
    this.#timeline = applyOperation(this.#timeline, operation).timeline;
    return this.#timeline;
  }

  /** Closes the gesture: what comes under the same mark afterwards is a step of its own. */
  close(): void {
    const last = this.#past.at(-1);
    if (last) last.mark = null;
  }

  /**
   * Takes back what the gesture `mark` did so far, for good: Escape during a drag, or each move of a drag that is
   * worked out anew from where it began. Nothing to redo. False when the last step is not of this gesture.
   *
   * @throws StudioError conflict, as `undo`.
   */
  bail(mark: string): boolean {
    const last = this.#past.at(-1);
    if (last?.mark !== mark) return false;
    this.#step(this.#past);
    return true;
  }

  /**
   * Takes back the last step; null when there is none.
   *
   * @throws StudioError conflict when what was absorbed since does not let it be taken back: then the timeline stays
   *   as it is and the steps up to there are forgotten.
   */
  undo(): Stepped | null {
    const taken = this.#step(this.#past);
    // What comes now, even under the mark of the step before, is a step of its own.
    this.close();
    if (taken) this.#future.push(taken.reverse);
    return taken?.stepped ?? null;
  }

  /** Does the last undone step again; null when there is none. @throws StudioError conflict, as `undo`. */
  redo(): Stepped | null {
    const taken = this.#step(this.#future);
    if (taken) this.#past.push(taken.reverse);
    return taken?.stepped ?? null;
  }

  #step(steps: Step[]): { stepped: Stepped; reverse: Step } | null {
    const step = steps.at(-1);
    if (!step) return null;
    let timeline = this.#timeline;
    const back: Patch[] = [];
    try {
      for (const each of step.patches) {
        const done = applyPatch(timeline, each);
        timeline = done.timeline;
        if (!isEmptyPatch(done.inverse)) back.unshift(done.inverse);
      }
    } catch (error) {
      steps.length = 0;
      throw new StudioError('conflict', {}, { cause: error });
    }
    steps.pop();
    this.#timeline = timeline;
    return {
      stepped: { timeline, operations: step.patches, label: step.label },
      reverse: { mark: null, label: step.label, patches: back },
    };
  }
}
