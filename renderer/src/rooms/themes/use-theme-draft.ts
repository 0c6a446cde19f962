import { useEffect, useReducer } from 'react';
import type { WechatTheme } from '../../../../core/model/wechat/index.ts';
import { keepTheme, keptThemeOf } from './kept-theme.ts';

interface History {
  past: WechatTheme[];
  now: WechatTheme;
  future: WechatTheme[];
  /** What the last change was about: a further one about the same belongs to the same step of undo. */
  about: string;
}

type Act = { change: WechatTheme; about: string } | 'undo' | 'redo' | { start: WechatTheme };

/** Steps that can be undone; a theme is a few hundred bytes. */
const DEPTH = 200;

function step(history: History, act: Act): History {
  const { past, now, future } = history;
  if (act === 'undo') {
    const before = past.at(-1);
    return before ? { past: past.slice(0, -1), now: before, future: [now, ...future], about: '' } : history;
  }
  if (act === 'redo') {
    const [after, ...rest] = future;
    return after ? { past: [...past, now], now: after, future: rest, about: '' } : history;
  }
  if ('start' in act) return { past: [], now: act.start, future: [], about: '' };
  const same = act.about !== '' && act.about === history.about;
  return { past: same ? past : [...past, now].slice(-DEPTH), now: act.change, future: [], about: act.about };
}

export interface ThemeDraft {
  theme: WechatTheme;
  /** `about`: the control; its changes in a row are one step. */
  change: (theme: WechatTheme, about: string) => void;
  undo: () => void;
  redo: () => void;
  canUndo: boolean;
  canRedo: boolean;
  changed: boolean;
  start: (theme: WechatTheme) => void;
}

/** A theme while it is changed. What is not saved is kept under its id, and is there again when one comes back. */
export function useThemeDraft(themeId: string, saved: WechatTheme): ThemeDraft {
  const [history, act] = useReducer(step, null, (): History => {
    const kept = keptThemeOf(themeId);
    return { past: kept ? [saved] : [], now: kept ?? saved, future: [], about: '' };
  });
  const changed = JSON.stringify(history.now) !== JSON.stringify(saved);
  useEffect(() => keepTheme(themeId, changed ? history.now : null), [themeId, changed, history.now]);
  return {
    theme: history.now,
    change: (theme, about) => act({ change: theme, about }),
    undo: () => act('undo'),
    redo: () => act('redo'),
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    changed,
    start: (theme) => act({ start: theme }),
  };
}
