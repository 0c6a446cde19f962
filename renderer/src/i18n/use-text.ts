import type { TFunction } from 'i18next';
import { useSyncExternalStore } from 'react';
import { toStudioError } from '../../../core/model/contract/client.ts';
import { errorHint, errorMessage, type ErrorData, type Language } from '../../../core/model/errors.ts';
import { isLineLost } from '../client/connection.ts';
import { i18n } from './index.ts';

export interface ErrorText {
  message: string;
  hint: string;
}

/** The sentence and the way out of anything that was thrown, in the language of the page. */
export function errorText(error: unknown, language: Language): ErrorText {
  const e = toStudioError(error);
  if (isLineLost(e)) return { message: i18n.t('common.line.lostError'), hint: i18n.t('common.line.lostErrorHint') };
  return { message: errorMessage(e.code, e.params, language), hint: errorHint(e.code, e.params, language) };
}

/** Sentence and way out as one line, for a toast. */
export function inOneLine({ message, hint }: ErrorText, language: Language): string {
  if (/[。.!?！？]$/.test(message)) return `${message} ${hint}`;
  return language === 'en' ? `${message}. ${hint}` : `${message}。${hint}`;
}

/** The same for an error that came as data (a failed job, a file that was not imported). */
export function errorDataText(data: ErrorData, language: Language): ErrorText {
  return {
    message: errorMessage(data.code, data.params, language),
    hint: errorHint(data.code, data.params, language),
  };
}

interface Text {
  t: TFunction;
  language: Language;
  explain: (error: unknown) => ErrorText;
}

const listeners = new Set<() => void>();
let told = false;
let text: Text | null = null;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!told) {
    told = true;
    i18n.on('languageChanged', () => {
      text = null;
      listeners.forEach((each) => each());
    });
  }
  return () => listeners.delete(listener);
}

/** The same object until the language changes. */
function textNow(): Text {
  const language: Language = i18n.language === 'en' ? 'en' : 'zh-CN';
  if (text?.language !== language) {
    text = { t: i18n.getFixedT(language), language, explain: (error) => errorText(error, language) };
  }
  return text;
}

/**
 * `t`, the language, and error sentences for the language of the page. Not `useTranslation`: that makes a function, two memos and two
 * effects for each of the hundreds of blocks and rows that come and go while a film is scrolled.
 */
export const useText = (): Text => useSyncExternalStore(subscribe, textNow);
