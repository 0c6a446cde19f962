import type { Language } from '../../../core/model/errors.ts';
import { writePrefs } from '../client/prefs.ts';
import { i18n } from '../i18n/index.ts';

/** Changes the language of the page and remembers it. */
export function chooseLanguage(language: Language): void {
  void i18n.changeLanguage(language);
  void writePrefs({ language });
}
