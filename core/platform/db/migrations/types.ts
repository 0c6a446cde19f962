import type { Kysely, RawBuilder } from 'kysely';

export type DialectName = 'sqlite' | 'postgres';

/** One step of the schema's history. It never changes once it has been released; a new step follows it. */
export type Step = (db: Kysely<unknown>, dialect: DialectName) => Promise<void>;

/** Column types by engine. */
export interface ColumnTypes {
  /** Compared and sorted by bytes on both engines, whatever the server's locale. */
  text: RawBuilder<unknown>;
  int: 'integer';
  /** 64 bits: times, bytes, durations. */
  big: 'integer' | 'bigint';
  real: 'real' | 'double precision';
}
