import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
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

/** `t`, the language, and error sentences for the language of the page. */
export function useText() {
  const { t, i18n: instance } = useTranslation();
  const language: Language = instance.language === 'en' ? 'en' : 'zh-CN';
  const explain = useCallback((error: unknown) => errorText(error, language), [language]);
  return { t, language, explain };
}
