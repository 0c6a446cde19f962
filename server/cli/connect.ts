/**
 * How a command reaches the studio: in its own process, or as a client of the process that holds the
 * workspace. The core is loaded here and not before, so that a mistyped command answers at once.
 */
import { realpath } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { Studio } from '../../core/index.ts';
import { toStudioError, type StudioClient } from '../../core/model/contract/client.ts';
import { StudioError } from '../../core/model/errors.ts';
import type { Context } from './context.ts';
import { resolvePath } from './io.ts';

/** A command does what it was asked; posters and proxies are left to the next window. */
const JOB_KINDS = [
  'media.import',
  'story.import',
  'story.export',
  'video.render',
  'video.still',
  'package.make',
] as const;

export interface Connection {
  client: StudioClient;
  close(): Promise<void>;
}

async function ownStudio(context: Context): Promise<{ studio: Studio; client: StudioClient }> {
  const { createStudio, nodePorts } = await import('../../core/index.ts');
  const { assetsDir, logDir, env } = context.io;
  const keyPassphrase = env.TONGXIN_KEY_PASSPHRASE === '' ? undefined : env.TONGXIN_KEY_PASSPHRASE;
  const own = { assetsDir, logName: 'cli', keyPassphrase };
  const ports = nodePorts(logDir === undefined ? own : { ...own, logDir });
  const studio = createStudio(ports, { jobKinds: JOB_KINDS });
  return { studio, client: studio.client(studio.newSession({ shell: 'cli', localFiles: true, trust: 'owner' })) };
}

/** Runs `work` with a studio that has no workspace open (`init`, `sample`, `doctor`). */
export async function withMachine<T>(context: Context, work: (client: StudioClient) => Promise<T>): Promise<T> {
  const { studio, client } = await ownStudio(context);
  try {
    return await work(client);
  } finally {
    await studio.stop();
  }
}

async function workspaceDir(context: Context, client: StudioClient): Promise<string> {
  if (context.options.workspace !== undefined) return resolvePath(context.io, context.options.workspace);
  const [last] = (await client.workspace.current()).recent;
  if (!last) throw new StudioError('no_workspace');
  return last.dir;
}

async function sameFolder(a: string, b: string): Promise<boolean> {
  return (await realpath(a)) === (await realpath(b));
}

/** How long a command tries: as long as a holder may take to answer, and about as long as another command takes. */
const PATIENCE_MS = 3000;
const PAUSE_MS = 150;

/** What may be said of the holder: never its address, which carries the token. */
function inUse(refusal: StudioError, cause: unknown): StudioError {
  const { pid = '?', host = '?' } = refusal.params;
  return new StudioError('workspace_in_use', { pid, host }, { details: { pid, host }, cause });
}

/**
 * The holder's client. Null when the process that holds the workspace has published no address: it has
 * just begun, or is itself a command. `workspace_in_use` when it does not answer.
 */
async function clientOfHolder(dir: string, refusal: StudioError): Promise<Connection | null> {
  const { connectLink, readHolder } = await import('../../core/index.ts');
  const holder = await readHolder(dir);
  // A token is for this computer's process only; in a shared folder the holder may be another's.
  if (!holder?.address || holder.host !== hostname()) return null;
  let link: Awaited<ReturnType<typeof connectLink>>;
  try {
    link = await connectLink(holder.address);
  } catch (error) {
    throw inUse(refusal, error);
  }
  const { workspace } = await link.client.workspace.current();
  if (workspace && (await sameFolder(workspace.dir, dir))) {
    return { client: link.client, close: async () => link.close() };
  }
  link.close();
  return null;
}

async function openOrJoin(studio: Studio, client: StudioClient, dir: string): Promise<Connection> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      await studio.open(dir);
      return { client, close: () => studio.stop() };
    } catch (error) {
      const known = toStudioError(error);
      if (known.code !== 'workspace_in_use') throw known;
      const holder = await clientOfHolder(dir, known);
      if (holder)
        return {
          client: holder.client,
          close: () => Promise.all([holder.close(), studio.stop()]).then(() => undefined),
        };
      if (Date.now() >= until) throw inUse(known, error);
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

async function connect(context: Context): Promise<Connection> {
  const { studio, client } = await ownStudio(context);
  try {
    return await openOrJoin(studio, client, await workspaceDir(context, client));
  } catch (error) {
    await studio.stop();
    throw error;
  }
}

/**
 * Runs `work` on the workspace, as the owner or as the person of `--as`. `takesPin`: the command has a
 * `--pin` of its own, handed to `work`.
 */
export async function withWorkspace<T>(
  context: Context,
  work: (client: StudioClient, ownPin: string | null) => Promise<T>,
  options: { takesPin?: boolean } = {},
): Promise<T> {
  const { actor, own } = await context.pins(options.takesPin ?? false);
  const connection = await connect(context);
  try {
    if (actor !== null) await connection.client.session.signIn({ name: context.options.as ?? '', pin: actor });
    return await work(connection.client, own);
  } finally {
    await connection.close();
  }
}
