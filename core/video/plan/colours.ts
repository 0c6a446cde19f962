/**
 * Colours of a script for tools that draw them in the wrong matrix. ffmpeg's `ass` filter before its release 7 turns a script's
 * RGB into Y′CbCr by BT.601 whatever the picture is, so that a vermilion bar comes out orange in a BT.709 film; the script
 * in the page shows it as written. Such tools are found by a try (core/platform/media/drawing.ts) and get colours that come out right.
 */

/** Kr and Kb of ITU-R BT.709 (3.2) and BT.601 (2.5.1). */
const BT709 = { r: 0.2126, b: 0.0722 };
const BT601 = { r: 0.299, b: 0.114 };

const byte = (value: number): number => Math.min(255, Math.max(0, Math.round(value)));
const hex = (value: number): string => byte(value).toString(16).toUpperCase().padStart(2, '0');

/** Red, green and blue that BT.601 turns into what BT.709 makes of the given ones; 0 to 255, clipped where there is no such colour. */
export function drawnByBt601([r, g, b]: readonly [number, number, number]): [number, number, number] {
  const luma = BT709.r * r + (1 - BT709.r - BT709.b) * g + BT709.b * b;
  const red = luma + ((r - luma) * (1 - BT601.r)) / (1 - BT709.r);
  const blue = luma + ((b - luma) * (1 - BT601.b)) / (1 - BT709.b);
  const green = (luma - BT601.r * red - BT601.b * blue) / (1 - BT601.r - BT601.b);
  return [byte(red), byte(green), byte(blue)];
}

const AABBGGRR = /&H([0-9A-F]{2})?([0-9A-F]{2})([0-9A-F]{2})([0-9A-F]{2})(?![0-9A-F])/g;

const turned = (part: string): string =>
  part.replace(AABBGGRR, (_whole, alpha: string | undefined, ...rest: string[]) => {
    const [b = 0, g = 0, r = 0] = rest.slice(0, 3).map((pair) => Number.parseInt(pair, 16));
    const [red, green, blue] = drawnByBt601([r, g, b]);
    return `&H${alpha ?? ''}${hex(blue)}${hex(green)}${hex(red)}`;
  });

/** A script of ours with every colour of its styles and overrides turned by {@link drawnByBt601}; its words stay. */
export function assForBt601(ass: string): string {
  return ass
    .split('\n')
    .map((line) => {
      if (line.startsWith('Style:')) return turned(line);
      // A brace of the words themselves is escaped.
      return line.startsWith('Dialogue:') ? line.replace(/(?<!\\)\{[^}]*\}/g, turned) : line;
    })
    .join('\n');
}
