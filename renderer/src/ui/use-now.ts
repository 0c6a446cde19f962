import { useSyncExternalStore } from 'react';

const MINUTE_MS = 60_000;

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, MINUTE_MS / 2);
  return () => clearInterval(timer);
}

const thisMinute = () => Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;

/** The present minute (epoch milliseconds): "14:42" becomes "yesterday" by itself at midnight. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, thisMinute);
}
