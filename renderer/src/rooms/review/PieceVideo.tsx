import { SegmentedControl } from '@mantine/core';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { durationUs, shapeOf, type Timeline } from '../../../../core/model/timeline/index.ts';
import type { PlatformBook } from '../../../../core/model/platforms/book.ts';
import { usePlatforms } from '../../client/platforms.ts';
import { formatDuration } from '../../format/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { IconBtn } from '../../ui/Btn.tsx';
import { FilmStage, useFilm } from '../cutting/player/FilmStage.tsx';
import { Player } from '../cutting/player/player.ts';
import { SHAPES, inShape, shapeSeen, type Shape } from '../cutting/shapes.ts';

/** Steps of the position: a tenth of a second, a second with the page keys. */
const STEP_US = 100_000;

export interface PieceVideoProps {
  timeline: Timeline;
  title: string;
  /** Go there and stop; `at` tells one wish from the next. */
  seek?: { timeUs: number; at: number } | null;
  /** Where it stands, on the timeline. */
  onTime?: (timeUs: number) => void;
  /** What goes out with it, under it. */
  children?: React.ReactNode;
}

/** The playhead to a tenth of a second: finer steps would draw the panel anew for every frame. */
function usePlayhead(player: Player): number {
  return useSyncExternalStore(player.onTime, () => Math.floor(player.getTime() / STEP_US) * STEP_US);
}

function FilmBar({ player, lengthUs, timeUs }: { player: Player; lengthUs: number; timeUs: number }) {
  const { t } = useText();
  const { playing } = useSyncExternalStore(player.subscribe, player.getState);
  return (
    <div className="film-bar">
      <IconBtn
        icon={playing ? 'pause' : 'play'}
        label={t(playing ? 'review.piece.pause' : 'review.piece.play')}
        onClick={() => player.toggle()}
      />
      <input
        type="range"
        min={0}
        max={lengthUs}
        step={STEP_US}
        value={timeUs}
        aria-label={t('review.piece.position')}
        aria-valuetext={formatDuration(timeUs)}
        onChange={(e) => {
          player.pause();
          player.seek(Number(e.currentTarget.value));
        }}
      />
      <span className="s12 t2 nowrap">
        {formatDuration(timeUs)} / {formatDuration(lengthUs)}
      </span>
    </div>
  );
}

/** The shapes in which the film goes out; its own first. */
function shapesOf(timeline: Timeline, platforms: PlatformBook): Shape[] {
  const own = shapeSeen(timeline, null);
  const others = timeline.targets.map((target) => {
    const canvas = platforms.get(target)?.canvas;
    return canvas ? SHAPES.find((each) => each === shapeOf(canvas)) : undefined;
  });
  return [...new Set([own, ...others])].flatMap((each) => each ?? []);
}

/** The video of a piece as the cutting room shows it, and as the export will: cuts, fit, captions. */
export function PieceVideo({ timeline, title, seek = null, onTime, children }: PieceVideoProps) {
  const { t } = useText();
  const [player] = useState(() => new Player(timeline));
  const platforms = usePlatforms();
  const shapes = useMemo(() => shapesOf(timeline, platforms), [timeline, platforms]);
  const [shape, setShape] = useState<Shape | null>(null);
  const shown = useMemo(() => inShape(timeline, shape), [timeline, shape]);
  const assets = useFilm(player, shown);
  const timeUs = usePlayhead(player);
  useEffect(() => onTime?.(timeUs), [timeUs, onTime]);
  useEffect(() => {
    if (!seek) return;
    player.pause();
    player.seek(seek.timeUs);
  }, [player, seek]);
  const empty = <p className="film-none">{t('review.piece.noClips')}</p>;
  return (
    <section className="film" aria-label={t('review.piece.video', { title })}>
      {shapes.length > 1 ? (
        <SegmentedControl
          fullWidth
          aria-label={t('cutting.shape.label')}
          value={shapeSeen(timeline, shape) ?? ''}
          onChange={(next) => setShape(SHAPES.find((each) => each === next) ?? null)}
          data={shapes.map((each) => ({ value: each, label: each }))}
        />
      ) : null}
      <FilmStage player={player} timeline={shown} assets={assets} empty={empty} />
      {timeline.storyline.length === 0 ? null : (
        <FilmBar player={player} lengthUs={durationUs(timeline)} timeUs={timeUs} />
      )}
      {children}
    </section>
  );
}
