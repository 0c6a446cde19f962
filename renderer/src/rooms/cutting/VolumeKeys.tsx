/** How the loudness of a clip or a sound changes while it lasts: noted where the playhead stands. */
import { volumeAt, type VolumeKey } from '../../../../core/model/timeline/pace.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { Level } from './Level.tsx';
import { useAtPlayhead, useCut } from './use-cut.ts';

/** A key is meant where it lies this near to the playhead, microseconds of the source: half a frame. */
const NEAR_US = 17_000;
/** Range of the slider, decibels. */
const [QUIETEST, LOUDEST] = [-30, 12];
/** As many as the timeline holds. */
const MOST = 100;

/** The keys with one at `atUs`, in the place of one that is near. */
export function withKey(keys: readonly VolumeKey[], atUs: number, gainDb: number): VolumeKey[] {
  const rest = keys.filter((key) => Math.abs(key.atUs - atUs) > NEAR_US);
  return [...rest, { atUs, gainDb }].sort((a, b) => a.atUs - b.atUs);
}

interface Props {
  keys: readonly VolumeKey[];
  /** Time of the source at a time of the film; null: the playhead is not over it. */
  sourceAt: (us: number) => number | null;
  disabled: boolean;
  /** `mark`: of a run of changes that is one step of undo. */
  onChange: (keys: VolumeKey[], mark: string | null) => void;
}

export function VolumeKeys({ keys, sourceAt, disabled, onChange }: Props) {
  const { t } = useText();
  const { session } = useCut();
  const sourceUs = useAtPlayhead(sourceAt);
  const value = Number(volumeAt(keys, sourceUs ?? 0).toFixed(1));
  const here = sourceUs === null ? undefined : keys.find(({ atUs }) => Math.abs(atUs - sourceUs) <= NEAR_US);
  const cannot = disabled || sourceUs === null;
  return (
    <>
      <h3>{t('cutting.volume.label')}</h3>
      {keys.length > 0 ? (
        <Level
          label={t('cutting.volume.now')}
          fieldLabel={t('cutting.volume.nowDb')}
          value={value}
          min={QUIETEST}
          max={LOUDEST}
          step={0.5}
          disabled={cannot}
          onChange={(gainDb) => sourceUs !== null && onChange(withKey(keys, sourceUs, gainDb), 'volume')}
        />
      ) : null}
      <div className="row insp-acts">
        <span className="t2 s12 grow">
          {keys.length > 0 ? t('cutting.volume.count', { count: keys.length }) : t('cutting.volume.even')}
        </span>
        {here ? (
          <Btn
            size="xs"
            kind="quiet"
            disabled={cannot}
            onClick={() =>
              onChange(
                keys.filter((key) => key !== here),
                null,
              )
            }
          >
            {t('cutting.volume.forget')}
          </Btn>
        ) : (
          <Btn
            size="xs"
            disabled={cannot || keys.length >= MOST}
            onClick={() => {
              session.closeStep();
              if (sourceUs !== null) onChange(withKey(keys, sourceUs, value), null);
            }}
          >
            {t('cutting.volume.note')}
          </Btn>
        )}
      </div>
      {keys.length === 1 ? <p className="t3 s12 insp-note">{t('cutting.volume.hint')}</p> : null}
    </>
  );
}
