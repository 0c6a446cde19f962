/** People and who acts: the list, sign-in, PINs. */
import type { Kysely, Selectable } from 'kysely';
import { appendAudit } from '../audit/index.ts';
import { actorOf, type Call, type OpenWorkspace } from '../call.ts';
import type { User } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import { may, type Role } from '../model/roles.ts';
import type { Clock, Database, UserTable } from '../ports/index.ts';
import type { Session } from '../types.ts';
import { TRIES, hashPin, pinMatches, waitMinutes } from './pin.ts';

type UserRow = Selectable<UserTable>;

export function toUser(row: UserRow): User {
  return {
    userId: row.id,
    name: row.name,
    role: row.role,
    hasPin: row.pin_hash !== null,
    disabled: row.disabled === 1,
    createdAt: row.created_at,
  };
}

async function rowById(db: Kysely<Database>, userId: string): Promise<UserRow> {
  const row = await db.selectFrom('user_account').selectAll().where('id', '=', userId).executeTakeFirst();
  if (!row) throw new StudioError('unknown_id', { id: userId });
  return row;
}

/** Who acts in a session: the person signed in, else the owner where the session's trust allows it, else nobody. */
export async function identify(workspace: OpenWorkspace, session: Session): Promise<User | null> {
  if (session.userId !== null) {
    const row = await workspace.db
      .selectFrom('user_account')
      .selectAll()
      .where('id', '=', session.userId)
      .executeTakeFirst();
    // Somebody who was shut out must not become the owner by it; an unknown id is from another workspace.
    if (row) return row.disabled === 0 ? toUser(row) : null;
  }
  if (session.trust === 'none') return null;
  const owner = await workspace.db
    .selectFrom('user_account')
    .selectAll()
    .where('role', '=', 'owner')
    .executeTakeFirst();
  if (!owner) return null;
  return session.trust === 'owner' || owner.pin_hash === null ? toUser(owner) : null;
}

/** Makes the first person of a workspace. */
export async function addOwner(db: Kysely<Database>, id: string, name: string, now: number): Promise<void> {
  await insertUser(db, { id, name, role: 'owner', pinHash: null, now });
}

async function insertUser(
  db: Kysely<Database>,
  user: { id: string; name: string; role: Role; pinHash: string | null; now: number },
): Promise<void> {
  await db
    .insertInto('user_account')
    .values({
      id: user.id,
      name: user.name,
      role: user.role,
      pin_hash: user.pinHash,
      failed_attempts: 0,
      locked_until: null,
      disabled: 0,
      created_at: user.now,
    })
    .execute();
}

export async function listUsers(call: Call): Promise<User[]> {
  const rows = await call.db.selectFrom('user_account').selectAll().orderBy('created_at').orderBy('id').execute();
  return rows.map(toUser);
}

/** Errors: name_taken, weak_pin. */
export async function addUser(
  call: Call,
  input: { name: string; role: Role; pin: string },
): Promise<{ userId: string }> {
  const taken = await call.db.selectFrom('user_account').select('id').where('name', '=', input.name).executeTakeFirst();
  if (taken) throw new StudioError('name_taken', { name: input.name });
  const userId = call.machine.newId();
  await insertUser(call.db, {
    id: userId,
    name: input.name,
    role: input.role,
    pinHash: await hashPin(input.pin),
    now: call.machine.clock.now(),
  });
  call.audit({ action: 'user.add', subject: userId, data: { role: input.role } });
  call.emit({ type: 'users.changed' });
  return { userId };
}

export async function setDisabled(call: Call, input: { userId: string; disabled: boolean }): Promise<User> {
  const row = await rowById(call.db, input.userId);
  if (row.role === 'owner') throw new StudioError('not_permitted', { role: actorOf(call).role });
  await call.db
    .updateTable('user_account')
    .set({ disabled: input.disabled ? 1 : 0 })
    .where('id', '=', row.id)
    .execute();
  call.audit({ action: 'user.disable', subject: row.id, data: { disabled: input.disabled } });
  call.emit({ type: 'users.changed' });
  return toUser({ ...row, disabled: input.disabled ? 1 : 0 });
}

/**
 * Checks a PIN and remembers the outcome at once, in its own transaction: a wrong try counts even though
 * the call then fails. Errors: locked_out {minutes}, wrong_pin {left}.
 */
async function checkPin(db: Kysely<Database>, clock: Clock, userId: string, pin: string): Promise<void> {
  const failure = await db.transaction().execute(async (tx) => {
    const row = await rowById(tx, userId);
    const now = clock.now();
    if (row.locked_until !== null && row.locked_until > now) {
      return new StudioError('locked_out', { minutes: Math.ceil((row.locked_until - now) / 60_000) });
    }
    if (row.pin_hash !== null && (await pinMatches(pin, row.pin_hash))) {
      await tx
        .updateTable('user_account')
        .set({ failed_attempts: 0, locked_until: null })
        .where('id', '=', userId)
        .execute();
      return null;
    }
    const failed = row.failed_attempts + 1;
    const wait = waitMinutes(failed);
    await tx
      .updateTable('user_account')
      .set({ failed_attempts: failed, locked_until: wait > 0 ? now + wait * 60_000 : null })
      .where('id', '=', userId)
      .execute();
    return new StudioError('wrong_pin', { left: Math.max(0, TRIES - failed) });
  });
  if (failure) throw failure;
}

/** Errors: unknown_id, locked_out, wrong_pin. An owner without a PIN signs in with any. */
export async function signIn(call: Call, input: { name: string; pin: string }): Promise<User> {
  const row = await call.db.selectFrom('user_account').selectAll().where('name', '=', input.name).executeTakeFirst();
  if (row?.disabled !== 0) throw new StudioError('unknown_id', { id: input.name });
  const ownerFree = row.pin_hash === null && call.session.trust !== 'none';
  if (!ownerFree) await checkPin(call.db, call.machine.clock, row.id, input.pin);
  call.session.userId = row.id;
  return toUser(row);
}

/** Own PIN needs the old one (if set); another's needs `user.manage` and lifts a lock-out. */
export async function setPin(
  call: Call,
  input: { userId: string; pin: string; oldPin?: string | undefined },
): Promise<void> {
  const actor = actorOf(call);
  const row = await rowById(call.db, input.userId);
  if (row.id === actor.userId) {
    if (row.pin_hash !== null) await checkPin(call.db, call.machine.clock, row.id, input.oldPin ?? '');
  } else if (!may(actor.role, 'user.manage') || row.role === 'owner') {
    throw new StudioError('not_permitted', { role: actor.role });
  }
  const hash = await hashPin(input.pin);
  await call.db.transaction().execute(async (tx) => {
    await tx
      .updateTable('user_account')
      .set({ pin_hash: hash, failed_attempts: 0, locked_until: null })
      .where('id', '=', row.id)
      .execute();
    const entry = { action: 'user.pin', subject: row.id, data: {} };
    await appendAudit(tx, actor.userId, call.machine.clock.now(), [entry]);
  });
  // Whoever set a first PIN as the trusted owner stays signed in.
  if (row.id === actor.userId) call.session.userId = row.id;
  call.emit({ type: 'users.changed' });
}

/** Names by user id, for the "by whom" of lists. */
export async function userNames(db: Kysely<Database>, ids: string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await db.selectFrom('user_account').select(['id', 'name']).where('id', 'in', wanted).execute();
  return new Map(rows.map((r) => [r.id, r.name]));
}

export { hashPin } from './pin.ts';
