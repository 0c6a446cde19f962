import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import dawn from '../../../../assets/illustrations/tea-dawn-v.svg';
import zhou from '../../../../assets/illustrations/zhou.svg';
import type { RecentWorkspace } from '../../../../core/model/contract/index.ts';
import { api, client } from '../../client/client.ts';
import { formatWhen } from '../../format/format.ts';
import { chooseLanguage } from '../../frame/language.ts';
import { LANGUAGES } from '../../i18n/index.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Brand, Icon } from '../../ui/Icon.tsx';
import { CreateCard, OpenCard } from './WorkspaceCards.tsx';
import { useOpening, type Opening } from './use-opening.ts';
import './first.css';
import { useNow } from '../../ui/use-now.ts';

function SampleCard({ opening }: { opening: Opening }) {
  const { t } = useText();
  return (
    <section className="card opt">
      <span className="pic">
        <img src={zhou} alt="" />
      </span>
      <div>
        <h2>{t('start.first.sample.title')}</h2>
        <p>{t('start.first.sample.text')}</p>
      </div>
      <Btn
        kind="primary"
        size="lg"
        busy={opening.busy === 'sample' && t('start.first.sample.busy')}
        disabled={opening.busy !== null}
        onClick={() => opening.run('sample', () => client.workspace.sample({}))}
      >
        {t('start.first.sample.action')}
      </Btn>
      {opening.error?.what === 'sample' ? (
        <div className="opt-more">
          <ErrorNote error={opening.error.error} />
        </div>
      ) : null}
    </section>
  );
}

function Recent({ recent, opening }: { recent: RecentWorkspace[]; opening: Opening }) {
  const { t, language } = useText();
  const now = useNow();
  return (
    <section>
      <div className="sec recent-head">
        <h2>{t('start.first.recent')}</h2>
      </div>
      {recent.length === 0 ? (
        <p className="row t3 recent-empty">
          <Icon name="clock" />
          {t('start.first.recentEmpty')}
        </p>
      ) : (
        <ul className="recent">
          {recent.slice(0, 5).map((r) => (
            <li key={r.dir}>
              <button
                type="button"
                className="recent-row"
                aria-label={t('start.first.recentOpen', { name: r.name })}
                disabled={opening.busy !== null}
                onClick={() => opening.run(r.dir, () => client.workspace.open({ dir: r.dir }))}
              >
                <Icon name="folder" />
                <span className="b">{r.name}</span>
                <span className="t3 cut grow s12">{r.dir}</span>
                <span className="t3 s12">{formatWhen(r.openedAt, now, language)}</span>
              </button>
              {opening.error?.what === r.dir ? <ErrorNote error={opening.error.error} /> : null}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Environment() {
  const { t, language } = useText();
  const doctor = useQuery(api.workspace.doctor.queryOptions());
  const languageName = LANGUAGES.find((l) => l.code === language)?.name ?? '';
  const tools = doctor.data?.tools ?? [];
  const video = tools.filter((tool) => tool.name === 'ffmpeg' || tool.name === 'ffprobe');
  const missing = tools.filter((tool) => !tool.found);
  const fonts = tools.find((tool) => tool.name === 'fonts');
  return (
    <footer className="env">
      {doctor.isPending ? <span>{t('start.first.checking')}</span> : null}
      {video.length > 0 && video.every((tool) => tool.found) ? (
        <span>
          <span className="tok">
            <Icon name="okc" size={14} />
          </span>
          {t('start.first.videoReady')}
        </span>
      ) : null}
      {fonts?.found ? (
        <span>
          <span className="tok">
            <Icon name="okc" size={14} />
          </span>
          {t('start.first.fontsReady')}
        </span>
      ) : null}
      {missing.map((tool) => (
        <span key={tool.name}>
          <span className="tw">
            <Icon name="alert" size={14} />
          </span>
          {tool.hint || t(`settings.tools.name.${tool.name}`)}
        </span>
      ))}
      <Menu position="top-end" withinPortal>
        <Menu.Target>
          <button
            type="button"
            className="push env-lang"
            aria-label={t('start.first.languageIs', { name: languageName })}
          >
            {languageName}
            <Icon name="down" size={14} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {LANGUAGES.map((l) => (
            <Menu.Item key={l.code} data-on={l.code === language} onClick={() => chooseLanguage(l.code)}>
              {l.name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </footer>
  );
}

/** The first screen: no workspace is open. */
export function FirstStart({ recent, defaultDir }: { recent: RecentWorkspace[]; defaultDir: string }) {
  const { t } = useText();
  const opening = useOpening();
  return (
    <div className="first">
      <aside className="art">
        <img src={dawn} alt={t('start.first.pictureAlt')} />
        <div className="cap">
          <p>
            {t('start.first.line1')}
            <br />
            {t('start.first.line2')}
          </p>
          <span>{t('start.first.sub')}</span>
        </div>
      </aside>
      <main className="ct">
        <div className="in">
          <div className="bh">
            <Brand />
            {t('common.appName')}
          </div>
          <h1>{t('start.first.title')}</h1>
          <p className="su">{t('start.first.lead')}</p>
          <div className="opts">
            <SampleCard opening={opening} />
            <CreateCard opening={opening} defaultDir={defaultDir} />
            <OpenCard opening={opening} />
          </div>
          <Recent recent={recent} opening={opening} />
        </div>
        <Environment />
      </main>
    </div>
  );
}
