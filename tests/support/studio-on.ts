/** A studio on a database under test. */
import path from 'node:path';
import { createStudio, nodePorts, type Studio } from '../../core/index.ts';
import { closeWorkspaceFolder, createWorkspaceFolder } from '../../core/platform/workspace/folder.ts';
import type { StudioPorts } from '../../core/ports/index.ts';
import type { OpenDatabase } from './databases.ts';
import { repoRoot } from './studio.ts';

/** A studio whose workspace keeps everything in a folder but its rows in the database under test. */
export function studioOn(
  root: string,
  open: OpenDatabase,
  ports: (machine: StudioPorts) => StudioPorts = (machine) => machine,
): Studio {
  const machine = ports(
    nodePorts({
      assetsDir: path.join(repoRoot, 'assets'),
      logName: 'test',
      logDir: path.join(root, 'logs'),
    }),
  );
  return createStudio({
    ...machine,
    workspaces: {
      ...machine.workspaces,
      create: async (dir) => {
        const ports = await createWorkspaceFolder(dir);
        const embedded = ports.database;
        const database = await open();
        const close = async (): Promise<void> => {
          await embedded.close();
          await database.close();
        };
        // The folder's own database is only the shell here; the one under test takes its place.
        return Object.assign(ports, { database: { ...database, close } });
      },
      close: closeWorkspaceFolder,
    },
  });
}
