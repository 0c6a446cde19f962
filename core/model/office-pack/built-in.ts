/** The program's own packs (templates/video/packs). */
import ink from '../../../templates/video/packs/ink.json' with { type: 'json' };
import red from '../../../templates/video/packs/red.json' with { type: 'json' };
import { readPack } from './read.ts';
import type { OfficePack, PackPart } from './shape.ts';

/** How the ids of the program's own begin; an office's never do. */
export const BUILT_IN_PACK = 'studio-';

/** By id, in order. A file that does not fit stops the program where it is read: the test reads them all. */
export const BUILT_IN_PACKS: ReadonlyMap<string, OfficePack> = new Map(
  Object.entries({ red, ink }).map(([name, file]) => [`${BUILT_IN_PACK}${name}`, readPack(file)]),
);

/** What somebody begins with who wants a card. */
export const NEW_CARD: Extract<PackPart, { kind: 'card' }> = {
  kind: 'card',
  colour: '#1E2422',
  lastsUs: 3_000_000,
  title: { look: 'card', texts: { title: '{story}', over: '{office}' } },
};
