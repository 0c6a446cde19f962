/**
 * The audit log: append-only (the database forbids UPDATE and DELETE) and hash-chained.
 * `hash` = SHA-256 over RFC 8785 JSON of {seq, at, actor, action, subject, data, prev}; the first event's
 * `prev` is 64 zeros. The head (seq and hash) is kept in `setting.audit_head`, which also serialises writers.
 */
import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { AuditEntry } from '../call.ts';
import { canonicalJson } from '../model/article/canonical.ts';
import type { AuditEventTable, Database } from '../ports/index.ts';

const ZERO = '0'.repeat(64);
const HEAD_KEY = 'audit_head';

export interface AuditHead {
  seq: number;
  hash: string;
}

function eventHash(e: Omit<AuditEventTable, 'hash' | 'seq'> & { seq: number }): string {
  const body = {
    seq: e.seq,
    at: e.at,
    actor: e.actor_id,
    action: e.action,
    subject: e.subject,
    data: JSON.parse(e.data) as unknown,
    prev: e.prev_hash,
  };
  return createHash('sha256').update(canonicalJson(body), 'utf8').digest('hex');
}

function parseHead(value: string): AuditHead {
  const [seq = '0', hash = ZERO] = value.split(':');
  return { seq: Number(seq), hash };
}

/** Writes the empty head; part of making a workspace. */
export async function startAudit(db: Kysely<Database>): Promise<void> {
  await db
    .insertInto('setting')
    .values({ key: HEAD_KEY, value: `0:${ZERO}` })
    .execute();
}

/** Appends events in order. `db` must be the transaction of the change they tell of. */
export async function appendAudit(
  db: Kysely<Database>,
  actorId: string,
  at: number,
  entries: readonly AuditEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  // The no-op update takes the row lock in both databases: two writers cannot read the same head.
  const row = await db
    .updateTable('setting')
    .set((eb) => ({ value: eb.ref('value') }))
    .where('key', '=', HEAD_KEY)
    .returning('value')
    .executeTakeFirstOrThrow();
  let head = parseHead(row.value);
  for (const entry of entries) {
    const event = {
      seq: head.seq + 1,
      at,
      actor_id: actorId,
      action: entry.action,
      subject: entry.subject,
      data: canonicalJson(entry.data),
      prev_hash: head.hash,
    };
    const hash = eventHash(event);
    await db
      .insertInto('audit_event')
      .values({ ...event, hash })
      .execute();
    head = { seq: event.seq, hash };
  }
  await db
    .updateTable('setting')
    .set({ value: `${String(head.seq)}:${head.hash}` })
    .where('key', '=', HEAD_KEY)
    .execute();
}

/** Walks the whole chain. Returns the head and a sentence for each break. */
export async function verifyAudit(
  db: Kysely<Database>,
): Promise<{ events: number; head: AuditHead; problems: string[] }> {
  const problems: string[] = [];
  let head: AuditHead = { seq: 0, hash: ZERO };
  const pageSize = 1000;
  for (;;) {
    const page = await db
      .selectFrom('audit_event')
      .selectAll()
      .where('seq', '>', head.seq)
      .orderBy('seq')
      .limit(pageSize)
      .execute();
    for (const event of page) {
      if (event.seq !== head.seq + 1) problems.push(`event ${String(head.seq + 1)} is missing`);
      else if (event.prev_hash !== head.hash)
        problems.push(`event ${String(event.seq)} does not follow the one before`);
      if (eventHash(event) !== event.hash) problems.push(`event ${String(event.seq)} was altered`);
      head = { seq: event.seq, hash: event.hash };
    }
    if (page.length < pageSize) break;
  }
  const row = await db.selectFrom('setting').select('value').where('key', '=', HEAD_KEY).executeTakeFirst();
  const kept = row ? parseHead(row.value) : null;
  if (kept?.seq !== head.seq || kept.hash !== head.hash) problems.push('the end of the log was cut off or added to');
  return { events: head.seq, head, problems };
}
