/** What the person chose for this computer: theme, language, keys. Kept by the desktop program or the browser. */
import { KEY_LIMITS, THEMES, type Prefs } from '../../../core/model/bridge.ts';
import { desktop } from './bridge.ts';

const KEY = 'tongxin.prefs';
const FALLBACK: Prefs = { theme: 'auto', language: 'zh-CN', keys: {} };

function checkedKeys(value: unknown): Prefs['keys'] {
  if (typeof value !== 'object' || value === null) return {};
  const entries = Object.entries(value).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && entry[0].length <= KEY_LIMITS.id && entry[1].length <= KEY_LIMITS.keys,
  );
  return Object.fromEntries(entries.slice(0, KEY_LIMITS.most));
}

function checked(value: unknown): Prefs {
  if (typeof value !== 'object' || value === null) return FALLBACK;
  const theme = THEMES.find((t) => 'theme' in value && value.theme === t) ?? FALLBACK.theme;
  const language = 'language' in value && value.language === 'en' ? 'en' : FALLBACK.language;
  return { theme, language, keys: checkedKeys('keys' in value ? value.keys : null) };
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
