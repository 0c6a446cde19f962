import { useMemo, useRef } from 'react';
import { renderWechat, type WechatTheme } from '../../../../core/model/wechat/index.ts';
// Not part of the model's index: it is made when it is read, and only this room shows it.
import { SPECIMEN_ARTICLE, SPECIMEN_SHOWN } from '../../../../core/model/wechat/theme/specimen-article.ts';
import { useSession } from '../../app/session.ts';
import { useText } from '../../i18n/use-text.ts';
import { Phone } from '../story/preview/Phone.tsx';

/** The theme on a phone, over an article that has every part. */
export function ThemePhone({ theme }: { theme: WechatTheme }) {
  const { t } = useText();
  const office = useSession().workspace.name;
  const host = useRef<HTMLDivElement>(null);
  const article = useMemo(() => renderWechat(SPECIMEN_ARTICLE, { ...SPECIMEN_SHOWN, theme }), [theme]);
  return (
    <aside className="pv theme-phone" aria-label={t('editor.wechat.preview')} data-region="preview">
      <Phone title={SPECIMEN_SHOWN.title} account={office} article={article} hostRef={host} />
    </aside>
  );
}
