import { useState } from 'react';
import { inOneLine, useText } from '../i18n/use-text.ts';
import { toast } from './toast.tsx';

/** Runs acts on the core: `busy` meanwhile; what fails is told by a toast and answers null. */
export function useRunning() {
  const { explain, language } = useText();
  const [busy, setBusy] = useState(false);
  const run = async <T>(work: () => Promise<T>): Promise<T | null> => {
    setBusy(true);
    try {
      return await work();
    } catch (error) {
      toast(inOneLine(explain(error), language), { icon: 'alert' });
      return null;
    } finally {
      setBusy(false);
    }
  };
  return { busy, run };
}
