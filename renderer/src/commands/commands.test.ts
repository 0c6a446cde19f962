import { describe, expect, it, vi } from 'vitest';
import { zh } from '../i18n/catalogues.ts';
import { COMMANDS, commandOf } from './definitions.ts';
import { canChange, chooseKeys, keysOf, resetKeys, shortcutOf, takenBy, useOwnKeys } from './keys.ts';
import { availableCommands, handleKey, registerCommand, runCommand, useRegistry } from './registry.ts';
import { matchesShortcut, shortcutFrom } from './shortcut.ts';

const press = (init: KeyboardEventInit) => new KeyboardEvent('keydown', init);

describe('the list of commands', () => {
  it('names every command once, in the catalogue, with a shortcut of its own', () => {
    const ids = COMMANDS.map((c) => c.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.keys(zh.frame.command).sort()).toEqual([...ids].sort());
    // The text editor and the cutting room are never on the page together; each shares its keys with the frame only.
    for (const room of ['editor', 'cutting'] as const) {
      const there = COMMANDS.filter((c) => c.keys === undefined || c.keys === room);
      const shortcuts = there.flatMap((c) => [...(c.shortcut ? [c.shortcut] : []), ...(c.also ?? [])]);
      expect(new Set(shortcuts.map((keys) => keys.toLowerCase())).size).toBe(shortcuts.length);
    }
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

describe('keys of the cutting room', () => {
  it('do their work on the page, and leave fields and buttons what is theirs', () => {
    const [split, play, undo] = [vi.fn(), vi.fn(), vi.fn()];
    const removes = [
      registerCommand('cut.split', split),
      registerCommand('cut.playPause', play),
      registerCommand('cut.undo', undo),
    ];
    const on = (target: HTMLElement, init: KeyboardEventInit) => {
      document.body.append(target);
      const event = new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true });
      target.addEventListener('keydown', () => handleKey(event, false), { once: true });
      target.dispatchEvent(event);
      target.remove();
    };
    const [field, button, ground] = [
      document.createElement('textarea'),
      document.createElement('button'),
      document.createElement('div'),
    ];
    for (const target of [field, button, ground]) on(target, { key: 's', code: 'KeyS' });
    expect(split).toHaveBeenCalledTimes(2);
    on(ground, { key: 'b', code: 'KeyB', ctrlKey: true });
    expect(split).toHaveBeenCalledTimes(3);
    for (const target of [field, button, ground]) on(target, { key: ' ', code: 'Space' });
    expect(play).toHaveBeenCalledTimes(1);
    for (const target of [field, ground]) on(target, { key: 'z', code: 'KeyZ', ctrlKey: true });
    expect(undo).toHaveBeenCalledTimes(1);
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
  it('find brackets by position, where Shift, Option or an input method makes another character of them', () => {
    expect(matchesShortcut(press({ key: '{', code: 'BracketLeft', shiftKey: true }), 'Shift+[', false)).toBe(true);
    expect(matchesShortcut(press({ key: '“', code: 'BracketLeft', altKey: true }), 'Alt+[', true)).toBe(true);
    expect(matchesShortcut(press({ key: '【', code: 'BracketLeft' }), '[', false)).toBe(true);
    expect(matchesShortcut(press({ key: '[', code: 'BracketLeft' }), 'Alt+[', false)).toBe(false);
    expect(matchesShortcut(press({ key: ']', code: 'BracketRight' }), '[', false)).toBe(false);
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

describe('keys of the person', () => {
  const split = commandOf('cut.split')!;
  const forget = () => useOwnKeys.setState({ own: {} });

  it('take the place of those it comes with, run it, and are given back', () => {
    const run = vi.fn();
    const remove = registerCommand('cut.split', run);
    chooseKeys(split, 'Alt+X');
    expect(keysOf(split)).toEqual(['Alt+X']);
    expect(shortcutOf('cut.split')).toBe('Alt+X');
    expect(handleKey(press({ key: 's', code: 'KeyS' }), false)).toBe(false);
    expect(handleKey(press({ key: 'x', code: 'KeyX', altKey: true }), false)).toBe(true);
    expect(run).toHaveBeenCalledTimes(1);
    resetKeys(split);
    expect(keysOf(split)).toEqual(['S', 'mod+B']);
    chooseKeys(split, '');
    expect(shortcutOf('cut.split')).toBeUndefined();
    resetKeys(null);
    expect(shortcutOf('cut.split')).toBe('S');
    remove();
  });

  it('are taken from the command that had them, in the same room only', () => {
    const trim = commandOf('cut.trimStart')!;
    expect(takenBy(split, 'q')?.id).toBe('cut.trimStart');
    expect(takenBy(split, 'mod+K')?.id).toBe('palette.open');
    // Bold is of the text editor.
    expect(takenBy(trim, 'mod+I')).toBeNull();
    chooseKeys(split, 'Q', trim);
    expect([keysOf(split), keysOf(trim)]).toEqual([['Q'], []]);
    forget();
  });

  it('cannot be changed where another program or the editor holds them', () => {
    expect([canChange(commandOf('palette.open')!), canChange(commandOf('edit.bold')!), canChange(split)]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('are written as they are read', () => {
    const cases: [KeyboardEventInit, string | null][] = [
      [{ key: 'S', code: 'KeyS', shiftKey: true }, 'Shift+S'],
      [{ key: '，', code: 'Comma' }, ','],
      [{ key: 'ArrowLeft', code: 'ArrowLeft', altKey: true }, 'Alt+ArrowLeft'],
      [{ key: ' ', code: 'Space' }, 'Space'],
      [{ key: '5', code: 'Digit5', ctrlKey: true }, 'mod+5'],
      [{ key: 'Shift', code: 'ShiftLeft', shiftKey: true }, null],
      [{ key: 'Dead', code: 'Quote' }, null],
      [{ key: 'k', code: 'KeyK', metaKey: true }, null],
    ];
    for (const [init, wanted] of cases) {
      const event = press(init);
      const made = shortcutFrom(event, false);
      expect(made).toBe(wanted);
      if (made !== null) expect(matchesShortcut(event, made, false)).toBe(true);
    }
  });
});
