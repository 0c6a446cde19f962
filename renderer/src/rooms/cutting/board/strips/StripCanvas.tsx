import { memo, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { VolumeKey } from '../../../../../../core/model/timeline/pace.ts';
import { coloursOf } from './colours.ts';
import { drawBlock } from './draw.ts';
import { watchHeight } from './height.ts';
import { useLook } from './look.ts';
import { neverPaint, paintSoon } from './paint-queue.ts';
import { peaks, sheets } from './sources.ts';

interface StripCanvasProps {
  assetId: string;
  /** What is made of the asset, as the library says. */
  hasStrip: boolean;
  hasPeaks: boolean;
  kind: 'clip' | 'sound';
  inUs: number;
  /** Source time a pixel stands for. */
  usPerPx: number;
  /** Of the whole block, pixels. */
  width: number;
  /** The part of the block that is drawn, pixels. */
  from: number;
  to: number;
  gainDb: number;
  volume: readonly VolumeKey[] | undefined;
  muted: boolean;
  selected: boolean;
  fadeInUs: number;
  fadeOutUs: number;
}

/** Draws `canvas` as `props` say; before its size is known, nothing. */
function paintOn(canvas: HTMLCanvasElement, props: StripCanvasProps, height: number, look: string): void {
  const { assetId, kind, inUs, usPerPx, width, from, to, gainDb, volume, muted, selected, fadeInUs, fadeOutUs } = props;
  const ratio = window.devicePixelRatio;
  const [w, h] = [Math.max(1, Math.round((to - from) * ratio)), Math.max(1, Math.round(height * ratio))];
  const context = canvas.getContext('2d');
  if (!context || height === 0 || to <= from) return;
  const data = {
    sheet: props.hasStrip ? sheets.get(assetId) : null,
    pyramid: props.hasPeaks ? peaks.get(assetId) : null,
  };
  // Setting a size clears the canvas: what was there stays until there is something better.
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  const piece = { inUs, usPerPx, width };
  const gain = { gainDb, volume, fadeInUs, fadeOutUs };
  const drawing = { piece, gain, muted, kind, selected, from, to, height, ratio };
  canvas.dataset['shows'] = drawBlock(context, drawing, data, coloursOf(canvas, look));
}

/**
 * Filmstrip and waveform of a block, drawn for the part that is in view. Fetches what it needs once; until that is there, what lies
 * below it is seen.
 */
export const StripCanvas = memo(function StripCanvas(props: StripCanvasProps) {
  const { assetId, hasStrip, hasPeaks, from, to } = props;
  const look = useLook();
  const canvas = useRef<HTMLCanvasElement>(null);
  const height = useRef(0);
  const latest = useRef({ props, look });
  useLayoutEffect(() => {
    latest.current = { props, look };
  });
  const paint = useCallback(() => {
    if (canvas.current) paintOn(canvas.current, latest.current.props, height.current, latest.current.look);
  }, []);
  useEffect(() => {
    paintSoon(paint);
  });
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const stop = watchHeight(element, (px) => {
      height.current = px;
      paintSoon(paint);
    });
    return () => {
      stop();
      neverPaint(paint);
    };
  }, [paint]);
  useEffect(() => {
    const shelves = [...(hasStrip ? [sheets] : []), ...(hasPeaks ? [peaks] : [])];
    // Made since it was last looked for, perhaps.
    for (const shelf of shelves) shelf.retry(assetId);
    paintSoon(paint);
    const stops = shelves.map((shelf) =>
      shelf.subscribe((key) => {
        if (key === assetId) paintSoon(paint);
      }),
    );
    return () => stops.forEach((stop) => stop());
  }, [assetId, hasStrip, hasPeaks, paint]);
  return <canvas ref={canvas} className="strip-canvas" aria-hidden="true" style={{ left: from, width: to - from }} />;
});
