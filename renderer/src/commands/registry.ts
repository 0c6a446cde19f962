/** Who does what a command says, right now. The part registered last wins (an open story over its room). */
import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import { COMMANDS, commandOf, type Command, type CommandId } from './definitions.ts';
import { keysOf } from './keys.ts';
import { matchesShortcut } from './shortcut.ts';

type Handler = () => void;

interface Registry {
  handlers: ReadonlyMap<CommandId, readonly Handler[]>;
}

export const useRegistry = create<Registry>(() => ({ handlers: new Map() }));

function change(id: CommandId, edit: (list: readonly Handler[]) => readonly Handler[]): void {
  useRegistry.setState((s) => {
    const handlers = new Map(s.handlers);
    const list = edit(handlers.get(id) ?? []);
    if (list.length > 0) handlers.set(id, list);
    else handlers.delete(id);
    return { handlers };
  });
}

/** Makes a command available; the answer takes it back. */
export function registerCommand(id: CommandId, handler: Handler): () => void {
  change(id, (list) => [...list, handler]);
  return () => change(id, (list) => list.filter((h) => h !== handler));
}

/** Runs a command by id. False when it is unknown or nobody can do it now. */
export function runCommand(id: string): boolean {
  const command = commandOf(id);
  const handler = command && useRegistry.getState().handlers.get(command.id)?.at(-1);
  if (!handler) return false;
  handler();
  return true;
}

/** The commands that can be run now, in the order of the list. */
export function availableCommands(handlers: Registry['handlers']): Command[] {
  return COMMANDS.filter((c) => handlers.has(c.id));
}

/** Whether the key belongs to what has the focus: a field takes them all, a control those it answers to itself. */
function belongsToFocus(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches('textarea, select, input:not([type="checkbox"], [type="radio"])')) {
    return true;
  }
  if (target.closest('[role="dialog"], [role="menu"]')) return true;
  if (event.key === ' ' || event.key === 'Enter') {
    return target.matches('button, a[href], summary, input, [role="tab"], [role="slider"], [role="switch"]');
  }
  return event.key.startsWith('Arrow') || event.key === 'Home' || event.key === 'End'
    ? target.matches('input, [role="tab"], [role="slider"], [role="radio"]')
    : false;
}

/** Runs the command whose shortcut was pressed. True when one ran (then the key is used up). */
export function handleKey(event: KeyboardEvent, mac: boolean): boolean {
  const { handlers } = useRegistry.getState();
  const isPressed = (c: Command) => keysOf(c).some((keys) => matchesShortcut(event, keys, mac));
  const pressed = COMMANDS.find((c) => c.keys !== 'editor' && handlers.has(c.id) && isPressed(c));
  if (!pressed || (pressed.keys === 'cutting' && belongsToFocus(event)) || !runCommand(pressed.id)) return false;
  event.preventDefault();
  return true;
}

/** Registers a command while the component is shown and `enabled`. */
export function useCommand(id: CommandId, handler: Handler, enabled = true): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => (enabled ? registerCommand(id, () => latest.current()) : undefined), [id, enabled]);
}
