import { Slider } from '@mantine/core';
import { useRef, useState } from 'react';
import type { CoverPreview } from '../../../../../core/model/contract/video.ts';
import type { CoverShape } from '../../../../../core/model/platforms/covers.ts';
import { MAX_COVER_ZOOM } from '../../../../../core/model/timeline/cover-shape.ts';
import { coverFrameOf, platformFrameOf, type CoverOf } from '../../../../../core/model/timeline/covers.ts';
import { usePlatformName } from '../../../client/platforms.ts';
import { inOneLine, useText } from '../../../i18n/use-text.ts';
import { IconBtn } from '../../../ui/Btn.tsx';
import {
  MIDDLE_FILL,
  draggedFill,
  draggedPlace,
  isLying,
  keyedFill,
  keyedPlace,
  withFill,
  withTitleAt,
  zoomedFill,
  type Place,
} from './cover-moves.ts';
import { CoverPictureOf } from './CoverPictureOf.tsx';
import { ForWhom, FramedAlone, useNames } from './ForWhom.tsx';
import { useCoverPreview, type FilmCoverEdit } from './use-film-cover.ts';

interface CardProps {
  edit: FilmCoverEdit;
  shape: CoverShape;
  sitting: number;
  safe: boolean;
}

/** A card, and which of its platforms' covers it shows: `target` left out, that of all. */
interface SeenProps extends Omit<CardProps, 'safe' | 'sitting'> {
  of: CoverOf;
  /** What the cover is called: "3:4", or "3:4 Douyin". */
  name: string;
}

const isPlain = (e: React.KeyboardEvent): boolean => !e.ctrlKey && !e.metaKey && !e.altKey;

/** A drag from where the hand went down; `onMove` gets how far it is from there, and the size of what it began on. */
function useDrag(
  enabled: boolean,
  begin: () => void,
  onMove: (by: Place, frame: { width: number; height: number }) => void,
  onEnd: () => void,
) {
  const from = useRef<(Place & { frame: DOMRect }) | null>(null);
  return {
    onPointerDown: (e: React.PointerEvent<HTMLElement>) => {
      const frame = e.currentTarget.closest('.fcover-shot')?.getBoundingClientRect();
      if (!enabled || e.button !== 0 || !frame) return;
      e.stopPropagation();
      e.currentTarget.setPointerCapture(e.pointerId);
      from.current = { x: e.clientX, y: e.clientY, frame };
      begin();
    },
    onPointerMove: (e: React.PointerEvent<HTMLElement>) => {
      const start = from.current;
      if (start) onMove({ x: e.clientX - start.x, y: e.clientY - start.y }, start.frame);
    },
    onPointerUp: () => {
      if (from.current) onEnd();
      from.current = null;
    },
    onPointerCancel: () => {
      if (from.current) onEnd();
      from.current = null;
    },
  };
}

/** Which part of the picture is seen, by drag and by keys. What was not filled is filled with the first move. */
function useFraming({ edit, of }: SeenProps, made: CoverPreview | undefined) {
  const { cover, canEdit, set, settle } = edit;
  const fill = coverFrameOf(cover, of).fill ?? MIDDLE_FILL;
  const start = useRef(fill);
  const drag = useDrag(
    canEdit && made !== undefined,
    () => {
      start.current = fill;
    },
    (by, frame) => {
      if (made) set(withFill(cover, of, draggedFill(start.current, by, { frame, source: made.source })), true);
    },
    settle,
  );
  const onKeyDown = (e: React.KeyboardEvent<HTMLElement>) => {
    const next = canEdit && isPlain(e) && e.target === e.currentTarget ? keyedFill(fill, e.key, e.shiftKey) : null;
    if (!next) return;
    e.preventDefault();
    set(withFill(cover, of, next), true);
  };
  return { ...drag, onKeyDown };
}

/** The title's own handle: where it lies, moved by drag and by keys for this shape or platform. */
function TitleHandle({ edit, of, name, title }: SeenProps & { title: NonNullable<CoverPreview['title']> }) {
  const { t } = useText();
  const { cover, canEdit, set, settle } = edit;
  const own = coverFrameOf(cover, of).at ?? cover.title?.at;
  const middle = own ?? {
    x: Math.round(title.x + title.width / 2),
    y: Math.round(title.y + title.height / 2),
  };
  const start = useRef(middle);
  // While the hand holds it, it goes with the hand, whatever is drawn anew meanwhile.
  const [held, setHeld] = useState<{ from: typeof title; by: Place } | null>(null);
  const drag = useDrag(
    canEdit,
    () => {
      start.current = middle;
      setHeld({ from: title, by: { x: 0, y: 0 } });
    },
    (moved, frame) => {
      setHeld((now) => now && { ...now, by: moved });
      set(withTitleAt(cover, of, draggedPlace(start.current, moved, frame)), true);
    },
    () => {
      setHeld(null);
      settle();
    },
  );
  const percent = (value: number): string => `${(value / 10).toFixed(2)}%`;
  const box = held?.from ?? title;
  return (
    <div
      className="fcover-title"
      role="group"
      tabIndex={canEdit ? 0 : -1}
      aria-label={t('cover.film.titleAt', { shape: name })}
      aria-describedby="fcover-keys"
      style={{
        ...{ left: percent(box.x), top: percent(box.y) },
        ...{ width: percent(box.width), height: percent(box.height) },
        ...(held ? { transform: `translate(${String(held.by.x)}px, ${String(held.by.y)}px)` } : {}),
      }}
      {...drag}
      onKeyDown={(e) => {
        const next = canEdit && isPlain(e) ? keyedPlace(middle, e.key, e.shiftKey) : null;
        if (!next) return;
        e.preventDefault();
        e.stopPropagation();
        set(withTitleAt(cover, of, next), true);
      }}
    />
  );
}

