import { describe, expect, it, vi } from 'vitest';
import { zh } from '../i18n/catalogues.ts';
import { COMMANDS } from './definitions.ts';
import { availableCommands, handleKey, registerCommand, runCommand, useRegistry } from './registry.ts';
import { matchesShortcut } from './shortcut.ts';

const press = (init: KeyboardEventInit) => new KeyboardEvent('keydown', init);

describe('the list of commands', () => {
  it('names every command once, in the catalogue, with a shortcut of its own', () => {
    const ids = COMMANDS.map((c) => c.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.keys(zh.frame.command).sort()).toEqual([...ids].sort());
    const shortcuts = COMMANDS.flatMap((c) => (c.shortcut ? [c.shortcut.toLowerCase()] : []));
    expect(new Set(shortcuts).size).toBe(shortcuts.length);
  });
});

describe('the registry', () => {
  it('runs what was registered last, and the one before when that is gone', () => {
    const [room, story] = [vi.fn(), vi.fn()];
    const removeRoom = registerCommand('story.checkpoint', room);
    const removeStory = registerCommand('story.checkpoint', story);
    expect(runCommand('story.checkpoint')).toBe(true);
    removeStory();
    expect(runCommand('story.checkpoint')).toBe(true);
    removeRoom();
    expect(runCommand('story.checkpoint')).toBe(false);
    expect(room).toHaveBeenCalledTimes(1);
    expect(story).toHaveBeenCalledTimes(1);
  });

  it('lists only what can be done now and refuses unknown ids', () => {
    expect(availableCommands(useRegistry.getState().handlers)).toEqual([]);
    const remove = registerCommand('go.media', () => undefined);
    expect(availableCommands(useRegistry.getState().handlers).map((c) => c.id)).toEqual(['go.media']);
    remove();
    expect(runCommand('no.such.command')).toBe(false);
  });

  it('runs by shortcut, uses the key up, and leaves the editor its own keys', () => {
    const [run, bold] = [vi.fn(), vi.fn()];
    const removes = [registerCommand('palette.open', run), registerCommand('edit.bold', bold)];
    const event = new KeyboardEvent('keydown', { key: 'k', code: 'KeyK', ctrlKey: true, cancelable: true });
    expect(handleKey(event, false)).toBe(true);
    expect(event.defaultPrevented).toBe(true);
    expect(handleKey(press({ key: 'b', code: 'KeyB', ctrlKey: true }), false)).toBe(false);
    expect(run).toHaveBeenCalledTimes(1);
    expect(bold).not.toHaveBeenCalled();
    removes.forEach((remove) => remove());
  });
});

describe('shortcuts', () => {
  it('go by position for letters and digits, whatever the input method', () => {
    expect(matchesShortcut(press({ key: 'Process', code: 'KeyS', ctrlKey: true }), 'mod+S', false)).toBe(true);
    expect(
      matchesShortcut(press({ key: '*', code: 'Digit8', ctrlKey: true, shiftKey: true }), 'mod+Shift+8', false),
    ).toBe(true);
  });
  it('want exactly their modifiers', () => {
    expect(matchesShortcut(press({ key: 's', code: 'KeyS' }), 'mod+S', false)).toBe(false);
    expect(matchesShortcut(press({ key: 's', code: 'KeyS', ctrlKey: true, shiftKey: true }), 'mod+S', false)).toBe(
      false,
    );
    expect(matchesShortcut(press({ key: 's', code: 'KeyS', metaKey: true }), 'mod+S', true)).toBe(true);
    expect(matchesShortcut(press({ key: 's', code: 'KeyS', ctrlKey: true }), 'mod+S', true)).toBe(false);
    expect(matchesShortcut(press({ key: 'F6', code: 'F6' }), 'F6', false)).toBe(true);
    expect(matchesShortcut(press({ key: ',', code: 'Comma', ctrlKey: true }), 'mod+,', false)).toBe(true);
  });
});
