import { SegmentedControl } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import {
  SPECIMEN_ARTICLE,
  SPECIMEN_SHOWN,
  renderWechat,
  type WechatTheme,
} from '../../../../core/model/wechat/index.ts';
import { useSession } from '../../app/session.ts';
import { useText } from '../../i18n/use-text.ts';
import { ArticleShadow } from '../story/preview/ArticleShadow.tsx';
import '../story/preview/preview.css';

const WIDTHS = [375, 430] as const;

/** The theme on a phone, by day or at night: the very HTML an account would get. */
export function ThemePhone({ theme }: { theme: WechatTheme }) {
  const { t } = useText();
  const office = useSession().workspace.name;
  const [width, setWidth] = useState<(typeof WIDTHS)[number]>(375);
  const [dark, setDark] = useState(false);
  const host = useRef<HTMLDivElement>(null);
  const article = useMemo(() => renderWechat(SPECIMEN_ARTICLE, { ...SPECIMEN_SHOWN, theme }), [theme]);
  return (
    <aside className="pv theme-phone" aria-label={t('editor.wechat.preview')} data-region="preview">
      <div className="pv-bar">
        <SegmentedControl
          size="xs"
          aria-label={t('editor.wechat.width')}
          value={String(width)}
          data={WIDTHS.map(String)}
          onChange={(value) => setWidth(value === '430' ? 430 : 375)}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('editor.wechat.look')}
          value={dark ? 'dark' : 'light'}
          data={[
            { value: 'light', label: t('editor.wechat.light') },
            { value: 'dark', label: t('editor.wechat.dark') },
          ]}
          onChange={(value) => setDark(value === 'dark')}
        />
      </div>
      <div className="pv-phone" data-width={width}>
        <div
          className={dark ? 'pv-screen night' : 'pv-screen'}
          tabIndex={0}
          role="region"
          aria-label={t('editor.wechat.preview')}
        >
          <div className="pv-page" style={{ width }}>
            <h2>{SPECIMEN_SHOWN.title}</h2>
            <p className="pv-by">{office}</p>
            <ArticleShadow article={article} dark={dark} hostRef={host} />
          </div>
        </div>
      </div>
    </aside>
  );
}
