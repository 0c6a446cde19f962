import { Modal, Switch } from '@mantine/core';
import { useState } from 'react';
import { durationUs, type PlacedClip } from '../../../../../core/model/timeline/layout.ts';
import type { Operation } from '../../../../../core/model/timeline/operation.ts';
import { applyOperations } from '../../../../../core/model/timeline/operations.ts';
import { useCommand } from '../../../commands/registry.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn } from '../../../ui/Btn.tsx';
import { toast } from '../../../ui/toast.tsx';
import { clipMeant } from '../acts.ts';
import { newId } from '../cut-session.ts';
import { rateOf, seconds } from '../time/timecode.ts';
import { useCut, useCutState } from '../use-cut.ts';
import { cutSilences, splitAtCuts } from './mark-edits.ts';
import { marksShown, showMarks, useClipMarks, useMarksShown, usePrepareScenes, type FoundMarks } from './mark-store.ts';

interface PartProps {
  title: string;
  known: boolean;
  /** What was found and what would be done; null: nothing to do. */
  found: string | null;
  none: string;
  will: string;
  act: string;
  onAct: () => void;
}

function Part({ title, known, found, none, will, act, onAct }: PartProps) {
  const { t } = useText();
  const { session } = useCut();
  return (
    <section className="marks-part" aria-label={title}>
      <h3>{title}</h3>
      <p role="status">{known ? (found ?? none) : t('cutting.marks.looking')}</p>
      {known && found !== null ? (
        <>
          <p className="t2 s12">{will}</p>
          <Btn disabled={!session.canEdit} onClick={onAct}>
            {act}
          </Btn>
        </>
      ) : null}
    </section>
  );
}

/** How many pieces of silence go, and how much shorter the film gets. */
function useSilences(placed: PlacedClip, marks: FoundMarks) {
  const { timeline } = useCutState();
  const rate = rateOf(timeline.canvas.frameRate);
  const operations = cutSilences(timeline, placed.clip.id, marks.silences, () => newId('c'), rate);
  const count = operations.filter(({ type }) => type === 'removeClip').length;
  const shorterUs = count > 0 ? durationUs(timeline) - durationUs(applyOperations(timeline, operations).timeline) : 0;
  return { operations, count, time: seconds(shorterUs) };
}

function Acts({ placed, marks, onDone }: { placed: PlacedClip; marks: FoundMarks; onDone: () => void }) {
  const { t } = useText();
  const { session, player } = useCut();
  const { timeline } = useCutState();
  const silences = useSilences(placed, marks);
  const splits = splitAtCuts(placed, marks.cuts, () => newId('c'), rateOf(timeline.canvas.frameRate));
  const run = (operations: Operation[], told: string) => {
    player.pause();
    if (!session.run(operations)) return;
    toast(told, { icon: 'check' });
    onDone();
  };
  const mute = placed.clip.muted;
  return (
    <>
      <Part
        title={t('cutting.marks.cuts')}
        known={marks.cutsKnown}
        found={splits.length > 0 ? t('cutting.marks.cutsFound', { count: splits.length }) : null}
        none={t('cutting.marks.noCuts')}
        will={t('cutting.marks.cutsWill', { count: splits.length + 1 })}
        act={t('cutting.marks.split', { count: splits.length })}
        onAct={() => run(splits, t('cutting.marks.splitDone', { count: splits.length }))}
      />
      <Part
        title={t('cutting.marks.silences')}
        known={marks.silencesKnown}
        found={silences.count > 0 ? t('cutting.marks.silencesFound', silences) : null}
        none={t(mute ? 'cutting.marks.muted' : 'cutting.marks.noSilences')}
        will={t('cutting.marks.silencesWill', { time: silences.time })}
        act={t('cutting.marks.cut', { count: silences.count })}
        onAct={() => run(silences.operations, t('cutting.marks.cutDone', silences))}
      />
    </>
  );
}

/** The marks of the clip that is selected or under the playhead, and what can be done at them: only when somebody says so. */
export function MarksDialog() {
  const { t } = useText();
  const { session, player, assets } = useCut();
  const { timeline, places } = useCutState();
  const [clipId, setClipId] = useState<string | null>(null);
  const on = useMarksShown();
  usePrepareScenes(assets);
  useCommand('cut.marks', () => showMarks(!marksShown()), places.clips.length > 0);
  const open = () => {
    const { selection } = session.getState();
    const meant = clipMeant(places, selection?.kind === 'clip' ? selection.id : null, player.getTime());
    if (!meant) return;
    showMarks(true);
    setClipId(meant.clip.id);
  };
  useCommand('cut.clipMarks', open, places.clips.length > 0);
  const placed = clipId === null ? null : (places.byId.get(clipId) ?? null);
  const marks = useClipMarks(placed, placed ? assets.get(placed.clip.assetId) : undefined);
  const name = timeline.assets.find(({ assetId }) => assetId === placed?.clip.assetId)?.name ?? '';
  const close = () => setClipId(null);
  return (
    <Modal
      opened={placed !== null}
      onClose={close}
      title={t('cutting.marks.title', { name })}
      size="md"
      closeButtonProps={{ 'aria-label': t('common.act.close') }}
    >
      <Switch
        size="xs"
        label={t('cutting.marks.show')}
        checked={on}
        onChange={(e) => showMarks(e.currentTarget.checked)}
      />
      {placed && marks ? <Acts placed={placed} marks={marks} onDone={close} /> : null}
      {placed && !marks ? <p className="t2">{t('cutting.marks.notFilm')}</p> : null}
    </Modal>
  );
}
