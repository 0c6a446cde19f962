/** What the person chose for this computer: theme and language. Kept by the desktop program or the browser. */
import { THEMES, type Prefs } from '../../../core/model/bridge.ts';
import { desktop } from './bridge.ts';

const KEY = 'tongxin.prefs';
const FALLBACK: Prefs = { theme: 'auto', language: 'zh-CN' };

function checked(value: unknown): Prefs {
  if (typeof value !== 'object' || value === null) return FALLBACK;
  const theme = THEMES.find((t) => 'theme' in value && value.theme === t) ?? FALLBACK.theme;
  const language = 'language' in value && value.language === 'en' ? 'en' : FALLBACK.language;
  return { theme, language };
}

/** Reads the preferences; anything unreadable counts as never chosen. */
export async function readPrefs(): Promise<Prefs> {
  if (desktop) return checked(await desktop.prefs.get());
  try {
    return checked(JSON.parse(localStorage.getItem(KEY) ?? 'null'));
  } catch {
    return FALLBACK;
  }
}

export async function writePrefs(patch: Partial<Prefs>): Promise<void> {
  if (desktop) await desktop.prefs.set(patch);
  else localStorage.setItem(KEY, JSON.stringify({ ...(await readPrefs()), ...patch }));
}
