import { useMemo, useState } from 'react';
import { checkCaptions, type CaptionFinding } from '../../../../../core/model/captions/index.ts';
import type { Cue } from '../../../../../core/model/timeline/timeline.ts';
import { runCommand, useCommand } from '../../../commands/registry.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../../ui/Btn.tsx';
import { DropArea } from '../../../ui/DropArea.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { useAtPlayhead, useCut, useCutState } from '../use-cut.ts';
import { CaptionStyleForm } from './CaptionStyleForm.tsx';
import { CueRow } from './CueRow.tsx';
import { ImportNotes } from './ImportNotes.tsx';
import { useCaptionImport } from './use-caption-import.ts';

/** Findings by the place of their cue, from 0. Empty cues are being written: they break no rule yet. */
function useFindings(cues: readonly Cue[]): ReadonlyMap<number, CaptionFinding[]> {
  return useMemo(() => {
    const byCue = new Map<number, CaptionFinding[]>();
    for (const finding of checkCaptions(cues)) {
      const index = finding.cue - 1;
      if (cues[index]?.text.trim() === '') continue;
      byCue.set(index, [...(byCue.get(index) ?? []), finding]);
    }
    return byCue;
  }, [cues]);
}

/** The captions, one under the other: times, text, what is wrong with them. */
export function CaptionPanel() {
  const { t } = useText();
  const { session, player } = useCut();
  const { timeline, selection } = useCutState();
  const { cues } = timeline.captions;
  const findings = useFindings(cues);
  const current = useAtPlayhead((us) => cues.find(({ startUs, endUs }) => startUs <= us && us < endUs)?.id ?? null);
  const imports = useCaptionImport();
  const [styling, setStyling] = useState(false);
  useCommand('cut.importCaptions', imports.choose, session.canEdit);
  const firstBad = [...findings.keys()][0];
  const goTo = (index: number) => {
    const cue = cues[index];
    if (!cue) return;
    session.select({ kind: 'cue', id: cue.id });
    player.seek(cue.startUs);
  };
  const selected = selection?.kind === 'cue' ? selection.id : null;
  return (
    <DropArea className="captions" enabled={session.canEdit} hint={t('cutting.captions.drop')} onFiles={imports.files}>
      <div className="captions-bar">
        {session.canEdit ? (
          <>
            <Btn size="xs" icon="plus" onClick={() => void runCommand('cut.addCue')}>
              {t('cutting.captions.add')}
            </Btn>
            <Btn size="xs" icon="upload" onClick={imports.choose} disabled={imports.busy}>
              {t('cutting.captions.import')}
            </Btn>
          </>
        ) : null}
        <IconBtn
          icon="text"
          size="sm"
          className="push"
          label={t('cutting.style.label')}
          aria-expanded={styling}
          onClick={() => setStyling(!styling)}
        />
      </div>
      {styling ? <CaptionStyleForm /> : null}
      <ImportNotes imports={imports} />
      {firstBad === undefined ? null : (
        <div className="captions-bad tw s12">
          <Icon name="alert" size={14} />
          <span className="grow">{t('cutting.captions.bad', { count: findings.size })}</span>
          <Btn size="xs" onClick={() => goTo(firstBad)}>
            {t('cutting.captions.look')}
          </Btn>
        </div>
      )}
      <div className="scroll captions-scroll">
        {cues.length === 0 ? (
          <Empty small icon="cap" title={t('cutting.captions.empty')} text={t('cutting.captions.emptyText')} />
        ) : null}
        <ol className="cue-list" aria-label={t('cutting.captions.list')}>
          {cues.map((cue, index) => (
            <CueRow
              key={cue.id}
              cue={cue}
              index={index}
              findings={findings.get(index)}
              selected={cue.id === selected}
              shown={cue.id === current}
              last={index === cues.length - 1}
            />
          ))}
        </ol>
      </div>
    </DropArea>
  );
}
