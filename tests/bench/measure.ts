/** Measuring tools: medians, CPU seconds, memory of a whole process tree. Linux reads /proc; elsewhere they say null. */
import { spawn } from 'node:child_process';
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

export interface Spent {
  /** User and system time of the command with all it started and waited for, seconds. */
  cpu: number;
  wall: number;
  stdout: string;
}

/** Runs a command to its end, measured from outside by the shell (whole process tree). `onStart` gets its process id. */
export async function spentBy(
  command: readonly string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv; onStart?: (pid: number) => void },
): Promise<Spent> {
  const began = performance.now();
  const child = spawn('bash', ['-c', 'TIMEFORMAT="spent %U %S"; time "$@"', 'bash', ...command], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-20_000)));
  if (child.pid !== undefined) options.onStart?.(child.pid);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const found = /spent ([\d.]+) ([\d.]+)\s*$/.exec(stderr);
  if (code !== 0 || !found)
    throw new Error(`${command.slice(0, 2).join(' ')}: ${String(code)}\n${stderr.slice(-3000)}`);
  return { cpu: Number(found[1]) + Number(found[2]), wall: (performance.now() - began) / 1000, stdout };
}

/** Most memory a command and all it starts hold at once, bytes (proportional set size, looked at ten times a second). */
export async function peakMemory(command: readonly string[], options: { cwd: string; env?: NodeJS.ProcessEnv }) {
  let peak = 0;
  let watch: NodeJS.Timeout | undefined;
  const onStart = (pid: number): void => {
    watch = setInterval(() => (peak = Math.max(peak, treePss(pid) ?? 0)), 100);
  };
  await spentBy(command, { ...options, onStart });
  clearInterval(watch);
  return peak;
}
