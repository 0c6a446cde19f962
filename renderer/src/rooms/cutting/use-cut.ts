/** The open video for the parts of the room. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Asset } from '../../../../core/model/contract/index.ts';
import type { Timeline } from '../../../../core/model/timeline/timeline.ts';
import type { CutSession, CutState } from './cut-session.ts';
import type { StageEdit } from './picture/stage-edit.ts';
import type { PlayState } from './player/play-store.ts';
import type { Player } from './player/player.ts';
import type { Shape } from './shapes.ts';

export interface Cut {
  session: CutSession;
  player: Player;
  projectId: string;
  storyId: string;
  /** What the library knows of the timeline's assets, by id; what is not there is being read or gone. */
  assets: ReadonlyMap<string, Asset>;
  /** What is being set on the stage itself. */
  edit: StageEdit | null;
  setEdit: (edit: StageEdit | null) => void;
  /** The timeline as the stage shows it: in the shape that is looked at; while a clip is cropped, all of it is seen. */
  shown: Timeline;
  /** Shape in which the film is looked at; null: its own. */
  shape: Shape | null;
  setShape: (shape: Shape | null) => void;
}

export const CutContext = createContext<Cut | null>(null);

export function useCut(): Cut {
  const cut = useContext(CutContext);
  if (!cut) throw new Error('useCut is for parts of the cutting room');
  return cut;
}

export function useCutState(): CutState {
  const { session } = useCut();
  return useSyncExternalStore(session.subscribe, session.getState);
}

export function usePlayState(): PlayState {
  const { player } = useCut();
  return useSyncExternalStore(player.subscribe, player.getState);
}

/** Something worked out from the playhead's time; the component is drawn again only when it changes. */
export function useAtPlayhead<T extends string | number | boolean | null>(work: (us: number) => T): T {
  const { player } = useCut();
  return useSyncExternalStore(player.onTime, () => work(player.getTime()));
}
