/** The field that is being written in, and where its cursor is to stand next. */

/** The two fields of a caption: its text, and the same in a second language. */
export type CueField = 'text' | 'translation';

let wanted: { cueId: string; field: CueField; offset: number } | null = null;

/** Asks a field of a caption to take the focus, its cursor at `offset`, as soon as it is there with its new text. */
export function wantCursor(cueId: string, offset: number, field: CueField = 'text'): void {
  wanted = { cueId, field, offset };
}

/** Where the cursor of this field is wanted; asked once. Null: nowhere. */
export function takeCursor(cueId: string, field: CueField): number | null {
  if (wanted?.cueId !== cueId || wanted.field !== field) return null;
  const { offset } = wanted;
  wanted = null;
  return offset;
}

/** What is being typed is kept first (leaving a field keeps it), so that it is not written over what is done next. */
export function settleTyping(): void {
  if (document.activeElement instanceof HTMLTextAreaElement) document.activeElement.blur();
}
