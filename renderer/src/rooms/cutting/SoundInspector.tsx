import { SegmentedControl, Switch } from '@mantine/core';
import { clipAt } from '../../../../core/model/timeline/layout.ts';
import { soundEndUs } from '../../../../core/model/timeline/sounds.ts';
import { SOUND_TRACKS, type Sound, type SoundTrack } from '../../../../core/model/timeline/timeline.ts';
import type { OperationOf } from '../../../../core/model/timeline/operation.ts';
import { runCommand } from '../../commands/registry.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { AiSwitch } from './AiSwitch.tsx';
import { Level, Loudness } from './Level.tsx';
import { Seconds } from './Seconds.tsx';
import { useCut, useCutState } from './use-cut.ts';
import { VolumeKeys } from './VolumeKeys.tsx';

type Change = Omit<OperationOf<'editSound'>, 'type' | 'soundId'>;
type Edit = (change: Change, mark?: string) => void;

/** Whether it belongs to a clip: that one, or the one over its beginning. */
function Link({ sound, edit }: { sound: Sound; edit: Edit }) {
  const { t } = useText();
  const { session } = useCut();
  const { places, timeline } = useCutState();
  const linked = sound.linkedTo === undefined ? undefined : places.byId.get(sound.linkedTo);
  const clip = linked ?? clipAt(places, sound.startUs);
  const name = timeline.assets.find(({ assetId }) => assetId === clip?.clip.assetId)?.name ?? '';
  return (
    <Switch
      size="xs"
      label={clip ? t('cutting.sound.linkedTo', { n: clip.index + 1, name }) : t('cutting.sound.linked')}
      checked={linked !== undefined}
      disabled={!session.canEdit || !clip}
      onChange={(e) => clip && edit({ linkedTo: e.currentTarget.checked ? clip.clip.id : null })}
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
      <VolumeKeys
        keys={sound.volume ?? []}
        sourceAt={(us) => (us >= sound.startUs && us < soundEndUs(sound) ? sound.inUs + (us - sound.startUs) : null)}
        disabled={disabled || sound.muted}
        onChange={(volume, mark) => edit({ volume }, mark ?? undefined)}
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
      <Link sound={sound} edit={edit} />
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
      <AiSwitch assetId={sound.assetId} />
      {disabled ? null : (
        <Btn size="sm" kind="quiet" icon="trash" onClick={() => void runCommand('cut.delete')}>
          {t('cutting.sound.remove')}
        </Btn>
      )}
    </div>
  );
}
