/** Which block of one article is which of the other. */

/** A block, as far as matching looks at it. */
export interface Block {
  /** Equal blocks have equal prints: the node's JSON. */
  print: string;
  text: string;
  type: string;
  /** The picture or film it shows, '' for none. */
  shows: string;
}

export interface Pair {
  a: number;
  b: number;
}

export interface Matching {
  /** Blocks that are there on both sides, in the same order on both. */
  pairs: Pair[];
  /** Blocks that stand elsewhere now. */
  moves: Pair[];
}

/** Share of bigrams two texts must have in common to be the same block, edited (Dice's coefficient). */
const SIMILAR = 0.4;
/** To be called moved and edited, a block must be more alike, and long enough for that to mean something. */
const MOVED_SIMILAR = 0.75;
const MOVED_LENGTH = 12;
/** A gap of more cells than this is halved before its blocks are compared with each other. */
const MAX_CELLS = 250_000;
/** Longer texts are compared by their beginning. */
const MAX_BIGRAMS = 4000;

/** Longest run of anchors whose numbers rise on both sides. */
function rising(anchors: readonly Pair[]): Pair[] {
  const tails: number[] = [];
  const before: number[] = [];
  anchors.forEach(({ b }, index) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((anchors[tails[middle] ?? 0]?.b ?? 0) < b) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = index;
  });
  const run: Pair[] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) {
    const anchor = anchors[at];
    if (anchor) run.push(anchor);
  }
  return run.reverse();
}

/** Best chain of pairs by weight (0: may not be paired); ties go to the earlier blocks. */
function bestChain(rows: number, columns: number, weight: (i: number, j: number) => number): Pair[] {
  const width = columns + 1;
  const best = new Float64Array((rows + 1) * width);
  const weights = new Float64Array(rows * columns);
  const at = (i: number, j: number): number => best[i * width + j] ?? 0;
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const w = weight(i, j);
      weights[i * columns + j] = w;
      best[i * width + j] = Math.max(at(i + 1, j), at(i, j + 1), w > 0 ? at(i + 1, j + 1) + w : 0);
    }
  }
  const chain: Pair[] = [];
  for (let i = 0, j = 0; i < rows && j < columns;) {
    const w = weights[i * columns + j] ?? 0;
    if (w > 0 && at(i, j) === at(i + 1, j + 1) + w) chain.push({ a: i++, b: j++ });
    else if (at(i, j) === at(i + 1, j)) i++;
    else j++;
  }
  return chain;
}

interface Gap {
  fromA: number;
  toA: number;
  fromB: number;
  toB: number;
}

function uniqueIn(blocks: readonly Block[], from: number, to: number): Map<string, number> {
  const found = new Map<string, number>();
  for (let i = from; i < to; i++) {
    const print = blocks[i]?.print ?? '';
    found.set(print, found.has(print) ? -1 : i);
  }
  return found;
}

class Matcher {
  readonly pairs: Pair[] = [];
  readonly #a: readonly Block[];
  readonly #b: readonly Block[];
  readonly #bigrams = new Map<Block, Float64Array>();

  constructor(a: readonly Block[], b: readonly Block[]) {
    this.#a = a;
    this.#b = b;
  }

  /** Equal blocks first (patience: blocks that are there once on both sides are anchors), then similar ones between. */
  match({ fromA, toA, fromB, toB }: Gap): void {
    const [a, b] = [this.#a, this.#b];
    while (fromA < toA && fromB < toB && a[fromA]?.print === b[fromB]?.print)
      this.pairs.push({ a: fromA++, b: fromB++ });
    while (toA > fromA && toB > fromB && a[toA - 1]?.print === b[toB - 1]?.print)
      this.pairs.push({ a: --toA, b: --toB });
    if (fromA === toA || fromB === toB) return;
    const gap = { fromA, toA, fromB, toB };
    const anchors = this.#anchors(gap);
    if (anchors.length > 0) this.#between(gap, anchors, (inner) => this.match(inner));
    else this.#equal(gap);
  }

  #anchors({ fromA, toA, fromB, toB }: Gap): Pair[] {
    const inB = uniqueIn(this.#b, fromB, toB);
    const anchors: Pair[] = [];
    for (const [print, i] of uniqueIn(this.#a, fromA, toA)) {
      const j = inB.get(print) ?? -1;
      if (i >= 0 && j >= 0) anchors.push({ a: i, b: j });
    }
    return rising(anchors.sort((x, y) => x.a - y.a));
  }

  /** Takes the pairs and goes on in what lies between them. */
  #between(gap: Gap, pairs: readonly Pair[], inner: (gap: Gap) => void): void {
    let { fromA, fromB } = gap;
    for (const { a, b } of pairs) {
      inner({ fromA, toA: a, fromB, toB: b });
      this.pairs.push({ a, b });
      fromA = a + 1;
      fromB = b + 1;
    }
    inner({ fromA, toA: gap.toA, fromB, toB: gap.toB });
  }

  /** Equal blocks that are there more than once (empty lines): the longest chain of them, where that is affordable. */
  #equal(gap: Gap): void {
    const { fromA, toA, fromB, toB } = gap;
    if ((toA - fromA) * (toB - fromB) > MAX_CELLS) {
      this.#similar(gap);
      return;
    }
    const chain = bestChain(toA - fromA, toB - fromB, (i, j) =>
      this.#a[fromA + i]?.print === this.#b[fromB + j]?.print ? 1 : 0,
    );
    const pairs = chain.map((pair) => ({ a: pair.a + fromA, b: pair.b + fromB }));
    this.#between(gap, pairs, (inner) => this.#similar(inner));
  }

