/** Covers as files: the picture cut to a frame, and the words drawn on it from the bundled font's own outlines. */
import { openSync, type Font } from 'fontkit';
import sharp from 'sharp';
import {
  coverLayout,
  cropOf,
  viewOf,
  type CoverLayout,
  type CoverLine,
  type CoverShape,
} from '../../model/cover/index.ts';
import { StudioError } from '../../model/errors.ts';
import type { CoverOrder, CoverPicture } from '../../ports/index.ts';
import { throwIfCancelled } from './files.ts';
import { openPicture, readPicture } from './picture.ts';
import { fontFiles } from './render/fonts.ts';
import { bestJpeg, markOf, toolError } from './web-picture.ts';

/** Under what is see-through. */
const GROUND = '#ffffff';

interface Fonts {
  regular: Font;
  bold: Font;
}

let opened: Promise<Fonts> | null = null;

/** Both fonts, opened once; they read from their files as they are asked. */
function fonts(): Promise<Fonts> {
  opened ??= fontFiles().then(({ regular, bold }) => ({
    regular: openSync(regular) as Font,
    bold: openSync(bold) as Font,
  }));
  return opened;
}

const number = (n: number): string => String(Math.round(n * 1000) / 1000);

/** Outlines, so that no font of this computer is ever used, and every shell draws the same. No kerning: as it was measured. */
function outlines({ text, x, y, size, color, bold }: CoverLine, { regular, bold: heavy }: Fonts): string {
  const font = bold ? heavy : regular;
  const scale = size / font.unitsPerEm;
  let at = 0;
  const paths = font.glyphsForString(text).map((glyph) => {
    const path = `<path transform="translate(${number(at)} 0)" d="${glyph.path.toSVG()}"/>`;
    at += glyph.advanceWidth;
    return path;
  });
  const place = `translate(${number(x)} ${number(y)}) scale(${scale.toFixed(6)} ${(-scale).toFixed(6)})`;
  return `<g fill="${color}" transform="${place}">${paths.join('')}</g>`;
}

function shape({ x, y, width, height, color, opacity, fade }: CoverShape, i: number): string {
  const box = `x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}"`;
  if (fade === null) return `<rect ${box} fill="${color}" fill-opacity="${opacity}"/>`;
  const [first, last] = fade === 'top' ? [opacity, 0] : [0, opacity];
  const stop = (at: number, strength: number): string =>
    `<stop offset="${at}" stop-color="${color}" stop-opacity="${strength}"/>`;
  return (
    `<linearGradient id="f${i}" x1="0" y1="0" x2="0" y2="1">${stop(0, first)}${stop(1, last)}</linearGradient>` +
    `<rect ${box} fill="url(#f${i})"/>`
  );
}

/** What lies over the picture, as a drawing of the frame's size. */
function drawing(layout: CoverLayout, size: { width: number; height: number }, both: Fonts): Buffer {
  const inside = [...layout.shapes.map(shape), ...layout.lines.map((line) => outlines(line, both))].join('');
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}">${inside}</svg>`,
  );
}

/** Errors: see the port. */
export async function coverPicture(file: string, order: CoverOrder): Promise<CoverPicture> {
  const { cover, ratio, draft, maxBytes, signal } = order;
  const { width, height } = ratio;
  const bytes = await readPicture(file, '');
  try {
    const metadata = await openPicture(bytes, true).metadata();
    const source = { width: metadata.autoOrient.width, height: metadata.autoOrient.height };
    const crop = cropOf(ratio, viewOf(cover, ratio.id), source);
    const layout = coverLayout(cover, ratio, { crop, draft });
    const marked = markOf(metadata.xmpAsString, cover.ai);
    const cut = await openPicture(bytes, true)
      .autoOrient()
      .extract(crop)
      .resize(width, height, { fit: 'fill' })
      .flatten({ background: GROUND })
      .toColourspace('srgb')
      .png({ compressionLevel: 1 })
      .toBuffer();
    const over = layout.shapes.length + layout.lines.length > 0 ? drawing(layout, ratio, await fonts()) : null;
    const made = await bestJpeg(async (quality) => {
      throwIfCancelled(signal);
      const whole = over === null ? sharp(cut) : sharp(cut).composite([{ input: over }]);
      const told = marked === null ? whole : whole.withXmp(marked);
      return { data: await told.jpeg({ quality, mozjpeg: true }).toBuffer(), format: 'jpeg', width, height };
    }, maxBytes);
    if (made) return { ...made, crop, source, problems: layout.problems };
  } catch (cause) {
    throw toolError(cause);
  }
  throw new StudioError('tool_failed', { tool: 'sharp', what: `not below ${maxBytes} bytes` });
}
