/** View state only: what is open, what the status bar says. Everything kept lives behind the contract. */
import { create } from 'zustand';
import type { BudgetLine } from '../../../core/model/wechat/index.ts';
import type { Repair } from '../../../core/model/contract/index.ts';

export interface SaveView {
  state: 'saved' | 'saving' | 'unsaved' | 'retrying' | 'conflict' | 'refused';
  /** When it was last saved, epoch milliseconds. */
  at: number;
}

interface View {
  jobsOpen: boolean;
  /** The person wants another to sign in without signing out first. */
  switching: boolean;
  save: SaveView | null;
  words: number | null;
  selectedWords: number | null;
  /** How much of an official account's room the open story takes. */
  budget: readonly BudgetLine[] | null;
  /** What an import changed, by story, until it is dismissed. */
  repairs: Record<string, Repair[]>;
  set: (patch: Partial<Omit<View, 'set'>>) => void;
  setRepairs: (storyId: string, repairs: Repair[] | null) => void;
}

export const useView = create<View>((set) => ({
  jobsOpen: false,
  switching: false,
  save: null,
  words: null,
  selectedWords: null,
  budget: null,
  repairs: {},
  set: (patch) => set(patch),
  setRepairs: (storyId, repairs) =>
    set((s) => {
      const rest = Object.fromEntries(Object.entries(s.repairs).filter(([key]) => key !== storyId));
      return { repairs: repairs ? { ...rest, [storyId]: repairs } : rest };
    }),
}));
