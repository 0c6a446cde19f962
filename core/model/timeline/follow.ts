/** Captions that go with the pictures when the storyline is cut. */
import { clipAt, layout, sourceTime, speedOf, timelineTime } from './layout.ts';
import { mulDivRound } from './rational.ts';
import type { Layout, PlacedClip } from './layout.ts';
import { placeCues } from './cues.ts';
import { markersOf, placeMarkers } from './markers.ts';
import { overlayEndUs } from './overlays.ts';
import type { TableEdit, TableEdits } from './patch.ts';
import type { Cue, Marker, Overlay, Timeline, Title } from './timeline.ts';

interface Span {
  startUs: number;
  endUs: number;
}

/** Where the part of a clip between `startUs` and `endUs` stands afterwards; null when nothing of it is left. */
function follow(placed: PlacedClip, span: Span, after: Layout): Span | null {
  const now = after.byId.get(placed.clip.id);
  if (!now) return null;
  if (placed.clip.heldUs !== undefined || now.clip.heldUs !== undefined) return followHeld(placed, span, now);
  // Backwards what comes first lies last in the source.
  const ends = [sourceTime(placed, span.startUs), sourceTime(placed, span.endUs - 1)];
  const from = Math.max(Math.min(...ends), now.clip.inUs);
  const last = Math.min(Math.max(...ends), now.clip.outUs - 1);
  if (from > last) return null;
  const { clip } = now;
  const startUs = timelineTime(now, clip.reversed ? last : from);
  const { num, den } = speedOf(clip);
  // The end is worked out as such: at another speed the last microsecond and the end are not one apart.
  const endUs = now.startUs + mulDivRound(clip.reversed ? clip.outUs - from : last + 1 - clip.inUs, den, num);
  return startUs === null || startUs >= endUs ? null : { startUs, endUs };
}

/** In a frozen frame every moment is the same: what stands over it keeps its distance from its start. */
function followHeld(placed: PlacedClip, span: Span, now: PlacedClip): Span | null {
  const startUs = now.startUs + (span.startUs - placed.startUs);
  const endUs = Math.min(now.endUs, startUs + (span.endUs - span.startUs));
  return startUs < endUs ? { startUs, endUs } : null;
}

/** What the cue stood over before, piece by piece, at its new places. */
function pieces(cue: Span, before: Layout, after: Layout): Span[] {
  const found: Span[] = [];
  let at = cue.startUs;
  for (let placed = clipAt(before, at); placed && at < cue.endUs; placed = clipAt(before, at)) {
    const endUs = Math.min(cue.endUs, placed.endUs);
    const piece = follow(placed, { startUs: at, endUs }, after);
    if (piece) found.push(piece);
    at = endUs;
  }
  const shiftUs = after.durationUs - before.durationUs;
  // Beyond the end there is no picture to go with: such a part keeps its distance from the end.
  if (at < cue.endUs) found.push({ startUs: Math.max(0, at + shiftUs), endUs: Math.max(0, cue.endUs + shiftUs) });
  return found;
}

/** The cue or title where its pictures are now; the same object when they did not move, null when they are gone. */
function followOne<T extends Span>(cue: T, before: Layout, after: Layout): T | null {
  const [first, ...rest] = pieces(cue, before, after);
  if (!first || first.startUs >= first.endUs) return null;
  let { endUs } = first;
  // A cue over a cut stays whole where its clips are still neighbours; else it stays with the first.
  for (const piece of rest) {
    if (piece.startUs !== endUs) break;
    endUs = piece.endUs;
  }
  return first.startUs === cue.startUs && endUs === cue.endUs ? cue : { ...cue, startUs: first.startUs, endUs };
}

interface Places {
  before: Layout;
  after: Layout;
}

function followCues(before: Timeline, places: Places): TableEdit<Cue> {
  const leaving = new Set<string>();
  const fresh: { cue: Cue; rank: number }[] = [];
  before.captions.cues.forEach((cue, rank) => {
    const now = followOne(cue, places.before, places.after);
    if (now === cue) return;
    leaving.add(cue.id);
    if (now) fresh.push({ cue: now, rank });
  });
  return placeCues(before.captions.cues, leaving, fresh);
}

/** The same for a table whose entries stay in the order they have; `moved` gives an entry its new place. */
function followTable<T extends { id: string }>(
  items: readonly T[],
  spanOf: (item: T) => Span,
  moved: (item: T, span: Span) => T,
  places: Places,
): TableEdit<T> {
  const remove: string[] = [];
  const put: { at: number; item: T }[] = [];
  let at = 0;
  for (const item of items) {
    const span = spanOf(item);
    const now = followOne(span, places.before, places.after);
    if (now !== span) {
      remove.push(item.id);
      if (now) put.push({ at, item: moved(item, now) });
    }
    if (now) at += 1;
  }
  return { remove, put };
}

function followMarkers(before: Timeline, places: Places): TableEdit<Marker> {
  const leaving = new Set<string>();
  const fresh: Marker[] = [];
  for (const marker of markersOf(before)) {
    const span = { startUs: marker.atUs, endUs: marker.atUs + 1 };
    const now = followOne(span, places.before, places.after);
    if (now === span) continue;
    leaving.add(marker.id);
    if (now) fresh.push({ ...marker, atUs: now.startUs });
  }
  return placeMarkers(markersOf(before), leaving, fresh);
}

/** An overlay begins where its first picture is now, and is as long as it was: it has a source of its own. */
const movedOverlay = (overlay: Overlay, span: Span): Overlay => ({ ...overlay, startUs: span.startUs });

/**
 * Changes of the other tables that keep cues, titles and overlays on their pictures when the storyline goes from `before` to
 * `after`; a table in which nothing moves is left out.
 */
export function followPictures(before: Timeline, after: Timeline): TableEdits {
  const places = { before: layout(before), after: layout(after) };
  const titles = followTable<Title>(
    before.titles,
    (title) => title,
    (title, span) => ({ ...title, startUs: span.startUs, endUs: span.endUs }),
    places,
  );
  const spanOf = (overlay: Overlay): Span => ({ startUs: overlay.startUs, endUs: overlayEndUs(overlay) });
  const overlays = followTable(before.overlays, spanOf, movedOverlay, places);
  const cues = followCues(before, places);
  const markers = followMarkers(before, places);
  return {
    ...(markers.remove.length > 0 ? { markers } : {}),
    ...(cues.remove.length > 0 ? { cues } : {}),
    ...(titles.remove.length > 0 ? { titles } : {}),
    ...(overlays.remove.length > 0 ? { overlays } : {}),
  };
}
