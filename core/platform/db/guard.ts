/**
 * One wrapper around every query of both engines: it refuses values the engines would treat differently,
 * says engine errors in the error table's words, and gives transactions the same rules on both.
 */
import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult, TransactionSettings } from 'kysely';
import { StudioError } from '../../model/errors.ts';

type CompileQuery = Parameters<NonNullable<Driver['savepoint']>>[2];

export interface GuardOptions {
  /** Turns an engine's error into a StudioError where the table has a word for it; else returns it as it came. */
  toError: (error: unknown) => unknown;
  begin: (driver: Driver, connection: DatabaseConnection, settings: TransactionSettings) => Promise<void>;
  rollback: (driver: Driver, connection: DatabaseConnection) => Promise<void>;
}

/**
 * PostgreSQL cannot store U+0000 in text and SQLite's readers stop at it, so it is refused at the door.
 * `undefined`, NaN and infinities mean different things to the engines.
 * Errors: bad_input.
 */
function checkParameters(parameters: readonly unknown[]): void {
  for (const value of parameters) {
    if (typeof value === 'string' && value.includes('\0')) {
      throw new StudioError('bad_input', { what: 'U+0000' });
    }
    if (value === undefined || (typeof value === 'number' && !Number.isFinite(value))) {
      throw new TypeError(`${String(value)} cannot be stored`);
    }
  }
}

class GuardedConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection;
  readonly #toError: (error: unknown) => unknown;
  inTransaction = false;
  /** Set by a failed statement; until a rollback PostgreSQL ignores all that follows, and so does SQLite here. */
  failure: unknown = null;

  constructor(inner: DatabaseConnection, toError: (error: unknown) => unknown) {
    this.inner = inner;
    this.#toError = toError;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    this.#refuseAfterFailure();
    try {
      checkParameters(query.parameters);
      return await this.inner.executeQuery<R>(query);
    } catch (error) {
      throw this.#fail(error);
    }
  }

  async *streamQuery<R>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<R>> {
    this.#refuseAfterFailure();
    try {
      checkParameters(query.parameters);
      yield* this.inner.streamQuery<R>(query, chunkSize);
    } catch (error) {
      throw this.#fail(error);
    }
  }

  #refuseAfterFailure(): void {
    if (this.failure !== null)
      throw new Error('The transaction has failed and must be rolled back', { cause: this.failure });
  }

  #fail(error: unknown): unknown {
    if (this.inTransaction) this.failure = error;
    return this.#toError(error);
  }
}

class GuardedDriver implements Driver {
  readonly #inner: Driver;
  readonly #options: GuardOptions;

  constructor(inner: Driver, options: GuardOptions) {
    this.#inner = inner;
    this.#options = options;
  }

  async init(): Promise<void> {
    await this.#mapped(() => this.#inner.init());
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const inner = await this.#mapped(() => this.#inner.acquireConnection());
    return new GuardedConnection(inner, this.#options.toError);
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    await this.#inner.releaseConnection(guarded(connection).inner);
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const held = guarded(connection);
    await this.#mapped(() => this.#options.begin(this.#inner, held.inner, settings));
    held.inTransaction = true;
    held.failure = null;
  }

  /** A failed transaction is never committed: PostgreSQL would answer COMMIT with a silent rollback. */
  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const held = guarded(connection);
    if (held.failure !== null) {
      throw new Error('The transaction has failed and cannot be committed', { cause: held.failure });
    }
    await this.#mapped(() => this.#inner.commitTransaction(held.inner));
    held.inTransaction = false;
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    const held = guarded(connection);
    held.inTransaction = false;
    held.failure = null;
    await this.#mapped(() => this.#options.rollback(this.#inner, held.inner));
  }

  async savepoint(connection: DatabaseConnection, name: string, compile: CompileQuery): Promise<void> {
    await this.#mapped(() => this.#inner.savepoint?.(guarded(connection).inner, name, compile));
  }

  async rollbackToSavepoint(connection: DatabaseConnection, name: string, compile: CompileQuery): Promise<void> {
    const held = guarded(connection);
    await this.#mapped(() => this.#inner.rollbackToSavepoint?.(held.inner, name, compile));
    held.failure = null;
  }

  async releaseSavepoint(connection: DatabaseConnection, name: string, compile: CompileQuery): Promise<void> {
    await this.#mapped(() => this.#inner.releaseSavepoint?.(guarded(connection).inner, name, compile));
  }

  async destroy(): Promise<void> {
    await this.#mapped(() => this.#inner.destroy());
  }

  async #mapped<T>(run: () => Promise<T> | T): Promise<T> {
    try {
      return await run();
    } catch (error) {
      throw this.#options.toError(error);
    }
  }
}

function guarded(connection: DatabaseConnection): GuardedConnection {
  if (!(connection instanceof GuardedConnection)) throw new TypeError('The connection is not of this driver');
  return connection;
}

/** The dialect with every query passing through the guard. */
export function guardDialect(dialect: Dialect, options: GuardOptions): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createDriver: () => new GuardedDriver(dialect.createDriver(), options),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  };
}
