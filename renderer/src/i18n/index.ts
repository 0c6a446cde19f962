import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../../core/model/errors.ts';
import { en, zh } from './catalogues.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof zh };
  }
}

export const LANGUAGES: readonly { code: Language; name: string }[] = [
  { code: 'zh-CN', name: '中文' },
  { code: 'en', name: 'English' },
];

function markDocument(language: string): void {
  document.documentElement.lang = language;
  document.title = i18next.t('common.appName');
}

/** Loads both catalogues (they are in the bundle) and says the language on `<html lang>`. */
export async function startI18n(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'zh-CN',
    resources: { 'zh-CN': { translation: zh }, en: { translation: en } },
    // React escapes what it shows.
    interpolation: { escapeValue: false },
  });
  i18next.on('languageChanged', markDocument);
  markDocument(language);
}

export const i18n = i18next;
