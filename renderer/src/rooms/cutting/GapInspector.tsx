/** The selected gap: how long it is, how it comes in, and what can become of it. */
import type { PlacedClip } from '../../../../core/model/timeline/layout.ts';
import { runCommand } from '../../commands/registry.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { EndingField } from './picture/EndingField.tsx';
import { TransitionField } from './picture/TransitionField.tsx';
import { Seconds } from './Seconds.tsx';
import { useCut, useCutState } from './use-cut.ts';

/** Shortest length a field takes, microseconds. */
const SHORTEST_US = 100_000;

export function GapInspector({ placed }: { placed: PlacedClip }) {
  const { t } = useText();
  const { session } = useCut();
  const { places } = useCutState();
  const { id, inUs, outUs } = placed.clip;
  const last = (us: number) =>
    us >= SHORTEST_US &&
    session.run({ type: 'trimClip', clipId: id, outUs: inUs + us, cues: 'follow' }, `gap-length-${id}`);
  return (
    <div className="insp">
      <h3>{t('cutting.gap.label')}</h3>
      <p className="t2 s12">{t('cutting.gap.hint')}</p>
      <Seconds
        label={t('cutting.inspector.duration')}
        us={outUs - inUs}
        disabled={!session.canEdit}
        onChange={(us) => void last(us)}
      />
      <TransitionField key={`${id}-in`} placed={placed} />
      {placed.index === places.clips.length - 1 ? <EndingField key={`${id}-end`} /> : null}
      {session.canEdit ? (
        <Btn size="sm" kind="quiet" icon="trash" onClick={() => void runCommand('cut.delete')}>
          {t('cutting.gap.remove')}
        </Btn>
      ) : null}
    </div>
  );
}
