/**
 * The audit log: append-only (the database forbids UPDATE and DELETE) and hash-chained.
 * `hash` = SHA-256 over RFC 8785 JSON of {seq, at, actor, action, subject, data, prev}; the first event's
 * `prev` is 64 zeros. The head (seq and hash) is kept in `setting.audit_head`, which also serialises writers.
 */
import { createHash } from 'node:crypto';
import type { Kysely, Selectable } from 'kysely';
import type { AuditEntry } from '../call.ts';
import { canonicalJson } from '../model/article/canonical.ts';
import { StudioError } from '../model/errors.ts';
import { auditHeadText } from '../model/review/statements.ts';
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

/** Whether the entry's hash is that of its content. Data that is no JSON any more has no hash at all. */
function isSound(event: Selectable<AuditEventTable>): boolean {
  try {
    return eventHash(event) === event.hash;
  } catch {
    return false;
  }
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
    .set({ value: headText(head) })
    .where('key', '=', HEAD_KEY)
    .execute();
}

/** Number and hash of the last entry; {0, zeros} when nothing was written yet. */
export async function auditHead(db: Kysely<Database>): Promise<AuditHead> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', HEAD_KEY).executeTakeFirstOrThrow();
  return parseHead(row.value);
}

/** A head as it is written down elsewhere: "seq:hash". */
export function headText(head: AuditHead): string {
  return `${String(head.seq)}:${head.hash}`;
}

/** Error: bad_input when `text` is no "seq:hash". */
function readHeadText(text: string): AuditHead {
  if (!auditHeadText.safeParse(text).success) throw new StudioError('bad_input', { what: 'against: seq:hash' });
  return parseHead(text);
}

export interface AuditReport {
  events: number;
  head: AuditHead;
  problems: string[];
}

/**
 * Walks the whole chain. Returns the head and a sentence for each break. `against`: a head that was kept elsewhere
 * ("seq:hash"); that it is not in the chain is a problem too: entries were taken away or the log was written anew.
 * Error: bad_input.
 */
export async function verifyAudit(db: Kysely<Database>, against?: string): Promise<AuditReport> {
  const kept = against === undefined ? null : readHeadText(against);
  const report = await walk(db, kept?.seq ?? 0);
  if (kept && report.hashAt !== kept.hash) {
    report.problems.push(`the head ${String(kept.seq)}:${kept.hash} is not in the log`);
  }
  const { events, head, problems } = report;
  return { events, head, problems };
}

/** `hashAt`: hash of entry `seq`; the zeros that the chain begins with for 0, null when there is no such entry. */
async function walk(db: Kysely<Database>, seq: number): Promise<AuditReport & { hashAt: string | null }> {
  let hashAt = seq === 0 ? ZERO : null;
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
      if (!isSound(event)) problems.push(`event ${String(event.seq)} was altered`);
      if (event.seq === seq) hashAt = event.hash;
      head = { seq: event.seq, hash: event.hash };
    }
    if (page.length < pageSize) break;
  }
  const row = await db.selectFrom('setting').select('value').where('key', '=', HEAD_KEY).executeTakeFirst();
  const kept = row ? parseHead(row.value) : null;
  if (kept?.seq !== head.seq || kept.hash !== head.hash) problems.push('the end of the log was cut off or added to');
  return { events: head.seq, head, problems, hashAt };
}
