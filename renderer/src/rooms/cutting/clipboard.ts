/** Copying and pasting in the cutting room: clips, overlays, titles, captions and sounds. Kept for the sitting, over all videos. */
import { clipAsset } from '../../../../core/model/timeline/gap.ts';
import type { Layout } from '../../../../core/model/timeline/layout.ts';
import type { Operation } from '../../../../core/model/timeline/operation.ts';
import { soundsOf } from '../../../../core/model/timeline/sounds.ts';
import type {
  Clip,
  Cue,
  Overlay,
  Sound,
  SoundTrack,
  Timeline,
  TimelineAsset,
  Title,
} from '../../../../core/model/timeline/timeline.ts';
import type { Selection } from './cut-session.ts';

/** What was copied, with the asset it shows, so that it can go into another video. */
export type Copied =
  | { kind: 'clip'; item: Clip; asset: TimelineAsset }
  | { kind: 'overlay'; item: Overlay; asset: TimelineAsset }
  | { kind: 'sound'; item: Sound; track: SoundTrack; asset: TimelineAsset }
  | { kind: 'title'; item: Title }
  | { kind: 'cue'; item: Cue };

/** The selected item; null when nothing is selected. */
export function copyOf(timeline: Timeline, selection: Selection): Copied | null {
  // A marker is of its moment.
  if (!selection || selection.kind === 'marker') return null;
  const { kind, id } = selection;
  const named = <T extends { id: string }>(items: readonly T[]): T | undefined => items.find((item) => item.id === id);
  const assetOf = (assetId: string) => timeline.assets.find((asset) => asset.assetId === assetId);
  if (kind === 'title') {
    const item = named(timeline.titles);
    return item ? { kind, item } : null;
  }
  if (kind === 'cue') {
    const item = named(timeline.captions.cues);
    return item ? { kind, item } : null;
  }
  if (kind === 'sound') {
    const found = soundsOf(timeline).find(({ sound }) => sound.id === id);
    const asset = found && assetOf(found.sound.assetId);
    return found && asset ? { kind, item: found.sound, track: found.track, asset } : null;
  }
  if (kind === 'overlay') {
    const item = named(timeline.overlays);
    const asset = item && assetOf(item.assetId);
    return item && asset ? { kind, item, asset } : null;
  }
  const item = named(timeline.storyline);
  const asset = item && clipAsset(timeline, item);
  return item && asset ? { kind, item, asset } : null;
}

/** Place in the storyline for a clip that is pasted at `us`: behind the clip there, at the cut when it is on one. */
export function placeAt(places: Layout, us: number): number {
  const inside = places.clips.find(({ startUs, endUs }) => startUs <= us && us < endUs);
  if (!inside) return places.clips.length;
  return us === inside.startUs ? inside.index : inside.index + 1;
}

/** Puts what was copied in at the playhead, under a new id. */
export function pasteOf(
  copied: Copied,
  at: { timeline: Timeline; places: Layout; us: number; id: string },
): Operation[] {
  const { timeline, places, us, id } = at;
  const gap = copied.kind === 'clip' && copied.item.gap === true;
  const known = gap || !('asset' in copied) || timeline.assets.some(({ assetId }) => assetId === copied.asset.assetId);
  const add: Operation[] = known || !('asset' in copied) ? [] : [{ type: 'addAsset', asset: copied.asset }];
  switch (copied.kind) {
    case 'clip':
      return [...add, { type: 'insertClip', clip: { ...copied.item, id }, at: placeAt(places, us), cues: 'follow' }];
    case 'overlay':
      return [...add, { type: 'addOverlay', overlay: { ...copied.item, id, startUs: us } }];
    case 'sound':
      return [...add, { type: 'addSound', track: copied.track, sound: { ...copied.item, id, startUs: us } }];
    case 'title': {
      const lasts = copied.item.endUs - copied.item.startUs;
      return [{ type: 'addTitle', title: { ...copied.item, id, startUs: us, endUs: us + lasts } }];
    }
    case 'cue': {
      const lasts = copied.item.endUs - copied.item.startUs;
      return [{ type: 'addCue', cue: { ...copied.item, id, startUs: us, endUs: us + lasts } }];
    }
  }
}
