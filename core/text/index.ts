/** What every reader of text files shares: encodings, characters, and the list of repairs. */
export { isCjk, visibleCharacters } from './characters.ts';
export { decodeText, type DecodedText } from './decode.ts';
export { Repairs, type RepairMessages } from './repairs.ts';
