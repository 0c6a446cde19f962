import { useEffect, useState } from 'react';
import { useCommand } from '../../commands/registry.ts';

/** What Escape closes before it leaves focus mode. */
const OPEN = '.slash-menu, .find-bar, [role="menu"], [role="dialog"]';

/** Focus mode: only the text. Escape leaves it when nothing is open that takes the key. */
export function useFocusMode(): boolean {
  const [on, setOn] = useState(false);
  useCommand('story.focusMode', () => setOn((before) => !before));
  useEffect(() => {
    if (!on) return;
    const leave = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.isComposing && !document.querySelector(OPEN)) setOn(false);
    };
    // Before the text, to which Escape means something too.
    window.addEventListener('keydown', leave, true);
    return () => window.removeEventListener('keydown', leave, true);
  }, [on]);
  return on;
}