  #similar(gap: Gap): void {
    const { fromA, toA, fromB, toB } = gap;
    if (fromA === toA || fromB === toB) return;
    if ((toA - fromA) * (toB - fromB) > MAX_CELLS) {
      const [midA, midB] = [(fromA + toA) >> 1, (fromB + toB) >> 1];
      this.#similar({ fromA, toA: midA, fromB, toB: midB });
      this.#similar({ fromA: midA, toA, fromB: midB, toB });
      return;
    }
    const chain = bestChain(toA - fromA, toB - fromB, (i, j) => {
      const alike = this.#likeness(this.#a[fromA + i], this.#b[fromB + j]);
      return alike >= SIMILAR ? alike : 0;
    });
    for (const { a, b } of chain) this.pairs.push({ a: a + fromA, b: b + fromB });
  }

  /** Blocks of `restA` and `restB` that are the same, or nearly, in another place. */
  moves(restA: readonly number[], restB: readonly number[]): Pair[] {
    const moves: Pair[] = [];
    const free = new Set(restB);
    const take = (a: number, b: number | undefined): void => {
      if (b === undefined) return;
      free.delete(b);
      moves.push({ a, b });
    };
    const says = (i: number): boolean => (this.#a[i]?.shows ?? '') !== '' || (this.#a[i]?.text.trim().length ?? 0) > 1;
    for (const i of restA) {
      if (says(i))
        take(
          i,
          [...free].find((j) => this.#a[i]?.print === this.#b[j]?.print),
        );
    }
    const taken = new Set(moves.map(({ a }) => a));
    const left = restA.filter((i) => !taken.has(i) && (this.#a[i]?.text.length ?? 0) >= MOVED_LENGTH);
    if (left.length * free.size > MAX_CELLS) return moves;
    for (const i of left)
      take(
        i,
        [...free].find((j) => this.#likeness(this.#a[i], this.#b[j]) >= MOVED_SIMILAR),
      );
    return moves;
  }

  /** 0 to 1. Blocks without text are alike when they show the same. */
  #likeness(a: Block | undefined, b: Block | undefined): number {
    if (!a || !b || a.shows !== b.shows) return 0;
    if (a.shows !== '') return a.type === b.type ? 1 : 0;
    if (a.text === b.text) return a.text !== '' || a.type === b.type ? 1 : 0;
    const [x, y] = [this.#bigramsOf(a), this.#bigramsOf(b)];
    const total = x.length + y.length;
    if (total === 0 || (2 * Math.min(x.length, y.length)) / total < SIMILAR) return 0;
    let common = 0;
    for (let i = 0, j = 0; i < x.length && j < y.length;) {
      const difference = (x[i] ?? 0) - (y[j] ?? 0);
      if (difference === 0) common++;
      if (difference <= 0) i++;
      if (difference >= 0) j++;
    }
    return (2 * common) / total;
  }

  /** Pairs of neighbouring UTF-16 units, sorted; a text of one unit is that unit. */
  #bigramsOf(block: Block): Float64Array {
    const known = this.#bigrams.get(block);
    if (known) return known;
    const text = block.text.slice(0, MAX_BIGRAMS + 1);
    const length = Math.max(text.length - 1, Math.min(text.length, 1));
    const bigrams = Float64Array.from(
      { length },
      (_, i) => text.charCodeAt(i) * 65_536 + (text.charCodeAt(i + 1) || 0),
    );
    bigrams.sort();
    this.#bigrams.set(block, bigrams);
    return bigrams;
  }
}

/** Blocks of one side that are in no pair. */
export function unmatched(count: number, taken: readonly number[]): number[] {
  const set = new Set(taken);
  return Array.from({ length: count }, (_, i) => i).filter((i) => !set.has(i));
}

/** Matches the blocks of two articles. The same articles always give the same pairs, in rising order. */
export function matchBlocks(a: readonly Block[], b: readonly Block[]): Matching {
  const matcher = new Matcher(a, b);
  matcher.match({ fromA: 0, toA: a.length, fromB: 0, toB: b.length });
  const pairs = matcher.pairs.sort((x, y) => x.a - y.a);
  const restA = unmatched(
    a.length,
    pairs.map((pair) => pair.a),
  );
  const restB = unmatched(
    b.length,
    pairs.map((pair) => pair.b),
  );
  return { pairs, moves: matcher.moves(restA, restB) };
}
