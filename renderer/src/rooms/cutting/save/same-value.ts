/** Whether two JSON values say the same, whatever the order of their fields. A field that is undefined is not there. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => sameValue(item, b[i]));
  }
  const fields = (value: object) => Object.entries(value).filter(([, inner]) => inner !== undefined);
  const [one, two] = [fields(a), new Map<string, unknown>(fields(b))];
  return one.length === two.size && one.every(([key, inner]) => two.has(key) && sameValue(inner, two.get(key)));
}
