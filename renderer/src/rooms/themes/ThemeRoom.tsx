import { Textarea, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { OwnTheme } from '../../../../core/model/contract/index.ts';
import {
  THEME_KINDS,
  themeProblems,
  type ThemeProblem,
  type WechatTheme,
} from '../../../../core/model/wechat/index.ts';
import { useLine, useMay } from '../../app/session.ts';
import { useCommand } from '../../commands/registry.ts';
import { TopBar } from '../../frame/TopBar.tsx';
import { useText } from '../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../ui/Btn.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { keptThemeOf } from './kept-theme.ts';
import { PaletteForm } from './PaletteForm.tsx';
import { PartForm } from './PartForm.tsx';
import { TextForm } from './TextForm.tsx';
import { ThemePhone } from './ThemePhone.tsx';
import './themes.css';
import { useTheme } from './use-theme.ts';
import { useThemeActs } from './use-theme-acts.ts';
import { useThemeDraft } from './use-theme-draft.ts';

/** Every part is tried anew for its problems once the person pauses. */
const PAUSE_MS = 300;

function useProblems(theme: WechatTheme): ThemeProblem[] {
  const [problems, setProblems] = useState<ThemeProblem[]>([]);
  useEffect(() => {
    const timer = setTimeout(() => setProblems(themeProblems(theme)), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [theme]);
  return problems;
}

/** A copy of a theme of the program has a name of its own from the start. */
function copyOf(theme: WechatTheme): WechatTheme {
  const { zh, en } = theme.name;
  return { ...theme, name: { zh: `${zh}（改）`, en: `${en} (changed)` } };
}

interface NamesProps {
  theme: WechatTheme;
  disabled: boolean;
  onChange: (theme: WechatTheme, about: string) => void;
}

function NamesForm({ theme, disabled, onChange }: NamesProps) {
  const { t } = useText();
  const field = (part: 'name' | 'use', language: 'zh' | 'en', max: number) => ({
    label: t(`themes.${part}.${language}`),
    value: theme[part][language],
    maxLength: max,
    disabled,
    onChange: (e: { currentTarget: { value: string } }) =>
      onChange({ ...theme, [part]: { ...theme[part], [language]: e.currentTarget.value } }, `${part} ${language}`),
  });
  return (
    <div className="theme-fields">
      <TextInput {...field('name', 'zh', 60)} />
      <TextInput {...field('name', 'en', 120)} />
      <Textarea autosize minRows={1} {...field('use', 'zh', 60)} />
      <Textarea autosize minRows={1} {...field('use', 'en', 120)} />
    </div>
  );
}

const isNamed = ({ name, use }: WechatTheme): boolean =>
  [name.zh, name.en, use.zh, use.en].every((words) => words.trim() !== '');

interface EditorProps {
  themeId: string;
  saved: WechatTheme;
  own: OwnTheme | null;
}

function ThemeEditor({ themeId, saved, own }: EditorProps) {
  const { t, language } = useText();
  const line = useLine();
  const acts = useThemeActs();
  const mayEdit = useMay('story.edit');
  // One of the program's is only looked at until it is copied; a copy not saved yet is gone on with.
  const [copying, setCopying] = useState(() => keptThemeOf(themeId) !== null);
  const editing = mayEdit && (own !== null || copying);
  const draft = useThemeDraft(themeId, saved);
  const { theme } = draft;
  const problems = useProblems(theme);
  const stops = problems.filter(({ code }) => code !== 'contrast_dark');
  const nightly = problems.length - stops.length;
  const canSave = editing && line === 'open' && stops.length === 0 && isNamed(theme) && (draft.changed || own === null);
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => void (here.current = false);
  }, []);
  const save = async () => {
    const made = await acts.save(theme, own);
    if (!made) return;
    draft.start(saved);
    // Who has gone on to another page meanwhile stays there.
    if (here.current) await acts.open(made.themeId);
  };
  useCommand('story.checkpoint', () => void save(), canSave);
  useCommand('edit.undo', draft.undo, editing && draft.canUndo);
  useCommand('edit.redo', draft.redo, editing && draft.canRedo);
  const disabled = !editing;
  const name = (language === 'en' ? theme.name.en : theme.name.zh) || t('themes.unnamed');
  const forms = { theme, disabled, onChange: draft.change };
  return (
    <div className="room">
      <TopBar
        shortSearch
        actions={
          editing ? (
            <>
              <IconBtn icon="undo" label={t('themes.undo')} disabled={!draft.canUndo} onClick={draft.undo} />
              <IconBtn icon="redo" label={t('themes.redo')} disabled={!draft.canRedo} onClick={draft.redo} />
              <Btn disabled={!draft.changed} onClick={() => draft.start(saved)}>
                {t('themes.revert')}
              </Btn>
              <Btn
                kind="primary"
                disabled={!canSave}
                busy={acts.busy && t('themes.working')}
                onClick={() => void save()}
              >
                {t('themes.save')}
              </Btn>
            </>
          ) : mayEdit ? (
            <Btn
              kind="primary"
              onClick={() => {
                setCopying(true);
                if (!draft.changed) draft.change(copyOf(saved), 'copy');
              }}
            >
              {t('themes.copy')}
            </Btn>
          ) : null
        }
      >
        <Link className="crumb" to="/themes">
          {t('themes.title')}
        </Link>
        <span className="sep" aria-hidden="true">
          /
        </span>
        <h1 className="cut" title={name}>
          {name}
        </h1>
        {own === null && !copying ? <span className="chip">{t('themes.ofProgram')}</span> : null}
        {editing && draft.changed ? <span className="chip">{t('themes.unsaved')}</span> : null}
      </TopBar>
      <div className="theme-desk">
        <main className="scroll theme-forms" data-region="work">
          <p className={stops.length > 0 ? 'theme-problem' : 't3 s12'} role="status">
            {stops.length > 0
              ? t('themes.stops', { count: stops.length })
              : nightly > 0
                ? t('themes.nightly', { count: nightly })
                : t('themes.sound')}
          </p>
          <h2>{t('themes.section.names')}</h2>
          <NamesForm {...forms} />
          <h2>{t('themes.section.palette')}</h2>
          <PaletteForm {...forms} />
          <h2>{t('themes.section.text')}</h2>
          <TextForm {...forms} />
          <h2>{t('themes.section.parts')}</h2>
          {THEME_KINDS.map((kind) => (
            <PartForm key={kind} kind={kind} problems={problems.filter((p) => p.kind === kind)} {...forms} />
          ))}
        </main>
        <ThemePhone theme={theme} />
      </div>
    </div>
  );
}

/** One theme: looked at, and changed where it is the office's own. */
export function ThemeRoom({ themeId }: { themeId: string }) {
  const { t } = useText();
  const { theme, own, missing } = useTheme(themeId);
  if (missing) {
    return (
      <div className="room">
        <TopBar>
          <h1>{t('themes.title')}</h1>
        </TopBar>
        <Empty icon="alert" title={t('themes.goneTitle')} text={t('themes.goneText')} />
      </div>
    );
  }
  if (!theme) return <Waiting />;
  return <ThemeEditor themeId={themeId} saved={theme} own={own} />;
}
