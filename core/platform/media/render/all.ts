/** Work side by side. */

/**
 * `Promise.all` that waits for all of them, also where one fails: nothing runs on when the caller cleans up. Throws the first failure in the
 * order of the list.
 */
export async function allOf<T extends readonly unknown[]>(works: {
  readonly [K in keyof T]: Promise<T[K]>;
}): Promise<{ -readonly [K in keyof T]: T[K] }> {
  const ends = await Promise.allSettled(works as readonly Promise<unknown>[]);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return Promise.all(works as readonly Promise<unknown>[]) as Promise<{ -readonly [K in keyof T]: T[K] }>;
}
