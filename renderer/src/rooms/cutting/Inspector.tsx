import { SegmentedControl, Select } from '@mantine/core';
import type { PlacedClip } from '../../../../core/model/timeline/layout.ts';
import { soundsOf } from '../../../../core/model/timeline/sounds.ts';
import { formatFrameRate } from '../../format/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Loudness } from './Level.tsx';
import { FITS } from './player/PlayerPanel.tsx';
import { SoundInspector } from './SoundInspector.tsx';
import { rateOf, seconds, timecode } from './time/timecode.ts';
import { useCut, useCutState } from './use-cut.ts';

function Sound({ placed }: { placed: PlacedClip }) {
  const { t } = useText();
  const { session } = useCut();
  const { id, gainDb, muted } = placed.clip;
  return (
    <>
      <h3>{t('cutting.inspector.sound')}</h3>
      <Loudness
        gainDb={gainDb}
        muted={muted}
        onGain={(value) => session.run({ type: 'setGain', clipId: id, gainDb: value }, `gain-${id}`)}
        onMuted={(value) => session.run({ type: 'setMuted', clipId: id, muted: value })}
      />
    </>
  );
}

/** The usual speeds, as a timeline spells them. */
const SPEEDS = ['1/4', '1/2', '3/4', '1/1', '5/4', '3/2', '2/1', '3/1', '4/1'] as const;

function Speed({ placed }: { placed: PlacedClip }) {
  const { t } = useText();
  const { session } = useCut();
  const { id, speed } = placed.clip;
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
    </>
  );
}

/** The selected clip: where it comes from, how it fills the canvas, how loud it is. */
export function Inspector() {
  const { t, language } = useText();
  const { session } = useCut();
  const { timeline, places, selection } = useCutState();
  const heard = selection?.kind === 'sound' ? soundsOf(timeline).find(({ sound }) => sound.id === selection.id) : null;
  if (heard) {
    const name = timeline.assets.find(({ assetId }) => assetId === heard.sound.assetId)?.name ?? heard.sound.assetId;
    return <SoundInspector key={heard.sound.id} {...heard} name={name} />;
  }
  const placed = selection?.kind === 'clip' ? places.byId.get(selection.id) : undefined;
  if (!placed) {
    return <Empty small icon="film" title={t('cutting.inspector.empty')} text={t('cutting.inspector.emptyText')} />;
  }
  const { clip } = placed;
  const asset = timeline.assets.find(({ assetId }) => assetId === clip.assetId);
  const rate = rateOf(timeline.canvas.frameRate);
  return (
    <div className="insp">
      <h3 className="cut" title={asset?.name}>
        {asset?.name ?? clip.assetId}
      </h3>
      <dl className="facts">
        {asset?.width && asset.height ? (
          <>
            <dt>{t('cutting.inspector.source')}</dt>
            <dd>
              {t('media.size', { w: asset.width, h: asset.height })}
              {asset.frameRate ? ` · ${t('cutting.rate', { rate: formatFrameRate(asset.frameRate, language) })}` : ''}
            </dd>
          </>
        ) : null}
        <dt>{t('cutting.inspector.in')}</dt>
        <dd>{timecode(clip.inUs, rate)}</dd>
        <dt>{t('cutting.inspector.out')}</dt>
        <dd>{timecode(clip.outUs, rate)}</dd>
        <dt>{t('cutting.inspector.duration')}</dt>
        <dd>{t('cutting.seconds', { n: seconds(placed.endUs - placed.startUs) })}</dd>
      </dl>
      <h3>{t('cutting.fit.label')}</h3>
      <SegmentedControl
        fullWidth
        aria-label={t('cutting.fit.clip')}
        value={clip.fit ?? 'timeline'}
        disabled={!session.canEdit}
        onChange={(value) => session.run({ type: 'setFit', clipId: clip.id, fit: value === 'timeline' ? null : value })}
        data={[
          { value: 'timeline', label: t('cutting.fit.timeline') },
          ...FITS.map((value) => ({ value, label: t(`cutting.fit.${value}`) })),
        ]}
      />
      {asset?.kind === 'video' ? <Speed placed={placed} /> : null}
      {asset?.hasAudio ? (
        <Sound placed={placed} />
      ) : (
        <p className="t3 s12 insp-note">{t('cutting.inspector.silent')}</p>
      )}
    </div>
  );
}
