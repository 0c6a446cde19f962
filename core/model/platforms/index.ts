/** Platforms of films: what they take, how their films are named, and whether a film and its words fit. */
export { AIGC_FIELDS, aigcLabelOf, aigcOfFilm, ownAigc } from './aigc.ts';
export { checkFilm, checkLimit, failed, troubles } from './checks.ts';
export type { CheckOrder, FilmFacts, LimitCheck } from './checks.ts';
export { checkCover, coverShapes, coversOf, filmCoverRules } from './covers.ts';
export type { CoverShape } from './covers.ts';
export { platformOf } from './load.ts';
export { logosIn } from './logos.ts';
export { coverStem, filmStem } from './names.ts';
export { postOf, postText } from './post.ts';
export type { Post, PostWords } from './post.ts';
export { GRADES, PLATFORM_TARGETS, parsePlatform, platformProfile } from './profile.ts';
export type { Grade, MeasuredKind, PlatformLimit, PlatformProfile, PlatformTarget } from './profile.ts';
