/** A small JSON file that a person brings in. */

/** Null for a file that is larger than `maxBytes` or no JSON object. */
export async function jsonOf(file: File, maxBytes: number): Promise<Record<string, unknown> | null> {
  if (file.size > maxBytes) return null;
  try {
    const value: unknown = JSON.parse((await file.text()).replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
