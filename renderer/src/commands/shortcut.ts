/**
 * Shortcuts as text: `mod+Shift+I`. `mod` is Ctrl, on a Mac the command key. The last part is a key:
 * a letter, digit or punctuation mark as printed, or a name (`F6`, `Enter`).
 */

/** On a Mac `mod` is the command key. */
export const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.platform);

/** The parts of a shortcut, in order; `+` is a key only at the end. */
export function shortcutParts(shortcut: string): string[] {
  const parts = shortcut.split('+').filter((part) => part !== '');
  return shortcut.endsWith('+') ? [...parts, '+'] : parts;
}

interface KeyPress {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** Brackets, comma and full stop are found by position too: with Shift, Option or a Chinese input method the same keys give other characters. */
const CODES: Readonly<Record<string, string>> = {
  '[': 'BracketLeft',
  ']': 'BracketRight',
  ',': 'Comma',
  '.': 'Period',
};

/** Whether a key press is this shortcut. Letters and digits go by position, so that an input method or Shift does not change them. */
export function matchesShortcut(event: KeyPress, shortcut: string, mac: boolean): boolean {
  const parts = shortcutParts(shortcut).map((p) => p.toLowerCase());
  const key = parts.pop() ?? '';
  const wants = (name: string) => parts.includes(name);
  const mod = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  if (other || mod !== wants('mod') || event.shiftKey !== wants('shift') || event.altKey !== wants('alt')) return false;
  if (/^[a-z]$/.test(key)) return event.code === `Key${key.toUpperCase()}`;
  if (/^\d$/.test(key)) return event.code === `Digit${key}` || event.code === `Numpad${key}`;
  if (CODES[key] !== undefined && event.code === CODES[key]) return true;
  return event.key.toLowerCase() === (key === 'space' ? ' ' : key);
}

/** Names of keys that are not what they type. */
const NAMED = /^(?:Arrow(?:Left|Right|Up|Down)|Home|End|PageUp|PageDown|Delete|Backspace|Insert|Enter|F\d{1,2})$/;
const MARKS: Readonly<Record<string, string>> = { BracketLeft: '[', BracketRight: ']', Comma: ',', Period: '.' };

/** The key of a press as it is written; null for what cannot be one (modifiers alone, Tab, Escape, dead keys). */
function nameOfKey({ key, code }: KeyPress): string | null {
  if (NAMED.test(key)) return key;
  if (key === ' ') return 'Space';
  const byPlace = /^Key([A-Z])$/.exec(code)?.[1] ?? /^Digit(\d)$/.exec(code)?.[1] ?? MARKS[code];
  if (byPlace !== undefined) return byPlace;
  return [...key].length === 1 ? key.toUpperCase() : null;
}

/** A press as a shortcut, in the spelling that `matchesShortcut` reads; null where it is none. */
export function shortcutFrom(event: KeyPress, mac: boolean): string | null {
  const name = nameOfKey(event);
  if (name === null || (mac ? event.ctrlKey : event.metaKey)) return null;
  const mod = mac ? event.metaKey : event.ctrlKey;
  return [...(mod ? ['mod'] : []), ...(event.altKey ? ['Alt'] : []), ...(event.shiftKey ? ['Shift'] : []), name].join(
    '+',
  );
}
