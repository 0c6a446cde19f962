/** The selected overlay: whether it fills the picture, where it lies, when, how strong, how loud. */
import { NumberInput, SegmentedControl } from '@mantine/core';
import { overlayEndUs } from '../../../../../core/model/timeline/overlays.ts';
import type { OperationOf } from '../../../../../core/model/timeline/operation.ts';
import type { Overlay } from '../../../../../core/model/timeline/timeline.ts';
import { runCommand } from '../../../commands/registry.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn } from '../../../ui/Btn.tsx';
import { AiSwitch } from '../AiSwitch.tsx';
import { Loudness } from '../Level.tsx';
import { FITS } from '../player/PlayerPanel.tsx';
import { Seconds } from '../Seconds.tsx';
import { useCut, useCutState } from '../use-cut.ts';
import { PictureInspector } from './PictureInspector.tsx';
import { pictureItem } from './stage-edit.ts';

type Change = Omit<OperationOf<'editOverlay'>, 'type' | 'overlayId'>;

/** Where a small picture begins: at the right, clear of the edges that players cover with name and buttons. */
const SMALL = { fit: null, x: 500, y: 140, width: 360 };
/** Shortest length a field takes, microseconds. */
const SHORTEST_US = 100_000;

function Place({ overlay, set }: { overlay: Overlay; set: (change: Change, mark?: string) => void }) {
  const { t } = useText();
  const { session, edit, setEdit, player } = useCut();
  const disabled = !session.canEdit;
  const placing = edit?.kind === 'overlay' && edit.overlayId === overlay.id;
  const place = () => {
    player.pause();
    const us = player.getTime();
    if (us < overlay.startUs || us >= overlayEndUs(overlay)) player.seek(overlay.startUs);
    setEdit({ kind: 'overlay', overlayId: overlay.id });
  };
  return (
    <>
      <SegmentedControl
        fullWidth
        aria-label={t('picture.overlay.how')}
        value={overlay.fit ?? 'small'}
        disabled={disabled}
        onChange={(value) => set(value === 'small' ? SMALL : { fit: value })}
        data={[
          ...FITS.map((value) => ({ value, label: t(`cutting.fit.${value}`) })),
          { value: 'small' as const, label: t('picture.overlay.small') },
        ]}
      />
      {overlay.fit || disabled ? null : (
        <div className="row insp-acts">
          <Btn size="sm" aria-pressed={placing} onClick={() => (placing ? setEdit(null) : place())}>
            {t(placing ? 'picture.done' : 'picture.title.place')}
          </Btn>
        </div>
      )}
    </>
  );
}

export function OverlayInspector({ overlay }: { overlay: Overlay }) {
  const { t } = useText();
  const { session } = useCut();
  const { timeline, places } = useCutState();
  const disabled = !session.canEdit;
  const asset = timeline.assets.find(({ assetId }) => assetId === overlay.assetId);
  const placed = pictureItem(timeline, places, overlay.id);
  const set = (change: Change, mark?: string) =>
    void session.run(
      { type: 'editOverlay', overlayId: overlay.id, ...change },
      mark === undefined ? null : `${mark}-${overlay.id}`,
    );
  return (
    <div className="insp">
      <h3 className="cut" title={asset?.name}>
        {asset?.name ?? overlay.assetId}
      </h3>
      <Place overlay={overlay} set={set} />
      <div className="insp-three">
        <Seconds
          label={t('cutting.sound.start')}
          us={overlay.startUs}
          disabled={disabled}
          onChange={(startUs) => set({ startUs }, 'overlay-start')}
        />
        <Seconds
          label={t('cutting.inspector.duration')}
          us={overlayEndUs(overlay) - overlay.startUs}
          disabled={disabled}
          onChange={(us) => us >= SHORTEST_US && set({ outUs: overlay.inUs + us }, 'overlay-length')}
        />
        <NumberInput
          label={t('picture.overlay.opacity')}
          size="xs"
          value={overlay.opacity}
          min={0}
          max={100}
          allowDecimal={false}
          suffix="%"
          hideControls
          disabled={disabled}
          onChange={(value) =>
            typeof value === 'number' && set({ opacity: Math.max(0, Math.min(100, value)) }, 'overlay-opacity')
          }
          onBlur={() => session.closeStep()}
        />
      </div>
      {asset?.hasAudio ? (
        <Loudness
          gainDb={overlay.gainDb}
          muted={overlay.muted}
          onGain={(gainDb) => set({ gainDb }, 'overlay-gain')}
          onMuted={(muted) => set({ muted })}
        />
      ) : null}
      {placed ? <PictureInspector placed={placed} /> : null}
      <AiSwitch assetId={overlay.assetId} />
      {disabled ? null : (
        <Btn size="sm" kind="quiet" icon="trash" onClick={() => void runCommand('cut.delete')}>
          {t('picture.overlay.remove')}
        </Btn>
      )}
    </div>
  );
}
