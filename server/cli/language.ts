/** The two languages of the command line. */
import type { Language } from '../../core/model/errors.ts';
import type { CliIo } from './io.ts';

/** zh-CN where LC_ALL or LANG (in this order, as POSIX ranks them) begins with zh, else English. */
export function languageOf(env: CliIo['env']): Language {
  const locale = [env.LC_ALL, env.LANG].find((value) => value !== undefined && value !== '') ?? '';
  return locale.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/** A sentence in both languages. */
export interface Sentence {
  zh: string;
  en: string;
}

export function inLanguage(sentence: Sentence, language: Language): string {
  return language === 'zh-CN' ? sentence.zh : sentence.en;
}
