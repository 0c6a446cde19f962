import { create } from 'zustand';

/** Whether the list of templates is open: asked for from the room, the palette and the menu. */
export const useChooser = create<{ open: boolean; set: (open: boolean) => void }>((set) => ({
  open: false,
  set: (open) => set({ open }),
}));
