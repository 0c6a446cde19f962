/** A real PostgreSQL server for tests: its own folder, its own port, gone with the process that started it. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { accessSync, chownSync, constants, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import pg from 'pg';

export interface PostgresServer {
  /** Of the database `postgres`; other databases differ in the path only. */
  url: string;
  stop(): Promise<void>;
}

const START_TRIES = 3;
const START_WAIT_MS = 30_000;

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function versionFolders(): string[] {
  const root = '/usr/lib/postgresql';
  try {
    const versions = readdirSync(root).filter((name) => /^\d+$/.test(name));
    return versions.sort((a, b) => Number(b) - Number(a)).map((name) => path.join(root, name, 'bin'));
  } catch {
    return [];
  }
}

/** The folder with initdb and postgres: TONGXIN_POSTGRES_BIN, the newest of Debian's, or PATH; null when there is none. */
export function findPostgres(): string | null {
  const places = [
    process.env['TONGXIN_POSTGRES_BIN'] ?? '',
    ...versionFolders(),
    ...(process.env['PATH'] ?? '').split(path.delimiter),
  ];
  const has = (dir: string): boolean =>
    dir !== '' && ['initdb', 'postgres'].every((name) => isProgram(path.join(dir, name)));
  return places.find(has) ?? null;
}

interface Identity {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root; Debian's package brings the user `postgres`. */
function unprivileged(): Identity | null {
  if (process.getuid?.() !== 0) return null;
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error('PostgreSQL needs an unprivileged user, and /etc/passwd has neither postgres nor nobody');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  return port;
}

/**
 * The shell waits on its input, which the system closes however this process ends (even by SIGKILL); then it
 * stops the server and removes the folder, so that nothing is left behind. SIGQUIT: at once, the data is of no use.
 */
const WATCHED = `
"$1/postgres" -D "$2/data" -p "$3" -k "$2" -c listen_addresses=127.0.0.1 \\
  -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=200 \\
  >"$2/log" 2>&1 </dev/null &
server=$!
cat >/dev/null
kill -QUIT "$server" 2>/dev/null
wait "$server"
cd /
rm -rf "$2"
`;

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => child.once('exit', resolve));
}

async function startOnce(bin: string): Promise<PostgresServer> {
  // Short and not under TMPDIR: a socket's path may have 107 bytes, and the other user must be able to reach it.
  const dir = mkdtempSync('/tmp/tongxin-pg-');
  const identity = unprivileged();
  const as = identity ?? {};
  try {
    if (identity) chownSync(dir, identity.uid, identity.gid);
    const args = [
      '-D',
      path.join(dir, 'data'),
      '-U',
      'postgres',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C',
      '--no-sync',
    ];
    execFileSync(path.join(bin, 'initdb'), args, { ...as, cwd: dir, stdio: 'pipe' });
    const port = await freePort();
    const child = spawn('sh', ['-c', WATCHED, 'sh', bin, dir, String(port)], {
      ...as,
      cwd: dir,
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const stop = async (): Promise<void> => {
      child.stdin.end();
      await ended(child);
      rmSync(dir, { recursive: true, force: true });
    };
    const url = `postgres://postgres@127.0.0.1:${String(port)}/postgres`;
    for (const deadline = Date.now() + START_WAIT_MS; Date.now() < deadline;) {
      if (await answers(url)) return { url, stop };
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const log = readFileSync(path.join(dir, 'log'), 'utf8');
    await stop();
    throw new Error(`PostgreSQL did not start:\n${log}`);
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Starts a server. When PostgreSQL is not installed: null if TONGXIN_ALLOW_SKIP=1, else an error that says how to
 * get it; a test run that silently left an engine out would prove nothing.
 */
export async function startPostgres(): Promise<PostgresServer | null> {
  const bin = findPostgres();
  if (bin === null) {
    if (process.env['TONGXIN_ALLOW_SKIP'] === '1') return null;
    throw new Error('PostgreSQL is not installed: apt-get install postgresql, or set TONGXIN_ALLOW_SKIP=1');
  }
  let last: unknown;
  // Another process can take the port between the question and the start.
  for (let left = START_TRIES; left > 0; left -= 1) {
    try {
      return await startOnce(bin);
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

/** A new empty database on the server: its URL, and the way to remove it. */
export async function freshDatabase(serverUrl: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `t_${randomBytes(8).toString('hex')}`;
  const run = async (text: string): Promise<void> => {
    const client = new pg.Client({ connectionString: serverUrl });
    try {
      await client.connect();
      await client.query(text);
    } finally {
      await client.end();
    }
  };
  await run(`create database ${name} template template0 encoding 'UTF8'`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`drop database if exists ${name} with (force)`) };
}
