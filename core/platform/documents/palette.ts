/** Colours of the article's palette on white paper, hex without #: each at least 4.5 : 1 against white. */
export const INK: Readonly<Record<string, string>> = {
  accent: 'A3322A',
  muted: '57606A',
  red: 'B42318',
  amber: '8A5A00',
  green: '1A6B3C',
  blue: '175CB5',
};

/** Grounds of marked text, light enough for black on them. */
export const MARKER: Readonly<Record<string, string>> = {
  yellow: 'FFF3B0',
  red: 'FFDCD6',
  green: 'D5F2DC',
  blue: 'D6E8FB',
};

/** Bar at the side of a notice, by its kind. */
export const NOTICE: Readonly<Record<string, string>> = { info: '175CB5', tip: '1A6B3C', warning: 'B42318' };
