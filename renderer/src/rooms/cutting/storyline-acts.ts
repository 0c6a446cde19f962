/** What keys, buttons and the palette do to the storyline beyond the simplest cuts. */
import type { PlacedClip } from '../../../../core/model/timeline/layout.ts';
import type { Operation } from '../../../../core/model/timeline/operation.ts';
import { frameTime } from '../../../../core/model/timeline/rational.ts';
import { clipMeant } from './acts.ts';
import { newId } from './cut-session.ts';
import { canDetach, freezeAt, markAt, nearestCut, rollCut, slideClip, slipClip } from './edits.ts';
import { rateOf } from './time/timecode.ts';
import type { Cut } from './use-cut.ts';

/** The marker before (-1) or after (1) `us`; null: there is none. */
function neighbourMarker(times: readonly number[], us: number, step: 1 | -1): number | null {
  return (step === 1 ? times.find((at) => at > us) : times.findLast((at) => at < us)) ?? null;
}

export function makeStorylineActs({ session, player }: Pick<Cut, 'session' | 'player'>) {
  const now = () => {
    const { timeline, places, selection } = session.getState();
    return { timeline, places, selection, us: player.getTime(), rate: rateOf(timeline.canvas.frameRate) };
  };
  const meant = (): PlacedClip | null => {
    const { places, selection, us } = now();
    return clipMeant(places, selection?.kind === 'clip' ? selection.id : null, us);
  };
  const run = (operations: readonly Operation[] | null): boolean =>
    operations !== null && operations.length > 0 && session.run(operations);
  return {
    freeze: () => {
      const { timeline, places, us } = now();
      const held = newId('c');
      player.pause();
      if (!run(freezeAt(timeline, places, us, { held, rest: newId('c') }))) return;
      session.select({ kind: 'clip', id: held });
    },
    reverse: () => {
      const placed = meant();
      // A frozen frame has no direction.
      if (!placed || placed.clip.heldUs !== undefined) return;
      const { id, reversed } = placed.clip;
      if (run([{ type: 'setReversed', clipId: id, reversed: !reversed }])) session.select({ kind: 'clip', id });
    },
    detach: () => {
      const placed = meant();
      if (!placed || !canDetach(placed)) return;
      const soundId = newId('s');
      if (run([{ type: 'detachSound', clipId: placed.clip.id, soundId }]))
        session.select({ kind: 'sound', id: soundId });
    },
    mark: () => {
      const { timeline, us, rate } = now();
      const { id, operation } = markAt(timeline, us, newId('k'), rate);
      if (!operation || run([operation])) session.select({ kind: 'marker', id });
    },
    toMarker: (step: 1 | -1) => {
      const { timeline, us } = now();
      const at = neighbourMarker(
        (timeline.markers ?? []).map(({ atUs }) => atUs),
        us,
        step,
      );
      if (at === null) return;
      player.pause();
      player.seek(at);
    },
    roll: (frames: number) => {
      const { timeline, places, us, rate } = now();
      const index = nearestCut(places, us);
      if (index === null) return;
      const byUs = Math.sign(frames) * frameTime(Math.abs(frames), rate);
      if (!run(rollCut(timeline, places, index, byUs, rate))) return;
      const cut = session.getState().places.clips[index]?.startUs;
      if (cut !== undefined) setTimeout(() => player.seek(cut));
    },
    slip: (frames: number) => {
      const { timeline, rate } = now();
      const placed = meant();
      if (placed) run(slipClip(timeline, placed, Math.sign(frames) * frameTime(Math.abs(frames), rate)));
    },
    slide: (frames: number) => {
      const { timeline, places, rate } = now();
      const placed = meant();
      if (placed) run(slideClip(timeline, places, placed, Math.sign(frames) * frameTime(Math.abs(frames), rate), rate));
    },
  };
}
