import { useState } from 'react';
import { queryClient } from '../../client/client.ts';

/** Opens something and shows what went wrong; on success the gate takes over. */
export function useOpening() {
  const [busy, setBusy] = useState<string | null>(null);
  const [error, setError] = useState<{ what: string; error: unknown } | null>(null);
  const run = (what: string, call: () => Promise<unknown>) => {
    setBusy(what);
    setError(null);
    call()
      .then(() => queryClient.invalidateQueries())
      .catch((e: unknown) => setError({ what, error: e }))
      .finally(() => setBusy(null));
  };
  return { busy, error, run };
}

export type Opening = ReturnType<typeof useOpening>;
