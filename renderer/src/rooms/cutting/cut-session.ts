/**
 * One open video, without React: the timeline with its undo, what is selected, and the saving. Every act of the person
 * goes through here; components read {@link CutState} and nothing else.
 */
import type { VideoProject } from '../../../../core/model/contract/video.ts';
import { TimelineHistory } from '../../../../core/model/timeline/history.ts';
import { layout, type Layout } from '../../../../core/model/timeline/layout.ts';
import type { Operation, OperationType } from '../../../../core/model/timeline/operation.ts';
import { soundsOf } from '../../../../core/model/timeline/sounds.ts';
import type { Timeline } from '../../../../core/model/timeline/timeline.ts';
import { sameItem, withGroup, type Item, type Selection } from './selection.ts';
import { keepOperations, keptOperationsOf } from './save/kept-operations.ts';
import { sameValue } from './save/same-value.ts';
import { SaveQueue, type Batch, type SaveQueueOptions } from './save/save-queue.ts';

export type { Item, Selection } from './selection.ts';

export interface CutState {
  timeline: Timeline;
  places: Layout;
  /** What was picked last, and what inspectors show. */
  selection: Selection;
  /** All that is picked, `selection` first. */
  picked: readonly Item[];
  undoLabel: OperationType | null;
  redoLabel: OperationType | null;
  /** A drag is going on: nothing else may change the timeline. */
  dragging: boolean;
}

/** What the room tells the person about. */
export type CutNews =
  /** An act could not be done. */
  | { kind: 'refused'; error: unknown }
  /** Somebody else changed the video; `kept` acts of ours were done again on theirs, `lost` could not be. */
  | { kind: 'changed'; name: string; kept: number; lost: number }
  /** Acts of an earlier sitting that the core had not got. */
  | { kind: 'restored'; kept: number; lost: number };

interface Ways {
  fetch: () => Promise<VideoProject>;
  send: SaveQueueOptions['send'];
  judge: SaveQueueOptions['judge'];
  tell: (news: CutNews) => void;
  canEdit: boolean;
}

/** What a selection of that kind is found among. */
function itemsOf(timeline: Timeline, kind: NonNullable<Selection>['kind']): readonly { id: string }[] {
  if (kind === 'cue') return timeline.captions.cues;
  if (kind === 'title') return timeline.titles;
  if (kind === 'overlay') return timeline.overlays;
  if (kind === 'marker') return timeline.markers ?? [];
  return kind === 'clip' ? timeline.storyline : soundsOf(timeline).map(({ sound }) => sound);
}

/** An id for a new clip, cue, sound, mask, title, overlay, marker (k) or group. */
export function newId(prefix: 'c' | 'q' | 's' | 'm' | 't' | 'o' | 'k' | 'g'): string {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return `${prefix}-${[...bytes].map((b) => b.toString(36).padStart(2, '0')).join('')}`;
}

export class CutSession {
  readonly queue: SaveQueue;
  readonly #ways: Ways;
  #history: TimelineHistory;
  #state: CutState;
  #drag: { mark: string; operations: readonly Operation[]; changed: boolean } | null = null;
  #marks = 0;
  #catchingUp = false;
  readonly #listeners = new Set<() => void>();

