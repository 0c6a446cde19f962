/** The machine's own adapters, composed: what a shell hands to `createStudio`. */
import os from 'node:os';
import path from 'node:path';
import type { StudioPorts } from './ports/index.ts';
import { systemClock } from './platform/clock.ts';
import { newId } from './platform/ids.ts';
import { createFileLog } from './platform/log.ts';
import { createMediaEngine } from './platform/media/index.ts';
import { sqliteVersion } from './platform/db/sqlite-engine.ts';
import { closeWorkspaceFolder, createWorkspaceFolder, openWorkspaceFolder } from './platform/workspace/folder.ts';
import { configHome, defaultDir } from './platform/workspace/places.ts';
import { createRecentList } from './platform/workspace/recent.ts';

export interface NodePortsOptions {
  /** The `assets` folder: of the checkout, or of the installed program. */
  assetsDir: string;
  /** First part of the log files' names: one file family a process, so that two never write into one. */
  logName: string;
  logDir?: string;
}

/** Ports on this computer: folders, SQLite, ffmpeg. Opens nothing but the log. */
export function nodePorts(options: NodePortsOptions): StudioPorts {
  const log = createFileLog({
    folder: options.logDir ?? path.join(configHome(), 'logs'),
    name: options.logName,
  });
  log.info('started', { node: process.version, platform: `${os.platform()} ${os.release()}` });
  return {
    clock: systemClock,
    log,
    newId,
    media: createMediaEngine({ log }),
    recent: createRecentList(),
    defaultDir: (name) => defaultDir(name),
    sampleDir: path.join(options.assetsDir, 'sample'),
    databaseVersion: sqliteVersion,
    workspaces: {
      create: (dir) => createWorkspaceFolder(dir),
      open: (dir) => openWorkspaceFolder(dir),
      close: closeWorkspaceFolder,
    },
  };
}
