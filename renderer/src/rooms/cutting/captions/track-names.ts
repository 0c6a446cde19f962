/** Names of languages as files have them. Pure. */

/**
 * The name of a language (ISO 639-1 or 639-2, "zh", "chi", "eng") in the language of the page; the code itself where it
 * names none that is known.
 */
export function languageName(code: string, page: string): string {
  try {
    return new Intl.DisplayNames(page, { type: 'language', fallback: 'code' }).of(code) ?? code;
  } catch {
    return code; // no code of any language: a file may say anything
  }
}
