import { sourceTime, type PlacedClip } from '../../../../core/model/timeline/layout.ts';
import { soundsOf } from '../../../../core/model/timeline/sounds.ts';
import { formatFrameRate } from '../../format/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { runCommand } from '../../commands/registry.ts';
import { AiSwitch } from './AiSwitch.tsx';
import { ClipPace, Detach } from './ClipPace.tsx';
import { canDetach } from './edits.ts';
import { GapInspector } from './GapInspector.tsx';
import { Loudness } from './Level.tsx';
import { ManyInspector } from './ManyInspector.tsx';
import { MarkerInspector } from './MarkerInspector.tsx';
import { PictureInspector } from './picture/PictureInspector.tsx';
import { EndingField } from './picture/EndingField.tsx';
import { Framing } from './picture/Framing.tsx';
import { OverlayInspector } from './picture/OverlayInspector.tsx';
import { TransitionField } from './picture/TransitionField.tsx';
import { TitleInspector } from './picture/TitleInspector.tsx';
import { SoundInspector } from './SoundInspector.tsx';
import { rateOf, seconds, timecode } from './time/timecode.ts';
import { useCut, useCutState } from './use-cut.ts';
import { VolumeKeys } from './VolumeKeys.tsx';

function Sound({ placed }: { placed: PlacedClip }) {
  const { t } = useText();
  const { session } = useCut();
  const { id, gainDb, muted, volume } = placed.clip;
  return (
    <>
      <h3>{t('cutting.inspector.sound')}</h3>
      <Loudness
        gainDb={gainDb}
        muted={muted}
        onGain={(value) => session.run({ type: 'setGain', clipId: id, gainDb: value }, `gain-${id}`)}
        onMuted={(value) => session.run({ type: 'setMuted', clipId: id, muted: value })}
      />
      <VolumeKeys
        key={id}
        keys={volume ?? []}
        sourceAt={(us) => (us >= placed.startUs && us < placed.endUs ? sourceTime(placed, us) : null)}
        disabled={!session.canEdit || muted}
        onChange={(keys, mark) =>
          session.run({ type: 'setVolume', clipId: id, volume: keys }, mark === null ? null : `${mark}-${id}`)
        }
      />
      {session.canEdit && !muted ? (
        <Detach can={canDetach(placed)} onDetach={() => void runCommand('cut.detachSound')} />
      ) : null}
    </>
  );
}

/** The selected clip: where it comes from, how it fills the canvas, how loud it is. */
export function Inspector() {
  const { t, language } = useText();
  const { timeline, places, selection, picked } = useCutState();
  if (picked.length > 1) return <ManyInspector />;
  const heard = selection?.kind === 'sound' ? soundsOf(timeline).find(({ sound }) => sound.id === selection.id) : null;
  if (heard) {
    const name = timeline.assets.find(({ assetId }) => assetId === heard.sound.assetId)?.name ?? heard.sound.assetId;
    return <SoundInspector key={heard.sound.id} {...heard} name={name} />;
  }
  const title = selection?.kind === 'title' ? timeline.titles.find(({ id }) => id === selection.id) : null;
  if (title) return <TitleInspector key={title.id} title={title} />;
  const overlay = selection?.kind === 'overlay' ? timeline.overlays.find(({ id }) => id === selection.id) : null;
  if (overlay) return <OverlayInspector key={overlay.id} overlay={overlay} />;
  const marker = selection?.kind === 'marker' ? timeline.markers?.find(({ id }) => id === selection.id) : null;
  if (marker) return <MarkerInspector key={marker.id} marker={marker} />;
  const placed = selection?.kind === 'clip' ? places.byId.get(selection.id) : undefined;
  if (!placed) {
    return <Empty small icon="film" title={t('cutting.inspector.empty')} text={t('cutting.inspector.emptyText')} />;
  }
  const { clip } = placed;
  if (clip.gap) return <GapInspector key={clip.id} placed={placed} />;
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
      {asset?.kind === 'video' ? (
        <Btn size="sm" icon="sparkle" onClick={() => void runCommand('cut.clipMarks')}>
          {t('cutting.marks.open')}
        </Btn>
      ) : null}
      {asset?.kind === 'video' ? <ClipPace key={`${clip.id}-pace`} placed={placed} /> : null}
      <Framing key={`${clip.id}-frame`} placed={placed} />
      <TransitionField key={`${clip.id}-in`} placed={placed} />
      {placed.index === places.clips.length - 1 ? <EndingField key={`${clip.id}-end`} /> : null}
      <PictureInspector key={clip.id} placed={placed} />
      {asset?.hasAudio && clip.heldUs === undefined ? (
        <Sound placed={placed} />
      ) : (
        <p className="t3 s12 insp-note">{t('cutting.inspector.silent')}</p>
      )}
      <AiSwitch key={`${clip.id}-ai`} assetId={clip.assetId} />
    </div>
  );
}
