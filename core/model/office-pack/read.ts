/** The door every office pack passes. */
import { StudioError } from '../errors.ts';
import { titleLookOf, type TitleLook } from '../timeline/title-looks.ts';
import { contrast, readColour, type Rgb } from '../wechat/colour.ts';
import { officePack, type OfficePack } from './shape.ts';

/** What large text needs (WCAG 2.2, 1.4.3): no line of a look is smaller than 34 pixels of 1080. */
const LEAST_CONTRAST = 3;

/** `top` over `below`; opacity in percent. */
const mixed = (top: Rgb, below: Rgb, opacity: number): Rgb =>
  top.map((part, i) => (part * opacity + (below[i] ?? 0) * (100 - opacity)) / 100) as unknown as Rgb;

const rgb = (colour: string): Rgb => readColour(colour) ?? [0, 0, 0];

/** Contrast of the line that is hardest to read on a card; one decimal. An edge round the letters is not counted. */
function lowest(look: TitleLook, card: string): number {
  const ground = look.plate ? mixed(rgb(look.plate.colour), rgb(card), look.plate.opacity) : rgb(card);
  return Math.round(10 * Math.min(...look.lines.map(({ colour }) => contrast(rgb(colour), ground)))) / 10;
}

export interface PackProblem {
  place: 'opening/colour' | 'closing/colour';
  /** Contrast of the words and what they stand on. */
  ratio: number;
}

/** Cards on which the words can hardly be read. */
export function packProblems({ opening, closing }: Pick<OfficePack, 'opening' | 'closing'>): PackProblem[] {
  const cards = [
    ['opening/colour', opening],
    ['closing/colour', closing],
  ] as const;
  return cards.flatMap(([place, part]) => {
    const look = part?.kind === 'card' ? titleLookOf(part.title.look) : null;
    const ratio = part?.kind === 'card' && look ? lowest(look, part.colour) : LEAST_CONTRAST;
    return ratio < LEAST_CONTRAST ? [{ place, ratio }] : [];
  });
}

/**
 * Checks a pack: its shape, and that its words can be read. Whether its files are in a workspace is asked there.
 *
 * @param value the file's JSON, parsed.
 * @throws StudioError bad_input {what}: the place in the file and what is wrong there.
 */
export function readPack(value: unknown): OfficePack {
  const parsed = officePack.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new StudioError('bad_input', {
      what: `${issue?.path.join('/') || 'office pack'}: ${issue?.message ?? 'wrong'}`,
    });
  }
  const [problem] = packProblems(parsed.data);
  if (problem) {
    throw new StudioError('bad_input', {
      what: `${problem.place}: the words on it have a contrast of ${String(problem.ratio)}, ${String(LEAST_CONTRAST)} at least`,
    });
  }
  return parsed.data;
}
