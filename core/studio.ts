/** createStudio(ports): the one composition of the core. Shells hold a Studio and nothing else of it. */
import { createRouterClient } from '@orpc/server';
import { identify } from './accounts/index.ts';
import { EventBus } from './events.ts';
import { jobById } from './jobs/index.ts';
import { locateAsset } from './media/index.ts';
import { madePath, type StudioEvent } from './model/contract/index.ts';
import { StudioError } from './model/errors.ts';
import { may, type Permission } from './model/roles.ts';
import type { StudioPorts } from './ports/index.ts';
import { makePipeline } from './pipeline.ts';
import type { EventProcedures } from './procedures.ts';
import { makeRouter } from './router.ts';
import type { Session, Studio, StudioOptions } from './types.ts';
import { receiveFile } from './uploads.ts';
import { WorkspaceManager } from './workspace/manager.ts';

/** What somebody who has not signed in may hear: that there is something to look at, not what. */
const PUBLIC_EVENTS = new Set<StudioEvent['type']>(['ready', 'workspace.changed', 'users.changed']);

/** Composes the core on the given ports. Nothing is opened yet; see `Studio.open` and `workspace.open`. */
export function createStudio(ports: StudioPorts, options: StudioOptions = {}): Studio {
  const bus = new EventBus(ports.clock, ports.log);
  const emit = bus.emit.bind(bus);
  const manager = new WorkspaceManager(ports, emit, options);
  const demand = async (session: Session, permission: Permission) => {
    const workspace = manager.requireOpen();
    const user = await identify(workspace, session);
    if (!user) throw new StudioError('signed_out');
    if (!may(user.role, permission)) throw new StudioError('not_permitted', { role: user.role });
    return workspace;
  };
  const events: EventProcedures = {
    subscribe: (session, signal) =>
      bus.iterate(async (event) => {
        if (PUBLIC_EVENTS.has(event.type)) return true;
        const workspace = manager.workspace;
        return workspace !== null && (await identify(workspace, session)) !== null;
      }, signal),
  };
  const implementer = makePipeline({ machine: ports, current: () => manager.workspace, emit });
  const router = makeRouter(implementer, manager, events);

  return {
    router,
    newSession: (o) => ({ id: ports.newId(), userId: null, ...o }),
    client: (session) => createRouterClient(router, { context: { session } }),
    open: (dir) => manager.open(dir),
    get workspace() {
      return manager.workspace?.info ?? null;
    },
    onEvent: (listener) => bus.listen(listener),
    get listeners() {
      return bus.listenerCount;
    },
    locate: async (session, assetId, variant) => locateAsset(await demand(session, 'media.read'), assetId, variant),
    locateMade: async (session, jobId) => {
      const workspace = await demand(session, 'story.read');
      const path = madePath(await jobById(workspace.db, jobId, ports.clock.now()));
      if (path === null) throw new StudioError('unknown_id', { id: jobId });
      return path;
    },
    receiveUpload: async (session, name, body) => {
      // Videographers may bring media, editors also documents: whoever may edit either may upload.
      const workspace = await demand(session, 'media.edit');
      const uploadId = ports.newId();
      const bytes = await receiveFile(workspace.ports.uploadsDir, uploadId, name, body);
      return { uploadId, bytes };
    },
    publish: (address) => manager.publish(address),
    idle: async () => {
      await manager.workspace?.jobs.idle();
    },
    stop: async () => {
      await manager.stop();
      await ports.log.close();
    },
  };
}
