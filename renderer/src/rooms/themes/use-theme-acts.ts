import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { OwnTheme } from '../../../../core/model/contract/index.ts';
import type { WechatTheme } from '../../../../core/model/wechat/index.ts';
import { client } from '../../client/client.ts';
import { jsonOf } from '../../client/json-file.ts';
import { askFiles } from '../../client/sources.ts';
import { inOneLine, useText } from '../../i18n/use-text.ts';
import { toast } from '../../ui/toast.tsx';

/** What can be done with themes, each told by a toast. */
export function useThemeActs() {
  const { t, explain, language } = useText();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const run = async <T>(work: () => Promise<T>): Promise<T | null> => {
    setBusy(true);
    try {
      return await work();
    } catch (error) {
      toast(inOneLine(explain(error), language), { icon: 'alert' });
      return null;
    } finally {
      setBusy(false);
    }
  };
  const open = (themeId: string) => navigate({ to: '/themes/$themeId', params: { themeId } });
  return {
    busy,
    open,
    /** As a new theme, or the next revision of `own`. */
    save: (theme: WechatTheme, own: OwnTheme | null) =>
      run(async () => {
        const next = own ? { lineage: own.lineage, base: own.newest } : {};
        const made = await client.themes.save({ theme, ...next });
        toast(t('themes.saved', { name: theme.name.zh }), { icon: 'okc' });
        return made;
      }),
    bringIn: () =>
      run(async () => {
        const [file] = await askFiles(['json'], false);
        if (!file) return null;
        const theme = await jsonOf(file);
        if (!theme) {
          toast(t('themes.notATheme', { name: file.name }), { icon: 'alert' });
          return null;
        }
        const made = await client.themes.save({ theme });
        toast(t('themes.imported', { name: (made.theme as WechatTheme).name.zh }), { icon: 'okc' });
        return made;
      }),
    exportFile: (themeId: string) =>
      run(async () => {
        const { file } = await client.themes.export({ themeId });
        toast(t('themes.exported', { file }), { icon: 'okc' });
        return file;
      }),
    remove: (own: Pick<OwnTheme, 'lineage'>, name: string) =>
      run(async () => {
        await client.themes.setRemoved({ lineage: own.lineage, removed: true });
        toast(t('themes.removed', { name }), {
          action: {
            label: t('common.act.undo'),
            run: () => void run(() => client.themes.setRemoved({ lineage: own.lineage, removed: false })),
          },
        });
        return true;
      }),
  };
}
