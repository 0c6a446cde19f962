/** The numbers that make captions easy to read, each with where it comes from. */

/** Largest width of a line, full-width characters. Subtitle Edit, NetflixQualityController SingleLineMaxLength, zh. */
export const MAX_WIDTH = 16;
/** Subtitle Edit, NetflixQualityController MaximumLines. */
export const MAX_LINES = 2;
/** Full-width characters a second, adult programmes in Chinese. Subtitle Edit PR #13347 against Netflix's guide. */
export const MAX_CPS = 9;
/**
 * A second language in Latin letters, letters and spaces of a line: Netflix, English (USA) Timed Text Style Guide, "42
 * characters per line"; Subtitle Edit, NetflixQualityController SingleLineMaxLength, all but the East Asian languages.
 */
export const MAX_LATIN_CHARS = 42;
/**
 * Letters and spaces a second, adult programmes in English: the same guide, Reading Speed Limits. Most other Latin
 * languages have 17 (Subtitle Edit, NetflixCheckMaxCps); what language it is, the text does not say.
 */
export const MAX_LATIN_CPS = 20;
/** 5/6 second and 7 seconds: Netflix, Timed Text Style Guide, General Requirements (215758617). Microseconds. */
export const SHORTEST_US = 833_000;
export const LONGEST_US = 7_000_000;
/**
 * Two frames at 30 a second are 66.7 ms: Netflix, General Requirements; Subtitle Edit NetflixCheckTwoFramesGap.
 * Files keep whole milliseconds, so exactly two frames may stand as 66.
 */
export const SMALLEST_GAP_US = 66_000;
/** What a gap is made: two frames at 30 a second, rounded up to the microsecond. */
export const TWO_FRAMES_US = 66_667;
