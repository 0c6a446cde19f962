/** Characters that must not, or need not, come in with a text. */

const INVISIBLE = /(?![\t\n\r\f])\p{Cc}|[\u00AD\u200B\uFEFF\uFFFE\uFFFF]/gu;
const LONE_SURROGATE = /\p{Cs}/gu;

/**
 * Drops control characters, zero-width spaces, soft hyphens and byte order marks, turns lone surrogates into
 * U+FFFD, and counts both. White space, joiners and direction marks stay: emoji and Uyghur text need them.
 */
export function visibleCharacters(text: string): { text: string; dropped: number; unreadable: number } {
  let dropped = 0;
  let unreadable = 0;
  const visible = text.replace(INVISIBLE, () => {
    dropped += 1;
    return '';
  });
  const clean = visible.replace(LONE_SURROGATE, () => {
    unreadable += 1;
    return '\uFFFD';
  });
  return { text: clean, dropped, unreadable };
}

/** Whether a space between two lines of source text is wrong next to this character. */
export function isCjk(char: string | undefined): boolean {
  return (
    char !== undefined &&
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFFEF\u2014\u2026\u2018\u2019\u201C\u201D]/u.test(
      char,
    )
  );
}
