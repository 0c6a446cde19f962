/** A box on the stage: what is cut out, what is moved over, what is covered. By pointer and by keys. */
import type { CSSProperties, KeyboardEvent, PointerEvent } from 'react';
import { useMemo, useRef } from 'react';
import type { Operation } from '../../../../../core/model/timeline/operation.ts';
import type { SafeArea } from '../../../../../core/model/timeline/safe-areas.ts';
import type { Clip, Timeline } from '../../../../../core/model/timeline/timeline.ts';
import { useSafeArea } from '../../../client/platforms.ts';
import { useText } from '../../../i18n/use-text.ts';
import { pointerDrag } from '../board/pointer-drag.ts';
import { momentOf } from '../player/schedule.ts';
import { rateOf } from '../time/timecode.ts';
import { useAtPlayhead, useCut, useCutState } from '../use-cut.ts';
import {
  drawnFor,
  gripped,
  isClipEdit,
  middleOf,
  overlayBox,
  pictureBox,
  pictureItem,
  titleBox,
  type Box,
  type ClipEdit,
  type Grip,
  type Rules,
} from './stage-edit.ts';
import './stage-box.css';

const GRIPS = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const;
/** A press of an arrow key, thousandths; with Ctrl a tenth. */
const STEP = 10;

const ARROWS: Record<string, { x: number; y: number }> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
};

const styleOf = (box: Box, of: number): CSSProperties => ({
  left: `${String((box.x / of) * 100)}%`,
  top: `${String((box.y / of) * 100)}%`,
  width: `${String((box.width / of) * 100)}%`,
  height: `${String((box.height / of) * 100)}%`,
});

interface Target {
  /** What the box is drawn in, shares of the canvas. */
  frame: Box;
  box: Box;
  rules: Rules;
  grips: readonly (typeof GRIPS)[number][];
  operation: (box: Box) => Operation;
  /** One run of key presses is one step. */
  mark: string;
}

const CANVAS: Box = { x: 0, y: 0, width: 1, height: 1 };

function titleTarget(timeline: Timeline, titleId: string, safe: SafeArea): Target | null {
  const box = titleBox(timeline, titleId, safe);
  if (!box) return null;
  return {
    ...{ frame: CANVAS, box, rules: { ratio: null, min: 1, free: false }, grips: [], mark: `box-${titleId}` },
    operation: (to) => ({ type: 'editTitle', titleId, at: middleOf(to) }),
  };
}

function clipTarget(timeline: Timeline, clip: Clip, edit: ClipEdit, sourceUs: number): Target | null {
  const { width, height } = timeline.assets.find(({ assetId }) => assetId === clip.assetId) ?? {};
  const drawn = drawnFor(clip, edit, sourceUs);
  if (!width || !height || !drawn) return null;
  return {
    frame: pictureBox(clip, edit, { width, height }, timeline.canvas),
    ...{ box: drawn.box, rules: drawn, grips: GRIPS, mark: `box-${clip.id}` },
    operation: (to) => ({ type: 'setPicture', clipId: clip.id, ...drawn.set(to) }),
  };
}

function overlayTarget(timeline: Timeline, overlayId: string): Target | null {
  const box = overlayBox(timeline, overlayId);
  if (!box) return null;
  return {
    ...{ frame: CANVAS, box, grips: ['nw', 'ne', 'se', 'sw'], mark: `box-${overlayId}` },
    rules: { ratio: box.height / box.width, min: 30, free: false },
    operation: (to) => ({
      ...{ type: 'editOverlay', overlayId, x: Math.round(to.x), y: Math.round(to.y), width: Math.round(to.width) },
    }),
  };
}

/** The box of what is being set now. */
function useTarget(): Target | null {
  const { edit, session, shown } = useCut();
  const { timeline: edited, places } = useCutState();
  const timeline = useMemo(() => ({ ...edited, canvas: shown.canvas }), [edited, shown.canvas]);
  const safe = useSafeArea(timeline);
  const placed = isClipEdit(edit) ? pictureItem(timeline, places, edit.clipId) : undefined;
  const rate = rateOf(timeline.canvas.frameRate);
  const sourceUs = useAtPlayhead((us) => (placed ? momentOf(placed, us, rate).sourceUs : 0));
  if (!edit || !session.canEdit) return null;
  if (edit.kind === 'title') return titleTarget(timeline, edit.titleId, safe);
  if (edit.kind === 'overlay') return overlayTarget(timeline, edit.overlayId);
  return placed ? clipTarget(timeline, placed.clip, edit, sourceUs) : null;
}

export function StageBox() {
  const { t } = useText();
  const { session, edit, setEdit } = useCut();
  const area = useRef<HTMLDivElement>(null);
  const target = useTarget();
  if (!target || !edit) return null;
  const { frame, box, rules, grips, operation, mark } = target;

  const press = (grip: Grip) => (event: PointerEvent) => {
    event.stopPropagation();
    event.preventDefault();
    const size = area.current?.getBoundingClientRect();
    if (!size) return;
    const from = event.clientY;
    pointerDrag(
      event,
      {
        begin: () => session.startDrag(),
        move: (dx, at) => {
          const by = { x: (dx / size.width) * 1000, y: ((at.clientY - from) / size.height) * 1000 };
          session.drag([operation(gripped(box, grip, by, rules))]);
        },
        end: (keep) => session.endDrag(keep),
      },
      true,
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' || event.key === 'Enter') {
      event.stopPropagation();
      setEdit(null);
      return;
    }
    const arrow = ARROWS[event.key];
    if (!arrow || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const fine = event.ctrlKey || event.metaKey ? 10 : 1;
    const by = { x: arrow.x / fine, y: arrow.y / fine };
    const grip = event.shiftKey && grips.length > 0 ? 'se' : 'move';
    session.run(operation(gripped(box, grip, by, rules)), mark);
  };
  return (
    <div className="stage-edit" ref={area} style={styleOf(frame, 1)}>
      <div
        className={`stage-box ${edit.kind}`}
        style={styleOf(box, 1000)}
        role="group"
        tabIndex={0}
        aria-label={t(`picture.box.${edit.kind}`)}
        aria-description={t('picture.box.keys')}
        data-testid="stage-box"
        onPointerDown={press('move')}
        onKeyDown={onKeyDown}
        onBlur={() => session.closeStep()}
      >
        {grips.map((grip) => (
          <i key={grip} className="grip" data-grip={grip} onPointerDown={press(grip)} />
        ))}
      </div>
    </div>
  );
}
