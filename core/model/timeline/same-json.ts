/** Whether two values say the same, in whatever order their fields stand. */
const spelt = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

export const sameJson = (a: unknown, b: unknown): boolean => a === b || spelt(a) === spelt(b);
