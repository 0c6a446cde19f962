import { useState } from 'react';
import { useCommand } from '../../../commands/registry.ts';
import { useText } from '../../../i18n/use-text.ts';
import { DropArea } from '../../../ui/DropArea.tsx';
import { useCut, useCutState } from '../use-cut.ts';
import { CaptionBar, type CaptionTool } from './CaptionBar.tsx';
import { CaptionStyleForm } from './CaptionStyleForm.tsx';
import { CueFindBar } from './CueFindBar.tsx';
import { CueList } from './CueList.tsx';
import { FindingsBar } from './FindingsBar.tsx';
import { ImportNotes } from './ImportNotes.tsx';
import { RetimeForm } from './RetimeForm.tsx';
import { TrackList } from './TrackList.tsx';
import { TapAlong } from './TapAlong.tsx';
import { useCaptionFixes } from './use-caption-fixes.ts';
import { useCaptionImport } from './use-caption-import.ts';
import { useCueFind } from './use-cue-find.ts';
import './captions.css';

/** Which tool is open, and the commands that open one. */
function useTools(some: boolean) {
  const { session } = useCut();
  const [chosen, setTool] = useState<CaptionTool>(null);
  // Without captions there is nothing to find or to move.
  const tool = some || chosen === 'style' || chosen === 'tracks' ? chosen : null;
  const [nonce, setNonce] = useState(0);
  const toggle = (which: CaptionTool) => () => setTool(tool === which ? null : which);
  const find = () => {
    setTool('find');
    setNonce(nonce + 1);
  };
  useCommand('edit.find', find, some);
  useCommand('edit.replace', find, some && session.canEdit);
  useCommand('cut.retimeCaptions', toggle('time'), some && session.canEdit);
  useCommand('cut.captionTracks', toggle('tracks'), session.canEdit);
  useCommand('cut.tapCaptions', toggle('tap'), some && session.canEdit);
  return { tool, setTool, nonce, close: () => setTool(null) };
}

/** The captions, one under the other: times, text, what is wrong with them. */
export function CaptionPanel() {
  const { t } = useText();
  const { session, player } = useCut();
  const { timeline } = useCutState();
  const { cues } = timeline.captions;
  const { findings, fix, fixAll } = useCaptionFixes(session, timeline);
  const imports = useCaptionImport();
  const { tool, setTool, nonce, close } = useTools(cues.length > 0);
  const [chosen, setSecond] = useState<boolean | null>(null);
  const second = chosen ?? cues.some(({ translation }) => translation !== undefined);
  useCommand('cut.secondLanguage', () => setSecond(!second), cues.length > 0);
  const find = useCueFind(cues, tool === 'find');
  useCommand('cut.importCaptions', imports.choose, session.canEdit);
  const goTo = (index: number) => {
    const cue = cues[index];
    if (!cue) return;
    session.select({ kind: 'cue', id: cue.id });
    player.seek(cue.startUs);
  };
  return (
    <DropArea className="captions" enabled={session.canEdit} hint={t('cutting.captions.drop')} onFiles={imports.files}>
      <CaptionBar imports={imports} tool={tool} onTool={setTool} empty={cues.length === 0} second={second} />
      {tool === 'find' ? <CueFindBar find={find} nonce={nonce} onClose={close} /> : null}
      {tool === 'time' ? <RetimeForm /> : null}
      {tool === 'tap' ? <TapAlong onClose={close} /> : null}
      {tool === 'tracks' ? <TrackList imports={imports} onClose={close} /> : null}
      {tool === 'style' ? <CaptionStyleForm /> : null}
      <ImportNotes imports={imports} />
      <FindingsBar findings={findings} onLook={goTo} onFixAll={fixAll} />
      <CueList cues={cues} findings={findings} onFix={fix} find={find} second={second} />
    </DropArea>
  );
}
