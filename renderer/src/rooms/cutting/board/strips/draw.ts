/** Filmstrip and waveform of one block, on a canvas. Lengths are CSS pixels; the context is scaled to the screen's. */
import type { Colours } from './colours.ts';
import { columnAt, tilesBetween, type Gain, type Piece, type Pyramid } from './mapping.ts';
import type { Sheet } from './sources.ts';

export interface Drawing {
  piece: Piece;
  gain: Gain;
  muted: boolean;
  /** A sound's block is a waveform from edge to edge, a clip's has it below its pictures. */
  kind: 'clip' | 'sound';
  selected: boolean;
  /** The part of the block that the canvas covers. */
  from: number;
  to: number;
  height: number;
  /** Device pixels in a CSS pixel. */
  ratio: number;
}

/** Room of the waveform below the pictures: 36 of 128 pixels, less where the block is low. */
export const waveHeight = (height: number): number => Math.min(36, Math.round(height * 0.3));
/** Above and below the waveform, so that full scale is seen to end. */
const MARGIN = 2;

function drawFilm(to: CanvasRenderingContext2D, sheet: Sheet, d: Drawing, height: number, colours: Colours): void {
  const { index, image } = sheet;
  for (const tile of tilesBetween(d.piece, index, height, d.from, d.to)) {
    const [column, row] = [tile.picture % index.columns, Math.floor(tile.picture / index.columns)];
    const { width: w, height: h } = index;
    to.drawImage(image, column * w, row * h, w, h, tile.x - d.from, 0, tile.width, height);
    to.fillStyle = colours.edge;
    if (tile.x > 0) to.fillRect(tile.x - d.from, 0, 1, height);
  }
}

interface Band {
  top: number;
  height: number;
  colour: string;
  clipped: string;
}

/** Mirrored about the middle of its band; a column a device pixel. */
function drawWave(to: CanvasRenderingContext2D, pyramid: Pyramid, d: Drawing, band: Band): void {
  const step = 1 / d.ratio;
  const [middle, half] = [band.top + band.height / 2, band.height / 2 - MARGIN];
  const clipped: number[] = [];
  const heights: number[] = [];
  for (let x = d.from; x < d.to; x += step) {
    const column = columnAt(pyramid, d.piece, d.gain, x, step);
    if (column.clipped) clipped.push(x - d.from);
    // Silence is a line, so that one sees that there is sound.
    heights.push(Math.max(step / 2, column.height * half));
  }
  to.fillStyle = band.colour;
  to.beginPath();
  to.moveTo(0, middle);
  heights.forEach((height, i) => to.lineTo(i * step, middle - height));
  to.lineTo(heights.length * step, middle - (heights.at(-1) ?? 0));
  to.lineTo(heights.length * step, middle + (heights.at(-1) ?? 0));
  for (let i = heights.length - 1; i >= 0; i -= 1) to.lineTo(i * step, middle + (heights[i] ?? 0));
  to.closePath();
  to.fill();
  to.fillStyle = band.clipped;
  for (const x of clipped) to.fillRect(x, middle - half, Math.max(1, step), half * 2);
}

/** Draws what is there; answers what that was. */
export function drawBlock(
  to: CanvasRenderingContext2D,
  d: Drawing,
  data: { sheet: Sheet | null; pyramid: Pyramid | null },
  colours: Colours,
): string {
  const { sheet, pyramid } = data;
  to.setTransform(d.ratio, 0, 0, d.ratio, 0, 0);
  to.clearRect(0, 0, d.to - d.from, d.height);
  to.imageSmoothingQuality = 'medium';
  const sound = d.kind === 'sound';
  const wave = pyramid ? (sound ? d.height : waveHeight(d.height)) : 0;
  if (sheet) drawFilm(to, sheet, d, d.height - wave, colours);
  if (pyramid) {
    const top = d.height - wave;
    if (!sound) {
      to.fillStyle = colours.ground;
      to.fillRect(0, top, d.to - d.from, wave);
    }
    const on = sound ? (d.selected ? colours.soundPicked : colours.sound) : colours.wave;
    const off = sound ? colours.soundOff : colours.waveOff;
    const colour = d.muted ? off : on;
    drawWave(to, pyramid, d, { top, height: wave, colour, clipped: d.muted ? off : colours.clipped });
  }
  return [sheet ? 'film' : '', pyramid ? 'wave' : ''].join(' ').trim();
}
