/** The music of a pack: under the whole film, again from its beginning where it is shorter. */
import { clipDurationUs } from '../timeline/layout.ts';
import type { Clip, Sound } from '../timeline/timeline.ts';
import type { Kit } from './kit.ts';

/** Two pieces of one music go over into each other for so long, at most a quarter of it. */
const OVER_US = 1_000_000;
/** As many as are laid: a music of ten seconds under five minutes. What is shorter than that is no music bed. */
const MOST = 40;

interface Bed {
  filmUs: number;
  /** Opening and closing. */
  first: Clip | null;
  last: Clip | null;
}

/** An opening or closing with sound of its own is heard by itself. */
function lengthIfHeard(kit: Kit, clip: Clip | null): number {
  const asset = clip && kit.assets.find(({ assetId }) => assetId === clip.assetId);
  return clip && asset?.hasAudio ? clipDurationUs(clip) : 0;
}

/** Pieces from the opening to the closing; none where the film has no room for one. */
export function musicBed(kit: Kit, { filmUs, first, last }: Bed): Sound[] {
  const { music } = kit.supply.pack;
  const [fromUs, toUs] = [lengthIfHeard(kit, first), filmUs - lengthIfHeard(kit, last)];
  if (!music || toUs <= fromUs) return [];
  const asset = kit.file(music.file, 'music/file');
  const sourceUs = asset.durationUs ?? 0;
  const overUs = Math.min(OVER_US, Math.floor(sourceUs / 4));
  const pieces: Sound[] = [];
  for (let startUs = fromUs; startUs < toUs && pieces.length < MOST && sourceUs > 0; startUs += sourceUs - overUs) {
    const ends = startUs + sourceUs >= toUs;
    const begins = pieces.length === 0;
    pieces.push({
      ...{ id: kit.id(`music-${String(pieces.length + 1)}`), assetId: asset.assetId },
      ...{ startUs, inUs: 0, outUs: Math.min(sourceUs, toUs - startUs) },
      ...{ gainDb: music.gainDb, muted: false, duckDb: music.duckDb },
      fadeInUs: begins ? music.fadeInUs : overUs,
      fadeOutUs: ends ? music.fadeOutUs : overUs,
    });
    if (ends) break;
  }
  return pieces;
}
