import { Menu } from '@mantine/core';
import type { Asset } from '../../../../../core/model/contract/index.ts';
import { useText } from '../../../i18n/use-text.ts';
import { IconBtn } from '../../../ui/Btn.tsx';
import { newId } from '../cut-session.ts';
import { overwriteAt, replaceBy } from '../edits.ts';
import { rateOf } from '../time/timecode.ts';
import { useCut, useCutState } from '../use-cut.ts';

/** What else the picked footage can do to the film: cover what is there, take the place of what is selected. */
export function BinMenu({ asset }: { asset: Asset }) {
  const { t } = useText();
  const { session, player } = useCut();
  const { places, selection } = useCutState();
  const isSound = asset.kind === 'audio';
  const replaceable =
    (selection?.kind === 'sound' && asset.kind !== 'image') ||
    ((selection?.kind === 'clip' || selection?.kind === 'overlay') && !isSound);
  const overwrite = () => {
    const id = newId('c');
    const { timeline } = session.getState();
    const rate = rateOf(timeline.canvas.frameRate);
    player.pause();
    if (session.run(overwriteAt(timeline, asset, player.getTime(), id, () => newId('c'), rate)))
      session.select({ kind: 'clip', id });
  };
  return (
    <Menu position="top-end" width={220}>
      <Menu.Target>
        <IconBtn icon="more" size="sm" label={t('cutting.bin.more')} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item disabled={isSound || places.durationUs === 0} onClick={overwrite}>
          {t('cutting.bin.overwrite')}
        </Menu.Item>
        <Menu.Item
          disabled={!replaceable}
          onClick={() => selection && session.run(replaceBy(session.getState().timeline, asset, selection.id))}
        >
          {t('cutting.bin.replace')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
