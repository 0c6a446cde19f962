/** What the program was started with. */
export interface ProgramArguments {
  /** The words after `--cli`; null: the window is wanted. */
  cli: string[] | null;
  /** Folder given by `--workspace DIR` or `--workspace=DIR`, as written. */
  workspace: string | null;
  /** `--sample`: make (or open again) the sample workspace, in `workspace` if that is given. */
  sample: boolean;
}

/**
 * Reads `process.argv`. Chromium's own switches (`--no-sandbox`, `--user-data-dir=…`) stand among the
 * words and are passed over; everything after `--cli` belongs to the command line.
 */
export function readArguments(argv: readonly string[]): ProgramArguments {
  const at = argv.indexOf('--cli', 1);
  const own = at < 0 ? argv.slice(1) : argv.slice(1, at);
  if (at >= 0) return { cli: argv.slice(at + 1), workspace: null, sample: false };
  return { cli: null, workspace: valueOf(own, '--workspace'), sample: own.includes('--sample') };
}

function valueOf(words: readonly string[], name: string): string | null {
  for (const [i, word] of words.entries()) {
    if (word.startsWith(`${name}=`)) return word.slice(name.length + 1) || null;
    if (word === name) return words[i + 1] ?? null;
  }
  return null;
}
