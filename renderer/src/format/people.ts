/** The letter and tint by which a person is shown (tints `--p1…5` by hash of the name). */
export function initialOf(name: string): string {
  return [...name.trim()][0]?.toUpperCase() ?? '?';
}

/** 1 to 5, always the same for the same name (FNV-1a). */
export function tintOf(name: string): 1 | 2 | 3 | 4 | 5 {
  let hash = 0x811c9dc5;
  for (const char of name) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return ((hash % 5) + 1) as 1 | 2 | 3 | 4 | 5;
}
