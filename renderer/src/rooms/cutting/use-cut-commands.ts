/** The commands of the cutting room. */
import { useCommand } from '../../commands/registry.ts';
import {
  clipMeant,
  cueAtPlayhead,
  cueEdgeBy,
  cueEdgeTo,
  cueEdgeToCut,
  titleAtPlayhead,
  trimToPlayhead,
} from './acts.ts';
import { nextPlace } from './captions/cue-place.ts';
import { useSpeakerCommands } from './captions/use-speakers.ts';
import { useSnapToSpeech } from './captions/use-speech.ts';
import type { BoardView } from './board/use-board-view.ts';
import { newId } from './cut-session.ts';
import { makePickedActs } from './picked-acts.ts';
import { makeStorylineActs } from './storyline-acts.ts';
import { rateOf } from './time/timecode.ts';
import { neighbourCut } from './time/view.ts';
import type { Cut } from './use-cut.ts';
import { TITLE_LOOKS } from '../../../../core/model/timeline/title-looks.ts';
import type { Operation } from '../../../../core/model/timeline/operation.ts';

type Acts = ReturnType<typeof makeActs>;

/** What can be done to the video right now, by keys, buttons and the palette alike. */
export function makeActs({ session, player }: Pick<Cut, 'session' | 'player'>) {
  const now = () => ({ ...session.getState(), us: player.getTime() });
  const underPlayhead = () => {
    const { places, us } = now();
    return clipMeant(places, null, us);
  };
  const cue = () => {
    const { timeline, selection, us } = now();
    const { cues } = timeline.captions;
    const selected = selection?.kind === 'cue' ? cues.find(({ id }) => id === selection.id) : undefined;
    return selected ?? cues.find(({ startUs, endUs }) => startUs <= us && us < endUs) ?? null;
  };
  const run = (operation: Operation | null) => operation !== null && session.run(operation);
  return {
    ...makePickedActs({ session, player }),
    split: () => {
      const { us, selection } = now();
      if (selection?.kind === 'sound') {
        run({ type: 'splitSound', soundId: selection.id, atUs: us, newId: newId('s') });
        return;
      }
      if (selection?.kind === 'overlay') {
        run({ type: 'splitOverlay', overlayId: selection.id, atUs: us, newId: newId('o') });
        return;
      }
      const placed = underPlayhead();
      if (!placed || us <= placed.startUs || us >= placed.endUs) return;
      session.run({ type: 'splitClip', atUs: us, newId: newId('c') });
    },
    trim: (side: 'start' | 'end') => {
      const placed = underPlayhead();
      if (!placed) return;
      const { startUs } = placed;
      if (run(trimToPlayhead(placed, side, now().us)) && side === 'start') player.seek(startUs);
    },
    addCue: () => {
      const id = newId('q');
      const { timeline, us } = now();
      if (run(cueAtPlayhead(timeline.captions.cues, us, id))) session.select({ kind: 'cue', id });
    },
    addTitle: () => {
      const id = newId('t');
      const { us, places } = now();
      const [look] = TITLE_LOOKS;
      if (!look) return;
      const title = { id, startUs: us, look: look.id, texts: {} };
      if (run(titleAtPlayhead(title, look.lastsUs, places.durationUs))) session.select({ kind: 'title', id });
    },
    cueEdge: (edge: 'start' | 'end') => {
      const meant = cue();
      if (meant) run(cueEdgeTo(meant, edge, now().us));
    },
    cueNudge: (edge: 'start' | 'end', frames: number) => {
      const meant = cue();
      if (meant) run(cueEdgeBy(meant, edge, frames, rateOf(now().timeline.canvas.frameRate)));
    },
    cueToCut: (edge: 'start' | 'end') => {
      const meant = cue();
      if (meant) run(cueEdgeToCut(meant, edge, now().places));
    },
    cueMeant: cue,
    cuePlace: () => {
      const meant = cue();
      if (meant) run(nextPlace(meant, now().timeline.captions.style.position));
    },
    mergeCue: () => {
      const meant = cue();
      const { cues } = now().timeline.captions;
      const next = meant && cues[cues.indexOf(meant) + 1];
      if (meant && next) run({ type: 'mergeCues', cueIds: [meant.id, next.id] });
    },
    toCut: (step: 1 | -1) => {
      const { places, us } = now();
      player.pause();
      player.seek(neighbourCut(places, us, step));
    },
  };
}

