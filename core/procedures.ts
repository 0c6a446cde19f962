/** The procedures that are not about one open workspace; `createStudio` gives them to the router. */
import type { AsyncIteratorClass } from '@orpc/contract';
import type { StudioEvent } from './model/contract/index.ts';
import type { Session } from './types.ts';
import type { WorkspaceManager } from './workspace/manager.ts';

export type WorkspaceProcedures = Pick<WorkspaceManager, 'current' | 'open' | 'create' | 'sample' | 'close' | 'doctor'>;

export interface EventProcedures {
  subscribe(session: Session, signal: AbortSignal | undefined): AsyncIteratorClass<StudioEvent, void, void>;
}
