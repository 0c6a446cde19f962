/** A look as one title wears it: its own accent and corner. Its size and opacity are drawn (ass-titles). */
import type { TitleLook } from './title-looks.ts';
import type { Title } from './timeline.ts';

const CORNERS = {
  topLeft: { x: 'left', y: 'top' },
  topRight: { x: 'right', y: 'top' },
  bottomLeft: { x: 'left', y: 'bottom' },
  bottomRight: { x: 'right', y: 'bottom' },
} as const;

/** Where the accent of a look is: on its bar, else on its plate; null where it has neither. */
export function accentPart(look: TitleLook): 'bar' | 'plate' | null {
  if (look.bar) return 'bar';
  return look.plate ? 'plate' : null;
}

/** The look with what the title has of its own; the same object where it has nothing. */
export function dressed(look: TitleLook, { accent, corner }: Pick<Title, 'accent' | 'corner'>): TitleLook {
  const part = accent === undefined ? null : accentPart(look);
  if (part === null && corner === undefined) return look;
  const { bar, plate, place } = look;
  return {
    ...look,
    ...(accent !== undefined && part === 'bar' && bar ? { bar: { ...bar, colour: accent } } : {}),
    ...(accent !== undefined && part === 'plate' && plate ? { plate: { ...plate, colour: accent } } : {}),
    ...(corner
      ? {
          align: CORNERS[corner].x,
          place: { ...CORNERS[corner], insetX: Math.abs(place.insetX), insetY: Math.abs(place.insetY) },
        }
      : {}),
  };
}
