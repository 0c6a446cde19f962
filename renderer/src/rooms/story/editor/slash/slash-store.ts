/** What the slash menu shows now. The plugin writes it, the React menu reads it. */
import { createStore } from 'zustand/vanilla';
import type { Insertable } from '../cards/insertables.ts';

export interface SlashView {
  open: boolean;
  query: string;
  items: Insertable[];
  selected: number;
  /** Where the cursor stands, in the window. */
  rect: DOMRect | null;
  choose: ((item: Insertable) => void) | null;
}

export const CLOSED: SlashView = { open: false, query: '', items: [], selected: 0, rect: null, choose: null };

export const createSlashStore = () => createStore<SlashView>(() => CLOSED);
export type SlashStore = ReturnType<typeof createSlashStore>;
