/** Which keys run a command: those it comes with, or those the person chose for this computer. */
import { create } from 'zustand';
import { MENU_COMMANDS } from '../../../core/model/bridge.ts';
import { writePrefs } from '../client/prefs.ts';
import { COMMANDS, commandOf, type Command, type CommandId } from './definitions.ts';

interface OwnKeys {
  /** By the command's id; the empty text: none. */
  own: Readonly<Record<string, string>>;
}

export const useOwnKeys = create<OwnKeys>(() => ({ own: {} }));

/** All keys of a command; the first is the one that is shown. */
export function keysOf(command: Command): readonly string[] {
  const own = useOwnKeys.getState().own[command.id];
  if (own !== undefined) return own === '' ? [] : [own];
  return [...(command.shortcut === undefined ? [] : [command.shortcut]), ...(command.also ?? [])];
}

/** The shortcut of a command, for tooltips. */
export function shortcutOf(id: CommandId): string | undefined {
  const command = commandOf(id);
  return command && keysOf(command)[0];
}

/** Whether its keys can be changed: the text editor and the desktop's menu bar have theirs fixed. */
export const canChange = ({ id, keys }: Command): boolean =>
  keys !== 'editor' && !MENU_COMMANDS.some((each) => each === id);

/** Whether two commands can be there at the same time: the text editor and the cutting room never are. */
const meet = (a: Command, b: Command): boolean => a.keys === undefined || b.keys === undefined || a.keys === b.keys;

/** The other command that a key runs where `command` is; null: it is free. */
export function takenBy(command: Command, keys: string): Command | null {
  const same = (each: string): boolean => each.toLowerCase() === keys.toLowerCase();
  return COMMANDS.find((other) => other.id !== command.id && meet(command, other) && keysOf(other).some(same)) ?? null;
}

function put(own: Readonly<Record<string, string>>): void {
  useOwnKeys.setState({ own });
  void writePrefs({ keys: { ...own } });
}

/** Gives a command a key of the person's choice (the empty text: none); `from`: the command it is taken from. */
export function chooseKeys(command: Command, keys: string, from: Command | null = null): void {
  const { own } = useOwnKeys.getState();
  put({ ...own, ...(from ? { [from.id]: '' } : {}), [command.id]: keys });
}

/** The keys it comes with; of all commands where none is named. */
export function resetKeys(command: Command | null): void {
  const { own } = useOwnKeys.getState();
  put(command ? Object.fromEntries(Object.entries(own).filter(([id]) => id !== command.id)) : {});
}
