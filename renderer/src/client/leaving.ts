/**
 * What must reach the core before the page goes. In a browser the page can only be asked to stay; the desktop window
 * waits by itself until everything is saved.
 */
import { desktop } from './bridge.ts';

export interface Saver {
  /** Whether something is not yet acknowledged by the core. */
  dirty: () => boolean;
  /** Saves what is not saved; ends when nothing more can be done now. */
  flush: () => Promise<unknown>;
}

const savers = new Set<Saver>();

/** Longest a closing window waits for the core, milliseconds: a save takes a few, a core that hangs never answers. */
const PATIENCE_MS = 4000;

/** Saves everything that is open; true when the core has it all. */
export async function saveAll(patienceMs = PATIENCE_MS): Promise<boolean> {
  const open = [...savers].filter((saver) => saver.dirty());
  const flushed = Promise.all(open.map((saver) => saver.flush().catch(() => undefined)));
  await Promise.race([flushed, new Promise((resolve) => setTimeout(resolve, patienceMs))]);
  return open.every((saver) => !saver.dirty());
}

desktop?.onClosing(() => saveAll());

/** From now on the page does not go while this is dirty. The answer ends that. */
export function beforeLeaving(saver: Saver): () => void {
  savers.add(saver);
  const onLeave = (event: BeforeUnloadEvent) => {
    if (!saver.dirty()) return;
    void saver.flush().catch(() => undefined);
    event.preventDefault();
  };
  // The desktop window asks before it closes (above); a page that held it would make its close button seem dead.
  if (!desktop) window.addEventListener('beforeunload', onLeave);
  return () => {
    savers.delete(saver);
    window.removeEventListener('beforeunload', onLeave);
  };
}
