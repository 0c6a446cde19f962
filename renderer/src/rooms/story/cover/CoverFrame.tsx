import { Slider } from '@mantine/core';
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import {
  MAX_ZOOM,
  coverLayout,
  cropOf,
  settledView,
  viewOf,
  type Cover,
  type CoverRatio,
  type CoverView,
  type CropBox,
  type Size,
} from '../../../../../core/model/cover/index.ts';
import { useText } from '../../../i18n/use-text.ts';
import { IconBtn } from '../../../ui/Btn.tsx';
import { CoverShot } from './CoverShot.tsx';

/** Of the picture's side, for one press of an arrow; ten times that with Shift. */
const STEP = 0.01;
const ZOOM_STEP = 0.1;

interface FrameProps {
  cover: Cover;
  ratio: CoverRatio;
  picture: Size & { src: string };
  safe: boolean;
  disabled: boolean;
  /** `wait`: the gesture goes on. */
  onView: (ratio: CoverRatio, view: CoverView, wait: boolean) => void;
  onSettle: () => void;
  onLink: (ratio: CoverRatio) => void;
}

/** Moving the part that is shown, by dragging and by keys. `dx`, `dy` in pixels of the picture. */
function useMoves({ cover, ratio, picture, disabled, onView, onSettle }: FrameProps, crop: CropBox) {
  const from = useRef<{ x: number; y: number; view: CoverView; scale: number } | null>(null);
  const moved = (view: CoverView, dx: number, dy: number): CoverView => {
    const at = settledView(ratio, view, picture);
    const clamp = (n: number) => Math.min(1, Math.max(0, n));
    // A side without room to move keeps its place: the other frames may have room there.
    const x = crop.width < picture.width ? clamp(at.x + dx / picture.width) : view.x;
    const y = crop.height < picture.height ? clamp(at.y + dy / picture.height) : view.y;
    const there = settledView(ratio, { x, y, zoom: view.zoom }, picture);
    return {
      x: crop.width < picture.width ? there.x : view.x,
      y: crop.height < picture.height ? there.y : view.y,
      zoom: view.zoom,
    };
  };
  const zoomed = (view: CoverView, by: number): CoverView => ({
    ...view,
    zoom: Math.min(MAX_ZOOM, Math.max(1, Math.round((view.zoom + by) * 100) / 100)),
  });
  const onPointerDown = (e: PointerEvent<HTMLElement>) => {
    if (disabled || e.button !== 0) return;
    e.currentTarget.setPointerCapture(e.pointerId);
    from.current = {
      ...{ x: e.clientX, y: e.clientY, view: viewOf(cover, ratio.id) },
      scale: crop.width / e.currentTarget.getBoundingClientRect().width,
    };
  };
  const onPointerMove = (e: PointerEvent<HTMLElement>) => {
    const start = from.current;
    if (!start) return;
    // The picture goes with the hand, so the part that is shown goes against it.
    const [dx, dy] = [(start.x - e.clientX) * start.scale, (start.y - e.clientY) * start.scale];
    onView(ratio, moved(start.view, dx, dy), true);
  };
  const end = () => {
    if (from.current === null) return;
    from.current = null;
    onSettle();
  };
  const onKeyDown = (e: KeyboardEvent<HTMLElement>) => {
    if (disabled || e.ctrlKey || e.metaKey || e.altKey) return;
    const step = STEP * (e.shiftKey ? 10 : 1);
    const view = viewOf(cover, ratio.id);
    const [w, h] = [picture.width * step, picture.height * step];
    const next: Record<string, () => CoverView> = {
      ArrowLeft: () => moved(view, -w, 0),
      ArrowRight: () => moved(view, w, 0),
      ArrowUp: () => moved(view, 0, -h),
      ArrowDown: () => moved(view, 0, h),
      '+': () => zoomed(view, ZOOM_STEP),
      '=': () => zoomed(view, ZOOM_STEP),
      '-': () => zoomed(view, -ZOOM_STEP),
      _: () => zoomed(view, -ZOOM_STEP),
    };
    const act = next[e.key];
    if (!act) return;
    e.preventDefault();
    onView(ratio, act(), false);
  };
  return { onPointerDown, onPointerMove, onPointerUp: end, onPointerCancel: end, onKeyDown };
}

/** One frame of the cover at its true shape. */
export function CoverFrame(props: FrameProps) {
  const { t, language } = useText();
  const { cover, ratio, picture, safe, disabled, onView, onLink, onSettle } = props;
  const view = viewOf(cover, ratio.id);
  const crop = cropOf(ratio, view, picture);
  const layout = coverLayout(cover, ratio, { crop });
  const moves = useMoves(props, crop);
  const own = cover.own[ratio.id] !== undefined;
  const shape = ratio.id.replace('x', ':');
  const uses = language === 'en' ? ratio.name.en : ratio.name.zh;
  return (
    <figure className="cover-frame" data-ratio={ratio.id}>
      <div
        className="cover-shot"
        role="group"
        tabIndex={disabled ? -1 : 0}
        aria-label={t('cover.frame', { shape, uses })}
        aria-describedby="cover-keys"
        style={{ aspectRatio: `${String(ratio.width)} / ${String(ratio.height)}` }}
        {...moves}
      >
        <CoverShot {...{ ratio, picture, crop, layout, safe }} />
      </div>
      <figcaption>
        <b>{shape}</b>
        <span className="t3 cut grow" title={uses}>
          {uses}
        </span>
        <IconBtn
          icon={own ? 'unlink' : 'link'}
          size="sm"
          disabled={disabled}
          label={own ? t('cover.relink', { shape }) : t('cover.unlink', { shape })}
          aria-pressed={own}
          onClick={() => onLink(ratio)}
        />
      </figcaption>
      {own ? (
        <Slider
          size="xs"
          thumbLabel={t('cover.zoomOf', { shape })}
          label={null}
          min={1}
          max={MAX_ZOOM}
          step={0.05}
          value={view.zoom}
          disabled={disabled}
          onChange={(zoom) => onView(ratio, { ...view, zoom }, true)}
          onChangeEnd={onSettle}
        />
      ) : null}
      {layout.problems.map(({ code, params }) => (
        <p key={code} className="cover-problem">
          {t(`cover.problem.${code}`, params)}
        </p>
      ))}
    </figure>
  );
}