  constructor(project: VideoProject, ways: Ways) {
    this.#ways = ways;
    this.#history = new TimelineHistory(project.timeline);
    this.#state = this.#read([]);
    this.queue = new SaveQueue({
      baseHash: project.contentHash,
      savedAt: project.savedAt,
      send: ways.send,
      judge: ways.judge,
      keep: (operations, baseHash) => keepOperations(project.projectId, operations, baseHash),
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly getState = (): CutState => this.#state;
  readonly getDuration = (): number => this.#state.places.durationUs;
  get canEdit(): boolean {
    return this.#ways.canEdit;
  }

  /** Does again what an earlier sitting could not save. Called once, after the room is up. */
  restore(projectId: string): void {
    const kept = this.canEdit ? keptOperationsOf(projectId) : null;
    if (!kept || this.queue.dirty) return;
    const { done, lost } = this.#again(kept.operations.map((operation) => [operation]));
    this.queue.restart(this.queue.baseHash, this.queue.getState().savedAt, done);
    this.#changed();
    this.#ways.tell({ kind: 'restored', kept: done.length, lost });
  }

  /** Picks one thing, with those of its group. */
  select(selection: Selection): void {
    this.pick(selection ? withGroup(this.#state.timeline, selection) : []);
  }

  /** Picks exactly these; the first is what inspectors show. */
  pick(picked: readonly Item[]): void {
    const { picked: now } = this.#state;
    if (now.length === picked.length && now.every((item, i) => sameItem(item, picked[i] ?? null))) return;
    this.#state = { ...this.#state, selection: picked[0] ?? null, picked };
    this.#tell();
  }

  /** Picks one more, with its group, or no longer. */
  toggle(item: Item): void {
    const { timeline, picked } = this.#state;
    const these = withGroup(timeline, item);
    const rest = picked.filter((each) => !these.some((one) => sameItem(one, each)));
    this.pick(rest.length < picked.length ? rest : [...these, ...rest]);
  }

  /** Takes hold of one: where several are picked and it is among them, of all. */
  grasp(item: Item): void {
    const { picked } = this.#state;
    if (!picked.some((each) => sameItem(each, item))) this.select(item);
    else this.pick([item, ...picked.filter((each) => !sameItem(each, item))]);
  }

  /** One act: one step of undo, or part of the one under `mark` (a run of typing). False: it was refused, and said so. */
  run(operations: Operation | readonly Operation[], mark: string | null = null): boolean {
    if (!this.canEdit || this.#drag) return false;
    const list = 'type' in operations ? [operations] : operations;
    const before = this.#history.timeline;
    try {
      this.#history.run(list, mark);
    } catch (error) {
      this.#ways.tell({ kind: 'refused', error });
      return false;
    }
    if (this.#history.timeline === before) return true;
    this.queue.push({ operations: list, after: this.#history.timeline });
    this.#changed();
    return true;
  }

  /** Ends a run of typing: what comes next is a step of its own. */
  closeStep(): void {
    this.#history.close();
  }

  // — a drag: shown as it goes, sent once, undone as one —
  startDrag(): void {
    if (!this.canEdit || this.#drag) return;
    this.#marks += 1;
    this.#drag = { mark: `drag-${String(this.#marks)}`, operations: [], changed: false };
    this.#changed();
  }

  /** Shows the drag as it is now, worked out from where it began. What cannot be done is not shown. */
  drag(operations: readonly Operation[]): void {
    const drag = this.#drag;
    if (!drag) return;
    this.#history.bail(drag.mark);
    const before = this.#history.timeline;
    try {
      drag.changed = this.#history.run(operations, drag.mark) !== before;
      drag.operations = operations;
    } catch {
      // Too short, too far: the clip stays as the last possible move left it.
      if (drag.operations.length > 0) this.#history.run(drag.operations, drag.mark);
    }
    this.#changed();
  }

  endDrag(keep: boolean): void {
    const drag = this.#drag;
    if (!drag) return;
    this.#drag = null;
    if (!keep) this.#history.bail(drag.mark);
    this.#history.close();
    if (keep && drag.changed) {
      this.queue.push({ operations: drag.operations, after: this.#history.timeline });
    }
    this.#changed();
  }

  undo(): void {
    this.#step('undo');
  }

  redo(): void {
    this.#step('redo');
  }

  #step(way: 'undo' | 'redo'): void {
    if (!this.canEdit || this.#drag) return;
    try {
      const done = this.#history[way]();
      if (done) this.queue.push({ operations: done.operations, after: done.timeline });
    } catch (error) {
      this.#ways.tell({ kind: 'refused', error });
    }
    this.#changed();
  }

  /**
   * Brings in what the core has, after somebody else's change or a refusal; our own acts that are not saved are done
   * again on it. Nothing happens when the core has just what we think it has.
   */
  async catchUp(): Promise<void> {
    await this.queue.idle();
    if (this.#catchingUp || this.#drag) return;
    this.#catchingUp = true;
    try {
      const project = await this.#ways.fetch();
      // An act of ours may have gone out meanwhile; its own answer or conflict decides then.
      if (this.queue.getState().status !== 'saving') this.#adopt(project);
    } catch {
      // The line is lost: the next `open` comes here again.
    } finally {
      this.#catchingUp = false;
    }
  }

  #adopt(project: VideoProject): void {
    const { queue } = this;
    const { status, error } = queue.getState();
    const stopped = status === 'conflict' || status === 'refused';
    if (project.contentHash === queue.baseHash && !stopped) return;
    const sent = queue.inFlight;
    const after = sent.at(-1)?.after;
    if (after && sameValue(project.timeline, after)) {
      queue.accepted(project.contentHash, project.savedAt);
      return;
    }
    // What the core refused would be refused again.
    const batches = queue.pending.slice(status === 'refused' ? sent.length : 0);
    const { picked } = this.#state;
    this.#history = new TimelineHistory(project.timeline);
    const { done, lost } = this.#again(batches.map(({ operations }) => operations));
    queue.restart(project.contentHash, project.savedAt, done);
    this.#state = this.#read(picked);
    this.#tell();
    if (status === 'refused') this.#ways.tell({ kind: 'refused', error });
    else this.#ways.tell({ kind: 'changed', name: project.updatedBy.name, kept: done.length, lost });
  }

  #again(acts: readonly (readonly Operation[])[]): { done: Batch[]; lost: number } {
    const done: Batch[] = [];
    let lost = 0;
    for (const operations of acts) {
      try {
        done.push({ operations, after: this.#history.run(operations) });
      } catch {
        lost += 1;
      }
    }
    return { done, lost };
  }

  #read(wanted: readonly Item[]): CutState {
    const { timeline, undoLabel, redoLabel } = this.#history;
    const stand = wanted.filter((item) => itemsOf(timeline, item.kind).some(({ id }) => id === item.id));
    const picked = stand.length === wanted.length ? wanted : stand;
    const before = this.#state as CutState | undefined;
    const places = before?.timeline.storyline === timeline.storyline ? before.places : layout(timeline);
    const dragging = this.#drag !== null;
    return { timeline, places, selection: picked[0] ?? null, picked, undoLabel, redoLabel, dragging };
  }

  #changed(): void {
    this.#state = this.#read(this.#state.picked);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
