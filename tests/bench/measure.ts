/** Measuring tools: medians, CPU seconds, memory of a whole process tree. Linux reads /proc; elsewhere they say null. */
import { readFileSync, readdirSync } from 'node:fs';

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2;
}

function parentOf(pid: number): number | null {
  try {
    // "pid (name) state ppid …": the name may hold spaces and brackets.
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}

/** A process and all its descendants. */
export function processTree(root: number): number[] {
  const pids = readdirSync('/proc')
    .filter((n) => /^\d+$/.test(n))
    .map(Number);
  const parents = new Map(pids.map((pid) => [pid, parentOf(pid)]));
  const tree = [root];
  for (const pid of tree) {
    for (const [child, parent] of parents) if (parent === pid) tree.push(child);
  }
  return tree;
}

/** Proportional set size of a process tree, bytes: shared pages are counted once, in parts. Null where there is no /proc. */
export function treePss(root: number): number | null {
  if (process.platform !== 'linux') return null;
  let total = 0;
  for (const pid of processTree(root)) {
    try {
      const text = readFileSync(`/proc/${String(pid)}/smaps_rollup`, 'utf8');
      total += Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0) * 1024;
    } catch {
      // It ended between the look at the list and the look at it.
    }
  }
  return total;
}

/** Runs ours and the peer in turn, `rounds` times each, so that both meet the same machine in the same minute. */
export async function inTurn(
  rounds: number,
  ours: () => Promise<number>,
  peer: () => Promise<number>,
): Promise<{ ours: number; peer: number; ratio: number }> {
  const a: number[] = [];
  const b: number[] = [];
  for (let i = 0; i < rounds; i += 1) {
    a.push(await ours());
    b.push(await peer());
  }
  const result = { ours: median(a), peer: median(b) };
  return { ...result, ratio: result.ours / result.peer };
}
