/** What this computer remembers for the person: never anything of a workspace's content. */
import { nativeTheme } from 'electron';
import Store from 'electron-store';
import { z } from 'zod';
import { KEY_LIMITS, THEMES, type Prefs } from '../../core/model/bridge.ts';
import type { Language } from '../../core/model/errors.ts';
import { windowState, type WindowState } from './window-state.ts';

const LANGUAGES = ['zh-CN', 'en'] as const satisfies readonly Language[];

const keys = z
  .record(z.string().max(KEY_LIMITS.id), z.string().max(KEY_LIMITS.keys))
  .refine((all) => Object.keys(all).length <= KEY_LIMITS.most);

export const prefsPatch = z.strictObject({
  theme: z.enum(THEMES).optional(),
  language: z.enum(LANGUAGES).optional(),
  keys: keys.optional(),
});

const stored = z.object({
  theme: z.enum(THEMES).catch('auto'),
  language: z.enum(LANGUAGES).catch('zh-CN'),
  keys: keys.catch({}),
  window: windowState.nullable().catch(null),
  /** Opened at the next start. */
  lastWorkspace: z.string().nullable().catch(null),
  /** Set while a start opens its workspace; still there at the next start when that killed the program. */
  opening: z.string().nullable().catch(null),
});
type Stored = z.infer<typeof stored>;

export class PrefsStore {
  private readonly store = new Store<Record<string, unknown>>({ name: 'prefs', clearInvalidConfig: true });
  private readonly listeners = new Set<() => void>();

  /** Everything, with a default for whatever is missing or does not fit. */
  private all(): Stored {
    return stored.parse(this.store.store);
  }

  get(): Prefs {
    const { theme, language, keys } = this.all();
    return { theme, language, keys };
  }

  set(patch: z.infer<typeof prefsPatch>): void {
    if (patch.theme !== undefined) this.store.set('theme', patch.theme);
    if (patch.language !== undefined) this.store.set('language', patch.language);
    if (patch.keys !== undefined) this.store.set('keys', patch.keys);
    this.applyTheme();
    for (const listener of this.listeners) listener();
  }

  /** Calls `listener` after the person changed a preference. */
  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }

  language(): Language {
    return this.all().language;
  }

  /** Makes the system's menus and dialogs follow the chosen theme. */
  applyTheme(): void {
    const { theme } = this.all();
    nativeTheme.themeSource = theme === 'auto' ? 'system' : theme;
  }

  get window(): WindowState | null {
    return this.all().window;
  }

  set window(state: WindowState | null) {
    this.store.set('window', state);
  }

  /** The workspace to open at this start: the last one, unless opening it brought the program down last time. */
  takeLastWorkspace(): string | null {
    const { lastWorkspace, opening } = this.all();
    return opening !== null && opening === lastWorkspace ? null : lastWorkspace;
  }

  set lastWorkspace(dir: string | null) {
    this.store.set('lastWorkspace', dir);
  }

  set opening(dir: string | null) {
    this.store.set('opening', dir);
  }
}
