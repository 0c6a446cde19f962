import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { User, WorkspaceInfo } from '../../../core/model/contract/index.ts';
import { may, type Permission } from '../../../core/model/roles.ts';
import { api, connection } from '../client/client.ts';

export interface Session {
  user: User;
  workspace: WorkspaceInfo;
}

export const SessionContext = createContext<Session | null>(null);

/** Who is signed in, and where. Only inside the frame, where both are known. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession is for parts inside the frame');
  return session;
}

/** Whether the person may do this. The core decides again; this only keeps buttons honest. */
export function useMay(permission: Permission): boolean {
  return may(useSession().user.role, permission);
}

/** The state of the line to the core. */
export function useLine() {
  return useSyncExternalStore(connection.subscribe, connection.getState);
}

export const useWorkspace = () => useQuery(api.workspace.current.queryOptions());
