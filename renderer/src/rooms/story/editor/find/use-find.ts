import { useCallback, useState } from 'react';
import type { FindMode } from './FindBar.tsx';

/** Whether the find bar is open, and how. Opening it again selects its field anew. */
export function useFind() {
  const [state, setState] = useState<{ mode: FindMode | null; nonce: number }>({ mode: null, nonce: 0 });
  const open = useCallback((mode: FindMode) => setState(({ nonce }) => ({ mode, nonce: nonce + 1 })), []);
  const close = useCallback(() => setState(({ nonce }) => ({ mode: null, nonce })), []);
  return { ...state, open, close };
}
