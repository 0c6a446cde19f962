import { useState } from 'react';
import type { VideoProject } from '../../../../core/model/contract/video.ts';
import { useMay } from '../../app/session.ts';
import { Bin } from './bin/Bin.tsx';
import { Board } from './board/Board.tsx';
import { CutTopBar } from './CutTopBar.tsx';
import { PlayerPanel } from './player/PlayerPanel.tsx';
import { SidePanel } from './SidePanel.tsx';
import { MarksDialog } from './marks/MarksDialog.tsx';
import { CutContext } from './use-cut.ts';
import { useBoardView } from './board/use-board-view.ts';
import { useCutCommands } from './use-cut-commands.ts';
import { useCutRoom } from './use-cut-room.ts';

/** A click on a button must not keep the focus there: the next press of the space bar plays. Tab still goes everywhere. */
function leaveFocus(event: React.MouseEvent): void {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest('button') && !target.closest('input, textarea, [draggable="true"]')) event.preventDefault();
}

/** The same for switches and choices, which take the focus with the click itself. */
function dropFocus(event: React.MouseEvent): void {
  if (event.detail === 0) return;
  setTimeout(() => {
    const { activeElement } = document;
    if (activeElement instanceof HTMLInputElement && /^(?:radio|checkbox)$/.test(activeElement.type))
      activeElement.blur();
  });
}

/** The open video: bin, player, captions, timeline. */
export function CuttingDesk({ first: opened }: { first: VideoProject }) {
  const [first] = useState(opened);
  const canEdit = useMay('video.edit') && first.removedAt === null;
  const cut = useCutRoom(first, canEdit);
  const view = useBoardView(cut.session.getDuration);
  const [safeArea, setSafeArea] = useState(true);
  useCutCommands(cut, view, () => setSafeArea((on) => !on));
  return (
    <CutContext value={cut}>
      <CutTopBar first={first} />
      <div className="cut-room" onMouseDown={leaveFocus} onClick={dropFocus}>
        <Bin />
        <PlayerPanel safeArea={safeArea} onSafeArea={setSafeArea} />
        <SidePanel />
        <Board view={view} />
      </div>
      <MarksDialog />
    </CutContext>
  );
}
