/** What is written on a cover, as an ASS script: its own title, the film's words where asked for, label and mark. */
import { aiLabelLines } from './ai-label.ts';
import { roomOf } from './ass-room.ts';
import type { AssCanvas, CaptionProblem, Room } from './ass-room.ts';
import { layLook, standingLines } from './ass-titles.ts';
import type { LaidTitle } from './ass-titles.ts';
import { draftLine, laidFilm, script, wordsIn } from './ass.ts';
import { coverLookOf } from './cover-looks.ts';
import { coverFrameOf } from './covers.ts';
import type { CoverOf } from './covers.ts';
import type { TitleLook } from './title-looks.ts';
import type { CoverTitle, Timeline } from './timeline.ts';

export interface CoverScript {
  ass: string;
  /** With something to draw. */
  events: number;
  problems: CaptionProblem[];
  /** The title as it lies, pixels of the canvas; null: there is none. */
  title: LaidTitle['box'] | null;
  /** It takes more of the safe area than a title may, at the smallest size that can be read. */
  tooLong: boolean;
}

/** Share of the safe area's height that a title may take. */
const MOST = 0.72;
/** What does not fit is drawn smaller in steps, down to this share of its size. */
const [SMALLER, SMALLEST] = [0.93, 0.5];

const scaledBy = (look: TitleLook, by: number): TitleLook => ({
  ...look,
  lines: look.lines.map((line) => ({ ...line, size: line.size * by })),
  plate: look.plate && { ...look.plate, padX: look.plate.padX * by, padY: look.plate.padY * by },
  bar: look.bar && { ...look.bar, size: look.bar.size * by },
  outline: look.outline && { ...look.outline, width: look.outline.width * by },
});

/** The largest at which it fits, at most as large as is asked for. */
function layCover(title: CoverTitle, at: CoverTitle['at'], room: Room): { laid: LaidTitle | null; fits: boolean } {
  const look = coverLookOf(title.look);
  if (!look) return { laid: null, fits: true };
  const asked = (title.size ?? 100) / 100;
  const { canvas, safe } = room;
  const most = canvas.height * (1 - (safe.top + safe.bottom) / 1000) * MOST;
  const place = at ?? title.at;
  const whole = {
    id: 'cover',
    startUs: 0,
    endUs: 1,
    look: look.id,
    texts: title.texts,
    ...(place ? { at: place } : {}),
  };
  for (let by = asked; ; by *= SMALLER) {
    const [laid = null] = layLook(whole, scaledBy(look, by), room);
    const fits = laid === null || (laid.box.height <= most && !laid.problems.some(isWide));
    if (fits || by * SMALLER < asked * SMALLEST) return { laid, fits };
  }
}

const isWide = ({ code }: CaptionProblem): boolean => code === 'caption_too_wide';

/**
 * The script of one cover. `shape`, `target`: which it is ("3:4", for one platform); `frame`: of the film, for its words; null: the
 * cover is a picture, which has none.
 */
export function coverToAss(timeline: Timeline, canvas: AssCanvas, of: CoverOf & { frame: number | null }): CoverScript {
  const room = roomOf(timeline, canvas);
  const { cover = {} } = timeline;
  const { frame } = of;
  const own = cover.title ? layCover(cover.title, coverFrameOf(cover, of).at, room) : { laid: null, fits: true };
  const words =
    cover.words && frame !== null
      ? wordsIn(room, laidFilm(timeline, room), { from: frame, to: frame + 1 })
      : { events: [], titled: false, problems: [] };
  const events = [...words.events, ...(own.laid ? standingLines(own.laid) : [])];
  if (canvas.draft) events.push(draftLine(1000));
  if (canvas.aiMade) {
    const taken = own.laid ? [{ from: 0, to: 1, box: own.laid.box }] : [];
    events.push(...aiLabelLines(room, taken, { from: 0, to: 1 }));
  }
  return {
    ass: script(room, events, words.titled || own.laid !== null),
    events: events.length,
    problems: [...words.problems, ...(own.laid?.problems ?? [])],
    title: own.laid?.box ?? null,
    tooLong: !own.fits,
  };
}
