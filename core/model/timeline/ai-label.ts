/**
 * The label on the opening of a film in which something is made by an AI. GB 45438-2025: on the opening picture, for at least two
 * seconds, characters of at least 5 % of the shorter side, 人工智能 or AI together with 生成 or 合成.
 */
import { clockCs } from '../captions/index.ts';
import { CAPTION_FONT, FONTSIZE_OF_EM, lineWidthEm } from '../fonts/index.ts';
import { edgeCs, number } from './ass-room.ts';
import type { FrameWindow, Room } from './ass-room.ts';

export const AI_FILM_LABEL = '人工智能生成';
/** Three seconds of thirty frames: one more than is asked, so that nobody has to count. */
export const AI_LABEL_FRAMES = 90;
/** Character height, of the canvas's shorter side. Strokes of a Chinese character fill about nine tenths of it. */
const SIZE = 0.06;
/** Plate round the text, of the character height. */
const PADDING = 0.25;
/** Over everything but the mark of a draft. */
const LAYER = 98;

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const emOf = ({ canvas }: Room): number => Math.min(canvas.width, canvas.height) * SIZE;

/** BorderStyle 4 (libass): one plate behind the text, wider than it by Shadow. */
export function aiLabelStyle(room: Room): string {
  const em = emOf(room);
  const fields = [
    ...['AiLabel', CAPTION_FONT, number(em * FONTSIZE_OF_EM)],
    ...['&H00FFFFFF', '&H00FFFFFF', '&H00000000', '&H50000000', '-1', '0', '0', '0', '100', '100', '0', '0'],
    ...['4', '0', number(em * PADDING), '7', '0', '0', '0', '1'],
  ];
  return `Style: ${fields.join(',')}`;
}

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Corners of the safe area, the usual one first; the one with captions last. */
function corners(room: Room, width: number, height: number): Box[] {
  const { canvas, safe, style } = room;
  const left = (canvas.width * safe.left) / 1000;
  const right = (share: number): number => canvas.width - (canvas.width * share) / 1000 - width;
  const top = (canvas.height * safe.top) / 1000;
  const bottom = canvas.height - (canvas.height * safe.bottom) / 1000 - height;
  const above = [
    { x: left, y: top, width, height },
    // The column of buttons does not reach the top.
    { x: right(safe.left), y: top, width, height },
  ];
  const below = [
    { x: left, y: bottom, width, height },
    { x: right(safe.right), y: bottom, width, height },
  ];
  return style.position === 'top' ? [...below, ...above] : [...above, ...below];
}

/**
 * The label's event in a window of frames, or none. It stands in a corner of the safe area that no title takes in that time.
 */
export function aiLabelLines(
  room: Room,
  titles: readonly (FrameWindow & { box: Box })[],
  window: FrameWindow,
): string[] {
  if (window.from >= AI_LABEL_FRAMES) return [];
  const em = emOf(room);
  const plate = em * PADDING;
  const width = lineWidthEm(AI_FILM_LABEL, true) * em + 2 * plate;
  const height = FONTSIZE_OF_EM * em + 2 * plate;
  const shown = titles.filter(({ from }) => from < AI_LABEL_FRAMES);
  const places = corners(room, width, height);
  const place = places.find((box) => !shown.some((title) => overlap(box, title.box))) ?? places[0];
  if (!place) return [];
  const end = clockCs(edgeCs(Math.min(window.to, AI_LABEL_FRAMES) - window.from, room.rate));
  const at = `\\pos(${number(place.x + plate)},${number(place.y + plate)})`;
  return [`Dialogue: ${LAYER},0:00:00.00,${end},AiLabel,,0,0,0,,{${at}}${AI_FILM_LABEL}`];
}
