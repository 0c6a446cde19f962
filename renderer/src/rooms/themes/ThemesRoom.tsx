import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { WECHAT_THEMES, type WechatTheme } from '../../../../core/model/wechat/index.ts';
import { useMay } from '../../app/session.ts';
import { api } from '../../client/client.ts';
import { TopBar } from '../../frame/TopBar.tsx';
import { useText } from '../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../ui/Btn.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import './themes.css';
import { useOwnThemes } from './use-theme.ts';
import { useThemeActs } from './use-theme-acts.ts';

function Swatches({ theme }: { theme: WechatTheme }) {
  const { accent, ink, tint, line } = theme.palette;
  return (
    <span className="theme-swatches" aria-hidden="true">
      {[accent, ink, line, tint].map((color, i) => (
        // The same colour may stand twice: its place is what it is.
        <i key={String(i)} style={{ backgroundColor: color }} />
      ))}
    </span>
  );
}

/** Themes of official accounts' articles: the office's own, and those that come with the program. */
export function ThemesRoom() {
  const { t, language } = useText();
  const mayEdit = useMay('story.edit');
  const own = useOwnThemes();
  const uses = useQuery(api.themes.uses.queryOptions({ staleTime: 0 })).data;
  const acts = useThemeActs();
  const nameOf = ({ name }: WechatTheme) => (language === 'en' ? name.en : name.zh);
  const purposeOf = ({ use }: WechatTheme) => (language === 'en' ? use.en : use.zh);
  const card = (theme: WechatTheme, themeId: string, about: string, more?: ReactNode) => (
    <li key={themeId} className="card theme-card">
      <Swatches theme={theme} />
      <Link className="col grow" to="/themes/$themeId" params={{ themeId }}>
        <b className="cut">{nameOf(theme)}</b>
        <span className="t3 s12">{about}</span>
      </Link>
      {more}
    </li>
  );
  return (
    <div className="room">
      <TopBar
        actions={
          mayEdit ? (
            <Btn
              icon="upload"
              busy={acts.busy && t('themes.working')}
              onClick={() => void acts.bringIn().then((made) => made && acts.open(made.themeId))}
            >
              {t('themes.import')}
            </Btn>
          ) : null
        }
      >
        <h1>{t('themes.title')}</h1>
      </TopBar>
      <main className="scroll themes" data-region="work">
        <h2>{t('themes.own')}</h2>
        {own.isPending ? <Waiting /> : null}
        {own.isError ? <ErrorNote error={own.error} /> : null}
        {own.data?.length === 0 ? <p className="t2">{t('themes.none')}</p> : null}
        <ul className="theme-list">
          {own.data?.map((one) => {
            const theme = one.theme as WechatTheme;
            const count = uses?.find(({ lineage }) => lineage === one.lineage)?.stories;
            const about = [purposeOf(theme), ...(count === undefined ? [] : [t('themes.usedIn', { count })])].join(
              ' · ',
            );
            return card(
              theme,
              one.themeId,
              about,
              mayEdit ? (
                <span className="row">
                  <IconBtn
                    icon="download"
                    label={t('themes.exportOf', { name: nameOf(theme) })}
                    onClick={() => void acts.exportFile(one.themeId)}
                  />
                  <IconBtn
                    icon="trash"
                    label={t('themes.removeOf', { name: nameOf(theme) })}
                    onClick={() => void acts.remove(one, nameOf(theme))}
                  />
                </span>
              ) : null,
            );
          })}
        </ul>
        <h2>{t('themes.builtIn')}</h2>
        <p className="t3 s12">{t('themes.builtInHint')}</p>
        <ul className="theme-list">{WECHAT_THEMES.map((theme) => card(theme, theme.id, purposeOf(theme)))}</ul>
      </main>
    </div>
  );
}
