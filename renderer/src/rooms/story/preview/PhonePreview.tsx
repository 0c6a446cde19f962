import { Menu } from '@mantine/core';
import type { Editor } from '@tiptap/core';
import { useRef, useState, type ReactNode } from 'react';
import { walk } from '../../../../../core/model/article/index.ts';
import { slim, type SlimOffer } from '../../../../../core/model/wechat/index.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn } from '../../../ui/Btn.tsx';
import { Icon, type IconName } from '../../../ui/Icon.tsx';
import { toast } from '../../../ui/toast.tsx';
import { showDoc } from '../editor/apply-remote.ts';
import { goToBlock } from '../editor/blocks/go-to-block.ts';
import { Phone } from './Phone.tsx';
import type { WechatView } from './wechat-draw.ts';
import { useScrollSync } from './use-scroll-sync.ts';

function Fact({ icon, warn, children }: { icon: IconName; warn?: boolean; children: ReactNode }) {
  return (
    <li className={warn ? 'tw' : undefined}>
      <Icon name={icon} size={14} />
      <span>{children}</span>
    </li>
  );
}

function Losses({ editor, view }: { editor: Editor; view: WechatView }) {
  const { t } = useText();
  const { lost } = view.check;
  if (lost.length === 0) return <Fact icon="okc">{t('editor.wechat.kept')}</Fact>;
  return (
    <>
      <Fact icon="alert" warn>
        {t('editor.wechat.lost', { count: lost.length })}
      </Fact>
      {lost.slice(0, 20).map((loss) => (
        <li key={`${loss.rule} ${String(loss.offset)}`} className="loss">
          <button type="button" onClick={() => loss.block !== null && goToBlock(editor, loss.block)}>
            {t('editor.wechat.lostAt', { what: loss.what, where: loss.where })}
          </button>
        </li>
      ))}
    </>
  );
}

function PictureFacts({ view }: { view: WechatView }) {
  const { t } = useText();
  const pictures = [...walk(view.doc.content)].filter((n) => n.type === 'image');
  const bare = pictures.filter((n) => n.attrs?.['alt'] === '').length;
  const { missing } = view.check;
  return (
    <>
      {pictures.length === 0 ? null : bare > 0 ? (
        <Fact icon="alert" warn>
          {t('editor.wechat.altMissing', { count: bare })}
        </Fact>
      ) : (
        <Fact icon="okc">{t('editor.wechat.altAll', { count: pictures.length })}</Fact>
      )}
      {missing.length > 0 ? (
        <Fact icon="alert" warn>
          {t('editor.wechat.missing', { count: missing.length })}
        </Fact>
      ) : null}
    </>
  );
}

interface PreviewProps {
  editor: Editor;
  view: WechatView;
  title: string;
  account: string;
  editable: boolean;
  copying: boolean;
  onCopy: () => void;
  /** Keeps the text as a version; it is read at once. */
  beforeChange: () => Promise<unknown>;
}

function SlimMenu({ editor, view, beforeChange }: Pick<PreviewProps, 'editor' | 'view' | 'beforeChange'>) {
  const { t } = useText();
  const [offers, setOffers] = useState<SlimOffer[]>([]);
  const apply = (offer: SlimOffer) => {
    void beforeChange();
    showDoc(editor, offer.apply().doc, { remote: false });
    toast(t('editor.wechat.slimDone', { count: offer.saves.chars }));
  };
  return (
    <Menu
      position="top-start"
      width={240}
      // What would be saved is found by rendering anew: only when somebody asks. A plainer theme is not the story's own.
      onOpen={() => setOffers(slim(view.doc, view.options).filter((o) => o.what !== 'light_theme'))}
    >
      <Menu.Target>
        <Btn size="sm" kind="quiet">
          {t('editor.wechat.slim')}
        </Btn>
      </Menu.Target>
      <Menu.Dropdown>
        {offers.length === 0 ? <Menu.Label>{t('editor.wechat.slimNone')}</Menu.Label> : null}
        {offers.map((offer) => (
          <Menu.Item
            key={offer.what}
            rightSection={<span className="t3 s12">{t('editor.wechat.saves', { count: offer.saves.chars })}</span>}
            onClick={() => apply(offer)}
          >
            {t(`editor.wechat.slimWhat.${offer.what}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The article on a phone, light or dark, beside the text; below, what the account would do to it. */
export function PhonePreview(props: PreviewProps) {
  const { editor, view, title, account, editable, copying, onCopy, beforeChange } = props;
  const { t } = useText();
  const screen = useRef<HTMLDivElement>(null);
  const host = useRef<HTMLDivElement>(null);
  useScrollSync(editor, screen, host);
  return (
    <aside className="pv" aria-label={t('editor.wechat.preview')} data-region="preview">
      <Phone title={title} account={account} article={view.article} screenRef={screen} hostRef={host} />
      <ul className="pv-facts">
        <Losses editor={editor} view={view} />
        <PictureFacts view={view} />
        <Fact icon="info">{t('editor.wechat.inferred')}</Fact>
        <Fact icon="link">{t('editor.wechat.together')}</Fact>
      </ul>
      <div className="pv-acts">
        <Btn size="sm" icon="copy" busy={copying && t('editor.wechat.copying')} onClick={onCopy}>
          {t('editor.wechat.copy')}
        </Btn>
        {editable ? <SlimMenu editor={editor} view={view} beforeChange={beforeChange} /> : null}
      </div>
    </aside>
  );
}
