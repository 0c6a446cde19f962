/**
 * The one pipeline every call runs: validate → who is it → may they → transaction → run → audit → emit.
 * Transports and the in-process client differ only in how a call gets here.
 */
import { ORPCError, ValidationError, implement } from '@orpc/server';
import type { Kysely } from 'kysely';
import { identify } from './accounts/index.ts';
import { appendAudit } from './audit/index.ts';
import type { AuditEntry, Call, OpenWorkspace } from './call.ts';
import { contract, type NewEvent, type ProcedureMeta, type User } from './model/contract/index.ts';
import { StudioError, type ErrorData } from './model/errors.ts';
import { may } from './model/roles.ts';
import type { Database, StudioPorts } from './ports/index.ts';
import type { CallContext } from './types.ts';

export interface PipelineDeps {
  machine: Pick<StudioPorts, 'clock' | 'newId' | 'log' | 'media' | 'computer'>;
  current(): OpenWorkspace | null;
  emit(event: NewEvent): void;
}

interface Issue {
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined;
  message: string;
}

/** "storyId: too short; limit: …" from the validator's issues, at most three. */
function describeIssues(issues: readonly Issue[]): string {
  return issues
    .slice(0, 3)
    .map((issue) => {
      const where = (issue.path ?? []).map((p) => String(typeof p === 'object' ? p.key : p)).join('.');
      return where === '' ? issue.message : `${where}: ${issue.message}`;
    })
    .join('; ');
}

/** Whatever was thrown, as the error that may leave the core: a code, no stack, no inner message. */
function toWire(error: unknown, deps: PipelineDeps, path: readonly string[]): ORPCError<string, ErrorData> {
  const known = asStudioError(error);
  if (known) return new ORPCError(known.code, { status: known.status, message: known.message, data: known.toData() });
  const ref = deps.machine.newId().slice(-8);
  deps.machine.log.error('call failed', {
    ref,
    procedure: path.join('.'),
    error: String(error),
    stack: error instanceof Error ? error.stack : undefined,
    cause: error instanceof Error ? String(error.cause) : undefined,
  });
  const unknown = new StudioError('internal', { ref });
  return new ORPCError('internal', { status: 500, message: unknown.message, data: unknown.toData() });
}

function asStudioError(error: unknown): StudioError | null {
  if (error instanceof StudioError) return error;
  // Only a refused input is the caller's doing; a refused output is ours and stays internal.
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError) {
    return new StudioError('bad_input', { what: describeIssues(error.cause.issues) });
  }
  return null;
}

/** The id a call is about, for an audit entry its handler did not write itself. */
function subjectOf(input: unknown): string {
  if (typeof input !== 'object' || input === null) return '';
  for (const key of ['storyId', 'assetId', 'userId', 'jobId']) {
    if (Object.hasOwn(input, key)) return String((input as Record<string, unknown>)[key]);
  }
  return '';
}

class CallState implements Call {
  readonly events: NewEvent[] = [];
  readonly entries: AuditEntry[] = [];
  readonly session;
  readonly signal;
  readonly actor: User | null;
  readonly machine;
  readonly #workspace: OpenWorkspace | null;
  readonly #db: Kysely<Database> | null;

  constructor(
    context: CallContext,
    actor: User | null,
    workspace: OpenWorkspace | null,
    machine: PipelineDeps['machine'],
    db: Kysely<Database> | null,
  ) {
    this.session = context.session;
    this.signal = context.signal;
    this.actor = actor;
    this.machine = machine;
    this.#workspace = workspace;
    this.#db = db;
  }

  get workspace(): OpenWorkspace {
    if (!this.#workspace) throw new StudioError('no_workspace');
    return this.#workspace;
  }

  get db(): Kysely<Database> {
    if (!this.#db) throw new StudioError('no_workspace');
    return this.#db;
  }

  emit(event: NewEvent): void {
    this.events.push(event);
  }

  audit(entry: AuditEntry): void {
    this.entries.push(entry);
  }
}

function allow(actor: User | null, meta: ProcedureMeta): void {
  if (may(actor?.role ?? null, meta.can)) return;
  throw actor ? new StudioError('not_permitted', { role: actor.role }) : new StudioError('signed_out');
}

/** The implementer of the contract with the pipeline in front of every handler. */
export function makePipeline(deps: PipelineDeps) {
  const errors = implement(contract)
    // -1: input is checked after the first middleware (which gives a refusal its code) and before the second.
    .$config({ initialInputValidationIndex: -1 })
    .$context<CallContext>()
    .use(async ({ next, path }) => {
      try {
        return await next();
      } catch (error) {
        throw toWire(error, deps, path);
      }
    });
  return errors.use(async ({ context, next, procedure, signal }, input) => {
    const meta = procedure['~orpc'].meta;
    const workspace = deps.current();
    if (meta.needs === 'workspace' && !workspace) throw new StudioError('no_workspace');
    const actor = workspace ? await identify(workspace, context.session) : null;
    allow(actor, meta);
    const make = (db: Kysely<Database> | null) =>
      new CallState({ ...context, signal }, actor, workspace, deps.machine, db);
    if (meta.kind === 'query' || meta.kind === 'self' || !workspace) {
      const call: CallState = make(workspace?.db ?? null);
      const result = await next({ context: { call } });
      for (const event of call.events) deps.emit(event);
      return result;
    }
    const { result, events } = await workspace.db.transaction().execute(async (tx) => {
      const call = make(tx);
      const answer = await next({ context: { call } });
      if (call.entries.length === 0 && meta.audit !== null) {
        call.audit({ action: meta.audit, subject: subjectOf(input), data: {} });
      }
      await appendAudit(tx, actor?.userId ?? '', deps.machine.clock.now(), call.entries);
      return { result: answer, events: call.events };
    });
    for (const event of events) deps.emit(event);
    workspace.jobs.wake();
    return result;
  });
}

export type Implementer = ReturnType<typeof makePipeline>;