function useEditing(acts: Acts, { session }: Cut): void {
  const can = session.canEdit;
  useCommand('cut.split', acts.split, can);
  useCommand('cut.trimStart', () => acts.trim('start'), can);
  useCommand('cut.trimEnd', () => acts.trim('end'), can);
  useCommand('cut.delete', acts.remove, can);
  useCommand('cut.deselect', () => session.select(null));
  useCommand('cut.lift', acts.lift, can);
  useCommand('cut.group', acts.group, can);
  useCommand('cut.ungroup', acts.ungroup, can);
  useCommand('cut.moveLeft', () => acts.move(-1), can);
  useCommand('cut.moveRight', () => acts.move(1), can);
  useCommand('cut.undo', () => session.undo(), can);
  useCommand('cut.redo', () => session.redo(), can);
  useCommand('cut.addCue', acts.addCue, can);
  useCommand('cut.copy', () => void acts.copy());
  useCommand('cut.cutOut', () => acts.copy() && acts.remove(), can);
  useCommand('cut.paste', acts.paste, can);
  useCommand('cut.duplicate', acts.duplicate, can);
  useCommand('cut.addTitle', acts.addTitle, can);
  useCommand('cut.mergeCue', acts.mergeCue, can);
}

function useCueTimes(acts: Acts, can: boolean): void {
  useCommand('cut.cueStart', () => acts.cueEdge('start'), can);
  useCommand('cut.cueEnd', () => acts.cueEdge('end'), can);
  useCommand('cut.cueStartBack', () => acts.cueNudge('start', -1), can);
  useCommand('cut.cueStartForward', () => acts.cueNudge('start', 1), can);
  useCommand('cut.cueEndBack', () => acts.cueNudge('end', -1), can);
  useCommand('cut.cueEndForward', () => acts.cueNudge('end', 1), can);
  useCommand('cut.cueStartToCut', () => acts.cueToCut('start'), can);
  useCommand('cut.cueEndToCut', () => acts.cueToCut('end'), can);
  useCommand('cut.cuePlace', acts.cuePlace, can);
}

/** Ten frames where one is too little for the hand. */
const FAR = 10;

function useStoryline(cut: Cut): void {
  const acts = makeStorylineActs(cut);
  const can = cut.session.canEdit;
  useCommand('cut.freeze', acts.freeze, can);
  useCommand('cut.reverseClip', acts.reverse, can);
  useCommand('cut.detachSound', acts.detach, can);
  useCommand('cut.marker', acts.mark, can);
  useCommand('cut.previousMarker', () => acts.toMarker(-1));
  useCommand('cut.nextMarker', () => acts.toMarker(1));
  useCommand('cut.rollBack', () => acts.roll(-1), can);
  useCommand('cut.rollForward', () => acts.roll(1), can);
  useCommand('cut.rollFarBack', () => acts.roll(-FAR), can);
  useCommand('cut.rollFarForward', () => acts.roll(FAR), can);
  useCommand('cut.slipBack', () => acts.slip(-1), can);
  useCommand('cut.slipForward', () => acts.slip(1), can);
  useCommand('cut.slideBack', () => acts.slide(-1), can);
  useCommand('cut.slideForward', () => acts.slide(1), can);
}

export function useCutCommands(cut: Cut, view: BoardView, toggleSafeArea: () => void): void {
  const { player } = cut;
  const acts = makeActs(cut);
  useEditing(acts, cut);
  useStoryline(cut);
  useCueTimes(acts, cut.session.canEdit);
  const toSpeech = useSnapToSpeech(cut);
  const snapCue = () => {
    const meant = acts.cueMeant();
    if (meant) toSpeech([meant]);
  };
  useSpeakerCommands(cut.session, acts.cueMeant);
  useCommand('cut.cueToSpeech', snapCue, cut.session.canEdit);
  useCommand('cut.playPause', () => player.toggle());
  useCommand('cut.reverse', () => player.shuttle(-1));
  useCommand('cut.pause', () => player.pause());
  useCommand('cut.forward', () => player.shuttle(1));
  useCommand('cut.frameBack', () => player.step(-1));
  useCommand('cut.frameForward', () => player.step(1));
  useCommand('cut.framesBack', () => player.step(-10));
  useCommand('cut.framesForward', () => player.step(10));
  useCommand('cut.previousCut', () => acts.toCut(-1));
  useCommand('cut.nextCut', () => acts.toCut(1));
  useCommand('cut.start', () => player.seek(0));
  useCommand('cut.end', () => player.seek(player.durationUs));
  useCommand('cut.snap', view.toggleSnap);
  useCommand('cut.zoomIn', () => view.zoomBy(1.5));
  useCommand('cut.zoomOut', () => view.zoomBy(1 / 1.5));
  useCommand('cut.fitAll', view.fitAll);
  useCommand('cut.safeArea', toggleSafeArea);
}
