/** A file of JSON that a person chose: a theme, an office pack. */

/** Such files are a few kilobytes; what is larger is something else. */
const MAX_FILE_BYTES = 64 * 1024;

/** Null for a file that is no JSON object. */
export async function jsonOf(file: File): Promise<Record<string, unknown> | null> {
  if (file.size > MAX_FILE_BYTES) return null;
  try {
    const value: unknown = JSON.parse(await file.text());
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
