import { SegmentedControl } from '@mantine/core';
import { useState, type RefObject } from 'react';
import type { WechatArticle } from '../../../../../core/model/wechat/index.ts';
import { useText } from '../../../i18n/use-text.ts';
import { ArticleShadow } from './ArticleShadow.tsx';
import './preview.css';

const WIDTHS = [375, 430] as const;

interface PhoneProps {
  title: string;
  account: string;
  article: WechatArticle;
  /** What scrolls, and what the article is drawn in. */
  screenRef?: RefObject<HTMLDivElement | null>;
  hostRef: RefObject<HTMLDivElement | null>;
}

/** An article on a phone of either width, by day or at night: the very HTML an account would get. */
export function Phone({ title, account, article, screenRef, hostRef }: PhoneProps) {
  const { t } = useText();
  const [width, setWidth] = useState<(typeof WIDTHS)[number]>(375);
  const [dark, setDark] = useState(false);
  return (
    <>
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
          ref={screenRef}
          tabIndex={0}
          role="region"
          aria-label={t('editor.wechat.preview')}
        >
          <div className="pv-page" style={{ width }}>
            <h2>{title}</h2>
            <p className="pv-by">{account}</p>
            <ArticleShadow article={article} dark={dark} hostRef={hostRef} />
          </div>
        </div>
      </div>
    </>
  );
}
