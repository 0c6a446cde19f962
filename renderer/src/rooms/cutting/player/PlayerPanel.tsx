import { Menu, SegmentedControl, Switch } from '@mantine/core';
import { useState } from 'react';
import { shapeOf } from '../../../../../core/model/timeline/reframe.ts';
import type { Fit } from '../../../../../core/model/timeline/timeline.ts';
import { shortcutOf } from '../../../commands/keys.ts';
import { runCommand } from '../../../commands/registry.ts';
import { useText } from '../../../i18n/use-text.ts';
import { IconBtn } from '../../../ui/Btn.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { SHAPES, shapeSeen } from '../shapes.ts';
import { rateOf, timecode } from '../time/timecode.ts';
import { useAtPlayhead, useCut, useCutState, usePlayState } from '../use-cut.ts';
import { BesideStages } from './BesideStages.tsx';
import { VoiceDock } from '../voice/VoiceDock.tsx';
import { Stage } from './Stage.tsx';

export const FITS: readonly Fit[] = ['blur', 'crop', 'contain'];

/** `9:16` of 1080 × 1920; the pixels themselves where no small ratio fits. */
const ratioOf = (width: number, height: number): string =>
  shapeOf({ width, height }) ?? `${String(width)}×${String(height)}`;

/** In which shape the film is looked at, and whether in the others beside it. */
function ShapeMenu({ beside, onBeside }: { beside: boolean; onBeside: (on: boolean) => void }) {
  const { t } = useText();
  const { shape, setShape } = useCut();
  const { timeline } = useCutState();
  const seen = shapeSeen(timeline, shape);
  const own = shapeSeen(timeline, null);
  return (
    <Menu position="bottom-start" width={190}>
      <Menu.Target>
        <IconBtn icon="grid" label={t('cutting.shape.label')} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('cutting.shape.label')}</Menu.Label>
        <Menu.RadioGroup
          value={seen}
          onChange={(next) => setShape(next === own ? null : (SHAPES.find((each) => each === next) ?? null))}
        >
          {SHAPES.map((each) => (
            <Menu.RadioItem key={each} value={each} closeMenuOnClick>
              {t('cutting.shape.name', { shape: each })}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.CheckboxItem checked={beside} closeMenuOnClick onChange={() => onBeside(!beside)}>
          {t('cutting.shape.beside')}
        </Menu.CheckboxItem>
      </Menu.Dropdown>
    </Menu>
  );
}

function Times() {
  const { timeline, places } = useCutState();
  const { t } = useText();
  const rate = rateOf(timeline.canvas.frameRate);
  const now = useAtPlayhead((us) => timecode(us, rate));
  return (
    <span className="tc" aria-label={t('cutting.player.time')} data-testid="timecode">
      <b>{now}</b> <span className="t3">{`/ ${timecode(places.durationUs, rate)}`}</span>
    </span>
  );
}

function Key({ id, icon }: { id: Parameters<typeof shortcutOf>[0]; icon: React.ComponentProps<typeof Icon>['name'] }) {
  const { t } = useText();
  const label = t(`frame.command.${id}`);
  return <IconBtn icon={icon} label={label} shortcut={shortcutOf(id)} onClick={() => void runCommand(id)} />;
}

function Transport() {
  const { t } = useText();
  const { playing, rate } = usePlayState();
  const { player } = useCut();
  const { places } = useCutState();
  return (
    <div className="trans">
      <Times />
      <span className="row keys">
        <Key id="cut.reverse" icon="jback" />
        <Key id="cut.frameBack" icon="fback" />
        <button
          type="button"
          className="pp"
          disabled={places.clips.length === 0}
          aria-label={t(playing ? 'cutting.player.pause' : 'cutting.player.play')}
          title={t(playing ? 'cutting.player.pause' : 'cutting.player.play')}
          onClick={() => player.toggle()}
        >
          <Icon name={playing ? 'pause' : 'play'} size={20} />
        </button>
        <Key id="cut.frameForward" icon="ffwd" />
        <Key id="cut.forward" icon="jfwd" />
      </span>
      <span className="row after s12 t2">{playing ? t('cutting.player.rate', { rate: String(rate) }) : null}</span>
    </div>
  );
}

interface PlayerPanelProps {
  safeArea: boolean;
  onSafeArea: (on: boolean) => void;
}

/** The player: what the film will look like, and the keys to go through it. */
export function PlayerPanel({ safeArea, onSafeArea }: PlayerPanelProps) {
  const { t } = useText();
  const { session, shown, shape } = useCut();
  const { timeline } = useCutState();
  const [beside, setBeside] = useState(false);
  const { width, height } = shown.canvas;
  const seen = shapeSeen(timeline, shape);
  return (
    <main className="player" data-region="work" aria-label={t('cutting.player.label')}>
      <div className="hd">
        <span className="chip">{ratioOf(width, height)}</span>
        <ShapeMenu beside={beside} onBeside={setBeside} />
        <SegmentedControl
          aria-label={t('cutting.fit.label')}
          value={timeline.fit}
          disabled={!session.canEdit}
          onChange={(value) => session.run({ type: 'setFit', clipId: null, fit: value })}
          data={FITS.map((value) => ({ value, label: t(`cutting.fit.${value}`) }))}
        />
        <span className="grow" />
        <Switch
          size="xs"
          label={t('cutting.player.safeArea')}
          labelPosition="left"
          checked={safeArea}
          onChange={(e) => onSafeArea(e.currentTarget.checked)}
        />
        <FullScreen />
      </div>
      <div className={beside ? 'stages many' : 'stages'}>
        <Stage safeArea={safeArea} />
        {beside ? <BesideStages shapes={SHAPES.filter((each) => each !== seen)} /> : null}
      </div>
      <VoiceDock />
      <Transport />
    </main>
  );
}

function FullScreen() {
  const { t } = useText();
  const toggle = () => {
    const stage = document.querySelector('.stage');
    if (document.fullscreenElement) void document.exitFullscreen();
    else void stage?.requestFullscreen();
  };
  return <IconBtn icon="full" label={t('cutting.player.full')} onClick={toggle} />;
}
