/** The field that is being written in, and where its cursor is to stand next. */

let wanted: { cueId: string; offset: number } | null = null;

/** Asks the field of a caption to take the focus, its cursor at `offset`, as soon as it is there with its new text. */
export function wantCursor(cueId: string, offset: number): void {
  wanted = { cueId, offset };
}

/** Where the cursor of this caption's field is wanted; asked once. Null: nowhere. */
export function takeCursor(cueId: string): number | null {
  if (wanted?.cueId !== cueId) return null;
  const { offset } = wanted;
  wanted = null;
  return offset;
}

/** What is being typed is kept first (leaving a field keeps it), so that it is not written over what is done next. */
export function settleTyping(): void {
  if (document.activeElement instanceof HTMLTextAreaElement) document.activeElement.blur();
}
