import type { ReactNode } from 'react';
import type { Selection } from '../cut-session.ts';
import { rowsOf } from '../time/view.ts';
import { useCutState } from '../use-cut.ts';
import type { LaneName } from './marquee.ts';
import { laneClass } from './SpanBlock.tsx';

interface Span {
  startUs: number;
  endUs: number;
}

/** What a block is told of its place in the lane. */
export interface LanePlace {
  selected: boolean;
  row: number;
  rows: number;
}

interface Props<T extends { id: string }> {
  kind: NonNullable<Selection>['kind'];
  items: readonly T[];
  spanOf: (item: T) => Span;
  label: string;
  lane: LaneName;
  /** Below the storyline: sounds. */
  sounds?: boolean;
  /** Only what touches this piece of the film is drawn, microseconds. */
  fromUs: number;
  toUs: number;
  block: (item: T, place: LanePlace) => ReactNode;
}

/** A lane of things that lie at their own times and may overlap; takes room only when it holds something. */
export function SpanLane<T extends { id: string }>(props: Props<T>) {
  const { kind, items, spanOf, label, lane, sounds = false, fromUs, toUs, block } = props;
  const { picked } = useCutState();
  if (items.length === 0) return null;
  const spans = items.map(spanOf);
  const { rows, count } = rowsOf(spans);
  return (
    <div
      className={`${laneClass(count)}${sounds ? ' sounds' : ''}`}
      data-lane={lane}
      role="listbox"
      aria-label={label}
      aria-multiselectable="true"
    >
      {items.map((item, i) => {
        const span = spans[i];
        if (!span || span.endUs < fromUs || span.startUs > toUs) return null;
        const selected = picked.some((each) => each.kind === kind && each.id === item.id);
        return block(item, { selected, row: rows[i] ?? 0, rows: count });
      })}
    </div>
  );
}