/** What is set for this shape, or for one platform in it. */
function OwnSettings({ edit, of, name }: SeenProps) {
  const { t } = useText();
  const { cover, canEdit, set } = edit;
  const { fill } = coverFrameOf(cover, of);
  const own = of.target === undefined ? cover.frames?.[of.shape] : platformFrameOf(cover, of);
  return (
    <>
      {own?.at ? (
        <IconBtn
          icon="text"
          size="sm"
          disabled={!canEdit}
          label={t('cover.film.titleBack', { shape: name })}
          onClick={() => set(withTitleAt(cover, of, null))}
        />
      ) : null}
      <IconBtn
        icon="full"
        size="sm"
        disabled={!canEdit}
        aria-pressed={fill !== undefined}
        label={t(fill ? 'cover.film.asFilm' : 'cover.film.fill', { shape: name })}
        onClick={() => set(withFill(cover, of, fill ? null : MIDDLE_FILL))}
      />
    </>
  );
}

/** How near a filled cover is. */
function Nearness({ edit, of, name }: SeenProps) {
  const { t } = useText();
  const { cover, canEdit, set, settle } = edit;
  const { fill } = coverFrameOf(cover, of);
  if (!fill) return null;
  return (
    <Slider
      className="fcover-zoom"
      size="xs"
      thumbLabel={t('cover.zoomOf', { shape: name })}
      label={null}
      min={1000}
      max={MAX_COVER_ZOOM}
      step={50}
      value={fill.zoom}
      disabled={!canEdit}
      onChange={(zoom) => set(withFill(cover, of, zoomedFill(fill, zoom)), true)}
      onChangeEnd={settle}
    />
  );
}

/** The cover of one shape, as its file will be. */
export function CoverCard({ edit, shape, sitting, safe }: CardProps) {
  const { t, language, explain } = useText();
  const nameOf = usePlatformName();
  const [target, setTarget] = useState<string | undefined>();
  const of = target === undefined ? { shape: shape.shape } : { shape: shape.shape, target };
  const preview = useCoverPreview(edit.cover, of, sitting);
  const made = preview.data;
  const uses = useNames()(shape.targets);
  const seen = { edit, shape, of, name: target === undefined ? shape.shape : `${shape.shape} ${nameOf(target)}` };
  const framing = useFraming(seen, made);
  const choose = (next: string | undefined) => {
    // What is being done is done to the platform it was begun for.
    edit.settle();
    setTarget(next);
  };
  return (
    <figure
      className="fcover-card"
      data-shape={shape.shape}
      data-lying={isLying(shape) || undefined}
      style={{ '--ratio': shape.width / shape.height } as React.CSSProperties}
    >
      <div
        className="fcover-shot"
        role="group"
        tabIndex={edit.canEdit ? 0 : -1}
        aria-label={t('cover.film.frame', { shape: shape.shape, uses: target === undefined ? uses : nameOf(target) })}
        aria-describedby="fcover-keys"
        aria-busy={preview.isFetching}
        style={{ aspectRatio: `${String(shape.width)} / ${String(shape.height)}` }}
        {...framing}
      >
        <CoverPictureOf made={made} safe={safe ? shape.safe : null} />
        {made?.title && edit.cover.title ? <TitleHandle {...seen} title={made.title} /> : null}
      </div>
      <figcaption>
        <b>{shape.shape}</b>
        <ForWhom {...{ edit, shape, of }} onChoose={choose} />
        <OwnSettings {...seen} />
      </figcaption>
      <FramedAlone {...{ edit, shape, of }} />
      <Nearness {...seen} />
      {made?.problems.map((problem) => (
        <p key={problem.code} className="cover-problem" role="status">
          {problem.code === 'glyphs'
            ? t('cover.problem.glyphs', { characters: problem.chars })
            : t('cover.problem.text_long')}
        </p>
      ))}
      {preview.isError ? (
        <p className="cover-problem" role="alert">
          {inOneLine(explain(preview.error), language)}
        </p>
      ) : null}
    </figure>
  );
}
