/** What a person made goes along with its pictures when an opening or a closing comes, changes or goes. */
import { clipAt, layout, type Layout, type PlacedClip } from '../timeline/layout.ts';
import type { FilmCover, Sound, Timeline } from '../timeline/timeline.ts';

/** Where a moment of the film is afterwards, microseconds. */
type Moved = (us: number) => number;

/** `pack`: ids of what belongs to the pack, before or after. */
function movement(before: Layout, after: Layout, pack: ReadonlySet<string>): Moved {
  const own = before.clips.filter(({ clip }) => !pack.has(clip.id));
  const nowOf = ({ clip }: PlacedClip): PlacedClip | undefined => after.byId.get(clip.id);
  return (us) => {
    const placed = clipAt(before, us);
    // Beyond the end nothing is seen; it keeps its distance from there.
    if (!placed) return Math.max(0, us - before.durationUs) + after.durationUs;
    const now = nowOf(placed);
    if (now && !pack.has(placed.clip.id)) return us + now.startUs - placed.startUs;
    if (now) return Math.min(us - placed.startUs + now.startUs, now.endUs);
    const next = own.find(({ startUs }) => startUs >= placed.endUs);
    return (next && nowOf(next))?.startUs ?? after.durationUs;
  };
}

/** The chosen frame with its picture; a frame of an opening that is gone is not chosen any more. */
function coverMoved(cover: FilmCover, before: Layout, after: Layout, moved: Moved): FilmCover | null {
  const { atUs, ...rest } = cover;
  if (atUs === undefined) return cover;
  const placed = clipAt(before, atUs);
  if (!placed) return { ...rest, atUs: moved(atUs) };
  const now = after.byId.get(placed.clip.id);
  if (now) return { ...rest, atUs: Math.min(now.endUs - 1, now.startUs + atUs - placed.startUs) };
  return Object.keys(rest).length > 0 ? rest : null;
}

const byTime =
  <T>(timeOf: (item: T) => number) =>
  (a: T, b: T): number =>
    timeOf(a) - timeOf(b);

/**
 * `next` with everything that is not the pack's where its pictures are now. `next` holds the items of `before` at their old
 * times, and those of the pack where they belong.
 */
export function settled(before: Timeline, next: Timeline, pack: ReadonlySet<string>): Timeline {
  const [was, is] = [layout(before), layout(next)];
  const moved = movement(was, is, pack);
  const start = <T extends { id: string; startUs: number }>(item: T): T =>
    pack.has(item.id) ? item : { ...item, startUs: moved(item.startUs) };
  const span = <T extends { id: string; startUs: number; endUs: number }>(item: T): T =>
    pack.has(item.id) ? item : { ...start(item), endUs: moved(item.startUs) + item.endUs - item.startUs };
  const sound = (item: Sound): Sound => {
    const [clip, now] = [was.byId.get(item.linkedTo ?? ''), is.byId.get(item.linkedTo ?? '')];
    const linked = clip && now && !pack.has(item.id);
    return linked ? { ...item, startUs: Math.max(0, item.startUs + now.startUs - clip.startUs) } : start(item);
  };
  const { markers, cover: _cover, ...rest } = next;
  const cover = before.cover && coverMoved(before.cover, was, is, moved);
  return {
    ...rest,
    overlays: next.overlays.map(start),
    titles: next.titles.map(span),
    music: next.music.map(sound),
    voice: next.voice.map(sound),
    effects: next.effects.map(sound),
    captions: { ...next.captions, cues: next.captions.cues.map(span).sort(byTime(({ startUs }) => startUs)) },
    ...(markers
      ? { markers: markers.map((one) => ({ ...one, atUs: moved(one.atUs) })).sort(byTime(({ atUs }) => atUs)) }
      : {}),
    ...(cover ? { cover } : {}),
  };
}
