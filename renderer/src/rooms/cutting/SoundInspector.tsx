import { NumberInput, SegmentedControl } from '@mantine/core';
import { SOUND_TRACKS, type Sound, type SoundTrack } from '../../../../core/model/timeline/timeline.ts';
import type { OperationOf } from '../../../../core/model/timeline/operation.ts';
import { runCommand } from '../../commands/registry.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { Level, Loudness } from './Level.tsx';
import { useCut } from './use-cut.ts';

type Change = Omit<OperationOf<'editSound'>, 'type' | 'soundId'>;
type Edit = (change: Change, mark?: string) => void;

const SECOND = 1_000_000;

/** Seconds as a number; what stands there is microseconds. */
function Seconds({
  label,
  us,
  disabled,
  onChange,
}: {
  label: string;
  us: number;
  disabled: boolean;
  onChange: (us: number) => void;
}) {
  const { t } = useText();
  const { session } = useCut();
  return (
    <NumberInput
      label={label}
      value={us / SECOND}
      suffix={t('cutting.sound.seconds')}
      min={0}
      step={0.5}
      decimalScale={3}
      size="xs"
      hideControls
      disabled={disabled}
      onChange={(next) => typeof next === 'number' && next >= 0 && onChange(Math.round(next * SECOND))}
      onBlur={() => session.closeStep()}
    />
  );
}

/** The selected piece of sound: its track, place, loudness, fades, and how far it steps back for speech. */
export function SoundInspector({ sound, track, name }: { sound: Sound; track: SoundTrack; name: string }) {
  const { t } = useText();
  const { session } = useCut();
  const disabled = !session.canEdit;
  const edit: Edit = (change, mark) =>
    void session.run(
      { type: 'editSound', soundId: sound.id, ...change },
      mark === undefined ? null : `${mark}-${sound.id}`,
    );
  return (
    <div className="insp">
      <h3 className="cut" title={name}>
        {name}
      </h3>
      <SegmentedControl
        fullWidth
        aria-label={t('cutting.sound.kind')}
        value={track}
        disabled={disabled}
        onChange={(value) => edit({ track: value })}
        data={SOUND_TRACKS.map((value) => ({ value, label: t(`cutting.sound.track.${value}`) }))}
      />
      <Loudness
        gainDb={sound.gainDb}
        muted={sound.muted}
        onGain={(gainDb) => edit({ gainDb }, 'sound-gain')}
        onMuted={(muted) => edit({ muted })}
      />
      <div className="insp-three">
        <Seconds
          label={t('cutting.sound.start')}
          us={sound.startUs}
          disabled={disabled}
          onChange={(startUs) => edit({ startUs }, 'sound-start')}
        />
        <Seconds
          label={t('cutting.sound.fadeIn')}
          us={sound.fadeInUs}
          disabled={disabled}
          onChange={(fadeInUs) => edit({ fadeInUs }, 'sound-in')}
        />
        <Seconds
          label={t('cutting.sound.fadeOut')}
          us={sound.fadeOutUs}
          disabled={disabled}
          onChange={(fadeOutUs) => edit({ fadeOutUs }, 'sound-out')}
        />
      </div>
      {track === 'voice' ? null : (
        <>
          <h3>{t('cutting.sound.duck')}</h3>
          <Level
            label={t('cutting.sound.depth')}
            fieldLabel={t('cutting.sound.duckDb')}
            value={sound.duckDb}
            min={-18}
            max={0}
            disabled={disabled}
            onChange={(duckDb) => edit({ duckDb: Math.round(duckDb) }, 'sound-duck')}
          />
          <p className="t3 s12 insp-note">{t('cutting.sound.duckHint')}</p>
        </>
      )}
      {disabled ? null : (
        <Btn size="sm" kind="quiet" icon="trash" onClick={() => void runCommand('cut.delete')}>
          {t('cutting.sound.remove')}
        </Btn>
      )}
    </div>
  );
}
