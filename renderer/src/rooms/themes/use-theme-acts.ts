import { useNavigate } from '@tanstack/react-router';
import type { OwnTheme } from '../../../../core/model/contract/index.ts';
import type { WechatTheme } from '../../../../core/model/wechat/index.ts';
import { client } from '../../client/client.ts';
import { jsonOf } from '../../client/json-file.ts';
import { askFiles } from '../../client/sources.ts';
import { useText } from '../../i18n/use-text.ts';
import { toast } from '../../ui/toast.tsx';
import { useRunning } from '../../ui/use-running.ts';

/** A theme file is a few kilobytes; what is larger is something else. */
const MAX_FILE_BYTES = 64 * 1024;

/** What can be done with themes, each told by a toast. */
export function useThemeActs() {
  const { t } = useText();
  const navigate = useNavigate();
  const { busy, run } = useRunning();
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
        const theme = await jsonOf(file, MAX_FILE_BYTES);
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
