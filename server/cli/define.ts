/** How a command is tied to what it does. */
import type { Command, OptionValues } from 'commander';
import type { Context } from './context.ts';

/** Attaches what a command does: its arguments as strings, its own options, its exit code. */
export type Define = (
  command: Command,
  act: (context: Context, args: string[], options: OptionValues) => Promise<number>,
) => void;
