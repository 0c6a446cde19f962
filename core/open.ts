/** The machine's own adapters, composed: what a shell hands to `createStudio`. */
import os from 'node:os';
import path from 'node:path';
import type { DocumentMaker, FilmMaker, Log, Machine, MediaEngine, StudioPorts, SystemSafe } from './ports/index.ts';
import { systemClock } from './platform/clock.ts';
import { createMachine } from './platform/machine.ts';
import { newId } from './platform/ids.ts';
import { createFileLog } from './platform/log.ts';
import { createDocumentMaker } from './platform/documents/index.ts';
import { createLocator } from './platform/media/locate.ts';
import { createMediaEngine } from './platform/media/index.ts';
import { createFilmMaker } from './platform/media/render/index.ts';
import { sqliteVersion } from './platform/db/sqlite-engine.ts';
import { closeWorkspaceFolder, createWorkspaceFolder, openWorkspaceFolder } from './platform/workspace/folder.ts';
import { configHome, defaultDir } from './platform/workspace/places.ts';
import { createRecentList } from './platform/workspace/recent.ts';
import { planCover, planRender, planStill } from './video/index.ts';

export interface NodePortsOptions {
  /** The `assets` folder: of the checkout, or of the installed program. */
  assetsDir: string;
  /** First part of the log files' names: one file family a process, so that two never write into one. */
  logName: string;
  logDir?: string;
  /** Opens a signing key that is locked with it, and locks the key of a workspace made by this process. */
  keyPassphrase?: string | undefined;
  /** The system's store of secrets; only the desktop program has one. */
  systemSafe?: SystemSafe;
  /** Asked where the system's files do not say it; only the desktop program knows. Null: it does not say. */
  onBattery?: () => Promise<boolean | null>;
}

/** Name of the environment variable that holds {@link NodePortsOptions.keyPassphrase}. */
const KEY_PASSPHRASE = 'TONGXIN_KEY_PASSPHRASE';

/** The passphrase a process was started with. Taken out of `env`, so that no program it starts (ffmpeg) inherits it. */
export function takeKeyPassphrase(env: NodeJS.ProcessEnv): string | undefined {
  const passphrase = env[KEY_PASSPHRASE];
  Reflect.deleteProperty(env, KEY_PASSPHRASE);
  return passphrase === '' ? undefined : passphrase;
}

/** The film maker of this computer's ffmpeg. */
function filmsOn(log: Log, cacheDir: string, computer: Machine): FilmMaker {
  const tools = createLocator({ settings: {}, env: process.env, log });
  return createFilmMaker({
    ...{ log, tools, cacheDir, planCover, planRender, planStill },
    encoder: async () => (await computer.prefs()).encoder,
  });
}

/** Ports on this computer: folders, SQLite, ffmpeg. Opens nothing but the log. */
export function nodePorts(options: NodePortsOptions): StudioPorts {
  const log = createFileLog({
    folder: options.logDir ?? path.join(configHome(), 'logs'),
    name: options.logName,
  });
  const computer = createMachine({ onBattery: options.onBattery });
  const keys = { passphrase: options.keyPassphrase, safe: options.systemSafe };
  log.info('started', { node: process.version, platform: `${os.platform()} ${os.release()}` });
  return {
    clock: systemClock,
    log,
    newId,
    media: createMediaEngine({ log }),
    documents: createDocumentMaker(),
    films: (cacheDir) => filmsOn(log, cacheDir, computer),
    computer,
    recent: createRecentList(),
    defaultDir: (name) => defaultDir(name),
    sampleDir: path.join(options.assetsDir, 'sample'),
    databaseVersion: sqliteVersion,
    workspaces: {
      create: (dir) => createWorkspaceFolder(dir, { keys }),
      open: (dir) => openWorkspaceFolder(dir, { keys }),
      close: closeWorkspaceFolder,
    },
  };
}

/** A film maker without a workspace; what it encoded is kept in the studio's own folder on this computer. */
export function standaloneFilms(log: Log = quietLog): FilmMaker {
  return filmsOn(log, path.join(configHome(), 'cache', 'render'), createMachine());
}

/** What makes an article's files without a workspace. */
export function standaloneArticles(log: Log = quietLog): { media: MediaEngine; documents: DocumentMaker } {
  return { media: createMediaEngine({ log }), documents: createDocumentMaker() };
}

const nothing = (): void => undefined;
const quietLog: Log = { info: nothing, warn: nothing, error: nothing, close: async () => undefined };
