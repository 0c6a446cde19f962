import { useCallback, useState } from 'react';
import { useCommand } from '../../../commands/registry.ts';
import { useText } from '../../../i18n/use-text.ts';
import { toast } from '../../../ui/toast.tsx';
import { copyArticle } from './copy-rich.ts';
import type { WechatView } from './wechat-draw.ts';

/** Where the choice is kept: a matter of this machine's screen, not of the story. */
const KEY = 'tongxin.preview';

/** Whether the phone preview is open. */
export function usePreview() {
  const [open, setOpen] = useState(() => localStorage.getItem(KEY) === '1');
  const toggle = useCallback(() => {
    setOpen((before) => {
      localStorage.setItem(KEY, before ? '0' : '1');
      return !before;
    });
  }, []);
  useCommand('story.preview', toggle);
  return { open, toggle };
}

/** Copies what the preview shows. */
export function useCopy(view: WechatView | null) {
  const { t } = useText();
  const [copying, setCopying] = useState(false);
  const copy = useCallback(() => {
    if (!view) return;
    setCopying(true);
    void copyArticle(view.doc, view.article)
      .catch(() => null)
      .then((missing) => {
        if (missing === null) toast(t('editor.wechat.copyFailed'), { icon: 'alert' });
        else if (missing > 0) toast(t('editor.wechat.copiedPart', { count: missing }), { icon: 'alert' });
        else toast(t('editor.wechat.copied'));
      })
      .finally(() => setCopying(false));
  }, [view, t]);
  useCommand('story.copyWechat', copy);
  return { copying, copy };
}
