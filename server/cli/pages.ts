/** Lists are asked for page by page; a command wants all of it. */

/** Largest page the contract gives. */
const PAGE = 200;

/** Every item of a paged list. An item that moves while it is read may be listed twice or not at all. */
export async function everyPage<Item>(
  ask: (page: { limit: number; offset: number }) => Promise<{ items: Item[]; total: number }>,
): Promise<Item[]> {
  const all: Item[] = [];
  for (;;) {
    const { items, total } = await ask({ limit: PAGE, offset: all.length });
    all.push(...items);
    if (items.length === 0 || all.length >= total) return all;
  }
}
