/** Several canvases of the same frames in one filter graph: what their graphs begin with alike is computed once. */

/** A graph's chain from the first input, filter by filter, and the chains behind it. */
interface Parts {
  filters: string[];
  rest: string;
}

/** A name in brackets that is no input (`[0:1]`) and is not escaped. */
const LABEL = /(?<!\\)\[([a-z]\w*)\]/g;
const INPUT = /^\[\d+:\w+\]/;

/** The graph with labels of its own; its end is `[v<index>]`. */
function named(graph: string, index: number): string {
  return graph.replace(LABEL, (_, name: string) => (name === 'v' ? `[v${index}]` : `[${name}_${index}]`));
}

function partsOf(graph: string): Parts {
  const [first = '', ...rest] = graph.split(/(?<!\\);/);
  return { filters: first.split(/(?<!\\),/), rest: rest.map((chain) => `;${chain}`).join('') };
}

function alike(graphs: readonly Parts[]): number {
  const [one, ...others] = graphs;
  let n = 0;
  while (n < (one?.filters.length ?? 0) && others.every(({ filters }) => filters[n] === one?.filters[n])) n += 1;
  return n;
}

/** Chains from `input` (an input or a label in brackets) to the ends of all graphs. */
function branch(input: string, graphs: readonly Parts[], name: string): string {
  const [only] = graphs;
  if (graphs.length === 1 && only) return `${input}${only.filters.join(',')}${only.rest}`;
  const shared = alike(graphs);
  const open = graphs.map(({ filters, rest }) => ({ filters: filters.slice(shared), rest }));
  const ways = byFirst(open);
  const labels = [...ways.keys()].map((_, i) => `${name}_${i}`);
  const head = [...(only?.filters.slice(0, shared) ?? []), `split=${ways.size}`].join(',');
  const chains = [...ways.values()].map((way, i) => branch(`[${labels[i] ?? ''}]`, way, labels[i] ?? ''));
  return [`${input}${head}${labels.map((label) => `[${label}]`).join('')}`, ...chains].join(';');
}

/** By the filter they go on with. */
function byFirst(graphs: readonly Parts[]): Map<string, Parts[]> {
  const ways = new Map<string, Parts[]>();
  for (const graph of graphs) {
    const first = graph.filters[0] ?? '';
    ways.set(first, [...(ways.get(first) ?? []), graph]);
  }
  return ways;
}

/**
 * One graph for several of the same inputs, each from the first input to `[v]`: ends in `[v0]`, `[v1]` and so on. No filter sees
 * other pictures than it would alone. Paths are not yet in the graphs (a comma in one would part it).
 */
export function mergedGraph(graphs: readonly string[]): string {
  const input = INPUT.exec(graphs[0] ?? '')?.[0] ?? '';
  const parts = graphs.map((graph, i) => partsOf(named(graph.slice(input.length), i)));
  return branch(input, parts, 'same');
}
