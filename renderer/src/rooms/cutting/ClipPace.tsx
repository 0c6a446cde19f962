/** How the selected clip goes through its source: how fast, backwards, or not at all. */
import { Select, Switch } from '@mantine/core';
import type { PlacedClip } from '../../../../core/model/timeline/layout.ts';
import { shortcutOf } from '../../commands/keys.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Seconds } from './Seconds.tsx';
import { useCut } from './use-cut.ts';

/** The usual speeds, as a timeline spells them. */
const SPEEDS = ['1/4', '1/2', '3/4', '1/1', '5/4', '3/2', '2/1', '3/1', '4/1'] as const;
/** Shortest freeze a field takes, microseconds: what is seen at all. */
const SHORTEST_US = 100_000;

function Held({ placed, heldUs }: { placed: PlacedClip; heldUs: number }) {
  const { t } = useText();
  const { session } = useCut();
  const { id } = placed.clip;
  return (
    <>
      <h3>{t('cutting.pace.held')}</h3>
      <div className="insp-two">
        <Seconds
          label={t('cutting.inspector.duration')}
          us={heldUs}
          disabled={!session.canEdit}
          onChange={(us) =>
            us >= SHORTEST_US && session.run({ type: 'setHeld', clipId: id, heldUs: us, cues: 'follow' }, `held-${id}`)
          }
        />
      </div>
    </>
  );
}

export function ClipPace({ placed }: { placed: PlacedClip }) {
  const { t } = useText();
  const { session } = useCut();
  const { id, speed, heldUs, reversed = false } = placed.clip;
  if (heldUs !== undefined) return <Held placed={placed} heldUs={heldUs} />;
  const spelt = SPEEDS.some((usual) => usual === speed) ? SPEEDS : [...SPEEDS, speed];
  const nameOf = (value: string) => {
    const [num = 1, den = 1] = value.split('/').map(Number);
    return t('cutting.inspector.times', { n: Number((num / den).toFixed(2)) });
  };
  return (
    <>
      <h3 id="speed-label">{t('cutting.inspector.speed')}</h3>
      <Select
        aria-labelledby="speed-label"
        size="xs"
        allowDeselect={false}
        value={speed}
        disabled={!session.canEdit}
        data={spelt.map((value) => ({ value, label: nameOf(value) }))}
        onChange={(value) =>
          value !== null && session.run({ type: 'setSpeed', clipId: id, speed: value, cues: 'follow' })
        }
      />
      <Switch
        size="xs"
        label={t('cutting.pace.reversed')}
        checked={reversed}
        disabled={!session.canEdit}
        onChange={(e) => session.run({ type: 'setReversed', clipId: id, reversed: e.currentTarget.checked })}
      />
      {reversed ? <p className="t3 s12 insp-note">{t('cutting.pace.reversedHint')}</p> : null}
    </>
  );
}

/** The clip's sound as a piece of its own, where it can be. */
export function Detach({ can, onDetach }: { can: boolean; onDetach: () => void }) {
  const { t } = useText();
  return (
    <div className="row insp-acts">
      <Btn size="sm" icon="unlink" disabled={!can} onClick={onDetach}>
        {t('cutting.pace.detach')}
        <Kbd keys={shortcutOf('cut.detachSound') ?? ''} />
      </Btn>
      {can ? null : <span className="t3 s12">{t('cutting.pace.detachHint')}</span>}
    </div>
  );
}
