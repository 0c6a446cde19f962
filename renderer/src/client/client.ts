import { createORPCClient } from '@orpc/client';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { toStudioError, type StudioClient } from '../../../core/model/contract/client.ts';
import { isRetryable } from './errors.ts';
import { QueryClient } from '@tanstack/react-query';
import { desktop } from './bridge.ts';
import { Connection, connectBrowser, connectDesktop } from './connection.ts';

export const connection = new Connection();

/** The typed client of the contract. Errors are whatever the transport threw; see `toStudioError`. */
export const client: StudioClient = createORPCClient(connection.link);

/** TanStack Query options and keys for every procedure. */
export const api = createTanstackQueryUtils(client);

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The core is on this computer or the office's server: whether the internet is there says nothing.
      networkMode: 'always',
      // Events tell what changed, so nothing grows old by itself.
      staleTime: Infinity,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && isRetryable(toStudioError(error)),
    },
    mutations: { networkMode: 'always' },
  },
});

/** Opens the line to the core; called once, before anything is shown. */
export function connect(): void {
  if (desktop) connectDesktop(connection, desktop);
  else connectBrowser(connection, window.location);
}
