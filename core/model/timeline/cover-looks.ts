/** The looks of a cover's title (templates/video/covers): shaped as those of titles, larger, since a cover is seen a thumb wide. */
import band from '../../../templates/video/covers/band.json' with { type: 'json' };
import large from '../../../templates/video/covers/large.json' with { type: 'json' };
import middle from '../../../templates/video/covers/middle.json' with { type: 'json' };
import paper from '../../../templates/video/covers/paper.json' with { type: 'json' };
import top from '../../../templates/video/covers/top.json' with { type: 'json' };
import yellow from '../../../templates/video/covers/yellow.json' with { type: 'json' };
import { titleLook } from './title-looks.ts';
import type { TitleLook } from './title-looks.ts';

/** The looks, in order. A file that does not fit its shape stops the program where it is read: the test reads them all. */
export const COVER_LOOKS: readonly TitleLook[] = [large, yellow, band, paper, top, middle]
  .map((file) => titleLook.parse(file))
  .sort((a, b) => a.order - b.order);

/** The look of that name; null when there is none. */
export const coverLookOf = (id: string): TitleLook | null => COVER_LOOKS.find((look) => look.id === id) ?? null;
