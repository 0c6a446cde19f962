/** Filters for what a clip does to its picture: turned, cut out, moved over, coloured. */
import { WHOLE, colourTransfer } from '../../model/timeline/index.ts';
import type { CanvasSize, Colours, PictureFields, Zoom } from '../../model/timeline/index.ts';

const number = (value: number): string => String(Number(value.toFixed(6)));

const TURNS = { 90: ['transpose=clock'], 180: ['hflip', 'vflip'], 270: ['transpose=cclock'] } as const;

/** Turned, mirrored, cut out: a comma behind each. By shares, since pixels need not be square yet. */
export function turnedAndCut(clip: PictureFields): string {
  const { x, y, width, height } = clip.crop ?? WHOLE;
  const share = (of: string, value: number): string => `${of}*${number(value / 1000)}`;
  return [
    ...(clip.turn === undefined ? [] : TURNS[clip.turn]),
    ...(clip.mirrored === true ? ['hflip'] : []),
    ...(clip.crop === undefined
      ? []
      : [`crop=${share('iw', width)}:${share('ih', height)}:${share('iw', x)}:${share('ih', y)}`]),
  ]
    .map((filter) => `${filter},`)
    .join('');
}

/**
 * The view that moves, on a picture scaled for it. `perspective` takes places between pixels, so that slow moves do not
 * jerk (zoompan rounds to whole ones); it counts its frames (`on`) from 1. `offset`: frames of the clip before the first one here; `total`: of the whole clip.
 */
export function moving(zoom: Zoom, at: { offset: number; total: number; frames: number }): string {
  const { from, to } = zoom;
  const passed = `(${at.offset}+on-1)/${at.total - 1}`;
  // Before its first frame and behind its last, where a transition shows them, it stands.
  const beyond = at.offset < 0 || at.offset + at.frames > at.total;
  const share = beyond ? `min(1\\,max(0\\,${passed}))` : passed;
  const over = (a: number, b: number): string =>
    a === b || at.total < 2 ? number(a / 1000) : `(${number(a / 1000)}+${number((b - a) / 1000)}*${share})`;
  const [left, top] = [over(from.x, to.x), over(from.y, to.y)];
  const [right, bottom] = [over(from.x + from.size, to.x + to.size), over(from.y + from.size, to.y + to.size)];
  const corners = [
    ...[`x0=W*${left}`, `y0=H*${top}`, `x1=W*${right}`, `y1=H*${top}`],
    ...[`x2=W*${left}`, `y2=H*${bottom}`, `x3=W*${right}`, `y3=H*${bottom}`],
  ];
  return `perspective=${corners.join(':')}:interpolation=cubic:sense=source:eval=frame`;
}

/** Largest side a picture is scaled to before a view moves over it. */
const LARGEST = 4096;

/** Size to which a picture is scaled before a view moves over it: so large that the nearest view is not enlarged. */
export function roomFor(size: CanvasSize, nearest: number, shape: CanvasSize): CanvasSize {
  const most = Math.max(1, Math.min(nearest, shape.width / size.width, LARGEST / Math.max(size.width, size.height)));
  return { width: 2 * Math.round((size.width * most) / 2), height: 2 * Math.round((size.height * most) / 2) };
}

/** Adjusted in full-range R′G′B′. */
function adjusted(colours: Colours): string[] {
  const { slope, intercept, matrix } = colourTransfer(colours);
  const line = (value: number): string => `val*${number(value)}${intercept === 0 ? '' : `+${number(intercept * 255)}`}`;
  const names = ['rr', 'rg', 'rb', 'gr', 'gg', 'gb', 'br', 'bg', 'bb'];
  const channels = ['r', 'g', 'b'];
  return [
    `lutrgb=${channels.map((name, i) => `${name}=${line(slope[i] ?? 1)}`).join(':')}`,
    ...(colours.saturation === 0
      ? []
      : [`colorchannelmixer=${names.map((name, i) => `${name}=${number(matrix[i] ?? 0)}`).join(':')}`]),
  ];
}

/**
 * New colours of a BT.709 picture of limited range: adjusted, then through the colour table, which `@lut:<sha256>:<percent>@`
 * stands for. Null where nothing is done. With a table chroma is repeated on the way in and averaged on the way out, which gives
 * back what was there (a table that changes nothing: no value is off by more than one, measured).
 */
export function coloured({ colours, lut }: PictureFields): string | null {
  const table = lut && lut.strength > 0 ? lut : null;
  if (!colours && !table) return null;
  const [up, down] = table ? [':flags=neighbor', ':flags=area'] : ['', ''];
  return [
    `scale=in_color_matrix=bt709:in_range=tv:out_range=pc${up},format=gbrp`,
    ...(colours ? adjusted(colours) : []),
    ...(table ? [`@lut:${table.sha256}:${table.strength}@`] : []),
    `scale=out_color_matrix=bt709:in_range=pc:out_range=tv${down},format=yuv420p`,
  ].join(',');
}
