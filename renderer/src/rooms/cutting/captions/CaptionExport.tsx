import { Menu } from '@mantine/core';
import { useState } from 'react';
import { CAPTION_FORMATS, type CaptionFormat } from '../../../../../core/model/captions/index.ts';
import { client } from '../../../client/client.ts';
import { inOneLine, useText } from '../../../i18n/use-text.ts';
import { IconBtn } from '../../../ui/Btn.tsx';
import { toast } from '../../../ui/toast.tsx';
import { useCut } from '../use-cut.ts';
import { settleTyping } from './typing.ts';

/** The captions as a file of any format, in the workspace's `exports`. */
export function CaptionExport() {
  const { t, explain, language } = useText();
  const { session, projectId } = useCut();
  const [busy, setBusy] = useState(false);
  const write = async (format: CaptionFormat) => {
    setBusy(true);
    try {
      settleTyping();
      await session.queue.idle();
      const { file, repairs } = await client.videos.exportCaptions({ projectId, format });
      const left = repairs.map(({ message }) => message).join(language === 'en' ? ' ' : '');
      toast(t('captions.out.done', { file: file.split(/[/\\]/).at(-1) ?? file, path: file, left }), { icon: 'okc' });
    } catch (error) {
      toast(inOneLine(explain(error), language), { icon: 'alert' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Menu position="bottom-start" width={150}>
      <Menu.Target>
        <IconBtn icon="download" size="sm" label={t('captions.out.button')} disabled={busy} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('captions.out.as')}</Menu.Label>
        {CAPTION_FORMATS.map((format) => (
          <Menu.Item key={format} onClick={() => void write(format)}>
            {format.toUpperCase()}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
